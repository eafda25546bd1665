"""What stands right of a number's digits: scale, unit, and how exactly it is meant."""

import re
from typing import NamedTuple

from service.core.numbers.model import Precision
from service.core.numbers.words import Words

_SCALES = {
    "万亿": 1e12, "千万": 1e7, "百万": 1e6, "亿": 1e8, "万": 1e4, "千": 1e3, "百": 1e2,
    "w": 1e4, "W": 1e4, "k": 1e3, "K": 1e3, "M": 1e6,
}  # fmt: skip
_SCALE_HEADS = frozenset(s[0] for s in _SCALES)
_TENTHS = {c: i for i, c in enumerate("一二三四五六七八九", 1)} | {"半": 5}
_HALVES = ("半小时", "半钟头", "半月")  # 3 个半小时
_AFTER_HALF = frozenset("夜天年月价路数小多成径场程")
# 物流 18+质量 11 but not 30+人
_ADDEND = re.compile(r"\+ ?[\u4e00-\u9fff]{2,6} ?\d")
_MORE = {"多": Precision.AT_LEAST, "余": Precision.AT_LEAST, "+": Precision.AT_LEAST, "来": Precision.APPROX}
_AFTER_COME = frozenset("人个条家单万块岁次天份件元")  # 130 来人
_AFTER_MORE = frozenset("个人万条家单次元")  # 1.2万多人
_MORE_BY = frozenset("了出")  # 比 198 人多了 24 人
_NO_HUNDRED = frozenset("分度货家")  # 百分, 百度, 百货, 百家号
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


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


def read_tail(view: str, at: int, words: Words) -> Tail:
    """Read scale, unit and precision that follow the digits ending at `at`; one space is bridged."""
    size = len(view)
    if at >= size:
        return Tail(at, 1.0, "", "none", None)
    end, scale, precision = at, 1.0, None
    here = at + 1 if view[at] == " " else at
    char = view[here] if here < size else ""
    if char in _MORE and _is_more(view, here, at):
        precision, end = _MORE[char], here + 1
        here = _skip_space(view, end)
        char = view[here] if here < size else ""
    if char in _SCALE_HEADS:
        word = _scale_at(view, here)
        if word:
            scale, end = _SCALES[word], here + len(word)
            here = _skip_space(view, end)
            char = view[here] if here < size else ""
            if char in _MORE and _is_more(view, here, end):
                precision, end = _MORE[char], here + 1
                here = _skip_space(view, end)
                char = view[here] if here < size else ""
    if char == "成" and _may_end(view, here, "成", words):
        return _tenth(view, here + 1, scale * 10, precision, words)
    unit, kind = "", "none"
    longest = words.unit_heads.get(char, 0)
    if char == "个" and view.startswith(_HALVES, here + 1):
        length = next(len(word) for word in _HALVES if view.startswith(word, here + 1))
        return Tail(
            here + 1 + length, scale, "月" if view[here + 2] == "月" else "小时", "duration", precision, 5
        )
    if longest:
        found, length = _unit_at(view, here, longest, words)
        if found is not None:
            (unit, kind), end = found, here + length
            if (
                kind == "duration"
                and view.startswith("半", end)
                and view[end + 1 : end + 2] not in _AFTER_HALF
            ):
                return Tail(end + 1, scale, unit, kind, precision, 5)  # 2 天半
    return _close(view, Tail(end, scale, unit, kind, precision), words)


def _unit_at(view: str, here: int, longest: int, words: Words) -> tuple[tuple[str, str] | None, int]:
    surface = view[here : here + longest]
    if not surface.islower():
        surface = surface.lower()
    units = words.units
    while surface:
        found = units.get(surface)
        if found is not None and _may_end(view, here + len(surface) - 1, surface, words):
            return found, len(surface)
        surface = surface[:-1]
    return None, 0


def _tenth(view: str, end: int, scale: float, precision: Precision | None, words: Words) -> Tail:
    """Read what follows 成: 两成半, 三成五."""
    extra = view[end : end + 1]
    tenths = _TENTHS.get(extra, 0)
    return _close(view, Tail(end + (1 if tenths else 0), scale, "%", "percent", precision, tenths), words)


def _close(view: str, tail: Tail, words: Words) -> Tail:
    """Add 左右, 以上 or + that follow the unit."""
    end = tail.end
    if end >= len(view) or view[end] not in words.approx_after_heads:
        return tail
    for length in (3, 2, 1):
        word = view[end : end + length]
        precision = words.approx_after.get(word)
        if precision is not None and (len(word) > 1 or _is_open_end(view, end, tail.unit)):
            return tail._replace(end=end + len(word), precision=precision)
    return tail


def _is_open_end(view: str, end: int, unit: str) -> bool:
    """Tell whether + or 多 after the unit opens the number: 30人+, 3个月多, not 5个+8个, 8人多3人."""
    if view[end + 1 : end + 3].strip()[:1].isdigit() or _ADDEND.match(view, end):
        return False
    return view[end] == "+" or (view[end] == "多" and bool(unit) and view[end + 1 : end + 2] not in _MORE_BY)


def _skip_space(view: str, at: int) -> int:
    return at + 1 if view.startswith(" ", at) else at


def _is_more(view: str, here: int, at: int) -> bool:
    char = view[here]
    follow = view[here + 1 : here + 2]
    if char == "+":  # 300+ 条 but not 18+16, T+1, 46 + 52
        added = view[here + 1 : here + 3].lstrip()[:1].isdigit() or _ADDEND.match(view, here)
        return here == at and not added
    if char == "来":  # 130 来人 but not 3.5 来自
        return follow in _AFTER_COME
    if char == "多" and (follow in _MORE_BY or view[here + 1 : here + 3].strip()[:1].isdigit()):
        return False  # 比上期 4.5 万多 9,000
    return here == at or follow in _AFTER_MORE


def _scale_at(view: str, here: int) -> str | None:
    for length in (2, 1):
        word = view[here : here + length]
        if word in _SCALES and len(word) == length:
            follow = view[here + length : here + length + 1]
            if word[-1] in LETTERS and follow in LETTERS:
                continue
            if (word == "千" and follow in ("克", "瓦")) or (word == "百" and follow in _NO_HUNDRED):
                continue
            return word
    return None


def _may_end(view: str, last: int, surface: str, words: Words) -> bool:
    follow = view[last + 1 : last + 2]
    if not follow:
        return True
    if surface[-1] in LETTERS:
        return follow not in LETTERS
    barred = words.not_before.get(surface)
    return barred is None or follow not in barred
