"""Binds numbers to what they say about the work: name, baseline, change, segment, period."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from service.core.document.model import Document
from service.core.numbers import cues
from service.core.numbers.frames import Frame, is_like
from service.core.numbers.model import SECONDS, BaselineKind, Direction, Metric, Number, NumberKind
from service.core.numbers.naming import (
    Named,
    NameHits,
    Term,
    direction_of,
    name_frames,
    names_thing,
)
from service.core.numbers.sentence import SentenceReader
from service.core.numbers.tables import TableReader
from service.core.numbers.workload import is_workload
from service.core.span import Span

_MEASURES = (NumberKind.MEASURE, NumberKind.CHANGE)

_BEFORE = {BaselineKind.PREVIOUS, BaselineKind.START}  # what 环比 may mean

Roles = Sequence[tuple[str, Number | None]]


class Names(Protocol):
    """The vocabulary's terms by lower-case alias."""

    @property
    def metrics(self) -> Mapping[str, Term]: ...


class Sentence(Protocol):
    """A stretch of prose."""

    @property
    def span(self) -> Span: ...


def bind(
    document: Document,
    sentences: Sequence[Sentence],
    numbers: Sequence[Number],
    lexicon: Names,
    hits: NameHits,
) -> tuple[Metric, ...]:
    """Return the metrics of a note in text order; a number held against two things gives two metrics."""
    if not any(n.kind in _MEASURES for n in numbers):
        return ()
    view, terms = document.view, lexicon.metrics
    starts = [n.span.start for n in numbers]
    roles = cues.load().find(document.folded)
    metrics: list[Metric] = []
    for table in document.tables:
        for named in TableReader(document, table, numbers, starts, terms, hits, roles).read():
            metrics.extend(_metrics(view, named, terms))
    rows = sorted(document.lines[i].span for table in document.tables for i in table.lines)
    told: list[Named] = []  # of the sentence before
    told_end = 0
    for sentence in sentences:
        start, end = sentence.span
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if first == last or _is_inside(rows, start):
            continue
        inside = numbers[first:last]
        names = [hit for hit in hits.within("metric", start, end) if not names_thing(view, hit)]
        frames = SentenceReader(view, names, roles).read(start, inside)
        telling = name_frames(view, frames, inside, terms, hits)
        if "\n" not in view[told_end:start]:
            telling = [named for named in telling if not _completes(told, named)]
        for named in told:
            metrics.extend(_metrics(view, named, terms))
        told, told_end = telling, end
    for named in told:
        metrics.extend(_metrics(view, named, terms))
    metrics.sort(key=lambda m: m.span)
    return tuple(metrics)


def _completes(told: Sequence[Named], named: Named) -> bool:
    """Give a figure of the sentence before what it is compared with: 净增 1,510；上周净增 1,220，+23.8%."""
    frame = named.frame
    base = frame.baseline
    if frame.value is not None or base is None or frame.target is not None or named.name is None:
        return False
    for earlier in reversed(told):
        own = earlier.frame
        if earlier.name != named.name or own.value is None or own.baseline or own.changes or own.inner:
            continue
        if not is_like(own.value, base):
            return False
        own.baseline, own.baseline_kind = base, frame.baseline_kind
        own.changes.extend(frame.changes)
        return True
    return False


def _is_inside(spans: Sequence[Span], at: int) -> bool:
    found = bisect_left(spans, (at + 1, 0)) - 1
    return found >= 0 and spans[found].start <= at < spans[found].end


