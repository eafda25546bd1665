"""The coach's words in the script that a note is written in."""

import re

from zhconv_rs import zhconv

from service.core.document.model import Document
from service.core.facts.script import is_han
from service.core.reading import Reading, once

_SHARE = 0.03  # of the Chinese characters that are Traditional; a lone 後 in a brand name is less
_QUOTES = re.compile(r"(“[^”]*”)")  # what the author wrote stays as it is
# "多少條里", "哪里"; not "公里", "里程"
_INSIDE = re.compile("(?<![公英海千])里(?!程)")
_WEEK = re.compile("(?<=[上本这這下每])周|周(?=[一二三四五六日末])")


@once
def is_traditional(reading: Reading) -> bool:
    """Tell whether the note is written in Traditional characters."""
    text = reading.document.text
    if zhconv(text, "zh-hans") == text:
        return False  # most notes: one call tells
    sent = "".join(filter(is_han, text))
    simple = str(zhconv(sent, "zh-hans"))
    if not sent or len(simple) != len(sent):
        return bool(sent)
    return sum(map(str.__ne__, sent, simple)) > _SHARE * len(sent)


def in_script_of(reading: Reading, words: str) -> str:
    """Return words of the coach's in the note's script; what is quoted as the author wrote it stays so."""
    if not is_traditional(reading):
        return words
    document = reading.document
    parts = _QUOTES.split(words)
    parts[::2] = [_converted(part, document) for part in parts[::2]]
    parts[1::2] = [f"“{_as_written(part[1:-1], document)}”" for part in parts[1::2]]
    return "".join(parts)


def _as_written(quoted: str, document: Document) -> str:
    """Return quoted words as they are; a figure's name, read in Simplified, in the note's script."""
    return quoted if quoted.rstrip("…") in document.text else _converted(quoted, document)


def _converted(words: str, document: Document) -> str:
    words = _INSIDE.sub("裡", str(zhconv(words, "zh-hant")))
    if "着" not in document.text:
        words = words.replace("着", "著")  # 着 is written in Hong Kong
    return _WEEK.sub("週", words) if "週" in document.text else words
