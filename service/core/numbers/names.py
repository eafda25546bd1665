"""Digits that name a thing instead of counting one: W47, 第3周, E4012, 双11, 00后, iOS 17, 2.0版."""

import re

from service.core.numbers.model import Number, NumberKind
from service.core.numbers.tails import LETTERS, read_tail
from service.core.numbers.words import Words
from service.core.span import Span

_LETTERS = re.compile(r"[A-Za-z]{1,12}")
_LIST_MARKS = frozenset("、.)）．")
_LINE_STARTS = frozenset(("", "\n", "；", "。", "：", ":"))
_LIST_STARTS = _LINE_STARTS | frozenset((" ", "\u3000", "，", ";"))
_TAGS = frozenset("双#№@_")
_MOVES = frozenset("：:→+-↑↓")
_COUNTED = frozenset("%→万个条人单件家")
_SCALES = frozenset(("w", "W", "k", "K", "M"))
_NEVER_UNITS = frozenset(("S", "G", "D"))  # 5S, 5G, 3D
_LISTED = frozenset("、/：:（(|")  # before 安卓 851, iOS 25 in a list of parts
_AFTER_OWN_NAME = frozenset("大期活预返备会主爆首晚战当前后的制狂购热举")
_BEFORE_OWN_NAME = frozenset(("", "\n", "“", "”", '"', "「", "，", "。", "、", "打", "拨", "到", "对", "过"))
_RANGES = frozenset("-–—~～至到")
_NEWEST = 30  # of iOS, 安卓 and the like; beyond it digits count devices or users
_NAMING = frozenset("后版")
_PACKED = 4
_OLDEST = 8  # digits without a comma from here on are an order or a phone number
# 2024Q4, 24H1 but not 2024条
_YEAR_PART = re.compile(r"(?:20)?[12]\d[QqHh][1-4](?!\d)")
_SCREENS = (" 视频", "视频", " 画质", "画质", "高清", "屏", "超清", " 高清")
_RANKS = frozenset("名位大强")  # 前3名
_PARTS = {"w": 53, "q": 4, "h": 2}  # W47, Q4, H1 but not H5
_WEEKS = re.compile(r"[-–—~][WwQqHh]?\d{1,2}(?!\d)")
# 36周的 40 节, 22 周 405 but not 36 周内, 两年 36 周
_WEEK = re.compile(r" ?周(?=(?:的|整|是|为|那批|：|:)? ?\d)")
# 010-6655 1234, 138 1234 5678, 400-820-8820
_PHONE = re.compile(
    r"(?:0\d{2,3}[- ]\d{3,4}[- ]?\d{4}|1[3-9]\d[- ]\d{4}[- ]\d{4}|400[- ]\d{3,4}[- ]\d{3,4})(?!\d)"
)
# 从 0 到 1, 24/7, 7×24, 3#楼: said of no quantity
_IDIOM = re.compile(
    r"[^\d./]?(?:0 ?(?:到|-|→) ?1(?= ?(?:的|搭|建|做|孵|打|落|起步|突破|跑|[，。；]|$))"
    r"|24/7|7[×x*]24|\d{1,3}#(?!\d))"
)
_DAYS = re.compile(r" ?天")
_FIRST_WEEK, _LAST_WEEK = 13, 53  # by number; fewer weeks may well be a stretch of time


def read_name(view: str, start: int, end: int, floor: int, words: Words) -> Number | None:
    """Return the digits at `[start, end)` as a name where they are one; `floor` ends the number before."""
    phone = _PHONE.match(view, start) if view[start] in "014" else None
    if phone is not None:
        return Number(Span(*phone.span()), NumberKind.IDENTIFIER, 0.0)
    before = view[start - 1] if start else ""
    after = view[end] if end < len(view) else ""
    if before == "第" or (before == " " and view[start - 2 : start - 1] == "第"):
        return _ordinal(view, start, end, words)
    if before in _TAGS:
        return Number(Span(start - 1, end), NumberKind.IDENTIFIER, 0.0)
    if before == "-" and view[start - 2 : start - 1] in LETTERS:
        word = _word_before(view, start - 1)
        if word.lower() not in words.metric_prefixes and start - 1 - len(word) >= floor:  # GPT-4
            return Number(Span(start - 1 - len(word), end), NumberKind.IDENTIFIER, 0.0)
    if before == "前" and after in _RANKS:
        return Number(Span(start - 1, end + 1), NumberKind.ORDINAL, _whole(view[start:end]))
    if before in LETTERS:
        named = _prefixed(view, start, end, floor, words)
        if named is not None:
            return named
    if after in LETTERS:
        return _suffixed(view, start, end, words)
    if before in (" ", ".") and view[start - 2 : start - 1] in LETTERS:
        version = _spaced_version(view, start, end, after, words)
        if version is not None:
            return version
    week = _WEEK.match(view, end)
    if week and end - start == 2 and _FIRST_WEEK <= int(view[start:end]) <= _LAST_WEEK:
        return Number(Span(start, week.end()), NumberKind.DATE, 0.0)
    is_bare = after in _NAMING or after not in words.unit_heads
    bare = _bare_name(view, start, end, before, after, words) if is_bare else None
    return bare or _days_before(view, start, end)