def _metrics(view: str, named: Named, terms: Mapping[str, Term]) -> Iterator[Metric]:
    """Yield what a frame says: its value with where it came from, and its value against its target."""
    frame = named.frame
    maker = _Maker(named, direction_of(named.name, terms), is_workload(view, frame, named.name))
    to_target: list[Number] = []
    moves: list[tuple[Number, BaselineKind | None]] = []
    for change, kind in frame.changes:
        if kind is BaselineKind.TARGET:
            to_target.append(change)
        else:
            moves.append((change, kind))
    beside: Roles = (("share", frame.share), ("over", frame.over), *(("chain", c) for c in frame.chain))
    aims = (
        frame.target is not None
        or bool(to_target)
        or (frame.attainment is not None and frame.value is not None)
    )
    for at, (change, kind) in enumerate(moves):
        baseline, held = _held(frame, kind)
        yield maker.make(baseline, held or BaselineKind.PREVIOUS, change, beside if at == 0 else ())
    if frame.flat is not None:
        yield maker.flat(frame.flat[1])
    elif frame.is_cleared:
        yield maker.cleared()
    elif not moves and (frame.baseline is not None or (frame.value is not None and not aims)):
        yield maker.make(frame.baseline, frame.baseline_kind, None, beside)
    if aims:
        change_to = to_target[0] if to_target else None
        yield maker.make(
            frame.target, BaselineKind.TARGET, change_to, (("attainment", frame.attainment), *beside)
        )


def _held(frame: Frame, kind: BaselineKind | None) -> tuple[Number | None, BaselineKind | None]:
    """Return the baseline a change speaks of: a 同比 says nothing about last week's figure."""
    if frame.baseline is None:
        return None, kind
    if kind is not None and kind is not frame.baseline_kind and not {kind, frame.baseline_kind} <= _BEFORE:
        return None, kind
    return frame.baseline, frame.baseline_kind


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the metrics of one frame."""

    named: Named
    direction: Direction
    workload: bool

    def make(
        self, baseline: Number | None, kind: BaselineKind | None, change: Number | None, beside: Roles
    ) -> Metric:
        """Return one metric with the figures it rests on."""
        value = self.named.frame.value
        every: Roles = (("value", value), ("baseline", baseline), ("change", change), *beside)
        figures = tuple([(role, number) for role, number in every if number is not None])
        unit = value or baseline
        shown = value or figures[0][1]
        span = figures[0][1].span
        if len(figures) > 1:
            spans = [number.span for _, number in figures]
            span = Span(min(spans).start, max([end for _, end in spans]))
        return Metric(
            span=span,
            name=self.named.name,
            value=value.value if value else None,
            value_max=value.value_max if value else None,
            precision=shown.precision,
            unit=unit.unit if unit else "",
            direction=self.direction,
            baseline=_beside(baseline, value) if baseline else None,
            baseline_kind=kind,
            change=None if change is None else _delta(change),
            change_unit=None if change is None else _change_unit(change),
            segment=self.named.segment,
            period=self.named.period,
            is_workload=self.workload,
            figures=figures,
        )

    def cleared(self) -> Metric:
        """Return the metric of a value of which nothing is left: 从 112 单归零."""
        before = self.make(None, BaselineKind.START, None, ())
        figures = tuple(("baseline" if role == "value" else role, number) for role, number in before.figures)
        return replace(before, value=0.0, baseline=before.value, value_max=None, figures=figures)

    def flat(self, end: int) -> Metric:
        """Return the metric of a value that is said not to have moved, up to the words that say so."""
        still = self.make(None, BaselineKind.PREVIOUS, None, ())
        return replace(still, span=Span(still.span.start, end), change=0.0, change_unit="%")


def _beside(baseline: Number, value: Number | None) -> float:
    """Return a baseline in the value's unit: 180ms beside 2.3s is 0.18."""
    if value is None or baseline.unit not in SECONDS or value.unit not in SECONDS:
        return baseline.value
    return baseline.value * SECONDS[baseline.unit] / SECONDS[value.unit]


def _delta(change: Number) -> float:
    times = 100.0 if change.unit == "倍" else 1.0  # 翻了三倍 → +300 %
    return change.value * times * (change.sign or 1)


def _change_unit(change: Number) -> str:
    if change.unit == "倍":
        return "%"
    return {"percent": "%", "point": "pp"}.get(change.unit_kind, "abs")
