"""Binds numbers to what they say about the work: name, baseline, change, segment, period."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from service.core.document.model import Document
from service.core.numbers import cues
from service.core.numbers.frames import Frame, SentenceReader
from service.core.numbers.model import BaselineKind, Metric, Number, Precision
from service.core.numbers.naming import Named, NameHits, Term, direction_of, is_workload, name_frames
from service.core.numbers.tables import TableReader
from service.core.span import Span


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
    starts = [n.span.start for n in numbers]
    roles = cues.load().find(document.folded)
    metrics: list[Metric] = []
    in_tables: list[Span] = []
    for table in document.tables:
        reader = TableReader(document, table, numbers, starts, lexicon.metrics, hits, roles)
        for named in reader.read():
            metrics.extend(_metrics(document.view, named, lexicon.metrics))
        in_tables.extend(document.lines[i].span for i in table.lines)
    in_tables.sort()
    for sentence in sentences:
        start, end = sentence.span
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if first == last or _inside(in_tables, start):
            continue
        names = list(hits.within("metric", start, end))
        inside = numbers[first:last]
        frames = SentenceReader(document.view, names, roles).read(start, inside)
        for named in name_frames(document.view, frames, inside, lexicon.metrics):
            metrics.extend(_metrics(document.view, named, lexicon.metrics))
    metrics.sort(key=lambda m: m.span)
    return tuple(metrics)


def _inside(spans: Sequence[Span], at: int) -> bool:
    found = bisect_left(spans, (at + 1, 0)) - 1
    return found >= 0 and spans[found].start <= at < spans[found].end


def _metrics(view: str, named: Named, terms: Mapping[str, Term]) -> Iterable[Metric]:
    frame, name, segment, period = named
    direction = direction_of(name, terms)
    workload = is_workload(view, frame, name)
    value = frame.value
    to_target = [c for c in frame.changes if c[1] is BaselineKind.TARGET]
    others = [c for c in frame.changes if c[1] is not BaselineKind.TARGET]

    def metric(
        baseline: Number | None,
        kind: BaselineKind | None,
        change: Number | None,
        extra: Sequence[tuple[str, Number | None]],
    ) -> Metric:
        roles: list[tuple[str, Number | None]] = [
            ("value", value),
            ("baseline", baseline),
            ("change", change),
            *extra,
        ]
        figures = tuple((role, number) for role, number in roles if number is not None)
        points = [n.span for _, n in figures]
        shown: Number | None = value or change or baseline
        delta = None
        if change is not None:
            delta = change.value * (change.sign or 1)
        return Metric(
            span=Span(min(p.start for p in points), max(p.end for p in points)),
            name=name,
            value=value.value if value else None,
            value_max=value.value_max if value else None,
            precision=value.precision if value else (shown.precision if shown else Precision.EXACT),
            unit=value.unit if value else (baseline.unit if baseline else ""),
            direction=direction,
            baseline=baseline.value if baseline else None,
            baseline_kind=kind,
            change=delta,
            change_unit=None if change is None else _change_unit(change),
            segment=segment,
            period=period,
            is_workload=workload,
            figures=figures,
        )

    extra: list[tuple[str, Number | None]] = [
        ("share", frame.share),
        ("over", frame.over),
        *(("chain", c) for c in frame.chain),
    ]
    if value is not None or frame.baseline is not None or others:
        if not (frame.baseline is None and not others and (frame.target or to_target or frame.attainment)):
            first = others[0][0] if others else None
            yield metric(*_held(frame, others[0][1] if others else None, first is not None), first, extra)
        for change, its_kind in others[1:]:
            yield metric(*_held(frame, its_kind, True), change, ())
    if frame.target is not None or to_target or (frame.attainment is not None and value is not None):
        change = to_target[0][0] if to_target else None
        yield metric(frame.target, BaselineKind.TARGET, change, [("attainment", frame.attainment), *extra])


def _held(frame: Frame, kind: BaselineKind | None, moved: bool) -> tuple[Number | None, BaselineKind | None]:
    """Return the baseline a change speaks of: a 同比 says nothing about last week's figure."""
    if frame.baseline is None:
        return None, kind or (BaselineKind.PREVIOUS if moved else None)
    year_ago = BaselineKind.YEAR_AGO
    if kind is not None and kind is not frame.baseline_kind and year_ago in (kind, frame.baseline_kind):
        return None, kind
    return frame.baseline, frame.baseline_kind


def _change_unit(change: Number) -> str:
    if change.unit == "倍":
        return "%"
    return {"percent": "%", "point": "pp"}.get(change.unit_kind, "abs")
