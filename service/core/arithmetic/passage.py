"""The figures of a note sentence by sentence, with the words that stand left of each."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol

from service.core.arithmetic.interval import is_checkable, of, room_of
from service.core.document.model import Document
from service.core.lazy import lazy
from service.core.numbers.model import Number, NumberKind, Precision
from service.core.span import Span

_LABEL = 12
_BRACKETS = lazy(r"[()（）]")
_FIGURES = frozenset((NumberKind.MEASURE, NumberKind.CHANGE))
# what of "，上周消耗" and "(点击率" stands right before the figure
_LAST_WORDS = lazy(r"[^，。；、,;:：(（)）\n\t|/=→+]*$")
_WHOLE = frozenset(
    (
        "整体",
        "综合",
        "总",
        "总体",
        "平均",
        "投放",
        "本周",
        "本月",
        "当日",
        "实际",
        "最终",
        "投流",
        "合计",
        "全渠道",
    )
)
_MOST_FIGURES = 80  # of one sentence are held against each other; no sentence people write has more
_BLURRED = 0.5  # of their size that the last digits of two figures make out together
_EARLIER = 12  # figures looked back over for the base that a rate may have been taken of


class Sentence(Protocol):
    """A stretch of prose."""

    @property
    def span(self) -> Span: ...


class Passage:
    """Figures (measures and changes) of one note, in text order and by sentence."""

    __slots__ = ("_gaps", "_labels", "_marks", "_outer", "document", "figures", "groups", "starts", "view")

    def __init__(self, document: Document, sentences: Sequence[Sentence], numbers: Sequence[Number]) -> None:
        self.document = document
        self.view = document.view
        self.figures = [n for n in numbers if n.kind in _FIGURES]
        self.starts = [n.span.start for n in self.figures]
        self._labels: dict[int, str] = {}
        # asked for again and again, so cut once; nothing stands between the first figure and none
        ends = [n.span.end for n in self.figures]
        self._gaps = ["", *(self.view[end:start] for end, start in zip(ends, self.starts[1:], strict=False))]
        self._outer: dict[int, list[int]] = {}
        # the brackets of each gap, last first; most have none
        self._marks = [
            _BRACKETS.findall(g)[::-1] if "(" in g or "（" in g or ")" in g or "）" in g else ()
            for g in self._gaps
        ]
        # for each sentence with two figures or more the range of their indices
        self.groups: list[tuple[int, int]] = []
        first = 0
        for sentence in sentences if self.starts else ():
            start, end = sentence.span
            first = bisect_left(self.starts, start, first)
            last = bisect_left(self.starts, end, first)
            if last - first >= 2:
                self.groups.append((first, min(last, first + _MOST_FIGURES)))

    def told(self, first: int, last: int) -> str:
        """Return the text from shortly before figure `first` up to figure `last`, folded."""
        start = max(0, self.starts[first] - _LABEL)
        return self.document.folded[start : self.figures[last - 1].span.end]

    def gap(self, at: int) -> str:
        """Return the text between figure `at - 1` and figure `at`."""
        return self._gaps[at]

    def between(self, one: int, other: int) -> str:
        """Return the text between two figures, the first of which stands first."""
        return self.view[self.figures[one].span.end : self.figures[other].span.start]

    def label(self, at: int) -> str:
        """Return the words right before a figure, up to a break or the figure before, in lower case."""
        found = self._labels.get(at)
        if found is None:
            found = self._labels[at] = self._label(at)
        return found

    def _label(self, at: int) -> str:
        start = self.figures[at].span.start
        floor = max(start - _LABEL, self.figures[at - 1].span.end if at else 0)
        text = self.document.folded[floor:start].rstrip(" :：")
        found = _LAST_WORDS.search(text)
        return found[0] if found else ""

    def outer(self, at: int, first: int) -> list[int]:
        """Return the figures before `at` that stand in no closed bracket, nearest first, down to `first`."""
        found = self._outer.get(at)
        if found is None:
            found = self._outer[at] = self._outside(at)
        return [j for j in found if j >= first] if first > at - _EARLIER else found

    def _outside(self, at: int) -> list[int]:
        found: list[int] = []
        depth = 0
        for j in range(at - 1, max(0, at - _EARLIER) - 1, -1):
            for char in self._marks[j + 1]:
                depth = depth + 1 if char in ")）" else max(0, depth - 1)
            if depth == 0:
                found.append(j)
        return found

    def is_foreign(self, at: int, name: "re.Pattern[str]", others: Sequence[Number]) -> bool:
        """Tell whether a figure's label puts a subject before its name that the others are not told of.

        老客 ROI 4.2 is not made of 新客's spend and return; 整体 ROI is made of whatever is told.
        """
        found = name.search(self.label(at))
        subject = self.label(at)[: found.start()].strip(" 的") if found else ""
        if len(subject) < 2 or subject in _WHOLE:
            return False
        start = min(n.span.start for n in others)
        around = self.document.folded[max(0, start - _LABEL) : max(n.span.end for n in others)]
        return subject not in around

    def text(self, number: Number) -> str:
        """Return a figure as written."""
        return self.document.slice(number.span)

    def fits_earlier(self, at: int, part: Number, stated: Number) -> bool:
        """Tell whether some figure before or shortly after makes `part` the stated share of it.

        What stands in a closed bracket is another figure's earlier one, and no base.
        """
        outer = self.outer(at, 0)
        for i in range(max(0, at - _EARLIER), min(len(self.figures), at + 3)):
            base = self.figures[i]
            if i < at and i not in outer:
                continue
            if base.unit_kind == "duration" != part.unit_kind:
                continue
            if base is part or base is stated or base.unit == "%":
                continue
            if is_rate(stated, part, base, rest=False):
                return True
        return False


def is_rate(stated: Number, part: Number, base: Number, rest: bool = True) -> bool:
    """Tell whether part over base (with `rest`, or its complement) is a percentage, as far as digits show."""
    if part.value > 0 and base.value > 0 and _is_far(stated, part, base):
        return False
    ratio = of(part).over(of(base))
    if ratio is None:
        return False
    room = room_of(stated)
    share = ratio.times(100)
    return not share.misses(stated.value, room) or (rest and not share.misses(100 - stated.value, room))


def _is_far(stated: Number, part: Number, base: Number) -> bool:
    """Tell at a look that exact digits can't make a percentage or its rest: intervals cost ten times it."""
    if not stated.precision is part.precision is base.precision is Precision.EXACT:
        return False
    told = part.value / base.value * 100
    blur = part.step / part.value + base.step / base.value
    room = 2 * stated.step + told * blur
    return blur < _BLURRED and abs(told - stated.value) > room and abs(100 - told - stated.value) > room


