"""One pass over a text's digits and Chinese numerals: what each number means."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from service.core.numbers import chinese, words
from service.core.numbers.calendar import Calendar, Moment
from service.core.numbers.heads import read_head
from service.core.numbers.model import Number, NumberKind, Precision
from service.core.numbers.names import read_name
from service.core.numbers.tails import Tail, read_tail
from service.core.span import Span

# 3,450 · 12.5 · 2.3.1 · 20241105 but not the comma of 62%,上周 or 1,2
_TOKEN = re.compile(r"[0-9]++(?:,[0-9]{3}(?![0-9])){0,6}+(?:\.[0-9]++){0,3}+")
# 2–3, 46 - 50, 3到5 but not 8 -5%
_RANGE = re.compile(r"(?:[-–—~～]| [-–—~～] |[至到])(?=[0-9])")
# 640到1,152，涨了: a way travelled; 3到5家，每家: a range
_TRAVELLED = re.compile(
    r"[，,(（ ]{1,2}(?:[^，。；\d]{0,3}(?:[涨升降跌少多掉增减翻贵快慢]|提[升高]|便宜|缩|环比|同比)|[-+−↑↓]\d)"
)
# up 10.7%, down by 3pp but not setup 3%
_MOVED = re.compile(r"(?<![A-Za-z])(up|down)(?: by)? ?$", re.IGNORECASE)
_MOVED_LENGTH = 9
_RANGE_MARKS = frozenset("-–—~～ 至到")
_CLAUSE_END = re.compile(r"[，。；、,;\n)）]|$")
_SECONDS = re.compile(r" ?\d{1,2} ?秒")
_LONGEST = 15  # more digits than a double holds exactly: an identifier
_RATIO_STEP = 0.1
_PER = {"百分之": ("%", 1.0), "千分之": ("‰", 1.0), "万分之": ("‰", 0.1)}
# what one of a unit is of the next smaller: 1 小时 20 分钟
_SMALLER = {("小时", "分钟"): 60.0, ("分钟", "秒"): 60.0, ("天", "小时"): 24.0}
_TITLE = re.compile(r"《[^《》\n]{1,40}+》")  # 《后厨一天》 counts no days
_FRACTION_STEP = 6.0  # a third may stand for 30 to 36 percent


def scan(view: str) -> tuple[Number, ...]:
    """Return every number of a folded text in text order, never overlapping; takes linear time."""
    scanner = _Scanner(view)
    numbers = scanner.with_numerals(scanner.digits())
    return tuple(_titled(view, numbers) if "《" in view else numbers)


class _Scanner:
    __slots__ = ("calendar", "floor", "view", "words")

    def __init__(self, view: str) -> None:
        self.view = view
        self.words = words.load()
        self.calendar = Calendar(view)
        self.floor = 0  # where the number before ended

    def digits(self) -> list[Number]:
        view = self.view
        found: list[Number] = []
        match = _TOKEN.search(view)
        while match:
            number = self._read(match)
            found.append(number)
            self.floor = number.span.end
            match = _TOKEN.search(view, max(self.floor, match.end()))
        return found

    def with_numerals(self, found: list[Number]) -> list[Number]:
        """Return the numbers found so far with those in Chinese numerals, in text order."""
        view = self.view
        reader = chinese.Reader(view, self.words)
        extra: list[Number] = []
        at, floor = 0, 0
        for match in chinese.RUN.finditer(view):
            start, end = match.span()
            while at < len(found) and found[at].span.end <= start:
                floor = max(floor, found[at].span.end)
                at += 1
            if at < len(found) and found[at].span.start < end:
                continue
            number = reader.read(start, end)
            if number is not None and at < len(found) and number.span.end > found[at].span.start:
                continue  # "两W3": the W belongs to the week
            if number is not None and number.span.start >= floor:
                extra.append(self._moved(number, floor) if number.kind is NumberKind.MEASURE else number)
                floor = number.span.end
        if "翻" in view or "腰斩" in view:
            leaps = [n for n in map(reader.leap, chinese.LEAP.finditer(view)) if n is not None]
            if leaps:
                found, extra = _without(found, leaps), _without(extra, leaps) + leaps
        every = sorted(found + extra, key=lambda n: n.span) if extra else found
        return _with_stretches(view, every)

    def _moved(self, number: Number, floor: int) -> Number:
        """Add what stands left of a numeral: 掉了四分之一, 近九成."""
        start, end = number.span
        head = read_head(self.view, start, floor, self.words)
        if head.change is None and head.precision is None:
            return number
        kind = NumberKind.MEASURE if head.change is None else NumberKind.CHANGE
        precision = head.precision or number.precision
        if number.precision in (Precision.RANGE, Precision.VAGUE):
            precision = number.precision
        return Number(
            Span(head.start, end), kind, number.value, number.value_max, number.unit, number.unit_kind,
            precision, head.change or 0, number.step,
        )  # fmt: skip

    def _read(self, match: "re.Match[str]") -> Number:
        start, end = match.span()
        name = read_name(self.view, start, end, self.floor, self.words)
        if name is not None:
            return name
        moment = self.calendar.read(start, end)
        if moment is not None and not (moment.kind is NumberKind.TIME and self._is_points(start, moment)):
            if moment.unit:
                return self._window(start, moment)
            return Number(Span(start, moment.end), moment.kind, 0.0)
        text = match[0]
        if text.count(".") > 1:
            return Number(Span(start, end), NumberKind.VERSION, 0.0)
        if end - start > _LONGEST:
            return Number(Span(start, end), NumberKind.IDENTIFIER, 0.0)
        plain = text.replace(",", "")
        decimals = plain.partition(".")[2]
        value, step = float(plain), 10.0 ** -len(decimals)
        tail = read_tail(self.view, end, self.words)
        if tail.end < len(self.view) and (
            self.view[end] in _RANGE_MARKS or self.view[tail.end] in _RANGE_MARKS
        ):
            ranged = self._ranged(start, end, value, step, tail)
            if ranged is not None:
                return ranged
        return self._measure(start, tail, value, step)

    def _is_points(self, start: int, moment: Moment) -> bool:
        """Tell whether “N点” after a verb of change means percentage points: 涨了3点."""
        if self.view[moment.end - 1] != "点":
            return False
        return read_head(self.view, start, self.floor, self.words).change is not None

    def _window(self, start: int, moment: Moment) -> Number:
        """Return a ratio (1:2.8), a window of days (7日内) or a fraction (占 2/3), maybe as a change."""
        head = read_head(self.view, start, self.floor, self.words)
        kind, precision, step = NumberKind.MEASURE, head.precision or Precision.EXACT, 1.0
        if moment.unit_kind == "ratio":
            step = _RATIO_STEP
        elif moment.unit_kind == "percent":
            precision, step = head.precision or Precision.APPROX, _FRACTION_STEP
            kind = NumberKind.MEASURE if head.change is None else NumberKind.CHANGE
        return Number(
            Span(head.start, moment.end), kind, moment.value, None, moment.unit, moment.unit_kind, precision,
            (head.change or 0) if kind is NumberKind.CHANGE else 0, step,
        )  # fmt: skip

    def _ranged(self, start: int, end: int, low: float, step: float, first: Tail) -> Number | None:
        """Return 2–3天, 5%-8% or 3到5家 as one number, None where no second figure follows."""
        view = self.view
        link = _RANGE.match(view, end)
        if link is None and first.end > end:
            link = _RANGE.match(view, first.end)
            if link is not None and link[0] in "至到":
                return None
        if link is None:
            return None
        second = _TOKEN.match(view, link.end())
        if not second or second.end() - second.start() > _LONGEST or second[0].count(".") > 1:
            return None
        if link[0] in "至到" and view[max(self.floor, start - 4) : start].rstrip(" ").endswith(
            ("从", "由", "自")
        ):
            return None
        tail = read_tail(view, second.end(), self.words)
        if link[0] in "至到" and _TRAVELLED.match(view, tail.end):
            return None
        top = float(second[0].replace(",", "")) * tail.scale
        bottom = low * (first.scale if first.scale != 1.0 else tail.scale)
        if bottom > top:
            bottom = low
        if bottom > top:
            return None
        head = read_head(view, start, self.floor, self.words)
        unit, kind = (
            (tail.unit, tail.unit_kind) if tail.unit else (head.money, "money" if head.money else "none")
        )
        change = NumberKind.MEASURE if head.change is None else NumberKind.CHANGE
        return Number(
            Span(head.start, tail.end), change, bottom, top, unit, kind, Precision.RANGE, head.change or 0,
            step * tail.scale,
        )  # fmt: skip

    def _measure(self, start: int, tail: Tail, value: float, step: float) -> Number:
        view = self.view
        head = read_head(view, start, self.floor, self.words)
        end, sign, unit, kind, scale = tail.end, head.change, tail.unit, tail.unit_kind, tail.scale
        per = _PER.get(view[max(self.floor, start - 4) : start].rstrip(" ")[-3:]) if not unit else None
        if per is not None:
            (unit, times), kind = per, "percent"
            scale *= times
            if sign is None:
                # 千分之 3 begins at 千, and what moved it stands before that
                start = view.rindex("分之", 0, start) - 1
                head = read_head(view, start, self.floor, self.words)
                sign = head.change
                head = head if sign is not None else head._replace(start=start)
        if unit == "bp":
            unit, scale = "pp", scale / 100
        elif unit == "分" and _is_minutes(view, start, end):
            unit, kind = "分钟", "duration"
        elif not unit and sign is not None and view.startswith("点", end):
            unit, kind, end = "pp", "point", end + 1
        if not unit and head.money:
            unit, kind = head.money, "money"
        if sign is None and kind in ("percent", "point", "ratio"):
            sign = self._english(start) or self._after(end)
        if sign == 0 and kind not in ("percent", "point"):
            sign = None
        precision = head.precision or tail.precision or Precision.EXACT
        if kind == "duration" and sign is None and view[head.start] == "近":
            precision = tail.precision or Precision.EXACT  # 近 6 个月: a window
        elif unit == "%" and scale == 10.0 and precision is Precision.EXACT:
            precision = Precision.APPROX  # 8成
        return Number(
            Span(head.start, end), NumberKind.MEASURE if sign is None else NumberKind.CHANGE,
            value * scale + tail.tenths * scale / 10, None, unit, kind, precision, sign or 0,
            step * scale * tail.fineness,
        )  # fmt: skip

    def _english(self, start: int) -> int | None:
        """Return the sign of up 10.7%, down 3pp; follow up 3 家 is none."""
        found = _MOVED.search(self.view, max(self.floor, start - _MOVED_LENGTH), start)
        return None if found is None else (1 if found[1].lower() == "up" else -1)

    def _after(self, end: int) -> int | None:
        """Return the sign of 20%的增长, 12%涨幅; in 9月34%下降3pp the verb belongs to the next number."""
        view = self.view
        at = end + 1 if view.startswith("的", end) else end
        word = view[at : at + 2]
        sign = self.words.after_changes.get(word)
        if sign is None or (at == end and word[-1] != "幅" and not _CLAUSE_END.match(view, at + 2)):
            return None
        return sign


def _titled(view: str, numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers with those in the title of a work as part of its name."""
    titles = [found.span() for found in _TITLE.finditer(view)]
    starts = [start for start, _ in titles]
    out = []
    for number in numbers:
        at = bisect_right(starts, number.span.start) - 1
        inside = at >= 0 and number.span.end < titles[at][1]
        out.append(Number(number.span, NumberKind.IDENTIFIER, 0.0) if inside else number)
    return out


