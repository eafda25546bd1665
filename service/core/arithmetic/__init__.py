"""Recomputes what a note states: growth, points, totals, rates, attainment, ROI, cost per head."""

from collections.abc import Sequence

from service.core.arithmetic.attainment import check_attainment
from service.core.arithmetic.derive import derivations, derive
from service.core.arithmetic.flow import check_flows
from service.core.arithmetic.funnel import check_funnels
from service.core.arithmetic.growth import check_growth
from service.core.arithmetic.passage import Passage, Sentence
from service.core.arithmetic.rate import check_rates
from service.core.arithmetic.roi import check_roi
from service.core.arithmetic.tabular import check_tables, drop_misread
from service.core.arithmetic.total import check_totals
from service.core.arithmetic.unit_cost import check_averages, check_products, check_unit_costs
from service.core.document.model import Document
from service.core.numbers.model import Metric, Mismatch, Number


def check(
    document: Document, sentences: Sequence[Sentence], numbers: Sequence[Number], metrics: Sequence[Metric]
) -> tuple[Mismatch, ...]:
    """Return the figures of a note that can't both be right, in text order, one for each stated figure."""
    passage = Passage(document, sentences, numbers)
    found: dict[int, Mismatch] = {}
    for mismatches in (
        check_tables(passage),
        check_growth(document, metrics),
        check_attainment(document, metrics),
        check_totals(passage, metrics),
        check_flows(passage),
        check_rates(passage),
        check_funnels(passage),
        check_roi(passage),
        check_unit_costs(passage),
        check_averages(passage),
        check_products(passage),
    ):
        for mismatch in mismatches:
            found.setdefault(mismatch.stated_span.start, mismatch)
    return tuple(sorted(drop_misread(document, list(found.values())), key=lambda m: m.span))


__all__ = ["check", "derivations", "derive"]
