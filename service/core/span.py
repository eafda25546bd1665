"""A half-open range of code points."""

from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range `[start, end)` counted in Unicode code points."""

    start: int
    end: int

    def __len__(self) -> int:  # the length of the text, not of the tuple
        return self.end - self.start

    def covers(self, other: "Span") -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end
