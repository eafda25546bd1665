"""What can be seen of a clause: the signs that `label` weighs to tell what kind of claim it makes.

A sign is a short string: `q:tone_bad` (a cue list has a word in it), `bal:-1` (its figures are bad news),
`w:下周` (a word), `new:l` (it opens a line). Signs that start with `-` or `+` belong to the clause beside.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise, repeat

from service.core.document.model import Document, Line, LineKind
from service.core.numbers.model import Metric
from service.rules.clause import Clause, Signs
from service.rules.letters import Letters
from service.rules.news import has_outcome, judged
from service.rules.senses import Senses
from service.rules.words import Words

_UNREAD = ("head_", "role_", "col_")  # lists that speak of the layout
_MANY = 3
_GAP = 3  # characters that may lie between two clauses of a line
_LENGTHS = (5, 9, 16, 28)
_SCALES = frozenset("万亿w")
# the 万 of "38.2 万", the w of "38.2w", which say the same; not that of "万象城"
_SCALED = re.compile(r"(?<=\d) ?(?:万|亿|w(?![a-z]))")
_TONES = ("S:", "q:tone", "q:metric")
# Signs that nearly every clause shows: written once.
_NEW = {mark: f"new:{mark}" for mark in "blsc"}
_END = {mark: f"end:{mark}" for mark in "blsc"}
_LEN = [f"len:{n}" for n in range(len(_LENGTHS) + 1)]
_FROM_FIRST = [f"bf:{n}" for n in range(_MANY + 1)]
_FROM_LAST = [f"bl:{n}" for n in range(_MANY + 1)]


def observe(document: Document, clauses: Sequence[Clause], words: Words) -> list[Signs]:
    """Return the signs of a note's clauses, in the same order; linear in the view."""
    senses = Senses(document.folded)
    heads = _heads(document, words)
    places = _places(document, clauses)
    out = []
    for clause, place in zip(clauses, places, strict=True):
        start, end = clause.span
        own = _own(clause) + senses.within(start, end)
        told = [t for t in words.tokens(start, end) if t[0].isalnum() and t not in _SCALES]
        text = document.folded[start:end]
        letters = Letters(_SCALED.sub("", text) if clause.has_digit else text, *_ends(told))
        rest = [*place, *heads[clause.line], _LEN[bisect_right(_LENGTHS, len(letters.text))]]
        moved = [m for m in clause.metrics if m.is_compared]
        if moved:
            own += _turned(moved, own)
            rest += _named(moved)
        words_told = [f"w:{t}" for t in dict.fromkeys(told) if t.isalpha()]
        out.append(Signs(own, words_told, rest, letters))
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
    if clause.is_vogue:
        out.append("vogue")
    if clause.is_log:
        out.append("log")
    if clause.is_dated:
        out.append("dated")
    if clause.has_digit:
        out.append("digit")
    if clause.has_quote:
        out.append("quote")
    if clause.is_fragment:
        out.append("frag")
    return out + _told(clause)


def _told(clause: Clause) -> list[str]:
    """Return what the wording of a clause as a whole says of it."""
    said = (("clear", clause.is_clear), ("done", clause.is_done), ("ended", clause.has_ended))
    return [sign for sign, holds in said if holds]


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


def _turned(metrics: Sequence[Metric], own: Sequence[str]) -> list[str]:
    """Return the tone of a clause together with the way its figures went: fewer complaints are good news."""
    moves = {_move(m) for m in metrics} - {"?"}
    if len(moves) != 1:
        return []
    move = moves.pop()
    return [f"{move}:{sign}" for sign in own if sign.startswith(_TONES)]


def _named(metrics: Sequence[Metric]) -> list[str]:
    """Return the letters of each figure's name, and their pairs, together with the way it went."""
    out = []
    for metric in metrics:
        if metric.name:
            name = [c for c in metric.name if not c.isdigit()]
            letters = (*name, *map("".join, pairwise(metric.name)))
            out += [f"{_move(metric)}:{letter}" for letter in dict.fromkeys(letters)]
    return list(dict.fromkeys(out))


def _move(metric: Metric) -> str:
    """Return which way a compared figure went, whatever is good for it."""
    change = metric.change
    if change is None and metric.value is not None and metric.baseline is not None:
        change = metric.value - metric.baseline
    return "?" if change is None else "up" if change > 0 else "down" if change < 0 else "flat"


def _ends(told: Sequence[str]) -> tuple[str, str]:
    """Return the first and the last word of a clause, "#" for a figure, nothing where it has no word."""
    if not told:
        return "", ""
    first, last = told[0], told[-1]
    return "#" if first[0].isdigit() else first, "#" if last[0].isdigit() else last


def _places(document: Document, clauses: Sequence[Clause]) -> list[list[str]]:
    """Return where each clause stands in its sentence, line and note."""
    view, lines = document.view, document.lines
    parts = _parts(lines)
    blocks = {part: at for at, part in enumerate(dict.fromkeys(parts[c.line] for c in clauses))}
    count, last = len(clauses), len(blocks) - 1
    last_line = clauses[-1].line if clauses else -1
    breaks = [*map(_break, repeat(parts), (None, *clauses), clauses), "l"]
    out = []
    before: Clause | None = None
    for at, clause in enumerate(clauses):
        start, end = clause.span
        line = lines[clause.line]
        here = blocks[parts[clause.line]]
        place = [
            f"sec:{clause.section}",
            f"lk:{line.kind}>" if line.level > 1 else f"lk:{line.kind}",
            _NEW[breaks[at]],
            _END[breaks[at + 1]],
            f"aft:{view[end : end + 1].strip()}",
            f"pos:{5 * at // count}",
            _FROM_FIRST[here if here < _MANY else _MANY],
            _FROM_LAST[last - here if last - here < _MANY else _MANY],
        ]
        if before is not None and before.line == clause.line:
            place.append(f"bef:{view[max(0, start - _GAP) : start].rstrip()[-1:]}")
        if clause.line == last_line:
            place.append("lastline")
        out.append(place)
        before = clause
    return out


def _parts(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Return for each line its block and the headings above it: a heading parts, empty line or not.

    Where no empty line parts anything, each line of running text is a block, as a docs tool makes it one.
    """
    out = []
    heads = told = 0
    is_whole = all(line.block == lines[0].block for line in lines)
    for line in lines:
        told += is_whole and line.kind is LineKind.TEXT
        out.append((line.block + told, heads))
        heads += line.kind is LineKind.HEADING
    return out


def _break(parts: Sequence[tuple[int, int]], before: Clause | None, clause: Clause) -> str:
    """Return what lies between two clauses: a block, a line, a sentence or a comma."""
    if before is None:
        return "b"
    if before.line == clause.line:
        return "c" if before.sentence == clause.sentence else "s"
    return "l" if parts[before.line] == parts[clause.line] else "b"


def _heads(document: Document, words: Words) -> list[list[str]]:
    """Return for each line the words of the heading that it stands under."""
    out: list[list[str]] = []
    current: list[str] = []
    for line in document.lines:
        if line.kind is LineKind.HEADING:
            current = [f"h:{t}" for t in words.tokens(*line.span) if len(t) > 1]
        out.append(current)
    return out
