"""Reads a sentence's numbers into frames: a value, what it came from, what it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from service.core.numbers import cues
from service.core.numbers.model import BaselineKind, Number, NumberKind, Precision

_FIGURES = (NumberKind.MEASURE, NumberKind.CHANGE)
_STOPS = "；;。！？!?\n"
_LOOK_BACK = 16  # a role word further left than this says nothing about the number


class NameHit(Protocol):
    """A metric name of the vocabulary at `[start, end)` of the view."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def word(self) -> str: ...


@dataclass(slots=True)
class Frame:
    """One metric being read; `left` is where the text that may name it begins."""

    left: int
    value: Number | None = None
    baseline: Number | None = None
    baseline_kind: BaselineKind | None = None
    chain: list[Number] = field(default_factory=list)  # what stood before baseline in a → b → c
    target: Number | None = None
    attainment: Number | None = None
    share: Number | None = None
    over: Number | None = None  # what the value is out of: 62/90
    changes: list[tuple[Number, BaselineKind | None]] = field(default_factory=list)
    name: NameHit | None = None
    period: str | None = None
    inner: bool = False  # stands in brackets of another frame

    @property
    def anchor(self) -> Number | None:
        """Return the number that shows the frame's unit."""
        return self.value or self.baseline or self.target

    @property
    def first(self) -> Number:
        """Return the leftmost of the frame's main numbers: what names it stands before that."""
        shown = [n for n in (self.value, self.baseline, self.target, *self.chain) if n is not None]
        return min(shown or [c for c, _ in self.changes], key=lambda n: n.span)