def thing_of(view: str, number: Number) -> str:
    """Return the unit of a figure, or the word it is counted in where that is no known unit: 212 板."""
    if number.unit or number.unit_kind != "none":
        return number.unit
    word = view[number.span.end : number.span.end + 2].lstrip(" ")[:1]
    return word if "\u4e00" <= word <= "\u9fff" else ""


def is_amount(number: Number, timed: bool = False) -> bool:
    """Tell whether a figure says how many or how much there is; with `timed` how long, too."""
    counted = number.unit_kind in ("count", "money", "none") or (timed and number.unit_kind == "duration")
    return counted and number.kind is NumberKind.MEASURE and is_checkable(number) and number.value > 0


def is_count(number: Number) -> bool:
    """Tell whether a figure counts something and was stated as such."""
    return (
        number.kind is NumberKind.MEASURE
        and number.unit_kind in ("count", "none", "money")
        and number.precision is Precision.EXACT
        and number.value > 0
    )


def is_percent(number: Number) -> bool:
    """Tell whether a figure is a stated share or rate."""
    return number.unit == "%" and number.kind is NumberKind.MEASURE and is_checkable(number)


def same_unit(one: Number, other: Number) -> bool:
    """Tell whether two counts are of one unit, as far as units are told."""
    return one.unit == other.unit or not one.unit or not other.unit
