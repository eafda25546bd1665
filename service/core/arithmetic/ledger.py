"""What comes in, what goes out, and what that leaves: 期初 340 盒，进 120 盒，领用 95 盒，期末 365 盒."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import combinations, product
from typing import NamedTuple

from service.core.arithmetic.interval import Interval, is_checkable, of, room_of_sum
from service.core.arithmetic.passage import Passage, thing_of
from service.core.arithmetic.wording import like, mismatch, plain
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number

_TAIL = r"[^，。；\d]{0,4}$"
# The roles of a ledger, by how a label ends; the first that fits counts.
_NET = lazy(r"净(?P<down>减|流失|流出|少|掉|降|出|亏|下)?" + _TAIL)
_CLOSING = lazy(
    r"(?:期末|月末|周末|年末|季末|结存|结余|余额|收工|现(?:在|有|存)|目前|眼下|还剩|剩下?|还有|余|只剩|结转|在册|累计|合计|总共|如今|末)"
    + _TAIL
)
_OPENING = lazy(
    r"(?:期初|月初|周初|年初|季初|库存|存量|存货|昨[日天]|上(?:周|月|期|季)[末底五日]?|原(?:有|来|先)?|早上|开工前|账上|结转|底数|花名册|起初|开始|本来|之前|初)"
    + _TAIL
)
_OUT = lazy(
    r"(?:出|完工?|竣工|走|离|退|流失|取关|掉粉|掉|领|销|卖|发|绑|用|耗|报废|报损|盘亏|减|裁|辞|解约|注销|删|关|丢|损|亏|花|付|支出?|交|借|还|调出|转出|拆|撤|停|死|跑|退租|搬走|撤柜|消掉|解决|修好|处理|办结|结案|关闭|流出|送|派|消耗|提走|毕业|离职|退出|退群)(?:了|掉|走|去|出|完)?"
    + _TAIL
)
_IN = lazy(
    r"(?:进|入|来|新|增|涨|加|招|补|收|购|买|采|签|报|转入|调入|盘盈|到|开业|接|拉|充|存|生|注册|关注|流入|上架|开|领养|回|还书|续)(?:了|进|来|入)?"
    + _TAIL
)
_END = lazy(r"[月周年季]底|[月周年季]末|期末|下班|收工|周五|收盘|散场|关门|打烊")
_AIMED = lazy(r"目标|计划|预算|预计|同比|环比|每|平均|均|率|占|上限|最|其中|含|去年|累计净")
# 两个月净增 15 个, 本月净增: maybe of another window than what came and went
_WINDOW = lazy(r"[个两三半\d]\S?[月周年季天]|累计|[全今本]|上")
# 入职, 退群: comes or goes, whatever is counted; 收回 goes out of what is owed
_SURE = lazy(r"入职|报到|新进|招|离职|辞|退休|退群|走|流失|取关")
# no ledger is told without one of these
_ANY = lazy(
    r"净|初|末|底|存|结|余|剩|还有|现|原|账|累计|合计|总共|在册|盘|周五|开始|昨|早上|目前|眼下|如今|下班|散场|关门|打烊|起|本来|之前|上[周月期季]"
)
_FEW = 8  # figures of one sentence that a ledger has at most
_OFF = 0.6  # a rest further off than this part of itself is another's


class _Entry(NamedTuple):
    """A figure with its role: opening, in, out, closing or net."""

    number: Number
    role: str
    sign: int
    windowed: bool = False


def check_ledgers(passage: Passage) -> Iterable[Mismatch]:
    """Yield rests and nets that what came in and went out contradicts."""
    for first, last in passage.groups:
        if 3 <= last - first <= _FEW and _ANY.search(passage.told(first, last)) is not None:
            entries = [e for at in range(first, last) if (e := _entry(passage, at)) is not None]
            yield from _check(passage, _closed(passage, first, last, entries))


def _closed(passage: Passage, first: int, last: int, entries: list[_Entry]) -> list[_Entry]:
    """Return the entries, the last as the rest where it goes by the first one's name: 月初在建, 月底在建."""
    if len(entries) != last - first or len(entries) < 3:
        return entries
    one, other = passage.label(first), passage.label(last - 1)
    shared = any(one[i : i + 2] in other for i in range(len(one) - 1))
    if (
        ((shared and len(entries) > 3) or _END.search(other))
        and entries[-1].role != "net"
        and entries[0].role != "net"
    ):
        return [entries[0]._replace(role="opening"), *entries[1:-1], entries[-1]._replace(role="closing")]
    return entries


