"""A frame: one metric as a sentence tells it, in figures that are not yet named."""

from dataclasses import dataclass, field
from typing import Protocol

from service.core.numbers.model import BaselineKind, Number


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
    flat: tuple[int, int, str] | None = None  # where 持平 is said of it
    is_cleared: bool = False  # 归零 is said of it
    inner: bool = False  # stands in brackets of another frame
    date: Number | None = None  # the date the value is told of: 9月 1.2w
    opened: bool = False  # began with 从 or 由: a 到 will follow

    @property
    def anchor(self) -> Number | None:
        """Return the number that shows the frame's unit."""
        return self.value or self.baseline or self.target

    @property
    def first(self) -> Number:
        """Return the leftmost of the frame's main numbers: what names it stands before that."""
        value = self.value
        if value is not None and self.baseline is None and self.target is None and not self.chain:
            return value
        shown = [n for n in (value, self.baseline, self.target, *self.chain) if n is not None]
        shown = shown or [c for c, _ in self.changes]
        return min(shown, key=lambda n: n.span)

    def takes_name(self, name: NameHit | None) -> bool:
        """Tell whether a name met later is this frame's own, or none at all."""
        return name is None or (self.name is not None and is_same(name, self.name))

    @property
    def is_window(self) -> bool:
        """Tell whether the frame is no more than a stretch of time: 两周, 7 天."""
        value = self.value
        return value is not None and value.unit_kind == "duration" and self.name is None and not self.baseline


def is_same(one: NameHit, other: NameHit) -> bool:
    """Tell whether one name is the other or part of it (转化率, 付费转化率)."""
    return one.word in other.word or other.word in one.word


def is_like(one: Number, other: Number) -> bool:
    """Tell whether two numbers may measure the same thing."""
    first, second = one.unit_kind, other.unit_kind
    if first == second:
        return one.unit == other.unit or first in ("duration", "money") or "个" in (one.unit, other.unit)
    return "none" in (first, second) and not {"percent", "point"} & {first, second}
