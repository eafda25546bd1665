"""Averages of figures told one by one: 三次测速 48、52、56，平均 52."""

from collections.abc import Iterable, Sequence

from service.core.arithmetic.interval import is_checkable, room_of, sum_of
from service.core.arithmetic.passage import Passage
from service.core.arithmetic.wording import like, mismatch, plain
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number, NumberKind

_MEAN = lazy(r"(?:平均[^，。；\d]{0,4}|均[值分价]|[\u4e00-\u9fff]?均)(?:是|为|约|每[\u4e00-\u9fff])?[ :：]?$")
_LINK = lazy(r"[\u4e00-\u9fff]{0,2} ?[、/,，] ?[\u4e00-\u9fff]{0,4} ?")
_OTHER = lazy(r"上[周月期次]|去年|同期|目标|行业|全[国市省]|加权|比|占")
_FEWEST = 3
_OFF = 0.25  # an average further off than this is of other figures


def check_means(passage: Passage) -> Iterable[Mismatch]:
    """Yield averages that the figures told one by one right before them contradict."""
    figures = passage.figures
    if "均" not in passage.view:
        return
    for at in range(_FEWEST, len(figures)):
        stated = figures[at]
        label = passage.label(at)
        if "均" not in label or stated.kind is not NumberKind.MEASURE or not is_checkable(stated):
            continue
        if _MEAN.search(label) and not _OTHER.search(label) and len(passage.gap(at)) <= 12:
            run = _run(passage, at)
            if len(run) >= _FEWEST:
                yield from _check(passage, stated, run)


def _run(passage: Passage, at: int) -> Sequence[Number]:
    """Return the figures of one kind that run up to a figure without a break."""
    figures, stated = passage.figures, passage.figures[at]
    first = at
    while first > 0 and figures[first - 1].kind is NumberKind.MEASURE and is_checkable(figures[first - 1]):
        one = figures[first - 1]
        if (one.unit not in ("", stated.unit) and stated.unit) or one.unit_kind == "ratio":
            break
        if first < at and _LINK.fullmatch(passage.gap(first)) is None:
            break
        first -= 1
    return figures[first:at]


def _check(passage: Passage, stated: Number, run: Sequence[Number]) -> Iterable[Mismatch]:
    got = sum(n.value for n in run) / len(run)
    if not sum_of(run).times(1 / len(run)).misses(stated.value, room_of(stated)):
        return
    if abs(got - stated.value) > _OFF * got:
        return
    shown = like(passage.document, stated, got)
    yield mismatch(
        passage.document,
        "average",
        stated,
        tuple(run),
        plain(got),
        f"({'+'.join(plain(n.value) for n in run)})/{len(run)}",
        f"{'、'.join(passage.text(n) for n in run)} 平均是 {plain(got)}，文中写 {passage.text(stated)}",
        shown,
        "哪个数不对",
    )