def _entry(passage: Passage, at: int) -> _Entry | None:
    number = passage.figures[at]
    if number.unit_kind not in ("count", "money", "none") or not is_checkable(number):
        return None
    label = passage.label(at)
    net = _NET.search(label)
    if net is not None:
        before = passage.view[passage.figures[at - 1].span.start if at else 0 : number.span.start]
        sign = -1 if net["down"] or number.sign < 0 else 1
        return _Entry(number, "net", sign, _WINDOW.search(before) is not None)
    if number.unit_kind == "percent" or not label or _AIMED.search(label):
        return _Entry(number, "other", 0)
    roles = (("opening", _OPENING), ("closing", _CLOSING), ("out", _OUT), ("in", _IN))
    told = [
        (found.start(), -len(found[0]), role) for role, pattern in roles if (found := pattern.search(label))
    ]
    return _Entry(number, max(told)[2] if told else "other", 1)


def _check(passage: Passage, entries: Sequence[_Entry]) -> Iterable[Mismatch]:
    roles = [e.role for e in entries]
    ins = [e.number for e in entries if e.role == "in"]
    outs = [e.number for e in entries if e.role == "out"]
    if roles.count("net") == 1 and len(ins) == len(outs) == 1:
        net = entries[roles.index("net")]
        if net.windowed or roles.index("net") < max(roles.index("in"), roles.index("out")):
            return
        yield from _compare(passage, net.number, None, ins, outs, net.sign)
    elif _is_ledger(roles):
        opening, closing = entries[0].number, entries[-1].number
        unknown = [e.number for e in entries[1:-1] if e.role not in ("in", "out")]
        if len(unknown) == 1:
            gap = closing.value - opening.value - sum(n.value for n in ins) + sum(n.value for n in outs)
            (ins if gap > 0 else outs).append(unknown[0])
        if len(ins) + len(outs) == len(entries) - 2:
            yield from _compare(passage, closing, opening, ins, outs, 1)


def _is_ledger(roles: Sequence[str]) -> bool:
    """Tell whether a sentence tells a ledger: it opens with a stock, moves it, and closes."""
    return (
        len(roles) >= 3
        and "net" not in roles
        and roles[0] in ("opening", "closing", "other")
        and roles[-1] == "closing"
        and roles[1:-1].count("in") + roles[1:-1].count("out") >= max(1, len(roles) - 3)
    )


def _compare(
    passage: Passage,
    stated: Number,
    opening: Number | None,
    ins: Sequence[Number],
    outs: Sequence[Number],
    sign: int,
) -> Iterable[Mismatch]:
    every = [*([opening] if opening else []), *ins, *outs]
    if len({thing_of(passage.view, n) for n in (*every, stated)} - {"", "个"}) > 1:
        return
    made, got = Interval(0.0, 0.0), 0.0
    for number in every:
        if number in outs:
            made, got = made.minus(of(number)), got - number.value
        else:
            made, got = made + of(number), got + number.value
    made, got = made.times(sign), got * sign
    if not made.misses(stated.value, room_of_sum(stated)) or got == 0:
        return
    if _also(passage, every, stated):
        return
    if abs(abs(got) - stated.value) > _OFF * max(abs(got), stated.value):
        return
    terms = "".join(f"{'-' if n in outs else '+'}{plain(n.value)}" for n in every).lstrip("+")
    shown = like(passage.document, stated, abs(got))
    yield mismatch(
        passage.document,
        "difference",
        stated,
        tuple(every),
        plain(abs(got), comma=True),
        terms,
        f"{terms} 是 {plain(got * sign, comma=True)}，文中写 {passage.text(stated)}",
        shown,
        "哪个数不对",
    )


def _also(passage: Passage, every: Sequence[Number], stated: Number) -> bool:
    """Tell whether some two of the figures make the stated one, or all of them with other signs do.

    62 人，进 9，走 4，还剩 58; 新赊 203，收回 154, which goes out of what is owed.
    """
    if any(abs(abs(a.value - b.value) - stated.value) < 1e-9 for a, b in combinations(every, 2)):
        return True
    first, *others = every
    if all(_SURE.search(passage.label(bisect_left(passage.starts, n.span.start))) for n in others):
        return False
    return any(
        abs(first.value + sum(s * n.value for s, n in zip(signs, others, strict=True)) - stated.value) < 1e-9
        for signs in product((1, -1), repeat=len(others))
    )
