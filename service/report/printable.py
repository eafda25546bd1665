"""Text from a note made safe and fit for a terminal: no control codes, broken into lines by cell width."""

from collections.abc import Iterator

from rich.cells import get_character_cell_size
from rich.text import Text

# Never start a line with these, nor end one.
_CLOSING = frozenset("，。、；：？！）》」』”’】〉〕⟧%…·,.;:!?)]}¹²³⁴⁵⁶⁷⁸⁹⁰")
_OPENING = frozenset("（《「『“‘【〈〔⟦([{")

# A note may hold escape sequences (ESC[2J clears the screen) or overrides that turn the reading direction.
_UNSAFE: dict[int, str | None] = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "·")
_UNSAFE.update(
    dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))
)
_UNSAFE.update({ord("\n"): "\n", ord("\t"): "    ", ord("\r"): None, 0x2028: "\n", 0x2029: "\n"})


def printable(text: str) -> str:
    """Return text that can't steer a terminal; its length may differ."""
    return text.translate(_UNSAFE)


def one_line(text: str, cells: int) -> str:
    """Return printable text on one line, cut with … to at most `cells` terminal cells."""
    flat = " ".join(printable(text).split())
    used = 0
    for at, char in enumerate(flat):
        used += get_character_cell_size(char)
        if used > cells:
            return _cut(flat[:at], cells) + "…"
    return flat


def _cut(text: str, cells: int) -> str:
    while text and sum(map(get_character_cell_size, text)) >= cells:
        text = text[:-1]
    return text.rstrip()


def wrap(text: Text, width: int) -> list[Text]:
    """Return the lines of `text`, none wider than `width` cells, broken the way Chinese is: between any two
    characters, but with no closing mark at the start and no opening one at the end of a line."""
    lines: list[Text] = []
    for line in text.split("\n", allow_blank=True):
        pieces = line.divide(list(_breaks(line.plain, max(width, 2)))) if line.plain else [line]
        for piece in pieces:
            piece.rstrip()
        lines.extend(pieces)
    return lines


def _breaks(plain: str, width: int) -> Iterator[int]:
    start = used = 0
    allowed = 0  # the last place since `start` where a line may end
    sizes = [get_character_cell_size(char) for char in plain]
    for at, size in enumerate(sizes):
        if at > start and _may_break(plain[at - 1], plain[at], sizes[at - 1], size):
            allowed = at
        if used + size > width and plain[at] != " ":
            start = allowed if allowed > start else at
            yield start
            used = sum(sizes[start:at])
        used += size


def _may_break(before: str, after: str, before_size: int, after_size: int) -> bool:
    if after in _CLOSING or before in _OPENING or after == " ":
        return False
    return before == " " or before_size == 2 or after_size == 2
