"""Blank tokens: 【待补：…】 stands for what only the author knows, and says nothing itself."""

import re
from collections.abc import Mapping

LABEL_LIMIT = 40
# 【待补：目标值】 or 【待核：日活】, also in Traditional; not 【第42周 果品上行】
TOKEN = re.compile(r"【待[补補核][:：][^【】\n]{1,40}】")
HOLE = "□"


def tokens(text: str) -> list[str]:
    """Return every blank token of a text, in order."""
    return TOKEN.findall(text)


def mask(text: str) -> str:
    """Return the text with one neutral sign for each blank token: a blank counts as missing."""
    return TOKEN.sub(HOLE, text)


def label(token: str) -> str:
    """Return what a token asks for: "目标值" of 【待补：目标值】."""
    return re.split("[:：]", token[1:-1], maxsplit=1)[-1]


def put(text: str, answers: Mapping[str, str]) -> str:
    """Return the text with tokens (key) replaced by answers (value) in one pass; others stay."""
    return TOKEN.sub(lambda match: answers.get(match[0], match[0]), text)
