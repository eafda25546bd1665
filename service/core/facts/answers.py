"""Takes the author's answers in: one line each, plain words, data and nothing else."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from service.core.errors import InvalidRequest
from service.core.rewrite import Blank

LONGEST = 200
# Answers that give nothing: "是因为不知道" would be worse than the blank.
_UNKNOWN = frozenset(
    {
        "不知道",
        "不清楚",
        "不晓得",
        "不确定",
        "不好说",
        "说不清",
        "没想好",
        "还没定",
        "待定",
        "待补",
        "未知",
        "忘了",
    }
    | {"?", "？", "-", "—", "…", "n/a", "na", "todo", "tbd"}
)
_OVERLAP = 6  # characters of an answer that may already stand round its blank ("120人" before "人")
# \u0007 or U+202E, which hides or turns text; not an emoji's joiner U+200D
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")


def taken(blanks: Sequence[Blank], answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers by token, cleaned; those left empty, or that say 不知道, are left out.

    Raises InvalidRequest naming the field: an unknown blank, more than a line, control characters, a token.
    """
    known = {blank.id: blank for blank in blanks}
    found: dict[str, str] = {}
    for blank_id, answer in answers.items():
        if blank_id not in known:
            raise InvalidRequest("回答里有一个没有列出的空", "answers")
        words = _clean(answer, f"answers.{blank_id}")
        if words and words.lower() not in _UNKNOWN:
            found[known[blank_id].token] = words
    return found


def _clean(answer: str, field: str) -> str:
    words = answer.strip()
    if len(words) > LONGEST:
        raise InvalidRequest(f"一个回答最多 {LONGEST} 个字", field)
    if any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in words) or _HIDDEN.search(words):
        raise InvalidRequest("回答只能是一行文字，不能有换行或控制字符", field)
    if "【" in words or "】" in words:
        raise InvalidRequest("回答里不能有【】", field)
    return re.sub(r" {2,}", " ", words).rstrip("。；;，,、")


def fitted(rewritten: str, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers cut to their place: what already stands round the blank is not said twice."""
    return {token: _fit(rewritten, token, answer) for token, answer in answers.items()}


def _fit(rewritten: str, token: str, answer: str) -> str:
    before, _, after = rewritten.partition(token)
    for size in range(min(_OVERLAP, len(answer) - 1), 0, -1):
        if after.startswith(answer[-size:]) and not answer[-size:].isdigit():
            answer = answer[:-size]
            break
    for size in range(min(_OVERLAP, len(answer) - 1), 0, -1):
        if before.endswith(answer[:size]) and not answer[:size].isdigit():
            answer = answer[size:]
            break
    return answer
