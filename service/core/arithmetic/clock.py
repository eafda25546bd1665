"""Stretches between two times of day: 22:40 断电，次日 1:10 恢复，停了 2 个半小时."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from service.core.arithmetic.interval import is_checkable, room_of
from service.core.arithmetic.passage import Passage
from service.core.arithmetic.wording import like, mismatch
from service.core.document.model import Document
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number, NumberKind
from service.core.span import Span

# 22:40, 8 点半, 16 点 20
_TIME = lazy(
    r"(?P<hour>\d{1,2}|[一二两三四五六七八九]|十[一二]?) ?(?:[:：](?P<minute>\d{2})|"
    r"[点时](?:(?P<half>半)|(?P<past>\d{1,2})分?)?)"
)
_LATE = lazy(r"下午|晚上?|傍晚|夜里|pm", re.IGNORECASE)
_PAUSED = lazy(r"歇|休息|午休|扣|除|中间|中途|停了|吃饭|净|加上|累计|两次|分别|平均|每")
_MINUTES = {"分钟": 1.0, "小时": 60.0}
_HOURS = {**{c: i for i, c in enumerate("一二三四五六七八九十", 1)}, "两": 2, "十一": 11, "十二": 12}
_DATE = lazy(r"(?:(?P<month>\d{1,2}) ?[月/.] ?)?(?P<day>\d{1,2})(?: ?[日号])?")
_LASTED = lazy(
    r"(?:历时|共|一共|总共|前后|用了?|花了?|持续|整整|[拖等隔停歇]了|干了|做了|开了|展期|工期)[ :：]?$"
)
_WORKDAYS = lazy(r"工作日|除|扣|下雨|停工|休|累计|分")
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAY, _HALF_DAY = 1440.0, 720.0
_REACH = 40  # characters from the first time to the stretch
_OFF = 3.0  # a stretch so many times off is of something else


def check_clock(passage: Passage, numbers: Sequence[Number]) -> Iterable[Mismatch]:
    """Yield stretches of time that the two times of day right before them contradict."""
    for one, other, stated in _pairs(passage, numbers, NumberKind.TIME, _TIME):
        if stated.kind is not NumberKind.MEASURE or stated.unit not in _MINUTES or not is_checkable(stated):
            continue
        text = passage.view[one.span.start : stated.span.start]
        after = passage.view[stated.span.end : stated.span.end + 6]
        broken = len(text) > _REACH or re.search(r"[。；\n]", text)
        if not broken and not _PAUSED.search(_spoken(text + stated.unit + after)):
            yield from _check(passage.document, one, other, stated)


def _pairs(
    passage: Passage, numbers: Sequence[Number], kind: NumberKind, pattern: "re.Pattern[str]"
) -> Iterator[tuple[Number, Number, Number]]:
    """Yield two times or dates, told apart or as one (9:00–18:00), with the figure after them."""
    for at, one in enumerate(numbers[:-1]):
        if one.kind is not kind:
            continue
        if at + 2 >= len(numbers) and numbers[at + 1].kind is kind:
            continue
        ends = list(pattern.finditer(passage.view, *one.span))
        after = at + 1
        if len(ends) == 2:
            first, other = (replace(one, span=Span(*found.span())) for found in ends)
        elif numbers[at + 1].kind is kind and after + 1 < len(numbers):
            first, other, after = one, numbers[at + 1], after + 1
        else:
            continue
        stated = numbers[after]
        if stated.value == 1 and stated.unit == "天" and after + 1 < len(numbers):
            stated = numbers[after + 1]  # 一天开 11.5 小时
        yield first, other, stated


def check_dates(passage: Passage, numbers: Sequence[Number]) -> Iterable[Mismatch]:
    """Yield numbers of days that two dates contradict: 3 月 1 日开工，3 月 20 日完工，共 20 天."""
    if "天" not in passage.view and "日" not in passage.view:
        return
    for one, other, stated in _pairs(passage, numbers, NumberKind.DATE, _DATE):
        if stated.unit != "天":
            continue
        if stated.kind is not NumberKind.MEASURE or not is_checkable(stated):
            continue
        text = passage.view[one.span.start : stated.span.end + 4]
        lasted = _LASTED.search(passage.view, other.span.end, stated.span.start) is not None
        first, last = _day(passage.document, one, None), _day(passage.document, other, one)
        if not lasted or first is None or last is None or len(text) > _REACH or _WORKDAYS.search(text):
            continue
        got = last - first
        if got <= 0 or abs(got - stated.value) <= 1 or abs(got * 5 / 7 - stated.value) <= 2:
            continue
        if 1 / _OFF <= got / stated.value <= _OFF:
            a, b = passage.text(one), passage.text(other)
            yield mismatch(
                passage.document,
                "difference",
                stated,
                (one, other),
                f"{got + 1}天",
                f"{b}-{a}",
                f"{a} 到 {b} 是 {got} 天，首尾都算是 {got + 1} 天，文中写 {passage.text(stated)}",
                like(passage.document, stated, got + 1),
                f"{b} 这个日期",
            )


def _day(document: Document, number: Number, before: Number | None) -> int | None:
    """Return the day of the year of a date, in the month of the date before where it tells none."""
    found = _DATE.fullmatch(document.slice(number.span).replace(" ", ""))
    if found is None:
        return None
    month = (
        found["month"]
        or (_DATE.fullmatch(document.slice(before.span).replace(" ", "")) or {"month": None})["month"]
        if before
        else found["month"]
    )
    if month is None or not 1 <= int(month) <= len(_MONTHS):
        return None
    return sum(_MONTHS[: int(month) - 1]) + int(found["day"])


def _spoken(text: str) -> str:
    """Return a text without 停了 where that is what the stretch is told of."""
    return re.sub(r"停了(?=分钟|小时)", "", text)


def _check(document: Document, one: Number, other: Number, stated: Number) -> Iterable[Mismatch]:
    start, end = _minute(document, one), _minute(document, other)
    if start is None or end is None:
        return
    got = (end - start) % _DAY
    unit = _MINUTES[stated.unit]
    room = room_of(stated)
    told = stated.value * unit
    under, over = room.under * unit, room.over * unit
    # 8 点到 6 点 may be to the evening
    if any(told - under <= made <= told + over for made in (got, (got + _HALF_DAY) % _DAY)):
        return
    if not got or not 1 / _OFF <= got / told <= _OFF:
        return
    a, b = document.slice(one.span), document.slice(other.span)
    shown = _spelled(got)
    yield mismatch(
        document,
        "difference",
        stated,
        (one, other),
        shown,
        f"{b}-{a}",
        f"{a} 到 {b} 是 {shown}，文中写 {document.slice(stated.span)}",
        shown,
        f"{b} 这个时间",
    )


def _spelled(minutes: float) -> str:
    """Return a stretch as one says it: 2 小时 20 分钟."""
    hours, rest = divmod(round(minutes), 60)
    parts = [f"{hours} 小时"] if hours else []
    return " ".join([*parts, f"{rest} 分钟"] if rest or not parts else parts)


def _minute(document: Document, number: Number) -> float | None:
    start, end = number.span
    found = _TIME.search(document.view, start, min(len(document.view), end + 3))
    if found is None or found.start() > end:
        return None
    hour = int(found["hour"]) if found["hour"].isdigit() else _HOURS[found["hour"]]
    minute = 30 if found["half"] else int(found["minute"] or found["past"] or 0)
    late = _LATE.search(document.view, max(0, start - 3), end) is not None
    if hour > 24 or minute > 59:
        return None
    return (hour + 12 if late and hour < 12 else hour) * 60.0 + minute
