"""A total told with more about it before its parts: 86 张，上周 112 张；运营 40、产品 27、财务 19."""

from collections.abc import Iterable, Sequence

from service.core.arithmetic.interval import Interval, of, room_of_sum
from service.core.arithmetic.nearby import AIM, EARLIER, link
from service.core.arithmetic.parts import are_all, parallel
from service.core.arithmetic.passage import Passage, is_amount, same_unit
from service.core.arithmetic.summed import STEPS, makes_other, told
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch

_REACH = 60  # characters from a total to its first part
_ASIDES = 6  # figures in between
_FIGURES = 30  # and up to the last part
_MOST_PARTS = 12
_OFF = 0.1  # parts further off were never meant for the total
# 四月 17.2 万件, W32 112 张, 一季度 1,200 万: told of another period
_PERIOD = lazy(
    r"^(?:[\d一二三四五六七八九十]{1,3} ?[月周期]|"
    r"[一二三四]季度?|[wq]\d{1,2}|[上下]半年|第[^，]{1,3}[周月期季])"
)
_NO_PART = lazy(
    r"主要|最|目标|计划|预算|同期|环比|同比|平均|均|占|率|比|每|剩|含|净|又|再|另|差|退|错|去重|累计|还|只|约|成本|利润"
)
_NO_TOTAL = lazy(r"均|率|每|比|净|累计|目标|计划|预算|剩|最|去重")
_STOP = lazy(r"\n|。(?!其中|分别)")
_LEAD = lazy(r".*[，。；：:;](?:其中|分别是?)?[^，。；：:;、\d\n]{1,8}")
_NEXT = lazy(r"[^，。；、,;:：\n\d]{0,4}(?P<mark>[、，,；;/／]|(?<=\d) | ) ?[^，。；、,;:：\n\d]{1,8}")


def check_splits(passage: Passage) -> Iterable[Mismatch]:
    """Yield totals that the parts told after an aside contradict."""
    figures = passage.figures
    for at in range(len(figures) - 3):
        total = figures[at]
        if not is_amount(total) or not _is_aside(passage, at + 1, at):
            continue  # nothing is told beside it
        if _is_aside(passage, at, at) or _NO_TOTAL.search(passage.label(at)):
            continue
        places = _parts(passage, at)
        if len(places) > 1:
            yield from _check(passage, at, places)


def _is_aside(passage: Passage, at: int, total: int) -> bool:
    """Tell whether a figure is of another time, an aim, a rate or a move, or stands in a bracket."""
    if not is_amount(passage.figures[at]):
        return True
    label = passage.label(at)
    if EARLIER.search(label) or _PERIOD.search(label) or AIM.search(label):
        return True
    text = passage.view[passage.figures[total].span.end : passage.figures[at].span.start]
    return text.count("(") + text.count("（") > text.count(")") + text.count("）")


def _parts(passage: Passage, at: int) -> list[int]:
    """Return where the parts of a figure stand, after what is told beside it; none where nothing is."""
    figures = passage.figures
    total = figures[at]
    places: list[int] = []
    marks = ""
    for i in range(at + 1, min(len(figures), at + _FIGURES)):
        start = figures[i].span.start
        if start - figures[i - 1].span.end > _REACH:
            break
        if not places:
            if start - total.span.end > _REACH or i - at > _ASIDES:
                return []
            if _is_aside(passage, i, at):
                continue
            parted = _STOP.search(passage.between(at, i))
            if parted or not _LEAD.fullmatch(passage.gap(i)) or at not in passage.outer(i, 0):
                return []
        elif _is_aside(passage, i, places[-1]):
            if "。" in passage.gap(i) or "\n" in passage.gap(i):
                break
            continue
        else:
            text = link(passage, places[-1], i)
            found = _NEXT.fullmatch(text[max(0, text.rfind("；")) :])
            if found is None or (marks and found["mark"] not in marks):
                break
            marks += found["mark"]
        number = figures[i]
        if not same_unit(number, total) or number.value >= total.value or _NO_PART.search(passage.label(i)):
            break
        places.append(i)
        if len(places) == _MOST_PARTS:
            break
    labels = [passage.label(i) for i in places]
    if any(parallel(passage.label(at), label) for label in labels):
        return []  # 东线 9,200（8,000），西线 6,100、北线 3,300
    alike = len(places) == 2 and (parallel(*labels) or are_all(labels))
    return places if alike or (len(places) > 2) or "、" in marks else []


def _check(passage: Passage, at: int, places: Sequence[int]) -> Iterable[Mismatch]:
    total, parts = passage.figures[at], [passage.figures[i] for i in places]
    summed = Interval(0.0, 0.0)
    for part in parts:
        summed = summed + of(part)
        if not summed.misses(total.value, room_of_sum(total)):
            return
    got = sum(p.value for p in parts)
    text = "".join(passage.label(i) + "，" for i in places)
    if abs(got / total.value - 1) > _OFF or makes_other(passage, total, parts, got):
        return
    if len(STEPS.findall(text)) > 1:
        return
    yield told(passage, total, parts)