def _with_stretches(view: str, numbers: list[Number]) -> list[Number]:
    """Return the numbers with 1 小时 20 分钟 as one stretch of 80 minutes."""
    joined: list[Number] = []
    for number in numbers:
        before = joined[-1] if joined else None
        if (
            before is not None
            and number.unit_kind == before.unit_kind == "duration"
            and number.kind is NumberKind.MEASURE
            and (before.unit, number.unit) in _SMALLER
            and number.precision is before.precision is Precision.EXACT
            and view[before.span.end : number.span.start].strip(" 零又") == ""
            and number.span.start - before.span.end <= 2
        ):
            value = before.value * _SMALLER[before.unit, number.unit] + number.value
            joined[-1] = replace(
                before,
                span=Span(before.span.start, number.span.end),
                value=value,
                unit=number.unit,
                step=number.step,
            )
        else:
            joined.append(number)
    return joined


def _is_minutes(view: str, start: int, end: int) -> bool:
    """Tell whether 分 means minutes: 2小时30分, 3 分 20 秒."""
    return view[max(0, start - 3) : start].rstrip(" ").endswith("时") or _SECONDS.match(view, end) is not None


def _without(numbers: list[Number], leaps: list[Number]) -> list[Number]:
    """Return the numbers that lie in none of the leaps; both come in text order."""
    kept: list[Number] = []
    at = 0
    for number in sorted(numbers, key=lambda n: n.span):
        while at < len(leaps) and leaps[at].span.end <= number.span.start:
            at += 1
        if at == len(leaps) or leaps[at].span.start >= number.span.end:
            kept.append(number)
    return kept
