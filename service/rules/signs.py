"""What can be seen of a clause: the signs that `label` weighs to tell what kind of claim it makes.

A sign is a short string: `q:tone_bad` (a cue list has a word in it), `bal:-1` (its figures are bad news),
`w:下周` (a word), `new:l` (it opens a line). Signs that start with `-` or `+` belong to the clause beside.
"""

from collections.abc import Sequence
from itertools import pairwise

from service.core.document.model import Document, LineKind
from service.core.numbers.model import Metric
from service.rules.clause import Clause, Signs
from service.rules.news import has_outcome, judged
from service.rules.senses import Senses
from service.rules.words import Words

_UNREAD = ("head_", "role_", "col_")  # lists that speak of the layout
_MANY = 3
_GAP = 3  # characters that may lie between two clauses of a line
_EDGE = 3  # characters looked at from either end
_LENGTHS = (5, 9, 16, 28)


def observe(document: Document, clauses: Sequence[Clause], words: Words) -> list[Signs]:
    """Return the signs of a note's clauses, in the same order; linear in the view."""
    senses = Senses(document.folded)
    heads = _heads(document, words)
    places = _places(document, clauses)
    out = []
    for clause, place in zip(clauses, places, strict=True):
        start, end = clause.span
        own = _own(clause) + senses.within(start, end)
        told = [t for t in words.tokens(start, end) if t[0].isalnum()]
        rest = [*place, *heads[clause.line], *_letters(document.folded[start:end], told)]
        out.append(Signs(own, [f"w:{t}" for t in dict.fromkeys(told) if t.isalpha()], rest))
    return out


def _own(clause: Clause) -> list[str]:
    """Return what the cue lists, the figures and the form of a clause say."""
    out = []
    for name, hits in clause.cues.items():
        if not name.startswith(_UNREAD):
            out.append(f"q:{name}")
            if len(hits) > 1:
                out.append(f"q2:{name}")
    if clause.metrics:
        out += _figures(clause, clause.metrics)
    if clause.numbers:
        out += {f"nk:{n.kind}" for n in clause.numbers}
        out += [f"u:{n.unit or n.unit_kind}" for n in clause.measures[:4]]
        if clause.measures:
            out.append(f"meas:{min(_MANY, len(clause.measures))}")
    if clause.when:
        out.append(f"when:{clause.when}")
    marks = (
        ("vogue", clause.is_vogue),
        ("log", clause.is_log),
        ("dated", clause.is_dated),
        ("digit", clause.has_digit),
        ("quote", clause.has_quote),
        ("frag", clause.is_fragment),
    )
    out += [name for name, holds in marks if holds]
    return out


def _figures(clause: Clause, metrics: Sequence[Metric]) -> list[str]:
    balance = sum(map(judged, metrics))
    out = [f"bal:{(balance > 0) - (balance < 0)}", f"nm:{min(_MANY, len(metrics))}"]
    out += {f"bk:{m.baseline_kind}" for m in metrics if m.baseline_kind is not None}
    moves = {_move(m) for m in metrics if m.is_compared}
    if moves:
        out.append("cmp")
        out += [f"mv:{move}" for move in moves]
    if has_outcome(clause):
        out.append("outc")
    if all(m.is_workload for m in metrics):
        out.append("wl")
    if any(m.name for m in metrics):
        out.append("named")
    return out


def _move(metric: Metric) -> str:
    """Return which way a compared figure went, whatever is good for it."""
    change = metric.change
    if change is None and metric.value is not None and metric.baseline is not None:
        change = metric.value - metric.baseline
    return "?" if change is None else "up" if change > 0 else "down" if change < 0 else "flat"


def _letters(text: str, told: Sequence[str]) -> list[str]:
    """Return a clause's Chinese characters and their pairs, its first and last words, and its ends."""
    out = []
    if told:
        out.append(f"w0:{'#' if told[0][0].isdigit() else told[0]}")
        out.append(f"wz:{'#' if told[-1][0].isdigit() else told[-1]}")
    han = [c if "一" <= c <= "鿿" else "" for c in text]
    out += [f"c:{c}" for c in dict.fromkeys(han) if c]
    out += [f"b:{a}{b}" for a, b in dict.fromkeys(pairwise(han)) if a and b]
    for size in range(1, _EDGE + 1):
        out.append(f"p{size}:{text[:size]}")
        out.append(f"e{size}:{text[-size:]}")
    return out


def _places(document: Document, clauses: Sequence[Clause]) -> list[list[str]]:
    """Return where each clause stands in its sentence, line and note."""
    view, lines = document.view, document.lines
    blocks = list(dict.fromkeys(lines[c.line].block for c in clauses))
    order = {block: at for at, block in enumerate(blocks)}
    last = len(clauses) - 1
    out = []
    for at, clause in enumerate(clauses):
        line = lines[clause.line]
        before = clauses[at - 1] if at else None
        after = clauses[at + 1] if at < last else None
        here = order[line.block]
        place = [
            f"sec:{clause.section}",
            f"lk:{line.kind}{'>' if line.level > 1 else ''}",
            f"new:{_break(document, before, clause)}",
            f"end:{'l' if after is None else _break(document, clause, after)}",
            f"aft:{view[clause.span.end : clause.span.end + 1].strip()}",
            f"pos:{5 * at // len(clauses)}",
            f"len:{sum(len(clause.span) >= n for n in _LENGTHS)}",
            f"bf:{min(_MANY, here)}",
            f"bl:{min(_MANY, len(blocks) - 1 - here)}",
        ]
        if before is not None and before.line == clause.line:
            place.append(f"bef:{view[max(0, clause.span.start - _GAP) : clause.span.start].rstrip()[-1:]}")
        if clause.line == clauses[last].line:
            place.append("lastline")
        out.append(place)
    return out


def _break(document: Document, before: Clause | None, clause: Clause) -> str:
    """Return what lies between two clauses: a block, a line, a sentence or a comma."""
    if before is None or document.lines[before.line].block != document.lines[clause.line].block:
        return "b"
    return "l" if before.line != clause.line else "s" if before.sentence != clause.sentence else "c"


def _heads(document: Document, words: Words) -> list[list[str]]:
    """Return for each line the words of the heading that it stands under."""
    out: list[list[str]] = []
    current: list[str] = []
    for line in document.lines:
        if line.kind is LineKind.HEADING:
            current = [f"h:{t}" for t in words.tokens(*line.span) if len(t) > 1]
        out.append(current)
    return out
