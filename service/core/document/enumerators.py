"""Finds lists written within a line: "下周：1.完成A；2.配合B", "①…；②…", "一、…二、…"."""

import re
from functools import cache, lru_cache

from service.core.span import Span

_SIGNS = {
    chr(ord(first) + at): at + 1
    for first, count in (("①", 20), ("⑴", 20), ("❶", 10), ("➀", 10))
    for at in range(count)
}
_HAN = {char: at + 1 for at, char in enumerate("一二三四五六七八九十")}
_BEFORE = frozenset(" \t:;。！!？?，,、)…】")
_STYLES = {
    # "①改", "②、改"
    "sign": r"[①-⑳⑴-⒇❶-❿➀-➉]\s?[、.:)]?\s?",
    # "1⃣改"
    "keycap": r"\d\u20e3\s?",
    # ":1.完成", " 2)改"; not "v1.完成", "11.4", "1、2月", "2)，"
    "number": r"\d{1,2}(?:\.(?![\d.])|\s?、(?!\d)|\)(?![\s,，。;；、]))\s?",
    # "(1)改"; not "共 3 场(12)，"
    "paren": r"\(\d{1,2}\)(?!\s?[,，。;；、)%])\s?",
    # ";二、问题"; not "二、三线城市"
    "han": r"[一二三四五六七八九十]{1,2}、(?![一二三四五六七八九十])\s?",
}
_BOUND = frozenset({"number", "han"})  # these need a mark or a space before them
_ENUMERATOR = re.compile("|".join(f"(?P<{style}>{pattern})" for style, pattern in _STYLES.items()))
_ASIDE = 80  # characters that brackets go on at most
_DIGITS = re.compile(r"\d{1,2}")


def find_enumerators(view: str, span: Span, marker: str) -> list[tuple[int, int]]:
    """Return where in a line enumerators count up from one, or on from the line's own marker."""
    own_style, own = _read_marker(marker) if marker else ("", 0)
    start, end = span
    if not _hint(own + 1).search(view, start, end):
        return []
    counts = {own_style: own}
    found: dict[str, list[tuple[int, int]]] = {}
    depth, seen = 0, start
    for match in _ENUMERATOR.finditer(view, start, end):
        style = match.lastgroup or ""
        at = match.start()
        if style in _BOUND and at > start and view[at - 1] not in _BEFORE:
            continue
        depth = max(0, depth + view.count("(", seen, at) - view.count(")", seen, at))
        seen = at
        if depth and view.find(")", at, min(end, at + _ASIDE)) >= 0:  # "4. 客诉 9 起(错发 5、漏发 3)"
            continue
        number = _number(match[0])
        if number == counts.get(style, 0) + 1:
            counts[style] = number
            found.setdefault(style, []).append(match.span())
    return sorted(at for style, places in found.items() if counts[style] > 1 for at in places)


@cache
def _hint(number: int) -> re.Pattern[str]:
    """Return what tells a line that may hold a list: a second enumerator, or the one with that number."""
    signs = han = digits = ""
    for value in {2, number} - {1}:
        signs += "".join(sign for sign, meant in _SIGNS.items() if meant == value)
        han += "".join(char for char, meant in _HAN.items() if meant == value) or "十"
        digits += str(value)[-1]
    return re.compile(
        f"[{signs}{han}{digits}](?:(?<=[{signs}])|(?<=[{han}])、|(?<=[{digits}])\\s?[.、)\u20e3])"
    )


@lru_cache(maxsize=256)
def _read_marker(marker: str) -> tuple[str, int]:
    match = _ENUMERATOR.search(marker + "改")
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