class SentenceReader:
    """Walks the numbers of one sentence from left to right; one use only."""

    __slots__ = ("cues", "current", "frames", "hits", "last", "outer", "view")

    def __init__(self, view: str, hits: Sequence[NameHit]) -> None:
        self.view = view
        self.hits = hits
        self.cues = cues.load()
        self.frames: list[Frame] = []
        self.current: Frame | None = None
        self.last: Number | None = None
        self.outer: list[tuple[Frame | None, Number | None]] = []

    def read(self, start: int, numbers: Sequence[Number]) -> list[Frame]:
        """Return the frames of a sentence that begins at `start`."""
        floor = start
        for number in numbers:
            if number.kind not in _FIGURES:
                continue
            gap = self.view[floor : number.span.start]
            if number.precision is Precision.VAGUE:
                floor = number.span.end
                self.current = None
                continue
            gap = self._brackets(gap)
            self._place(number, gap, number.span.start - len(gap))
            self.last = number
            floor = number.span.end
        return self.frames

    def _brackets(self, gap: str) -> str:
        """Follow brackets and return what of the gap stands right before the number, inside the same ones."""
        if "(" not in gap and ")" not in gap and "（" not in gap and "）" not in gap:
            return gap
        keep = 0
        for at, char in enumerate(gap):
            if char in ")）":
                if self.outer:
                    self.current, self.last = self.outer.pop()
                keep = at + 1
            elif char in "(（":
                if len(self.outer) < 4:
                    self.outer.append((self.current, self.last))
                keep = at + 1
        return gap[keep:]

    def _place(self, number: Number, gap: str, left: int) -> None:
        current = self.current
        if current is not None and any(c in gap for c in _STOPS):
            current = self.current = None
        if current is not None and self._adjacent(number, gap, current):
            return
        if number.kind is NumberKind.CHANGE:
            self._change(number, gap, left, current)
            return
        tail = gap[-_LOOK_BACK:]
        name = self._name(left, number.span.start)
        if current is not None and self.cues.arrow.search(tail) and self._leads(current, number, gap, name):
            return
        role = self._role(tail)
        if (
            (
                role in (cues.ATTAINMENT,)
                and number.unit == "%"
                and current is not None
                and current.value is not None
            )
            and current.value.unit != "%"
            and name is None
        ):
            current.attainment = number
            return
        kind = cues.KINDS.get(role or "")
        if kind is not None and self._held_against(number, kind, left, current, name):
            return
        if current is not None and current.value is None and _compatible(current, number) and name is None:
            current.value = number  # 上周4.1%，这周3.2%
            return
        self._open(Frame(left, value=number, name=name, inner=bool(self.outer)))

    def _adjacent(self, number: Number, gap: str, current: Frame) -> bool:
        """Take a number tied to the one before by a slash, an equals sign or a bare bracket: 374/3,120=12.0%."""
        link = gap.strip()
        if link == "/" and self.last is current.value and number.unit in ("", "%"):
            current.over = number
            return True
        if link in ("=", "≈") and number.unit == "%" and current.over is not None:
            current.share = number
            return True
        if link == "" and self.outer and number.unit == "%" and self.outer[-1][1] is self.last:
            if current.value is not None and current.value.unit != "%" and number.kind is NumberKind.MEASURE:
                current.share = number
                return True
        return False

    def _change(self, number: Number, gap: str, left: int, current: Frame | None) -> None:
        role = self._role(self.view[max(left, number.span.start - 10) : number.span.start])
        kind = cues.KINDS.get(role or "")
        name = self._name(left, number.span.start)
        fits = current is not None and (name is None or current.name is None or _same(name, current.name))
        if fits and current is not None and len(gap) <= 24 and not self._taken(current, number, kind):
            current.changes.append((number, kind))
            return
        frame = Frame(left, name=name, inner=bool(self.outer))
        frame.changes.append((number, kind))
        self._open(frame)

    @staticmethod
    def _taken(current: Frame, number: Number, kind: BaselineKind | None) -> bool:
        return any(c.unit == number.unit and k is kind for c, k in current.changes)

    def _leads(self, current: Frame, number: Number, gap: str, name: NameHit | None) -> bool:
        if name is not None and current.name is not None and not _same(name, current.name):
            return False
        if current.value is None:
            if current.baseline is None or not _compatible(current, number):
                return False
            current.value = number
            return True
        if not _like(current.value, number) or current.target is not None or len(gap) > 14 or current.changes:
            return False
        if current.baseline is not None:
            if current.baseline_kind is not BaselineKind.START:
                return False
            current.chain.append(current.baseline)
        current.baseline, current.baseline_kind, current.value = current.value, BaselineKind.START, number
        return True

    def _held_against(
        self, number: Number, kind: BaselineKind, left: int, current: Frame | None, name: NameHit | None
    ) -> bool:
        fits = current is not None and (name is None or current.name is None or _same(name, current.name))
        if fits and current is not None and current.value is not None and _like(current.value, number):
            if kind is BaselineKind.TARGET and current.target is None:
                current.target = number
                return True
            if kind is not BaselineKind.TARGET and current.baseline is None:
                current.baseline, current.baseline_kind = number, kind
                return True
        frame = Frame(left, name=name, inner=bool(self.outer))
        if kind is BaselineKind.TARGET:
            frame.target = number
        else:
            frame.baseline, frame.baseline_kind = number, kind
        self._open(frame)
        return True

    def _open(self, frame: Frame) -> None:
        self.frames.append(frame)
        self.current = frame

    def _role(self, text: str) -> str | None:
        """Return the role word nearest to the number, None where a comma or another word parts them."""
        role, end = None, 0
        for found in self.cues.roles.finditer(text):
            role, end = found.lastgroup, found.end()
        if role is None or any(c in text[end:] for c in "，、,"):
            return None
        if role in ("previous", "year_ago", "peer") and len(text) - end > 8:
            return None
        return role

    def _name(self, start: int, end: int) -> NameHit | None:
        """Return the last metric name that stands in the range."""
        found = None
        for hit in self.hits:
            if hit.start >= start and hit.end <= end:
                found = hit
            elif hit.start >= end:
                break
        return found


def _same(one: NameHit, other: NameHit) -> bool:
    return one.word in other.word or other.word in one.word


def _like(one: Number, other: Number) -> bool:
    """Tell whether two numbers may measure the same thing."""
    if one.unit_kind == other.unit_kind:
        return one.unit == other.unit or one.unit_kind in ("duration", "count", "money")
    bare = "none"
    if bare in (one.unit_kind, other.unit_kind):
        return "percent" not in (one.unit_kind, other.unit_kind) and "point" not in (
            one.unit_kind,
            other.unit_kind,
        )
    return False


def _compatible(frame: Frame, number: Number) -> bool:
    anchor = frame.anchor
    return anchor is not None and _like(anchor, number)
