"""Reads a sentence's numbers into frames: a value, what it came from, what it is held against."""

from collections.abc import Sequence
from itertools import pairwise

from service.core.numbers import brackets, cues, periods
from service.core.numbers.cues import Cue, CueHits
from service.core.numbers.frames import Frame, NameHit, is_like, is_same
from service.core.numbers.model import BaselineKind, Number, NumberKind, Precision
from service.core.numbers.roles import NEAR, role_of

_STOPS = frozenset("；;。！？!?\n")
_BARE_LINKS = frozenset(("，", ",", "、", "", "的"))
_SWING = 3.0  # a figure seldom moves further between two periods
_FLAT_REACH = 14  # 持平 further from the value is said of something else
_THAN = ("高", "低", "多", "少", "差", "超", "贵", "宜", "快", "慢", "领先", "落后")
_SHORT_OF = ("差", "缺", "超", "欠")
_ATTACHED = 24  # a change further from its value speaks of something else
_LED = 14  # 涨到 further from the number before leads from another one
_DEEPEST = 4  # brackets within brackets beyond this are not followed


class SentenceReader:
    """Walks the numbers of one sentence from left to right; one use only."""

    __slots__ = ("at", "cues", "current", "date", "frames", "hits", "last", "outer", "roles", "view")

    def __init__(self, view: str, hits: Sequence[NameHit], roles: CueHits) -> None:
        self.view = view
        self.hits = hits
        self.at = 0  # the first hit that may still name something
        self.roles = roles
        self.cues = cues.load()
        self.frames: list[Frame] = []
        self.current: Frame | None = None
        self.last: Number | None = None
        self.outer: list[tuple[Frame | None, Number | None]] = []
        self.date: Number | None = None  # the date nearest to the left

    def read(self, start: int, numbers: Sequence[Number]) -> list[Frame]:
        """Return the frames of a sentence that begins at `start`."""
        floor = start
        for number in numbers:
            kind = number.kind
            if kind is not NumberKind.MEASURE and kind is not NumberKind.CHANGE:
                if periods.is_dating(self.view, number):
                    self.date = number
                continue
            gap = self.view[floor : number.span.start]
            floor = number.span.end
            gap = self._brackets(gap)
            if number.precision is Precision.VAGUE:
                self.current = None
                continue
            self._place(number, gap, number.span.start - len(gap))
            self.last = number
        for frame, following in pairwise([*self.frames, None]):
            if frame is not None and frame.value is not None and not frame.baseline and not frame.changes:
                end = frame.value.span.end
                limit = min(end + _FLAT_REACH, following.first.span.start if following else len(self.view))
                frame.flat = self.roles.first(cues.FLAT, end, limit)
                frame.is_cleared = self.roles.first(cues.ZERO, end, limit) is not None
        return self.frames

    def _brackets(self, gap: str) -> str:
        """Follow brackets and return what of the gap stands right before the number, inside the same ones."""
        if "(" not in gap and ")" not in gap and "（" not in gap and "）" not in gap:
            return gap
        keep = 0
        for at, char in enumerate(gap):
            if char in ")）":
                if self.outer:
                    self.current, self.last = self.outer.pop()
                keep = at + 1
            elif char in "(（":
                if len(self.outer) < _DEEPEST:
                    self.outer.append((self.current, self.last))
                keep = at + 1
        return gap[keep:]

    def _place(self, number: Number, gap: str, left: int) -> None:
        current = self.current
        if current is not None and not _STOPS.isdisjoint(gap):
            current = self.current = None
        name = self._name(left, number.span.start)
        if current is not None and self._adjacent(number, gap, current):
            return
        cue = role_of(self.view, self.roles, (left, number.span.start), current, self._is_earlier(number))
        if number.kind is NumberKind.CHANGE:
            self._change(number, gap, left, name, cue)
            return
        if current is not None:
            if self._is_arrow(current, gap) and self._leads(current, number, gap, name):
                return
            if self._attained(current, number, gap, name, cue):
                return
        kind = cues.KINDS.get(cue.role) if cue else None
        if kind is None and current is not None and self._is_other_period(current, number, left):
            return
        if kind is BaselineKind.PEER and (current is None or current.value is None):
            kind = None  # 全国 30 家店 is compared with nothing
        if kind is not None:
            current = self._of_size(current, number, kind)
            if current is None or not self._held_against(current, number, kind, name):
                frame = self._open(left, name)
                if kind is BaselineKind.TARGET:
                    frame.target = number
                else:
                    frame.baseline, frame.baseline_kind = number, kind
            return
        if current is not None and current.value is None and self._fills(current, number, name, cue):
            current.value = number  # 上周4.1%，这周3.2%; 目标 1,600，实际 1,674
            return
        frame = self._open(left, name, opened=_opens(gap))
        frame.value = number
        if self.date is not None and self.date.span.start >= left:
            frame.date = self.date

    @staticmethod
    def _fills(current: Frame, number: Number, name: NameHit | None, cue: Cue | None) -> bool:
        if current.anchor is None or not is_like(current.anchor, number):
            return False
        return (
            name is None
            or (current.name is not None and is_same(name, current.name))
            or bool(cue and cue.role in (cues.NOW, cues.ATTAINMENT))
        )

    def _adjacent(self, number: Number, gap: str, current: Frame) -> bool:
        """Take a number tied to the one before by a slash, an equals sign or a bracket: 374/3,120=12.0%."""
        link = gap.strip()
        if link == "/" and self.last is current.value and number.unit != "%":
            current.over = number
            return True
        if link == "/" and self.last is current.baseline and current.value is not None:
            return True  # 44/50，上周 46/50
        if number.unit != "%" or number.kind is not NumberKind.MEASURE:
            return False
        if link in ("=", "≈") and current.over is not None:
            current.share = number
            return True
        inside = link == "" and bool(self.outer) and self.outer[-1][1] is self.last
        if inside and current.value is not None and current.value.unit != "%":
            current.share = number
            return True
        return False

    def _change(self, number: Number, gap: str, left: int, name: NameHit | None, cue: Cue | None) -> None:
        current = self._of_bracket(self.current, name)
        if (
            current is not None
            and current.is_window
            and len(self.frames) > 1
            and number.unit_kind != "duration"
        ):
            current = self.frames[-2]  # 1,020→900，两周降了 11.8%
        kind = cues.KINDS.get(cue.role) if cue and number.span.start - cue.end <= NEAR else None
        if kind is None and current is not None and current.target and not current.baseline:
            before = self.view[max(0, number.span.start - 4) : number.span.start]
            led = self.last is current.target and any(word in before for word in _THAN)
            if led or any(word in before for word in _SHORT_OF):
                kind = BaselineKind.TARGET  # 目标 150，差 54 条; 比目标 4% 低 0.8 个百分点
        if kind is None and current is not None and current.baseline_kind is BaselineKind.PEER:
            before = self.view[max(0, number.span.start - 4) : number.span.start]
            if not any(word in before for word in _THAN):
                kind = BaselineKind.PREVIOUS  # 62%，行业 55%，+3pp
        if (
            current is not None
            and current.takes_name(name)
            and len(gap) <= _ATTACHED
            and not any(c.unit == number.unit and k is kind for c, k in current.changes)
            and not self.cues.names_other(gap)
        ):
            current.changes.append((number, kind))
            return
        self._open(left, name).changes.append((number, kind))

    def _of_bracket(self, current: Frame | None, name: NameHit | None) -> Frame | None:
        """Return the frame a change is of, once a bare figure in brackets has been given to it."""
        if current is None or name is not None:
            return current
        if current.inner and self.outer and self.frames[-1] is current and current.name is None:
            outer = self.outer[-1][0]
            if brackets.takes_back(self.view, outer, current):
                self.frames.pop()
                self.current = outer
                return outer
        elif brackets.takes_aside(self.view, self.frames, current):
            self.frames.pop()
        return current

    def _is_arrow(self, current: Frame, gap: str) -> bool:
        if self.cues.is_arrow(gap):
            return True
        if not self.cues.is_bare_arrow(gap):
            return False
        return len(gap.strip()) <= 2 or (current.opened and current.baseline is None)

    @staticmethod
    def _leads(current: Frame, number: Number, gap: str, name: NameHit | None) -> bool:
        if (
            name is not None
            and not (current.name is not None and is_same(name, current.name))
            and "，" in gap
        ):
            return False
        if current.value is None:
            if current.baseline is None or not is_like(current.baseline, number):
                return False
            current.value = number
            return True
        if not is_like(current.value, number) or current.target or len(gap) > _LED or current.changes:
            return False
        if current.baseline is not None:
            if current.baseline_kind is not BaselineKind.START:
                return False
            current.chain.append(current.baseline)
        current.baseline, current.baseline_kind, current.value = current.value, BaselineKind.START, number
        return True

    def _attained(
        self, current: Frame, number: Number, gap: str, name: NameHit | None, cue: Cue | None
    ) -> bool:
        """Take a percentage that says how much of the target was reached."""
        if number.unit != "%" or current.value is None or current.attainment is not None:
            return False
        if current.value.unit == "%" and current.target is None:
            return False
        told = cue is not None and cue.role == cues.ATTAINMENT
        bare = current.target is not None and gap.strip() in _BARE_LINKS and current.value.unit != "%"
        if not (told or bare) or not (name is None or name.word in self.cues.attained):
            return False
        current.attainment = number
        return True

    def _held_against(self, current: Frame, number: Number, kind: BaselineKind, name: NameHit | None) -> bool:
        if current.value is None or not current.takes_name(name) or not is_like(current.value, number):
            return False
        if number.unit and not current.value.unit:
            return False  # 2.3w，W11 3 SKU
        if kind is BaselineKind.TARGET:
            if current.target is not None or periods.is_later_aim(self.view, current, self.date):
                return False
            current.target = number
            return True
        if current.baseline is not None:
            return False
        current.baseline, current.baseline_kind = number, kind
        return True

    def _of_size(self, current: Frame | None, number: Number, kind: BaselineKind) -> Frame | None:
        """Return the frame a baseline is of: in 出库 12.6w，日均 1.8w，上周 11.9w that is the first."""
        if (
            current is None
            or current.value is None
            or kind is BaselineKind.TARGET
            or _is_near(current.value, number)
        ):
            return current
        for frame in self.frames[-3:-1][::-1]:
            value = frame.value
            open_ = value is not None and frame.baseline is None and not frame.changes and not frame.inner
            if open_ and value is not None and is_like(value, number) and _is_near(value, number):
                self.current = frame
                return frame
        return current

    def _is_earlier(self, number: Number) -> bool:
        dated = periods.is_dated(self.view, self.date, number, bool(self.outer))
        return dated or brackets.is_marked(self.view, number)

    def _is_other_period(self, current: Frame, number: Number, left: int) -> bool:
        if self.outer or not periods.follows(self.view, self.date, number):
            return False
        return periods.takes_other(self.view, current, self.date, number, left)

    def _open(self, left: int, name: NameHit | None, opened: bool = False) -> Frame:
        frame = Frame(left, name=name, inner=bool(self.outer), opened=opened)
        self.frames.append(frame)
        self.current = frame
        return frame

    def _name(self, start: int, end: int) -> NameHit | None:
        """Return the last metric name that stands in the range; ranges come in text order."""
        found = None
        hits = self.hits
        while self.at < len(hits) and hits[self.at].start < end:
            hit = hits[self.at]
            if hit.start >= start and hit.end <= end:
                found = hit
            self.at += 1
        return found


def _is_near(one: Number, other: Number) -> bool:
    return one.value <= other.value * _SWING and other.value <= one.value * _SWING


def _opens(gap: str) -> bool:
    tail = gap[-5:]
    return ("从" in tail or "由" in tail) and "，" not in tail
