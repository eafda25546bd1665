"""What stands in a passage is found as by looking through everything, in the same order."""

from hypothesis import given
from hypothesis import strategies as st

from service.core.span import Span
from service.llm.passages import BLOCK, Passages

SPANS = st.builds(
    lambda start, size: Span(start, start + size), st.integers(0, 400), st.integers(1, 3 * BLOCK)
)


@given(st.lists(SPANS, max_size=30), SPANS)
def test_touching_is_what_overlaps(spans: list[Span], asked: Span) -> None:
    """Short, long, repeated, out of order: nothing is missed, nothing added, the order kept."""
    found = Passages((span, number) for number, span in enumerate(spans)).touching(asked)
    assert found == [number for number, span in enumerate(spans) if span.overlaps(asked)]
