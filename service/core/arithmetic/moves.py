"""A run of figures with the moves told after it: 三周 120、150、135 箱，第二周 +25%，第三周 -10%."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from service.core.arithmetic.growth import growth
from service.core.arithmetic.interval import is_checkable, room_of
from service.core.arithmetic.passage import Passage
from service.core.arithmetic.wording import like, mismatch, percent, plain
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number, NumberKind

# between two figures of a run: 、, →, 人到, 再到
_LINK = lazy(
    r"[\u4e00-\u9fff]{0,2} ?(?:、|，|→|->|=>|➡|，?再?到|，?再?变?成|，?又?回?到|/|—>) ?[\u4e00-\u9fff]{0,3} ?"
)
_STILL = lazy(r"持平|没动|不变|没变|平了|打平|走平")
# the period a figure is of: 11 月 65 万, 今年 2,400 亩
_DATED = lazy(
    r"\d{1,2} ?[月周日号]|(?<=[，、])(?:计划|预计)?(?:[今明去后]年|[本这下]周|[本这下]月|次[日周月年]|"
    r"第[一二三四五][周天月])"
)
# what stands before a move: 先涨, 第二周, 最后一周加, 又跌 but not 占比, 完成
_MOVE = lazy(
    r"[涨跌升降增减加少多掉回落提退缩]|环比|第[二三四五六七八]|先|再|又|后|最后|头一次|首次|接着|随后|然后|[周月季]$"
)
_ORDER = lazy(
    r"先|再|又|后|第[二三四五六七八]|最后|头一|首|接着|随后|然后|依次|分别|次[日周月年]|回|环比|\d ?[月周]"
)
_DOWN = lazy(r"[跌降减少掉落退缩]")
_UP = lazy(r"[涨升增加多提]|回升")
_OTHER = lazy(r"同比|去年|累计|平均|每|均|占|率|(?<!第)[两三四]个?[周月次]|合计|一共|总共")
_MYRIAD = lazy(r"[万wW]")
_REACH = 40  # characters from a run to its first move, and from one to the next


def check_moves(passage: Passage) -> tuple[list[Mismatch], set[int]]:
    """Return moves that their two figures of a run contradict, and where moves of runs begin."""
    found: list[Mismatch] = []
    settled: set[int] = set()
    for run, after in _runs(passage):
        moves = _moves(passage, run[-1], after)
        ordered = any(_ORDER.search(passage.label(i)) for i, _ in moves)
        if ordered or len(moves) > 1:  # 96 起，七月 60 起，18.4 起，七月 12 起，翻了一倍: one is of its pair
            settled.update(passage.figures[i].span.start for i, _ in moves)
        if ordered and len(moves) + _stills(passage, run[-1], moves) == len(run) - 1:
            found.extend(_check(passage, _scaled(passage, run), moves))
    return found, settled


def _runs(passage: Passage) -> Iterator[tuple[list[int], int]]:
    """Yield runs of three figures and more, with the index of what follows."""
    figures = passage.figures
    run: list[int] = []
    for at, number in enumerate(figures):
        plain_measure = number.kind is NumberKind.MEASURE and is_checkable(number) and number.value > 0
        gap = passage.gap(at) if run else ""
        if run and any(c.isdigit() or c in "年周月日" for c in gap):
            gap = _DATED.sub("", gap)
        joined = bool(run) and len(gap) <= 8 and _LINK.fullmatch(gap) is not None
        if run and not (plain_measure and joined and _is_like(figures[run[-1]], number)):
            if len(run) >= 3:
                yield run, at
            run = []
        if plain_measure:
            run.append(at)


def _scaled(passage: Passage, run: Sequence[int]) -> list[Number]:
    """Return the figures of a run, all in 万 where only the last one tells it: 80、100、90、108 万."""
    figures = [passage.figures[i] for i in run]
    bare = [n for n in figures[:-1] if passage.text(n).replace(",", "").replace(".", "").isdigit()]
    if len(bare) < len(figures) - 1 or _MYRIAD.search(passage.text(figures[-1])) is None:
        return figures
    return [replace(n, value=n.value * 1e4, step=n.step * 1e4) for n in bare] + figures[-1:]


def _is_like(one: Number, other: Number) -> bool:
    if one.unit == "%" or other.unit == "%":
        return one.unit == other.unit
    return one.unit == other.unit or not one.unit


def _moves(passage: Passage, last: int, after: int) -> list[tuple[int, int]]:
    """Return the indices of the moves in percent told after a run, each with its sign where one is told."""
    moves: list[tuple[int, int]] = []
    end = passage.figures[last].span.end
    for at in range(after, min(after + 6, len(passage.figures))):
        number = passage.figures[at]
        told = passage.view[end : number.span.start]
        if len(told) > _REACH or "\n" in told or ("。" in told):
            break
        if number.unit == "%" and is_checkable(number):
            label = passage.label(at)
            if _OTHER.search(label) or not (number.kind is NumberKind.CHANGE or _MOVE.search(told)):
                break
            sign = number.sign or (-1 if _DOWN.search(label) else 1 if _UP.search(label) else 0)
            moves.append((at, sign))
            end = number.span.end
        elif number.kind is NumberKind.MEASURE and number.value > 1 and number.unit != "周":
            break
    return moves


def _stills(passage: Passage, last: int, moves: Sequence[tuple[int, int]]) -> int:
    figures = passage.figures
    text = passage.view[figures[last].span.end : figures[moves[-1][0]].span.end + 14]
    return len(_STILL.findall(text))


def _check(passage: Passage, run: Sequence[Number], moves: Sequence[tuple[int, int]]) -> Iterable[Mismatch]:
    steps = [(a, b) for a, b in pairwise(run)]
    if len(moves) < len(steps):
        steps = [(a, b) for a, b in steps if a.value != b.value]
    if len(steps) != len(moves):
        return
    for (base, value), (at, sign) in zip(steps, moves, strict=True):
        stated = passage.figures[at]
        reached = next(i for i, n in enumerate(run) if n is value)
        if any(_makes(earlier, value, stated) for earlier in run[:reached]):
            continue
        got = (value.value / base.value - 1) * 100
        a, b = passage.text(base), passage.text(value)
        shown = percent(got, signed=True)
        mend = like(passage.document, stated, got if stated.sign else abs(got))
        yield mismatch(
            passage.document,
            "growth",
            stated,
            tuple(run),
            shown,
            f"{plain(value.value)}/{plain(base.value)}-1",
            f"{a}→{b} 是 {shown}，文中写 {'-' if sign < 0 else ''}{plain(stated.value)}%",
            mend,
            f"{b} 这个数",
        )


def _makes(base: Number, value: Number, stated: Number) -> bool:
    allowed = growth(value, base, stated)
    if allowed is None:
        return True
    room = room_of(stated)
    rise = abs(value.value / base.value - 1) * 100
    points = abs(value.value - base.value) if value.unit == "%" else None
    if points is not None and abs(points - stated.value) <= room.over:
        return True
    sides = (stated.value, -stated.value)
    return abs(rise - stated.value) <= room.over or any(not allowed.misses(side, room) for side in sides)
