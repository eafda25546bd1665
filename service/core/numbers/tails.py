"""What stands right of a number's digits: scale, unit, and how exactly it is meant."""

from typing import NamedTuple

from service.core.numbers.model import Precision
from service.core.numbers.words import Words

_SCALES = {
    "万亿": 1e12, "千万": 1e7, "百万": 1e6, "亿": 1e8, "万": 1e4, "千": 1e3, "百": 1e2,
    "w": 1e4, "W": 1e4, "k": 1e3, "K": 1e3, "M": 1e6,
}  # fmt: skip
_SCALE_HEADS = frozenset(s[0] for s in _SCALES)
_TENTHS = {c: i for i, c in enumerate("一二三四五六七八九", 1)} | {"半": 5}
_MORE = {"多": Precision.AT_LEAST, "余": Precision.AT_LEAST, "+": Precision.AT_LEAST, "来": Precision.APPROX}


class Tail(NamedTuple):
    """Where the number ends, what its digits are multiplied by, and its unit."""

    end: int
    scale: float
    unit: str
    unit_kind: str
    precision: Precision | None
    tenths: int = 0  # 两成半, 三成五: tenths of the unit more

    @property
    def fineness(self) -> float:
        """Return what part of a unit the last word shows: 三成 1, 三成半 0.5, 三成五 0.2."""
        return 1.0 if not self.tenths else (0.5 if self.tenths == 5 else 0.2)


def is_letter(char: str) -> bool:
    """Tell whether a character is an ASCII letter."""
    return char.isascii() and char.isalpha()


def read_tail(view: str, at: int, words: Words) -> Tail:
    """Read scale, unit and precision that follow the digits ending at `at`; one space is bridged."""
    size = len(view)
    end, scale, precision = at, 1.0, None
    here = _skip_space(view, at)
    if here < size and view[here] in _MORE and _is_more(view, here, at):
        precision = _MORE[view[here]]
        end = here + 1
        here = _skip_space(view, end)
    if here < size and view[here] in _SCALE_HEADS:
        word = _scale_at(view, here)
        if word:
            scale = _SCALES[word]
            end = here + len(word)
            here = _skip_space(view, end)
            if here < size and view[here] in _MORE and _is_more(view, here, end):
                precision = _MORE[view[here]]
                end = here + 1
                here = _skip_space(view, end)
    if here >= size:
        return Tail(end, scale, "", "none", precision)
    return _read_unit(view, end, here, scale, precision, words)


def _read_unit(
    view: str, end: int, here: int, scale: float, precision: Precision | None, words: Words
) -> Tail:
    unit, kind, tenths = "", "none", 0
    char = view[here]
    if char == "成" and _may_end(view, here, "成", words):
        unit, kind, scale, end = "%", "percent", scale * 10, here + 1
        extra = view[end : end + 1]
        if extra and extra in _TENTHS:  # 两成半, 三成五
            tenths, end = _TENTHS[extra], end + 1
    elif char in words.unit_heads or char.isupper():
        low = view[here : here + words.longest_unit].lower()
        for length in range(len(low), 0, -1):
            surface = low[:length]
            found = words.units.get(surface)
            if found and _may_end(view, here + length - 1, surface, words):
                (unit, kind), end = found, here + length
                break
    if end < len(view):
        after = words.approx_after
        for length in (3, 2, 1):
            surface = view[end : end + length]
            if surface in after and (length > 1 or _is_open_end(view, end, surface, unit)):
                return Tail(end + length, scale, unit, kind, after[surface], tenths)
    return Tail(end, scale, unit, kind, precision, tenths)


def _is_open_end(view: str, end: int, char: str, unit: str) -> bool:
    """Tell whether + or 多 after the unit opens the number upwards: 30人+, 3个月多, not 5个+8个."""
    if char == "+":
        return not view[end + 1 : end + 3].strip()[:1].isdigit()
    return char == "多" and bool(unit)


def _skip_space(view: str, at: int) -> int:
    return at + 1 if view.startswith(" ", at) else at


def _is_more(view: str, here: int, at: int) -> bool:
    char = view[here]
    if char == "+":  # 300+ 条 but not 18+16, T+1, 46 + 52
        after = view[here + 1 : here + 3].lstrip()
        return here == at and not after[:1].isdigit()
    if char == "来":  # 130 来人 but not 3.5 来自
        return view[here + 1 : here + 2] in (
            "人",
            "个",
            "条",
            "家",
            "单",
            "万",
            "块",
            "岁",
            "次",
            "天",
            "份",
            "件",
            "元",
        )
    return here == at or view[here + 1 : here + 2] in ("个", "人", "万", "条", "家", "单", "次", "元")


def _scale_at(view: str, here: int) -> str | None:
    for length in (2, 1):
        word = view[here : here + length]
        if word in _SCALES and len(word) == length:
            follow = view[here + length : here + length + 1]
            if follow and (
                (is_letter(word[-1]) and is_letter(follow)) or (follow in "克瓦" and word == "千")
            ):
                continue
            if word == "百" and follow and follow in "分度货家":
                continue
            return word
    return None


def _may_end(view: str, last: int, surface: str, words: Words) -> bool:
    follow = view[last + 1 : last + 2]
    if not follow:
        return True
    if is_letter(surface[-1]):
        return not is_letter(follow)
    return follow not in words.not_before.get(surface, "")