def _days_before(view: str, start: int, end: int) -> Number | None:
    """Take 前 7 天 for a time: when, and not how long; 提前 7 天 tells how long."""
    left = view[max(0, start - 3) : start].rstrip(" ")
    found = _DAYS.match(view, end)
    if found is None or not left.endswith("前") or left.endswith(("提前", "之前")):
        return None
    return Number(Span(view.rindex("前", 0, start), found.end()), NumberKind.DATE, 0.0)


def _ordinal(view: str, start: int, end: int, words: Words) -> Number:
    begin = start - 1 if view[start - 1] == "第" else start - 2
    return Number(Span(begin, read_tail(view, end, words).end), NumberKind.ORDINAL, _whole(view[start:end]))


def _whole(text: str) -> float:
    return float(text) if text.isdigit() and len(text) < _OLDEST else 0.0


def _prefixed(view: str, start: int, end: int, floor: int, words: Words) -> Number | None:
    word = _word_before(view, start)
    low = word.lower()
    begin = start - len(word)
    if (low in words.metric_prefixes and low != "top") or begin < floor:  # ROI2.5; 46min52
        return None
    kind = NumberKind.IDENTIFIER
    if (
        low in _PARTS
        and end - start <= 2
        and view[start:end].isdigit()
        and int(view[start:end]) <= _PARTS[low]
    ):
        kind = NumberKind.DATE
        more = _WEEKS.match(view, end)
        end = more.end() if more else end
    elif low in ("p", "top"):
        kind = NumberKind.ORDINAL
    elif low in words.version_prefixes:
        kind = NumberKind.VERSION
    return Number(Span(begin, end), kind, 0.0)


def _suffixed(view: str, start: int, end: int, words: Words) -> Number | None:
    """Take 5Why and 3C for names; 46min, 1.2w and 6kg are measures."""
    year = _YEAR_PART.match(view, start)
    if year:
        return Number(Span(start, year.end()), NumberKind.DATE, 0.0)
    found = _LETTERS.match(view, end)
    run = found[0] if found else ""
    if run == "K" and view.startswith(_SCREENS, end + 1):
        return Number(Span(start, end + 1), NumberKind.IDENTIFIER, 0.0)
    if run not in _NEVER_UNITS and (run in _SCALES or run.lower() in words.units):
        return None
    return Number(Span(start, end + len(run)), NumberKind.IDENTIFIER, 0.0)


def _spaced_version(view: str, start: int, end: int, after: str, words: Words) -> Number | None:
    word = _word_before(view, start - 1)
    begin = start - 1 - len(word)
    if word.lower() in ("top", "no") and end - start <= 3:
        return Number(Span(begin, end), NumberKind.ORDINAL, 0.0)
    if word.lower() in ("wk", "week") and end - start <= 2:
        return Number(Span(begin, end), NumberKind.DATE, 0.0)
    if word.lower() not in words.version_prefixes or end - start > 4 or after in _COUNTED:
        return None
    whole = view[start:end].partition(".")[0]
    listed = view[max(0, begin - 2) : begin].rstrip(" ")[-1:] in _LISTED and not view.startswith(
        ("系统", "版本", "用户", "机型"), end
    )
    if len(whole) > 2 or listed or int(whole) > _NEWEST:
        return None
    return Number(Span(begin, end), NumberKind.VERSION, 0.0)


def _bare_name(view: str, start: int, end: int, before: str, after: str, words: Words) -> Number | None:
    text = view[start:end]
    idiom = _IDIOM.match(view, max(0, start - 1))
    if idiom is not None and idiom.end() >= end:
        return Number(Span(start, idiom.end()), NumberKind.IDENTIFIER, 0.0)
    if view.startswith(words.identifier_suffixes, end):
        return Number(Span(start, end), NumberKind.IDENTIFIER, 0.0)
    if before == "+" and view[start - 2 : start - 1] in ("T", "N", "D", "t", "n", "d"):
        return Number(Span(start, end), NumberKind.IDENTIFIER, 0.0)
    if "." in text:
        if after == "版" or view[max(0, start - 3) : start].rstrip(" ").endswith(words.versioned):
            return Number(Span(start, end), NumberKind.VERSION, 0.0)
        return None
    if text in words.own_names and before not in _MOVES and _is_own_name(before, after):
        return Number(Span(start, end), NumberKind.IDENTIFIER, 0.0)
    if after in _LIST_MARKS and len(text) <= 2 and _is_list_mark(view, end, before, after):
        return Number(Span(start, end + 1), NumberKind.LIST_MARKER, float(text))
    if text[0] == "0" and len(text) == _PACKED and after in _RANGES:
        return None  # 0908-0914
    if (text[0] == "0" and len(text) > 1) or (len(text) >= _OLDEST and "," not in text):
        return Number(Span(start, end), NumberKind.IDENTIFIER, 0.0)
    return None


def _is_own_name(before: str, after: str) -> bool:
    """Tell whether 618 is the sale and not a count: 618 预热, 到“618”，but not 加购 618."""
    return after in _AFTER_OWN_NAME or (before in _BEFORE_OWN_NAME and after not in _COUNTED)


def _is_list_mark(view: str, end: int, before: str, after: str) -> bool:
    rest = view[end + 1 : end + 2]
    if not rest or rest.isdigit() or before not in _LIST_STARTS:
        return False
    # 排队 31(9 月 20) and 1、2 号店 mark no list
    return after not in ")）、" or before in _LINE_STARTS


def _word_before(view: str, end: int) -> str:
    start = end
    while start > 0 and end - start < 12 and view[start - 1] in LETTERS:
        start -= 1
    return view[start:end]
