"""What is left of a whole, and what comes in, goes out and remains."""

from collections.abc import Iterable

from service.core.arithmetic.interval import is_checkable, of, room_of_sum
from service.core.arithmetic.passage import Passage, is_count, same_unit
from service.core.arithmetic.wording import like, mismatch, plain
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch

_LEFT = lazy(r"(?:剩余?|还剩|剩下|余|结余|余下|还有|还差|还缺|(?:未|没)[收付交结发]$)[^，。；\d]{0,3}$")
# ，已花; ，修好; ，发了 but not ，到货
_TAKEN = lazy(r"已|用|到[岗账位货]|[好完掉走]|[修发卖花做领收结销派送签赎取还退装拆交]了?")
# 加上退回的还剩 36: more was taken or came than is told
_AND_MORE = lazy(r"加|另|再|又|连|含")
_NET = 0.25  # a net further off counts something else
# 两个月净增 15 个: another window's
_WINDOW = lazy(r"[个两三半\d]\S?[月周年季天]|累计|[全今本]年|上")
_FEW = 8  # figures of a sentence in which gain, loss and net are looked for
# what a label ends in: 净增, 新增, 删除
_FLOWS = (
    ("net", lazy(r"净[^，]{0,4}$")),
    (
        "gain",
        lazy(
            r"(?:新增|入群|进群|新进|增加|新签|入职|新关注|涨粉|进|入[库场园院馆校栏]|(?<!取)关注|报到|到岗|招[了来到]|开业)[^，]{0,4}$"
        ),
    ),
    (
        "loss",
        lazy(r"(?:删除?|删掉|流失|退群|退出|丢|取关|掉粉|离职|注销|出|走了|离岗|关店|解约?)[^，]{0,3}$"),
    ),
)


def check_flows(passage: Passage) -> Iterable[Mismatch]:
    """Yield rests and nets that the figures they are made of contradict."""
    for first, last in passage.groups:
        if not 3 <= last - first <= _FEW:
            continue
        yield from _left(passage, first, last)
        if any("净" in passage.label(at) for at in range(first, last)):
            yield from _net(passage, first, last)


def _left(passage: Passage, first: int, last: int) -> Iterable[Mismatch]:
    """Check 预算 80 万，已花 52 万，剩 28 万."""
    figures = passage.figures
    for at in range(first + 2, last):
        rest, part, whole = figures[at], figures[at - 1], figures[at - 2]
        if not _LEFT.search(passage.label(at)):
            continue
        if (
            not all(map(is_count, (rest, part, whole)))
            or not same_unit(part, whole)
            or not same_unit(rest, whole)
        ):
            continue
        if not _TAKEN.search(passage.gap(at - 1)) or _AND_MORE.search(passage.gap(at)):
            continue
        difference = of(whole).minus(of(part))
        if abs(whole.value - part.value - rest.value) > _NET * whole.value:
            continue
        if whole.value <= part.value or not difference.misses(rest.value, room_of_sum(rest)):
            continue
        got = whole.value - part.value
        shown = like(passage.document, rest, got)
        yield mismatch(
            passage.document,
            "difference",
            rest,
            (whole, part),
            plain(got, comma=True),
            f"{plain(whole.value)}-{plain(part.value)}",
            f"{passage.text(whole)} 减 {passage.text(part)} 是 {shown}，文中写 {passage.text(rest)}",
            like(passage.document, rest, got),
            "哪个数不对",
        )


def _net(passage: Passage, first: int, last: int) -> Iterable[Mismatch]:
    """Check 新增 2,310，删除 480，净增 1,830."""
    found: dict[str, list[int]] = {"net": [], "gain": [], "loss": []}
    for at in range(first, last):
        label = passage.label(at)
        role = next((role for role, pattern in _FLOWS if pattern.search(label)), None)
        if role is not None and is_checkable(passage.figures[at]) and passage.figures[at].unit != "%":
            found[role].append(at)
    if any(len(places) != 1 for places in found.values()):
        return
    if _WINDOW.search(passage.label(found["net"][0])):
        return
    net, gain, loss = (passage.figures[found[role][0]] for role in ("net", "gain", "loss"))
    got = gain.value - loss.value
    if (
        not same_unit(gain, loss)
        or not same_unit(gain, net)
        or abs(got - net.value) > _NET * max(got, net.value)
    ):
        return
    if not of(gain).minus(of(loss)).misses(net.value * (net.sign or 1), room_of_sum(net)):
        return
    shown = like(passage.document, net, got)
    yield mismatch(
        passage.document,
        "difference",
        net,
        (gain, loss),
        plain(got, comma=True),
        f"{plain(gain.value)}-{plain(loss.value)}",
        f"{passage.text(gain)} 减 {passage.text(loss)} 是 {shown}，文中写 {passage.text(net)}",
        shown,
        "哪个数不对",
    )
