"""Numbers written in Chinese numerals: 三百二十, 八成, 三分之一, 十几个, 翻两番."""

import re

from service.core.numbers.model import Number, NumberKind, Precision
from service.core.numbers.tails import Tail, read_tail
from service.core.numbers.words import Words
from service.core.span import Span

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
# 三百二十, 十几, 半 but not 3千: the caller drops runs that an ASCII number took
RUN = re.compile(r"[〇零一二两三四五六七八九十百千万亿几半]{1,16}+")
# 分之三, 分之十二点五 but not 分享: what follows a denominator
_PART = re.compile(r"分之 ?([零一二三四五六七八九十百两点]{1,8}|\d{1,3}(?:\.\d{1,2})?)")
# 翻两番, 翻了三倍, 翻倍, 腰斩 but not 翻台, 翻阅
LEAP = re.compile(
    r"翻倍|翻番|翻了?[一两三]番|翻了?(?P<about>近|将近|接近|约|差不多)?一?倍|翻了?(?P<times>[两三四五六七八九十]|\d{1,2})倍|腰斩"
)
# 少了一半, 砍小一半, 跌了近一半
_ABOUT_HALF = re.compile(r"(?P<verb>[\u4e00-\u9fff]了?)(?:小|近|将近|约|差不多|快)?$")
_PARTS = {"百": "%", "千": "‰", "万": "‱"}
_AFTER_ONE = frozenset("天年成倍个小分秒元块半季月百千万亿")  # what a lone 一 may count
_JOINED = frozenset("唯统单万专逐同双初进之另每某任")  # 唯一, 统一, 双十一
# 一组, 二组, 三组: names in a series; not 一月, 二月
_NUMBERED = "一二三四五六七八九"
_OF_TIME = frozenset("季月周年天日点分秒时")
_SERIES = 24  # characters back to the one before in a series of names
_NEAR_DAYS = frozenset("前头这那")  # 前两天, 下周头三天: when, and not how long
_UNITS_OF_ONE = ("duration", "ratio", "percent", "point", "money")


def parse_numeral(run: str) -> tuple[float, float] | None:
    """Return value and last shown step of a numeral (一千二 → 1200, 100), or None where it is none."""
    total, section, digit, step = 0, 0, None, 1.0
    last = 1
    for char in run:
        if char in _DIGITS:
            if digit is not None and digit != 0:
                return _positional(run)
            digit = _DIGITS[char]
            if digit == 0:
                last = 1
        elif char in _POWERS:
            power = _POWERS[char]
            section += (digit or 1) * power
            last, digit, step = power, None, float(power)
        elif char in _MYRIADS:
            total = (total + section + (digit or 0)) * _MYRIADS[char]
            if total == 0:
                return None
            last, section, digit, step = _MYRIADS[char], 0, None, float(_MYRIADS[char])
        else:
            return None
    if digit:
        scale = last // 10 if last >= 100 and len(run) > 1 and run[-2] not in "零〇" else 1
        section += digit * scale
        step = float(scale)
    value = float(total + section)
    return (value, step) if value or run in ("零", "〇") else None


def _positional(run: str) -> tuple[float, float] | None:
    """Read 二〇二四 digit by digit; two neighbours (两三, 三四十) are a range, not a number."""
    if all(c in _DIGITS for c in run) and len(run) >= 3 and "两" not in run:
        return float(int("".join(str(_DIGITS[c]) for c in run))), 1.0
    return None


def _neighbours(run: str) -> tuple[float, float] | None:
    """Return both ends of 两三, 三四十, 十七八, 一两百."""
    for at in range(len(run) - 1):
        low, high = _DIGITS.get(run[at]), _DIGITS.get(run[at + 1])
        if low and high and (high == low + 1 or run[at : at + 2] == "三五"):
            first = parse_numeral(run[: at + 1] + run[at + 2 :])
            second = parse_numeral(run[:at] + run[at + 1 :])
            if first and second:
                return first[0], second[0]
    return None


