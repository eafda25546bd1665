"""Recomputes what a note states: growth, points, totals, rates, attainment, ROI, cost per head."""

from collections.abc import Sequence

from service.core.arithmetic.aims import check_aims
from service.core.arithmetic.attainment import check_attainment
from service.core.arithmetic.breakdown import check_breakdowns
from service.core.arithmetic.chain import check_chains, check_steps
from service.core.arithmetic.clock import check_clock, check_dates
from service.core.arithmetic.derive import derivations, derive
from service.core.arithmetic.each import check_each
from service.core.arithmetic.equation import check_equations
from service.core.arithmetic.explained import is_explained
from service.core.arithmetic.flow import check_flows
from service.core.arithmetic.fraction import check_fractions
from service.core.arithmetic.funnel import check_funnels, check_whole
from service.core.arithmetic.growth import check_growth
from service.core.arithmetic.hundred import check_hundreds
from service.core.arithmetic.ledger import check_ledgers
from service.core.arithmetic.lines import check_lines
from service.core.arithmetic.means import check_means
from service.core.arithmetic.moves import check_moves
from service.core.arithmetic.pairs import check_pairs
from service.core.arithmetic.passage import Passage, Sentence
from service.core.arithmetic.points import check_points
from service.core.arithmetic.product import check_all_told
from service.core.arithmetic.proportion import check_proportions
from service.core.arithmetic.quotient import check_quotients
from service.core.arithmetic.rate import check_rates
from service.core.arithmetic.roi import check_roi
from service.core.arithmetic.series import check_series
from service.core.arithmetic.share import check_shares
from service.core.arithmetic.slips import check_far, check_multiples
from service.core.arithmetic.split import check_splits
from service.core.arithmetic.sums import check_sums
from service.core.arithmetic.tabular import check_tables, drop_misread
from service.core.arithmetic.times import check_times
from service.core.arithmetic.total import check_totals
from service.core.arithmetic.unit_cost import check_averages, check_unit_costs
from service.core.arithmetic.yields import check_yields
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
    moves, settled = check_moves(passage)
    for mismatches in (
        moves,
        check_tables(passage),
        check_growth(document, metrics),
        check_points(passage),
        check_multiples(document, numbers, metrics),
        check_far(document, metrics),
        check_attainment(document, metrics),
        check_aims(passage),
        check_equations(passage),
        check_totals(passage, metrics),
        check_series(passage),
        check_flows(passage),
        check_ledgers(passage),
        check_pairs(passage, metrics),
        check_rates(passage),
        check_shares(passage),
        check_chains(passage),
        check_steps(passage),
        check_funnels(passage),
        check_whole(passage),
        check_roi(passage),
        check_unit_costs(passage),
        check_averages(passage),
        check_each(passage),
        check_times(passage),
        check_clock(passage, numbers),
        check_dates(passage, numbers),
        check_hundreds(passage),
        check_sums(passage),
        check_splits(passage),
        check_lines(passage),
        check_means(passage),
        check_yields(passage),
        check_proportions(passage),
        check_all_told(passage),
        check_fractions(passage),
        check_quotients(passage),
        check_breakdowns(passage),
    ):
        for mismatch in mismatches:
            if mismatch.span in told or (mismatches is not moves and mismatch.stated_span.start in settled):
                continue
            if is_explained(passage, mismatch):
                continue
            told.add(mismatch.span)
            found.setdefault(mismatch.stated_span.start, mismatch)
    return tuple(sorted(drop_misread(document, list(found.values())), key=lambda m: m.span))


__all__ = ["check", "derivations", "derive"]
