"""Code points and UTF-16 units, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.errors import InvalidRequest
from service.core.span import Span
from service.wire.offsets import Offsets

# Texts rich in the characters that matter: emoji and U+20000+ take two units, 中 and é one.
TEXTS = st.text(st.sampled_from("a中é\n😀👨‍👩‍👧𠮷𪚥"), max_size=60) | st.text(max_size=40)


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units, by the codec."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(TEXTS)
def test_every_offset_agrees_with_the_codec(text: str) -> None:
    """The UTF-16 offset of any code point is the length of what stands before it, as the codec encodes it."""
    offsets = Offsets(text, "utf-16")
    assert [offsets.out(i) for i in range(len(text) + 1)] == [units(text[:i]) for i in range(len(text) + 1)]


@given(TEXTS, st.data())
def test_spans_come_back_as_they_went(text: str, data: st.DataObject) -> None:
    """A span sent out in either encoding is taken back as the same code points."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for encoding in ("utf-16", "codepoint"):
        offsets = Offsets(text, encoding)
        assert offsets.span_in(offsets.out(start), offsets.out(end), "span") == Span(start, end)


@given(TEXTS, st.integers(0, 200), st.integers(0, 200))
def test_any_range_is_a_true_span_or_refused(text: str, start: int, end: int) -> None:
    """What is taken maps back to exactly what was sent; everything else is refused with its field."""
    offsets = Offsets(text, "utf-16")
    cut = any(units(text[:i]) + 1 in (start, end) and ord(c) > 0xFFFF for i, c in enumerate(text))
    if start > end or end > units(text) or cut:
        with pytest.raises(InvalidRequest) as caught:
            offsets.span_in(start, end, "span")
        assert caught.value.field == "span"
    else:
        span = offsets.span_in(start, end, "span")
        assert (offsets.out(span.start), offsets.out(span.end)) == (start, end)


def test_code_points_are_left_alone() -> None:
    """By code point nothing is converted, whatever the text."""
    assert Offsets("😀中", "codepoint").out(1) == 1


@pytest.mark.parametrize(("start", "end"), [(1, 2), (0, 1)])
def test_half_a_character_is_refused(start: int, end: int) -> None:
    """A range that cuts an emoji in two points at a wrong offset_encoding."""
    with pytest.raises(InvalidRequest, match="中间"):
        Offsets("😀", "utf-16").span_in(start, end, "span")
