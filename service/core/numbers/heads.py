"""What stands left of a number's digits: sign, currency, “约”, and the verb that says it moved."""

from typing import NamedTuple

from service.core.numbers.model import Precision
from service.core.numbers.words import Words

_SIGNS = {
    "+": 1,
    "-": -1,
    "−": -1,
    "–": -1,
    "↑": 1,
    "↓": -1,
    "▲": 1,
    "▼": -1,
    "⬆": 1,
    "⬇": -1,
    "＋": 1,
    "－": -1,
}
_MONEY = {"¥": "元", "￥": "元", "$": "美元", "€": "欧元", "£": "英镑"}
# what a word of approximation must not follow: it is the end of another word
_NO_ESTIMATE = {
    "约": frozenset("签预节合邀履违续爽契制公条团特毁赴解"),
    "近": frozenset("最附远邻新靠亲"),
    "满": frozenset("充圆不美爆客饱"),
    "超": frozenset("高赶"),
    "破": frozenset("打爆冲摔碰撞挤划擦压磨磕"),
}
_LONGEST_CHANGE = 7
_LONGEST_APPROX = 3
_FILLERS = " 了约"


class Head(NamedTuple):
    """Where the number begins, the sign of a change (None where it is no change), precision and currency."""

    start: int
    change: int | None
    precision: Precision | None
    money: str


def read_head(view: str, start: int, floor: int, words: Words) -> Head:
    """Read what bears on the digits at `start`, never looking left of `floor`."""
    precision: Precision | None = None
    money = ""
    here = start
    at = here - 1
    if at < floor:
        return Head(start, None, None, "")
    char = view[at]
    if char in _MONEY:
        money, here = _MONEY[char], at
        at -= 1
        char = view[at] if at >= floor else ""
    if char in _SIGNS:
        if _is_sign(view, at, floor):
            return Head(at, _SIGNS[char], None, money)
        return Head(here, None, None, money)
    for _ in range(2):
        end = here
        while end > floor and view[end - 1] == " ":
            end -= 1
        if end <= floor:
            break
        if view[end - 1] in _SIGNS and view[end - 1] in "↑↓▲▼⬆⬇":
            return Head(end - 1, _SIGNS[view[end - 1]], precision, money)
        if view[end - 1] not in words.approx_tails:
            break
        word = _ending(view, end, floor, words)
        if word is None:
            break
        precision = precision or words.approx_before[word]
        here = end - len(word)
    return Head(here, _verb(view, here, floor, words), precision, money)


def _ending(view: str, end: int, floor: int, words: Words) -> str | None:
    for length in range(min(_LONGEST_APPROX, end - floor), 0, -1):
        word = view[end - length : end]
        if word in words.approx_before:
            if view[max(floor, end - length - 2) : end] in ("超目标", "高于"):
                return None
            if view[end - length - 1 : end - length] in _NO_ESTIMATE.get(word, ()):
                return None  # 签约 11 个, 最近 30 天
            if word == "小" and view[end - 2 : end - 1] not in ("", " ", "，", "。"):
                return None
            return word
    return None


def _is_sign(view: str, at: int, floor: int) -> bool:
    if at == 0:
        return True
    before = view[at - 1]
    if at <= floor and floor > 0:  # touches the number before: 18+16, 46-52
        return False
    return not (before.isascii() and before.isalnum())


def _verb(view: str, end: int, floor: int, words: Words) -> int | None:
    if view[max(floor, end - 3) : end].rstrip(" ").endswith("了"):
        told = view[max(floor, end - 3) : end].rstrip(" ")[-2:]
        if told in words.changes:  # 快了 7 分钟, but not 尽快 7 点
            return words.changes[told]
    while end > floor and view[end - 1] in _FILLERS:
        end -= 1
    if end <= floor or view[end - 1] not in words.change_tails:
        return None
    for length in range(min(_LONGEST_CHANGE, end - floor), 0, -1):
        sign = words.changes.get(view[end - length : end])
        if sign is not None:
            if length == 1 and view[end - 1] == "减" and end - 1 == floor:
                return None  # 满100减20
            for longer in (2, 3):
                if longer > length and view[max(floor, end - longer) : end] in words.no_changes:
                    return None
            return sign
    return None
