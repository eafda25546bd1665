"""Dates and times written in digits, told from measures that look like them."""

import re
from typing import NamedTuple

from service.core.numbers.model import NumberKind

_TO = r" ?[-–—~～至到] ?"
_WEEKDAY = r"(?: ?\((?:周|星期)?[一二三四五六日天]\))?"
# 2024-11-05, 2024年11月5日, 24年11月, 2024/11 but not 2024条
_YEAR = re.compile(
    r"(?:(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:[12]\d|3[01]|0?[1-9])(?!\d)"
    r"|(?:19|20)\d\d[-/](?:0[1-9]|1[0-2])(?!\d)"
    r"|(?:(?:19|20)\d\d|[12]\d) ?年 ?(?:0?[1-9]|1[0-2]) ?月(?: ?\d{1,2} ?[日号])?"
    r"|(?:19|20)\d\d ?年(?:度|初|底|末)?"
    r"|[12]\d年(?=[QqHh上下第春夏秋冬双初底末度全]))" + _WEEKDAY
)
# 9月18日, 9 月 18-20 日, 9月1日-10月7日, 11 月底, 9-10月 but not 3个月, 13月
_MONTH = re.compile(
    r"(?:0?[1-9]|1[0-2])(?:" + _TO + r"(?:0?[1-9]|1[0-2]))? ?月"
    r"(?: ?\d{1,2}(?: ?[日号])?"
    + _TO
    + r"(?:\d{1,2} ?月 ?)?\d{1,2} ?[日号]| ?\d{1,2} ?[日号]|份|底|初|末|中旬|上旬|下旬|中(?=[，。；、\s]))?"
    r"(?:" + _TO + r"(?:\d{1,2} ?月(?: ?\d{1,2} ?[日号])?))?" + _WEEKDAY
)
# 18日, 5 号, 18-20日 but not 32号
_DAY = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])(?:" + _TO + r"(?:[12]\d|3[01]|0?[1-9]))? ?[日号](?![\dA-Za-z])" + _WEEKDAY
)
# 11.11-11.17, 10/28–11/3, 11/18–19 but not 3.5-4.2万 (the caller looks at what follows)
_SPAN = re.compile(r"(\d{1,2})([./])(\d{1,2})" + _TO + r"(?:(\d{1,2})\2)?(\d{1,2})(?![\d.,%])")
# 10/18, 9/16(二) but not 374/3,120
_SLASH = re.compile(r"(\d{1,2})/(\d{1,2})(?![\d,.%/]|[A-Za-z])" + _WEEKDAY)
_DOT = re.compile(r"(\d{1,2})\.(\d{1,2})(?![\d.%])" + _WEEKDAY)
# 0908-0914 but not 1500-1800
_PACKED = re.compile(r"(0[1-9]|1[0-2])([0-2]\d|3[01])" + _TO + r"(0[1-9]|1[0-2])([0-2]\d|3[01])(?![\d.,%])")
# 20:00, 9:30-12, 9:30–11:30 but not 1:2.8
_CLOCK = re.compile(
    r"(?:[01]?\d|2[0-4])[:：][0-5]\d(?![\d.])(?:[:：][0-5]\d)?(?:"
    + _TO
    + r"(?:次日|凌晨)?\d{1,2}(?:[:：][0-5]\d)?(?![\d.%]))?"
)
# 21点, 1–4点, 9 点半 but not 15个点, 3.5点
_OCLOCK = re.compile(
    r"(?:[01]?\d|2[0-4])(?:"
    + _TO
    + r"(?:[01]?\d|2[0-4]))? ?点(?!击|评|赞|名|位|数|\d{3})(?:半|整|钟|多|[一三]刻|[0-5]\d分?)?"
)
_RATIO = re.compile(r"(\d{1,4}(?:\.\d{1,4})?) ?[:：] ?(\d{1,6}(?:\.\d{1,4})?)(?![:：\d])")

