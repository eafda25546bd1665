"""What the lines around a clause say of it: leads, days of a log, items, the period that it is told of."""

from collections import Counter
from collections.abc import Sequence

from service.core.document.model import Document, LineKind
from service.core.lexicon import Hits
from service.core.reading import SectionKind
from service.rules.clause import Clause
from service.rules.sections import told_by_lead

_DAYS = 3  # that make a log
_TO_COME = ("time_next", "plan_do", "plan_measure", "plan_owner", "plan_future")


def place(document: Document, clauses: Sequence[Clause], hits: Hits) -> None:
    """Note of each clause what its surroundings say it is for; linear in their number."""
    _lead(clauses, hits)
    days = [c for c in clauses if c.is_log and c.section is not SectionKind.PLANS]
    for clause in days:
        clause.is_logged = len(days) >= _DAYS
    by_line = Counter(clause.line for clause in clauses)
    for clause in clauses:
        clause.is_alone = by_line[clause.line] == 1 and document.lines[clause.line].kind is LineKind.ITEM
    _tell_past(clauses)


def _lead(clauses: Sequence[Clause], hits: Hits) -> None:
    """Let a sentence's own lead-in ("原因: …") say what it and the rest of its line are for.

    A sentence of that line that opens with 下一步 or 下周 is for plans.
    """
    line, told, sentence = -1, None, -1
    for clause in clauses:
        if clause.line != line:
            line, told = clause.line, None
        if clause.sentence != sentence:
            sentence = clause.sentence
            if told is not None and clause.has("time_next"):
                told = SectionKind.PLANS
            told = told_by_lead(hits, clause.span, clause.text) or told
        if told is not None:
            clause.section, clause.is_led = told, True


def _tell_past(clauses: Sequence[Clause]) -> None:
    """Mark what a line that begins with this period tells before what is to come: 本周…，稳步推进."""
    last = next((at for at in range(len(clauses) - 1, -1, -1) if _is_ahead(clauses[at])), 0)
    line, is_now = -1, False
    for at, clause in enumerate(clauses[:last]):
        if clause.line != line:
            line, is_now = clause.line, False
        opens = at == 0 or clauses[at - 1].sentence != clause.sentence
        if clause.has("time_next"):
            is_now = False
        elif opens and clause.has("time_now"):
            is_now = True
        is_open = clause.is_dated or clause.when > 0 or clause.has(*_TO_COME)
        clause.is_past = is_now and not is_open and clause.section is not SectionKind.PLANS


def _is_ahead(clause: Clause) -> bool:
    return clause.section is SectionKind.PLANS or clause.has("time_next")
