"""Rates whose base stands earlier in the same chain: 送达 2 万 … 点击 380，点击率 2.1%."""

from collections.abc import Iterable

from service.core.arithmetic.passage import Passage, is_count, is_percent, is_rate
from service.core.arithmetic.rate import compare
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number
from service.core.span import Span

_REACH = 160  # characters from a rate back to its base
_FIGURES = 12
_OFF = 0.25  # a rate further off than this part of itself was taken of something else
# 点击率 right after 点击 5,130 次
_OWN_RATE = lazy(r"(?P<stem>[\u4e00-\u9fff]{2})(?:率|转化)(?:是|为|约|才|只有)?[ :：]?$")
# a step that others start from
_STAGE = lazy(
    r"(?:到达|送达|触达|发送|发出|推送|群发|投递|下发|曝光|展示|展现|覆盖|浏览|访问"
    r"|进店|到店|到访|来访|进线|来电|线索|预约|报名|申请|邀请|邀约|点击|应[\u4e00-\u9fff])[\u4e00-\u9fff]{0,2}$"
)
_EARLIER_TIME = lazy(r"[上前昨比较]|去年|同期|目标|计划")
# 点了的人里 12% 下单, 来过的客户中 40% 续费
_AMONG = lazy(
    r"(?P<base>[\u4e00-\u9fff]{1,3}?)[了过]?的(?:人|客户|用户|顾客|家长|学员|会员|同学|商家|店)?"
    r"(?:里|中|当中|里面|之中)(?:有|只有|约)?[ :：]?$"
)
_THEN = lazy(r" ?(?:的人)?[会是才都来去]?(?P<part>[\u4e00-\u9fff]{1,4})")


_ARROW = lazy(r"→|->|=>|➡|—>")
_TO_RATE = lazy(r" ?[(（，,:：] ?")


def check_steps(passage: Passage) -> Iterable[Mismatch]:
    """Yield the one rate of a chain of arrows that is not of the step before, as the others are."""
    if _ARROW.search(passage.view) is None:
        return
    figures = passage.figures
    fitting = 0
    odd: list[tuple[Number, Number, Number]] = []
    for at in range(1, len(figures) - 1):
        part, rate = figures[at], figures[at + 1]
        if not is_percent(rate) or not is_count(part) or _TO_RATE.fullmatch(passage.gap(at + 1)) is None:
            continue
        _, line, last = passage.gap(at).rpartition("\n")
        if (_ARROW.match(last.lstrip()) if line else _ARROW.search(last)) is None:
            continue  # an arrow in the name of a table's row leads nowhere
        base = next((figures[i] for i in passage.outer(at, 0) if is_count(figures[i])), None)
        if base is None or base.value <= 0:
            continue
        if is_rate(rate, part, base):
            fitting += 1
        else:
            odd.append((rate, part, base))
    if fitting and len(odd) == 1 and _is_close(*odd[0]):
        rate, part, base = odd[0]
        yield from compare(passage, rate, part, base, "funnel", Span(part.span.start, rate.span.end))


def check_chains(passage: Passage) -> Iterable[Mismatch]:
    """Yield rates that neither their named base nor any other figure before them bears out."""
    for at, rate in enumerate(passage.figures):
        if at == 0 or not is_percent(rate):
            continue
        yield from _own(passage, at, rate)
        yield from _among(passage, at, rate)


def _own(passage: Passage, at: int, rate: Number) -> Iterable[Mismatch]:
    """Check a rate named after the count right before it against the nearest step that is a base."""
    named = _OWN_RATE.search(passage.label(at))
    part = passage.figures[at - 1]
    if named is None or named["stem"] not in passage.label(at - 1) or not is_count(part):
        return
    if len(passage.gap(at)) > 10 or passage.fits_earlier(at, part, rate):
        return
    for i in _before(passage, at - 1):
        base = passage.figures[i]
        if base.value <= part.value or not _STAGE.search(passage.label(i)):
            continue
        if _is_close(rate, part, base):
            span = None if _is_near(passage, base, rate) else Span(part.span.start, rate.span.end)
            yield from compare(passage, rate, part, base, span=span)
        return


def _among(passage: Passage, at: int, rate: Number) -> Iterable[Mismatch]:
    """Check 点了的人里 12% 下单 against the counts that carry both words."""
    start, end = rate.span
    found = _AMONG.search(passage.view, max(0, start - 14), start)
    then = _THEN.match(passage.view, end)
    if found is None or then is None:
        return
    counts = list(_before(passage, at))
    parts = [i for i in counts if _shares(passage, i, then["part"])]
    bases = [i for i in counts if i not in parts and _shares(passage, i, found["base"])]
    if len(parts) != 1 or not bases:
        return
    part, figures = passage.figures[parts[0]], passage.figures
    if any(is_rate(rate, part, figures[i]) for i in counts if i != parts[0]):
        return
    base = figures[bases[0]]
    if part.value <= base.value and _is_close(rate, part, base, 2 * _OFF):
        yield from compare(passage, rate, part, base)


def _before(passage: Passage, at: int) -> Iterable[int]:
    """Yield the counts of this time shortly before a figure, nearest first."""
    start = passage.figures[at].span.start
    for i in passage.outer(at, 0)[:_FIGURES]:
        number = passage.figures[i]
        if start - number.span.end > _REACH:
            return
        if is_count(number) and number.unit_kind != "money" and not _EARLIER_TIME.search(passage.label(i)):
            yield i


def _is_near(passage: Passage, base: Number, rate: Number) -> bool:
    return "\n" not in passage.view[base.span.end : rate.span.start]


def _shares(passage: Passage, at: int, words: str) -> bool:
    label = passage.label(at)
    return words[:2] in label or (len(words) == 1 and words in label)


def _is_close(rate: Number, part: Number, base: Number, off: float = _OFF) -> bool:
    got = part.value / base.value * 100
    return abs(got - rate.value) <= off * max(got, rate.value)