class Reader:
    """Turns runs of Chinese numerals into numbers of one text."""

    __slots__ = ("view", "words")

    def __init__(self, view: str, words: Words) -> None:
        self.view = view
        self.words = words

    def leap(self, found: "re.Match[str]") -> Number | None:
        """Return the change a match of `LEAP` stands for."""
        start, end = found.span()
        text = found["times"]
        if text is None:
            value = self.words.whole_changes.get(found[0].replace(found["about"] or "", ""))
            return None if value is None else _leap(start, end, value)
        times = float(text) if text.isdigit() else (parse_numeral(text) or (0.0, 1.0))[0]
        return Number(
            Span(start, end), NumberKind.CHANGE, times, None, "倍", "ratio", Precision.APPROX, 1, 1.0
        )

    def read(self, start: int, end: int) -> Number | None:
        """Return the number that the run of numerals stands for, or None where it counts nothing."""
        view, run = self.view, self.view[start:end]
        before = view[start - 1] if start else ""
        after = view[end] if end < len(view) else ""
        if run == "一" and after not in _AFTER_ONE and before not in ("周", "期", "拜", "第"):
            return None
        if before == "第":
            return Number(Span(start - 1, end), NumberKind.ORDINAL, 0.0)
        one_less = _NUMBERED.find(run) if len(run) == 1 and after not in _OF_TIME else 0
        if one_less > 0 and view.rfind(_NUMBERED[one_less - 1] + after, max(0, start - _SERIES), start) >= 0:
            return Number(Span(start, end), NumberKind.ORDINAL, 0.0)  # 一组 36、二组 42、三组 28
        weekday = before == "周" or (
            before and before in "期拜" and view[start - 2 : start - 1] in ("星", "礼")
        )
        if weekday and run in "一二三四五六" and (not after or after not in "次个篇场条期更天"):
            return Number(Span(start - (1 if before == "周" else 2), end), NumberKind.DATE, 0.0)
        if after == "天" and len(run) == 1 and before in _NEAR_DAYS and view[start - 2 : start - 1] != "提":
            return Number(Span(start - 1, end + 1), NumberKind.DATE, 0.0)
        if run[-1] == "半":
            return self._half(start, end, run, before, after)
        if after == "季" or (after == "月" and len(run) <= 2):
            month = parse_numeral(run)
            if month and month[0] <= (12 if after == "月" else 4):
                return Number(Span(start, end + (2 if after == "季" else 1)), NumberKind.DATE, 0.0)
        if after == "分" and view.startswith("之", end + 1):
            return self._fraction(start, end, run)
        if run == "百" and view.startswith("分百", end):
            return Number(
                Span(start, end + 2), NumberKind.MEASURE, 100.0, None, "%", "percent", Precision.EXACT, 0, 1.0
            )
        return self._counted(start, end, run, before, after)

    def _counted(self, start: int, end: int, run: str, before: str, after: str) -> Number | None:
        view = self.view
        if run == "二" or (len(run) == 1 and run in "一" and after not in _AFTER_ONE):
            return None
        if before and before in _JOINED and run[0] in "一十":
            return None
        if view.startswith(self.words.idioms, start) and not view.startswith(self.words.counting, start):
            return None
        if after == "点" and run != "一" and not view.startswith(("点击", "点评"), end):
            hour = parse_numeral(run)
            if hour and hour[0] <= 24:
                more = 2 if view.startswith(("半", "钟", "整"), end + 1) else 1
                return Number(Span(start, end + more), NumberKind.TIME, 0.0)
        tail = read_tail(view, end, self.words)
        if "几" in run or (before == "数" and run[0] in "十百千万亿"):
            lead = 1 if before and (before == "好" or (before == "数" and "几" not in run)) else 0
            return self._vague(start - lead, run, tail)
        if run[0] in "百千万亿":
            return self._round(start, run, before, tail) if before and before in "上近过破成" else None
        return self._plain(run, start, tail)

    def _half(self, start: int, end: int, run: str, before: str, after: str) -> Number | None:
        view = self.view
        if run == "一半":
            told = _ABOUT_HALF.search(view, max(0, start - 5), start)
            verb = told["verb"] if told is not None else ""
            if told is not None and verb + run in self.words.whole_changes:
                return _leap(told.start(), end, self.words.whole_changes[verb + run])
            more = 1 if before == "大" else 0
            precision = Precision.AT_LEAST if more else Precision.APPROX
            return _percent(start - more, end, 50.0, precision, 10.0)
        if run != "半":
            return None
        if before and before in "砍减折" and (not after or after not in "天年"):
            return _leap(start - 1, end, -50.0)
        if before and before in "过近":
            return _percent(
                start - 1, end, 50.0, Precision.AT_LEAST if before == "过" else Precision.APPROX, 10.0
            )
        if after == "年" and before and before in "上下":
            return Number(Span(start - 1, end + 1), NumberKind.DATE, 0.0)
        if after == "数":
            return _percent(start, end + 1, 50.0, Precision.APPROX, 10.0)
        tail = read_tail(view, end, self.words)
        if tail.unit_kind == "duration" and not (before and before in "上下大小前后"):
            return Number(
                Span(start, tail.end),
                NumberKind.MEASURE,
                0.5,
                None,
                tail.unit,
                "duration",
                Precision.EXACT,
                0,
                0.5,
            )
        return None

    def _fraction(self, start: int, end: int, run: str) -> Number | None:
        found = _PART.match(self.view, end)
        if not found:
            return None
        text = found[1]
        whole, _, decimals = text.partition(".") if text[0].isdigit() else text.partition("点")
        if text[0].isdigit():
            amount = float(text)
        else:
            value = parse_numeral(whole)
            if value is None:
                return None
            amount = value[0] + sum(_DIGITS.get(c, 0) / 10 ** (i + 1) for i, c in enumerate(decimals))
        if run in _PARTS:
            return Number(
                Span(start, found.end()), NumberKind.MEASURE, amount, None, _PARTS[run], "percent",
                Precision.EXACT, 0, 10.0 ** -len(decimals),
            )  # fmt: skip
        base = parse_numeral(run)
        if not base or not base[0] or amount > base[0] * 10:
            return None
        return _percent(start, found.end(), amount / base[0] * 100, Precision.APPROX, 6.0)

    def _plain(self, run: str, start: int, tail: Tail) -> Number | None:
        several = _neighbours(run)
        if several and (tail.unit or (len(run) > 2 and run[-1] in "百千万")):
            low, high = several
            return Number(
                Span(start, tail.end), NumberKind.MEASURE, low * tail.scale, high * tail.scale, tail.unit,
                tail.unit_kind, Precision.RANGE, 0, tail.scale,
            )  # fmt: skip
        parsed = parse_numeral(run)
        if parsed is None or several:
            return None
        value, step = parsed
        compound = len(run) >= 2 and any(c in "百千万亿" for c in run)
        if not tail.unit and not compound and tail.scale == 1.0:
            return None
        if run == "一" and tail.unit_kind not in _UNITS_OF_ONE and tail.scale == 1.0:
            return None
        if (
            run == "一"
            and tail.unit_kind == "duration"
            and tail.unit not in ("天", "年", "周", "小时", "分钟")
        ):
            return None
        precision = tail.precision or (Precision.APPROX if tail.unit == "%" else Precision.EXACT)
        step *= tail.scale * tail.fineness
        value = value * tail.scale + tail.tenths * tail.scale / 10
        return Number(
            Span(start, tail.end),
            NumberKind.MEASURE,
            value,
            None,
            tail.unit,
            tail.unit_kind,
            precision,
            0,
            step,
        )

    def _vague(self, start: int, run: str, tail: Tail) -> Number | None:
        if run == "几" and not tail.unit:
            return None
        low = parse_numeral(run.replace("几", "一" if run.startswith("十几") else "二")) or (2.0, 1.0)
        high = parse_numeral(run.replace("几", "九")) or (9.0, 1.0)
        if "几" not in run:
            one = parse_numeral("一" + run) or (1.0, 1.0)
            low, high = (one[0] * 2, 1.0), (one[0] * 9, 1.0)
        return Number(
            Span(start, tail.end), NumberKind.MEASURE, low[0] * tail.scale, high[0] * tail.scale, tail.unit,
            tail.unit_kind, Precision.VAGUE, 0, high[0] * tail.scale,
        )  # fmt: skip

    def _round(self, start: int, run: str, before: str, tail: Tail) -> Number | None:
        parsed = parse_numeral("一" + run)
        if parsed is None or (before in "成过" and not tail.unit):
            return None
        precision = Precision.APPROX if before == "近" else Precision.AT_LEAST
        return Number(
            Span(start - 1, tail.end), NumberKind.MEASURE, parsed[0] * tail.scale, None, tail.unit,
            tail.unit_kind, precision, 0, parsed[0] * tail.scale,
        )  # fmt: skip


def _leap(start: int, end: int, value: float) -> Number:
    return Number(
        Span(start, end), NumberKind.CHANGE, abs(value), None, "%", "percent", Precision.APPROX,
        1 if value > 0 else -1, abs(value) / 4,
    )  # fmt: skip


def _percent(start: int, end: int, value: float, precision: Precision, step: float) -> Number:
    return Number(Span(start, end), NumberKind.MEASURE, value, None, "%", "percent", precision, 0, step)