_AFTER_DATE = re.compile(
    r" ?(?:前|后|起|开始|上线|上架|发|出|全量|执行|完成|结束|截止|截至|核|交|当天|当日|当晚|晚|早"
    r"|上午|下午|中午|之前|以前|之后|凌晨"
    r"|开|启|恢复|复|生效|关|停|做|给|跑|到岗|入职|到货|验收|提测|灰度|发版|下线|上$|周[一二三四五六日])"
)
# 5.1假期, 3.15晚会, 10.1 黄金周: a day known by its date
_FEAST = re.compile(r" ?(?:假期|黄金周|长假|小长假|晚会|大促|国庆|劳动节|放假)")
# 6·18, 11·11
_DOTTED_NAME = re.compile(r"\d{1,2}·\d{1,2}(?!\d)")
# 约1/3, 少了 1/4, 2/3 的人: a fraction, no day
_FRACTION_BEFORE = (
    "约",
    "近",
    "占",
    "超",
    "不到",
    "少了",
    "多了",
    "掉了",
    "只有",
    "仅",
    "过",
    "足",
    "的",
    "了",
    "大概",
    "接近",
    "降至",
    "降到",
    "跌至",
    "跌到",
    "缩到",
    "升到",
    "涨到",
    "剩",
)
_BEFORE_DATE = (
    "挪到",
    "延到",
    "推到",
    "截至",
    "截止",
    "定在",
    "改到",
    "顺延到",
    "排在",
    "放在",
    "自",
    "于",
    "预计",
    "时间",
    "日期",
    "周期",
    "延期到",
    "推迟到",
    "定于",
)
_DATE_MARKS, _COLONS, _RANGES = frozenset("年月日号"), frozenset(":："), frozenset("-–—~～至到")
_SMALLEST_DAYS = 5  # denominators up to here are common in fractions
_SET_TO = ("挪到", "延到", "推到", "截至", "截止", "定在", "改到", "顺延到", "延期到", "推迟到", "定于")
_DURATION_DAY = (
    "留存",
    "复购",
    "活",
    "留",
    "回访",
    "召回",
    "付费",
    "回流",
    "均",
    "LTV",
    "ROI",
    "ltv",
    "roi",
    "次",
    "转化",
    "流失",
    "达",
    "动销",
    "滞销",
    "新",
)
_FRACTION_CUES = (
    "完成",
    "达成",
    "通过",
    "命中",
    "合格",
    "成功",
    "得分",
    "占",
    "有",
    "中",
    "为",
    "=",
    "达标",
    "签到",
)


class Moment(NamedTuple):
    """A date, time, ratio or window of days read at some position."""

    kind: NumberKind
    end: int
    value: float = 0.0
    unit: str = ""
    unit_kind: str = "none"


