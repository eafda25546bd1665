"""Recomputes what a note states: growth, points, totals, rates, attainment, ROI, cost per head."""

from collections.abc import Sequence

from service.core.arithmetic.aims import check_aims
from service.core.arithmetic.attainment import check_attainment
from service.core.arithmetic.chain import check_chains
from service.core.arithmetic.derive import derivations, derive
from service.core.arithmetic.each import check_each
from service.core.arithmetic.flow import check_flows
from service.core.arithmetic.funnel import check_funnels
from service.core.arithmetic.growth import check_growth
from service.core.arithmetic.passage import Passage, Sentence
from service.core.arithmetic.points import check_points
from service.core.arithmetic.rate import check_rates
from service.core.arithmetic.roi import check_roi
from service.core.arithmetic.series import check_series
from service.core.arithmetic.share import check_shares
from service.core.arithmetic.slips import check_far, check_multiples
from service.core.arithmetic.tabular import check_tables, drop_misread
from service.core.arithmetic.times import check_times
from service.core.arithmetic.total import check_totals
from service.core.arithmetic.unit_cost import check_averages, check_products, check_unit_costs
from service.core.document.model import Document
from service.core.numbers.model import Metric, Mismatch, Number
from service.core.span import Span


def check(
    document: Document, sentences: Sequence[Sentence], numbers: Sequence[Number], metrics: Sequence[Metric]
) -> tuple[Mismatch, ...]:
    """Return the figures of a note that can't both be right, in text order, one for each stated figure."""
    passage = Passage(document, sentences, numbers)
    found: dict[int, Mismatch] = {}
    told: set[Span] = set()  # 平均每车 39 件，8 车共 280 件 is one slip, whichever of the two is wrong
    for mismatches in (
        check_tables(passage),
        check_growth(document, metrics),
        check_points(passage),
        check_multiples(document, numbers, metrics),
        check_far(document, metrics),
        check_attainment(document, metrics),
        check_aims(passage),
        check_totals(passage, metrics),
        check_series(passage),
        check_flows(passage),
        check_rates(passage),
        check_shares(passage),
        check_chains(passage),
        check_funnels(passage),
        check_roi(passage),
        check_unit_costs(passage),
        check_averages(passage),
        check_each(passage),
        check_products(passage),
        check_times(passage),
    ):
        for mismatch in mismatches:
            if mismatch.span not in told:
                told.add(mismatch.span)
                found.setdefault(mismatch.stated_span.start, mismatch)
    return tuple(sorted(drop_misread(document, list(found.values())), key=lambda m: m.span))


__all__ = ["check", "derivations", "derive"]
