"""Recomputes what a note states: growth, points, totals, rates, attainment, ROI."""

from collections.abc import Sequence

from service.core.arithmetic.attainment import check_attainment
from service.core.arithmetic.growth import check_growth
from service.core.arithmetic.rate import check_rates
from service.core.arithmetic.roi import check_roi
from service.core.arithmetic.tabular import check_tables
from service.core.arithmetic.total import check_totals
from service.core.document.model import Document
from service.core.numbers.model import Metric, Mismatch, Number


def check(
    document: Document, sentences: Sequence[object], numbers: Sequence[Number], metrics: Sequence[Metric]
) -> tuple[Mismatch, ...]:
    """Return the figures of a note that can't both be right, in text order, one for each stated figure."""
    found: dict[int, Mismatch] = {}
    for mismatches in (
        check_tables(document, numbers),
        check_growth(document, metrics),
        check_attainment(document, metrics),
        check_totals(document, numbers, metrics),
        check_rates(document, numbers),
        check_roi(document, numbers),
    ):
        for mismatch in mismatches:
            found.setdefault(mismatch.stated_span.start, mismatch)
    return tuple(sorted(found.values(), key=lambda m: m.span))


__all__ = ["check"]
