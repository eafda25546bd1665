"""One pass over a text's digits and Chinese numerals: what each number means."""

import re

from service.core.numbers import chinese, words
from service.core.numbers.calendar import Calendar, Moment
from service.core.numbers.heads import read_head
from service.core.numbers.model import Number, NumberKind, Precision
from service.core.numbers.tails import is_letter, read_tail
from service.core.span import Span

# 3,450 · 12.5 · 2.3.1 · 20241105 but not the comma of 62%,上周 or 1,2
_TOKEN = re.compile(r"[0-9]++(?:,[0-9]{3}(?![0-9])){0,6}+(?:\.[0-9]++){0,3}+")
_RANGE = re.compile(r"(?:[-–—~～]| [-–—~～] |[至到])(?=[0-9])")
_LONGEST = 15  # more digits than a double holds exactly: an identifier
_LIST_MARK = re.compile(r"[、.)）．](?![0-9])")
_COUNTED = ("%", "→", "万", "个", "条", "人")  # after 安卓 12, iOS 17: a count, no version
_LETTERS = re.compile(r"[A-Za-z]{1,12}")


def scan(view: str) -> tuple[Number, ...]:
    """Return every number of a folded text in text order, never overlapping; takes linear time."""
    scanner = _Scanner(view)
    found = scanner.digits()
    return tuple(scanner.with_numerals(found))


