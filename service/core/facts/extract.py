"""Reads the facts out of a text: figures, dates, names, status, negations, guesses, causes."""

import re
from collections.abc import Iterator, Sequence

from service.core.document import Format, parse
from service.core.facts.model import Fact, FactKind, Facts
from service.core.facts.script import is_spoken
from service.core.facts.tokens import HOLE, mask
from service.core.facts.words import word_lists
from service.core.numbers import scan
from service.core.numbers.model import Number, NumberKind
from service.core.span import Span

_MEASURES = (NumberKind.MEASURE, NumberKind.CHANGE)
_STATED = 3  # a cause or quotation shorter than this many characters states nothing
# iOS, ROI, SKU-3, dwd_trade_order; not 12, ％
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_.+/][A-Za-z0-9]+)*")
# “退保的钱到没到”, 《掌灯》; not an opening mark without its end
_QUOTED = re.compile(r"“([^“”\n]{1,60})”|「([^「」\n]{1,60})」|《([^《》\n]{1,60})》|\"([^\"\n]{1,60})\"")
_BREAK = re.compile(r"[，,。；;！!？?\n|()（）—\t]+")
_SPACE = re.compile(r"\s+")


def facts(text: str, markup: Format = Format.PLAIN) -> Facts:
    """Return what a text states; blank tokens state nothing. Pure, linear in the text."""
    document = parse(mask(text), markup)
    return facts_of_view(document.view, scan(document.view))


def facts_of_view(view: str, numbers: Sequence[Number]) -> Facts:
    """Return the facts of a parsed and scanned text."""
    lower = view.lower() if len(view.lower()) == len(view) else view
    plain = _SPACE.sub("", lower)
    found = [
        *_figures(view, numbers),
        *_words(lower, numbers),
        *_names(view, numbers),
        *_negations(lower),
        *_causes(lower),
    ]
    return Facts(tuple(found), plain, pairs_of(plain))


def pairs_of(plain: str) -> frozenset[str]:
    """Return every two neighbouring characters of a text: what a known word is made of."""
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def _figures(view: str, numbers: Sequence[Number]) -> Iterator[Fact]:
    for number in numbers:
        text = view[number.span.start : number.span.end]
        if number.kind in _MEASURES:
            yield Fact(FactKind.NUMBER, f"{number.value:g}{number.unit}", text, number)
        elif number.kind is not NumberKind.LIST_MARKER:
            kind = FactKind.DATE if number.kind in (NumberKind.DATE, NumberKind.TIME) else FactKind.NAME
            yield Fact(kind, _SPACE.sub("", text.lower()), text)


def _words(lower: str, numbers: Sequence[Number]) -> Iterator[Fact]:
    lists = word_lists()
    for kind, pattern in (
        (FactKind.DATE, lists.dates),
        (FactKind.STATUS, lists.status),
        (FactKind.GUESS, lists.guesses),
    ):
        for match in pattern.finditer(lower):
            yield Fact(kind, match[0], match[0])


def _names(view: str, numbers: Sequence[Number]) -> Iterator[Fact]:
    spans = [n.span for n in numbers]
    at = 0
    for match in _LATIN.finditer(view):
        while at < len(spans) and spans[at].end <= match.start():
            at += 1
        if at < len(spans) and spans[at].overlaps(Span(*match.span())):
            continue
        yield Fact(FactKind.NAME, match[0].lower(), match[0])
    for match in _QUOTED.finditer(view):
        inside = next(group for group in match.groups() if group is not None)
        key = _SPACE.sub("", inside.lower())
        if len(key) >= _STATED - 1 and HOLE not in key:
            yield Fact(FactKind.NAME, key, inside)


def _negations(lower: str) -> Iterator[Fact]:
    for match in word_lists().negations.finditer(lower):
        if match[1]:
            after = lower[match.end() : match.end() + 1]
            key = match[1] + (after if after.isalnum() else "")
            yield Fact(FactKind.NEGATION, key, key)


def _causes(lower: str) -> Iterator[Fact]:
    """Yield what a text gives as a cause: the words after 因为, those before 导致."""
    lists = word_lists()
    for clause in _BREAK.split(lower):
        told = [clause[m.end() :] for m in list(lists.cause_before.finditer(clause))[-1:]]
        told += [clause[: m.start()] for m in list(lists.cause_after.finditer(clause))[:1]]
        for one in told:
            words = "".join(filter(is_spoken, one.replace(HOLE, " ")))
            if len(words) > _STATED:
                yield Fact(FactKind.CAUSE, words, one.strip())