class Calendar:
    """Reads dates and times of one text; remembers whether its author writes dates with dots."""

    __slots__ = ("_dotted", "view")

    def __init__(self, view: str) -> None:
        self.view = view
        self._dotted: bool | None = None

    def read(self, start: int, end: int) -> Moment | None:
        """Return the date, time or ratio that begins at `start`, whose digits end at `end`, if it is one."""
        view = self.view
        size = len(view)
        here = end + 1 if view.startswith(" ", end) else end
        mark = view[here] if here < size else ""
        if mark in _DATE_MARKS:
            return self._named(start, here, mark)
        if mark == "点":
            found = _OCLOCK.match(view, start)
            return Moment(NumberKind.TIME, found.end()) if found and found.end() > here else None
        if mark == "·":
            named = _DOTTED_NAME.match(view, start)
            return Moment(NumberKind.IDENTIFIER, named.end()) if named else None
        if mark in _COLONS:
            return self._colon(start)
        if "." in view[start:end] and end - start <= 5:
            return self._dot(start, end)
        if mark == "/" and end - start <= 4:
            return self._year(start) or self._slash(start)
        if mark in _RANGES:
            return self._year(start) or self._dash(start, end)
        if "." in view[start:end]:
            return self._year(start)
        return None

    def _year(self, start: int) -> Moment | None:
        found = _YEAR.match(self.view, start)
        return Moment(NumberKind.DATE, found.end()) if found else None

    def _named(self, start: int, here: int, mark: str) -> Moment | None:
        view = self.view
        if mark == "年":
            return self._year(start)
        found = (_MONTH if mark == "月" else _DAY).match(view, start)
        if not found or found.end() <= here:
            return None
        if mark == "月":
            return Moment(NumberKind.DATE, found.end())
        end = here + 1
        if view.startswith(("内", "以内", "之内"), end) and mark == "日":
            digits = view[start:here].strip()
            return (
                Moment(NumberKind.MEASURE, end, float(digits), "天", "duration") if digits.isdigit() else None
            )
        if view.startswith(_DURATION_DAY, end) and mark == "日":
            return Moment(NumberKind.IDENTIFIER, end)
        if mark == "号" and view.startswith(
            ("店", "楼", "线", "机", "仓", "库", "群", "门", "位", "柜", "链接", "院", "直播"), end
        ):
            return Moment(NumberKind.IDENTIFIER, end)
        return Moment(NumberKind.DATE, found.end())

    def _colon(self, start: int) -> Moment | None:
        view = self.view
        found = _CLOCK.match(view, start)
        ratio = _RATIO.match(view, start)
        if found and not (
            ratio
            and view[max(0, start - 6) : start]
            .rstrip(" 为是达到约")
            .lower()
            .endswith(("roi", "投产", "投产比", "比", "比例", "配比"))
        ):
            return Moment(NumberKind.TIME, found.end())
        if ratio and float(ratio[1]):
            return Moment(NumberKind.MEASURE, ratio.end(), float(ratio[2]) / float(ratio[1]), ":", "ratio")
        return None

    def _dot(self, start: int, end: int) -> Moment | None:
        view = self.view
        found = _SPAN.match(view, start)
        if found and found[2] == "." and self._is_span(found):
            return Moment(NumberKind.DATE, found.end())
        found = _DOT.match(view, start)
        if not found or not _is_day(found[1], found[2]):
            return None
        if _FEAST.match(view, found.end()):
            return Moment(NumberKind.DATE, found.end())
        if _AFTER_DATE.match(view, end):
            before = view[max(0, start - 8) : start].rstrip(" ")
            if self.dotted or before.endswith(_BEFORE_DATE) or not before or before[-1] in "，。；、\n(（｜|":
                return Moment(NumberKind.DATE, found.end())
            return None
        before = view[max(0, start - 8) : start].rstrip(" ")
        if found.end() > end or before.endswith(_SET_TO) or (self.dotted and before.endswith(_BEFORE_DATE)):
            return Moment(NumberKind.DATE, found.end())
        return None

    def _slash(self, start: int) -> Moment | None:
        view = self.view
        span = _SPAN.match(view, start)
        if span and span[2] == "/" and self._is_span(span):
            return Moment(NumberKind.DATE, span.end())
        found = _SLASH.match(view, start)
        if not found or not _is_day(found[1], found[2]):
            return None
        before = view[max(0, start - 3) : start].rstrip(" ")
        part, whole = int(found[1]), int(found[2])
        if part < whole <= _SMALLEST_DAYS and (
            before.endswith(_FRACTION_BEFORE) or view.startswith((" 的", "的"), found.end())
        ):
            return Moment(NumberKind.MEASURE, found.end(), part / whole * 100, "%", "percent")
        after = view[found.end() : found.end() + 2].lstrip(" ")
        if (
            before.endswith(_FRACTION_CUES)
            or (before[-2:-1] == "%" and not _AFTER_DATE.match(view, found.end()))
            or after[:1] in ("=", "≈", "个", "家", "人", "条", "单", "店", "场", "项", "次")
        ):
            return None
        return Moment(NumberKind.DATE, found.end())

    def _dash(self, start: int, end: int) -> Moment | None:
        if end - start == 4:
            found = _PACKED.match(self.view, start)
            if found and int(found[2]) and int(found[4]) and (found[1][0] == "0" or found[1] <= found[3]):
                return Moment(NumberKind.DATE, found.end())
            return None
        for pattern in (_MONTH, _DAY, _OCLOCK):
            found = pattern.match(self.view, start)
            if found and found.end() > end + 1:
                return Moment(NumberKind.TIME if pattern is _OCLOCK else NumberKind.DATE, found.end())
        return None

    def _is_span(self, found: "re.Match[str]") -> bool:
        month, day, month_2, day_2 = found[1], found[3], found[4] or found[1], found[5]
        if not (_is_day(month, day) and _is_day(month_2, day_2)):
            return False
        first, second = (int(month), int(day)), (int(month_2), int(day_2))
        if first >= second and not (first[0] >= 11 and second[0] <= 2):
            return False
        if found[2] == "." and not found[4]:
            return False  # 3.5-4 is a range
        after = self.view[found.end() : found.end() + 1]
        if after and after in "万千亿wWkK元倍分秒星":
            return False
        return found[2] == "/" or (second[0] - first[0]) % 12 <= 2

    @property
    def dotted(self) -> bool:
        """Tell whether a range of dotted dates stands anywhere in the text."""
        if self._dotted is None:
            self._dotted = any(
                m[2] == "." and m[4] is not None and self._is_span(m) for m in _SPAN.finditer(self.view)
            )
        return self._dotted


def _is_day(month: str, day: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31