class _Scanner:
    __slots__ = ("calendar", "floor", "view", "words")

    def __init__(self, view: str) -> None:
        self.view = view
        self.words = words.load()
        self.calendar = Calendar(view)
        self.floor = 0  # where the number before ended

    def digits(self) -> list[Number]:
        view, found = self.view, []
        match = _TOKEN.search(view)
        while match:
            number = self._read(match)
            found.append(number)
            self.floor = number.span.end
            match = _TOKEN.search(view, max(number.span.end, match.end()))
        return found

    def with_numerals(self, found: list[Number]) -> list[Number]:
        view = self.view
        reader = chinese.Reader(view, self.words)
        extra = []
        at, floor = 0, 0
        spans = [n.span for n in found]
        for match in chinese.RUN.finditer(view):
            start, end = match.span()
            while at < len(spans) and spans[at][1] <= start:
                floor = spans[at][1]
                at += 1
            if at < len(spans) and spans[at][0] < end:
                continue
            number = reader.read(start, end)
            if number is not None and number.span.start >= floor:
                extra.append(number if number.kind is not NumberKind.MEASURE else self._moved(number, floor))
                floor = number.span.end
        if "翻" in view or "腰斩" in view:
            taken = found + extra
            for match in chinese.LEAP.finditer(view):
                number = reader.leap(match)
                if number is not None:
                    extra = [n for n in extra if not n.span.overlaps(number.span)]
                    found = [n for n in taken if n in found and not n.span.overlaps(number.span)]
                    extra.append(number)
        if not extra:
            return found
        return sorted(found + extra, key=lambda n: n.span)

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
        view = self.view
        start, end = match.span()
        before = view[start - 1] if start else ""
        name = self._name(start, end, before, match[0])
        if name is not None:
            return name
        moment = self.calendar.read(start, end)
        if moment is not None and not (moment.kind is NumberKind.TIME and self._is_points(start, moment)):
            if moment.unit:
                return self._measure(start, moment.end, moment.value, 0.1, moment)
            return Number(Span(start, moment.end), moment.kind, 0.0)
        text = match[0]
        if text.count(".") > 1:
            return Number(Span(start, end), NumberKind.VERSION, 0.0)
        if end - start > _LONGEST:
            return Number(Span(start, end), NumberKind.IDENTIFIER, 0.0)
        return self._quantity(start, end, text)

    def _name(self, start: int, end: int, before: str, text: str) -> Number | None:
        """Return the number as a name (W47, 第3周, E4012, 双11, 00后) where it is one."""
        view = self.view
        if before == " " and start > 1:
            before = view[start - 2] if view[start - 2] == "第" else before
        if before == "第":
            tail = read_tail(view, end, self.words)
            return Number(
                Span(view.rindex("第", 0, start), tail.end),
                NumberKind.ORDINAL,
                float(len(text) < 9 and text.isdigit() and int(text)),
            )
        if before and (is_letter(before) or before in "双#№@_"):
            named = self._prefixed(start, end, before)
            if named is not None:
                return named
        after = view[end] if end < len(view) else ""
        if after and is_letter(after):
            letters = _LETTERS.match(view, end)
            run = letters[0] if letters else ""
            if (run.lower() not in self.words.units and run not in ("w", "W", "k", "K", "M")) or run in "SGD":
                return Number(Span(start, end + len(run)), NumberKind.IDENTIFIER, 0.0)
            return None
        if before == " " and start > 1 and is_letter(view[start - 2]):
            word = _word_before(view, start - 1)
            if (
                word.lower() in self.words.version_prefixes
                and len(text.partition(".")[0]) <= 2
                and after not in _COUNTED
            ):
                return Number(Span(start - 1 - len(word), end), NumberKind.VERSION, 0.0)
        if after in self.words.unit_heads and after not in "后":
            return None
        if view.startswith(self.words.identifier_suffixes, end) or (
            before == "+" and start > 1 and view[start - 2] in "TNDtnd" and text.isdigit()
        ):
            return Number(Span(start, end), NumberKind.IDENTIFIER, 0.0)
        if (
            text in self.words.own_names
            and not after.isdigit()
            and before not in "：:→+-↑↓"
            and after not in "→%个人"
        ):
            return Number(Span(start, end), NumberKind.IDENTIFIER, 0.0)
        if "." in text and (
            view.startswith("版", end)
            or view[max(0, start - 2) : start].rstrip(" ").endswith(self.words.versioned)
        ):
            return Number(Span(start, end), NumberKind.VERSION, 0.0)
        if (
            len(text) <= 2
            and "." not in text
            and _LIST_MARK.match(view, end)
            and (before in "\n，。；：:; 　" or not before)
        ):
            rest = view[end + 1 : end + 2]
            if view[end] in ")）" and before not in ("", "\n", "；", "。", "：", ":"):
                rest = ""  # 排队 31(9 月 20)
            if rest and not rest.isdigit() and (view[end] != "、" or before in "\n：:" or not before):
                return Number(Span(start, end + 1), NumberKind.LIST_MARKER, float(text))
        if text[0] == "0" and len(text) > 1 and text.isdigit():
            return Number(Span(start, end), NumberKind.IDENTIFIER, 0.0)
        if len(text) >= 8 and text.isdigit() and after not in self.words.unit_heads:
            return Number(Span(start, end), NumberKind.IDENTIFIER, 0.0)
        return None

    def _prefixed(self, start: int, end: int, before: str) -> Number | None:
        view = self.view
        if before in "#№@_双":
            return Number(Span(start - 1, end), NumberKind.IDENTIFIER, 0.0)
        word = _word_before(view, start)
        low = word.lower()
        if low in self.words.metric_prefixes and low != "top":
            return None
        begin = start - len(word)
        if begin < self.floor:  # 46min52: the letters belong to the number before
            return None
        kind = NumberKind.IDENTIFIER
        if low in ("w", "q", "h") and end - start <= 2:
            kind = NumberKind.DATE
            following = re.compile(r"[-–—~]" + word + r"?\d{1,2}(?!\d)").match(view, end)
            end = following.end() if following else end
        elif low in ("p", "top"):
            kind = NumberKind.ORDINAL
        elif low in self.words.version_prefixes:
            kind = NumberKind.VERSION
        return Number(Span(begin, end), kind, 0.0)

    def _is_points(self, start: int, moment: Moment) -> bool:
        """Tell whether “N点” after a verb of change means percentage points: 涨了3点."""
        head = read_head(self.view, start, self.floor, self.words)
        return head.change is not None and self.view[moment.end - 1] == "点"

    def _quantity(self, start: int, end: int, text: str) -> Number:
        plain = text.replace(",", "")
        _whole, _, decimals = plain.partition(".")
        value = float(plain)
        step = 10.0 ** -len(decimals)
        view = self.view
        second = None
        link = _RANGE.match(view, end)
        if link is None and end < len(view):
            tail = read_tail(view, end, self.words)
            if tail.end > end:
                link = _RANGE.match(view, tail.end)
                if link and link[0] in "至到":
                    link = None
                if link:
                    second = self._second(link.end(), start)
                    if second:
                        return self._ranged(start, value * tail.scale, second, step)
        elif link is not None:
            second = self._second(link.end(), start)
            if second:
                return self._ranged(start, value, second, step)
        return self._measure(start, end, value, step, None)

    def _second(self, at: int, start: int) -> "tuple[float, int] | None":
        match = _TOKEN.match(self.view, at)
        if not match or match.end() - at > _LONGEST or match[0].count(".") > 1:
            return None
        linked = self.view[at - 1]
        if linked in "至到" and self.view[max(self.floor, start - 4) : start].rstrip(" ").endswith(
            ("从", "由", "自")
        ):
            return None
        return float(match[0].replace(",", "")), match.end()

    def _ranged(self, start: int, low: float, second: "tuple[float, int]", step: float) -> Number:
        high, end = second
        tail = read_tail(self.view, end, self.words)
        top = high * tail.scale
        bottom = low * tail.scale if low * tail.scale <= top else low
        if bottom > top:
            return self._measure(start, _TOKEN.match(self.view, start).end(), low, step, None)  # type: ignore[union-attr]
        head = read_head(self.view, start, self.floor, self.words)
        return Number(
            Span(head.start, tail.end), NumberKind.MEASURE if head.change is None else NumberKind.CHANGE, bottom, top,
            tail.unit or head.money, tail.unit_kind if tail.unit else ("money" if head.money else "none"),
            Precision.RANGE, head.change or 0, step * tail.scale,
        )  # fmt: skip

    def _measure(self, start: int, end: int, value: float, step: float, moment: Moment | None) -> Number:
        view = self.view
        head = read_head(view, start, self.floor, self.words)
        if moment is not None:
            return Number(
                Span(head.start, end), NumberKind.MEASURE, value, None, moment.unit, moment.unit_kind,
                head.precision or Precision.EXACT, 0, step,
            )  # fmt: skip
        tail = read_tail(view, end, self.words)
        end, sign, unit, kind = tail.end, head.change, tail.unit, tail.unit_kind
        scale = tail.scale
        if unit == "" and view.startswith("点", end) and sign is not None:
            unit, kind, end = "pp", "point", end + 1
        elif unit == "" and view.startswith("bp", end):
            unit, kind, end, scale = "pp", "point", end + (3 if view.startswith("bps", end) else 2), 0.01
        if not unit and head.money:
            unit, kind = head.money, "money"
        if sign is None and unit in ("%", "‰", "pp", "倍"):
            sign = self._after(end)
        if sign == 0 and kind not in ("percent", "point"):
            sign = None
        precision = head.precision or tail.precision or Precision.EXACT
        if kind == "duration" and view[head.start] == "近" and sign is None:
            precision = tail.precision or Precision.EXACT  # 近 6 个月: a window
        if unit == "%" and scale == 10.0 and precision is Precision.EXACT:
            precision = Precision.APPROX
        return Number(
            Span(head.start, end), NumberKind.MEASURE if sign is None else NumberKind.CHANGE,
            value * scale + tail.tenths * scale / 10, None, unit, kind, precision, sign or 0, step * scale * tail.fineness,
        )  # fmt: skip

    def _after(self, end: int) -> int | None:
        """Return the sign of 20%的增长, 12%涨幅; in 9月34%下降3pp the verb belongs to the next number."""
        view = self.view
        at = end + 1 if view.startswith("的", end) else end
        word = view[at : at + 2]
        if (
            at == end
            and not word.endswith("幅")
            and not re.match(r"[，。；、,;\n)]|$", view[at + 2 : at + 3])
        ):
            return None
        return self.words.after_changes.get(word)


def _word_before(view: str, end: int) -> str:
    start = end
    while start > 0 and end - start < 12 and is_letter(view[start - 1]):
        start -= 1
    return view[start:end]
