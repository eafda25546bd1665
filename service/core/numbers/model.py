"""Numbers as a reader understands them, and metrics: numbers that say something about the work."""

from dataclasses import dataclass, field
from enum import StrEnum

from service.core.span import Span

_ALL = 100.0  # percent
SECONDS = {"毫秒": 0.001, "秒": 1.0, "分钟": 60.0, "小时": 3600.0, "天": 86_400.0, "周": 604_800.0}


class NumberKind(StrEnum):
    """What a number is for; only `MEASURE` and `CHANGE` can be metrics."""

    MEASURE = "measure"
    CHANGE = "change"  # +20%, 翻倍, 掉了 3pp, 少了两成: says how far something moved
    DATE = "date"
    TIME = "time"
    ORDINAL = "ordinal"  # 第3周, W47, 第2条, P0
    VERSION = "version"
    IDENTIFIER = "identifier"  # phone numbers, order and error numbers, 双11, 5Why, 00后
    LIST_MARKER = "list_marker"


class Precision(StrEnum):
    """How exactly a number is stated; `VAGUE` (十几个, 好几百) never counts as a checkable number."""

    EXACT = "exact"
    APPROX = "approx"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Number:
    """A number found in the view.

    `value` is in base units (1.2w → 12000, 八成 → 80.0 with unit "%"); `step` is one unit of the last digit
    shown, in the same scale (1.2w → 1000), and tells how far rounding may be off. `unit` is canonical ("%",
    "pp", "‰", "元", "人", "天", ""), `sign` is -1 or 1 for a change whose direction is told ("跌了3pp" → -1),
    else 0.
    A change's `value` is never negative. `unit_kind` is one of
    ratio, percent, point, money, duration, count, none.
    """

    span: Span
    kind: NumberKind
    value: float
    value_max: float | None = None
    unit: str = ""
    unit_kind: str = "none"
    precision: Precision = Precision.EXACT
    sign: int = 0
    step: float = 1.0


class Direction(StrEnum):
    """Whether more of a metric is better."""

    UP_GOOD = "up_good"
    DOWN_GOOD = "down_good"
    NEUTRAL = "neutral"


class BaselineKind(StrEnum):
    """What a metric is compared with."""

    TARGET = "target"
    PREVIOUS = "previous"
    YEAR_AGO = "year_ago"
    PEER = "peer"
    START = "start"


@dataclass(frozen=True, slots=True)
class Metric:
    """A number about the work with what it is compared to; `span` (view characters) covers all of it."""

    span: Span
    name: str | None
    value: float | None
    value_max: float | None = None
    precision: Precision = Precision.EXACT
    unit: str = ""
    direction: Direction = Direction.NEUTRAL
    baseline: float | None = None  # in the value's unit
    baseline_kind: BaselineKind | None = None
    change: float | None = None
    change_unit: str | None = None  # "%", "pp" or "abs"
    segment: str | None = None
    period: str | None = None
    is_workload: bool = False  # 发了3篇, 开了2场: counts work done, not what came of it
    # the numbers by role: value, baseline, change, attainment, share, chain, over (what the value is out of)
    figures: tuple[tuple[str, Number], ...] = field(default=(), repr=False, compare=False)

    def figure(self, role: str) -> Number | None:
        """Return the number that plays a role in this metric, if one does."""
        for name, number in self.figures:
            if name == role:
                return number
        return None

    @property
    def is_compared(self) -> bool:
        """Tell whether the metric stands against something."""
        return self.baseline is not None or self.change is not None or self.baseline_kind is not None

    @property
    def is_full(self) -> bool:
        """Tell whether it is all of something good, which can't be better: 合格率 100%."""
        return self.value == _ALL and self.unit == "%" and self.direction is Direction.UP_GOOD

    @property
    def is_nought(self) -> bool:
        """Tell whether it is none of something bad, which can't be better: 事故 0."""
        return self.value == 0 and self.direction is Direction.DOWN_GOOD

    @property
    def polarity(self) -> int:
        """Return 1 where the metric's movement is good news, -1 where bad, 0 where it can't be told."""
        move = self.change
        if move is None and self.value is not None and self.baseline is not None:
            move = self.value - self.baseline
        if not move or self.direction is Direction.NEUTRAL:
            return 0
        up = 1 if move > 0 else -1
        return up if self.direction is Direction.UP_GOOD else -up


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Stated and recomputed figures that can't both be right; `span` (view) covers the whole passage.

    `kind` names the check (growth, point_percent, total, rate, attainment, roi, funnel, average, unit_cost);
    `stated_span` (view) is the figure in doubt; `mends` are the alternatives,
    each a title with a list of (view span, new text); `inputs` (view) are the figures it was worked out from.
    """

    kind: str
    span: Span
    stated_span: Span
    stated: str
    computed: str
    formula: str
    message: str
    mends: tuple[tuple[str, tuple[tuple[Span, str], ...]], ...] = ()
    inputs: tuple[Span, ...] = ()
