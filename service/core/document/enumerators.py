"""Finds lists written within a line: "下周：1.完成A；2.配合B", "①…；②…", "一、…二、…"."""

import re

from service.core.span import Span

_STYLES = {
    # "①改", "2⃣"
    "circled": r"[①-⑳⑴-⒇❶-❿➀-➉]\s?[、.:)]?\s?|\d\u20e3\s?",
    # ":1.完成", " 2)改"; not "v1.完成", "11.4", "1、2月"
    "number": r"(?<=[\s:;。！!？?，,、)…])\d{1,2}(?:\.(?![\d.])|\s?、(?!\d)|\)(?![\s,，。;；、]))\s?",
    # "(1)改"; not "共 3 场(12)，"
    "paren": r"\(\d{1,2}\)(?!\s*[,，。;；、)%])\s?",
    # ";二、问题"; not "二、三线城市"
    "han": r"(?<=[\s:;。！!？?，,)…])[一二三四五六七八九十]{1,2}、(?![一二三四五六七八九十])\s?",
}
_ENUMERATOR = re.compile("|".join(f"(?P<{style}>{pattern})" for style, pattern in _STYLES.items()))
_DIGITS = re.compile(r"\d{1,2}")
_HAN = {char: at + 1 for at, char in enumerate("一二三四五六七八九十")}
_SIGNS = {
    chr(ord(first) + at): at + 1
    for first, count in (("①", 20), ("⑴", 20), ("❶", 10), ("➀", 10))
    for at in range(count)
}


def find_enumerators(view: str, span: Span, marker: str) -> list[Span]:
    """Return the enumerators of a line that count up from one, or on from the line's own marker."""
    by_style: dict[str, list[Span]] = {}
    counts = {style: number for style, number in (_read(marker),) if number}
    for match in _ENUMERATOR.finditer(view, span.start, span.end):
        style = match.lastgroup or ""
        if _number(match[0]) == counts.get(style, 0) + 1:
            counts[style] = counts.get(style, 0) + 1
            by_style.setdefault(style, []).append(Span(*match.span()))
    return sorted(at for style, found in by_style.items() if counts[style] > 1 for at in found)


def _read(marker: str) -> tuple[str, int]:
    match = _ENUMERATOR.search(" " + marker + " 改")
    return (match.lastgroup or "", _number(match[0])) if match else ("", 0)


def _number(enumerator: str) -> int:
    digits = _DIGITS.search(enumerator)
    if digits:
        return int(digits[0])
    if enumerator[0] in _SIGNS:
        return _SIGNS[enumerator[0]]
    value = 0
    for char in enumerator:
        if char == "十":
            value = (value or 1) * 10
        else:
            value += _HAN.get(char, 0)
    return value
