"""Folds the text as sent into the characters that rules match on, one for one, and tells which drop out."""

import re
from typing import NamedTuple

from zhconv_rs import zhconv

# Folded in nearly every Chinese note: seven replacements (1 µs) spare most notes the slow way (25 µs).
_COMMON = (("：", ":"), ("（", "("), ("）", ")"), ("；", ";"), ("！", "!"), ("？", "?"), ("％", "%"))

_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef"
)
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = "\x0b\x0c\x85\u2028\u2029"

# Matches "Ａ" and NBSP; must not match "，" ("1，340" is two numbers, "1,340" is one), "。" or "①".
_FOLDED = f"\uff01-\uff0b\uff0d-\uff5e\u2212\U0001d7ce-\U0001d7ff{_INVISIBLE}{_SPACES}{_BREAKS}"
_RARE = re.compile(f"[{_FOLDED}]")
_NARROW = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{chr(0x1D7CE + i): str(i % 10) for i in range(50)},
    **dict.fromkeys(_BREAKS, "\n"),
    "\u2212": "-",
}
_DROPPED = re.compile(f"[{_INVISIBLE}]+")
_CR = re.compile("\r(?=\n)")

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ\u0300\u0301\u0304\u030c"
# One scan tells the notes that need none of what is rare.
_ODD = re.compile(f"[{_FOLDED}{_TONES}]")
# Matches "(quán)" of "版權(quán)" and "(zhí)" of "职(zhí)场"; must not match "(App)", which bears no tone.
_GLOSS = re.compile(
    f"(?<=[\u3400-\u9fff])[(（][a-zA-Zɡüê'’ ]{{0,12}}[{_TONES}][a-zA-Zɡüê'’ {_TONES}]{{0,24}}[)）]"
)

Range = tuple[int, int]


class Folded(NamedTuple):
    """`clean` has the length of the text; `drops` are its ranges that no view shows, disjoint, in order."""

    clean: str
    drops: list[Range]


def fold(text: str, hidden: list[Range]) -> Folded:
    """Fold a whole text, keeping its length; `hidden` are ranges, in order, to be kept out of view."""
    clean = _fold_common(_without_surrogates(text))
    drops: list[Range] = []
    if _ODD.search(clean):
        clean = _RARE.sub(_fold_one, clean)
        drops = [match.span() for match in _DROPPED.finditer(clean)]
        clean = _DROPPED.sub(_blank, clean)
        drops += [match.span() for match in _GLOSS.finditer(clean)]
    if "\r" in clean:
        drops += [match.span() for match in _CR.finditer(clean)]
        clean = re.sub("\r(?!\n)", "\n", clean)
    if not clean.isascii():
        clean = _simplify(clean)
    if hidden:
        clean = blank_out(clean, hidden)
        drops += hidden
    return Folded(clean, merged(drops))


def visible(text: str) -> str:
    """Fold a short text, say a resolved entity, and take out what never shows."""
    return _DROPPED.sub("", _RARE.sub(_fold_one, _fold_common(text)))


def _fold_common(text: str) -> str:
    if not text.isascii():
        for wide, narrow in _COMMON:
            text = text.replace(wide, narrow)
    return text


def _without_surrogates(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text)
    return text


def _fold_one(match: re.Match[str]) -> str:
    char = match[0]
    if _DROPPED.match(char):
        return char
    return _NARROW.get(char, " ")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def blank_out(clean: str, ranges: list[Range], blank: str = " ") -> str:
    """Return a text with ranges of it, in order, turned into spaces or another blank."""
    pieces: list[str] = []
    at = 0
    for start, end in ranges:
        pieces += (clean[at:start], blank * (end - start))
        at = end
    return "".join((*pieces, clean[at:]))


def _simplify(clean: str) -> str:
    """Turn Traditional into Simplified: by phrase, or by character where a phrase changes length."""
    simple = zhconv(clean, "zh-hans")
    if len(simple) == len(clean):
        return simple
    single = {char: zhconv(char, "zh-hans") for char in set(clean)}
    changed = {ord(char): new for char, new in single.items() if new != char and len(new) == 1}
    return clean.translate(changed)


def merged(ranges: list[Range]) -> list[Range]:
    """Return ranges in order with those that touch made one."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
