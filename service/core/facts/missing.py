"""A text with its blanks left out: what a rewrite says before anybody has answered."""

import re

from zhconv_rs import zhconv

from service.core.facts.script import is_spoken
from service.core.facts.tokens import HOLE, mask
from service.core.facts.words import word_lists

# "（依据：□）", "(口径：□)": a bracket without brackets in it
_BRACKET = re.compile(r"[（(][^（）()\n]*[）)]")
# "；投诉问题是因为□", "。退款率升高的原因是□": a problem's name, said again to hang its cause on
_NAMED = re.compile(rf"[；。][^，。；：:\n（）()]{{1,20}}(?:是因[为為]|的原因是){HOLE}(?=[，。；\n]|$)")
# a clause with the stop before it: "，是因为□", "。下一步：□前□"
_CLAUSE = re.compile(r"(?P<stop>[，。；：:、—]*)(?P<words>[^，。；：:\n（）()—]+)")


def without_blanks(text: str) -> str:
    """Return the text without its blank tokens and without the coach's words that only frame a blank.

    A clause with words of the author's own beside the blank stays, with a neutral sign for the blank.
    """
    masked = mask(text)
    if HOLE not in masked:
        return masked
    masked = _BRACKET.sub(lambda m: "" if _only_frames(m[0]) else m[0], masked)
    masked = _NAMED.sub("", masked)
    pieces = [m[0] if not _only_frames(m["words"]) else "" for m in _CLAUSE.finditer(masked)]
    kept: list[str] = []
    at = 0
    for match, piece in zip(_CLAUSE.finditer(masked), pieces, strict=True):
        kept.extend((masked[at : match.start()], piece))
        at = match.end()
    return _dangling("".join((*kept, masked[at:])))


def _only_frames(words: str) -> bool:
    """Tell whether a clause holds a blank and, beside it, nothing but the coach's own words."""
    if HOLE not in words:
        return False
    left = str(zhconv(words, "zh-hans"))  # as the word lists are; a coach answers in the note's script
    for word in word_lists().neutral:
        if word in left:
            left = left.replace(word, " ")
    return not any(map(is_spoken, left))


def _dangling(text: str) -> str:
    """Return the text without lead-ins that lead to nothing any more ("。下一步：")."""
    return re.sub(
        r"[，。；]*(?:下一步|接下来|接下來|依据|依據|口径|口徑|结果|結果)[：:]?(?=[。；\n]|$)", "", text
    )
