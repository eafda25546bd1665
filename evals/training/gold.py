"""What annotators marked, laid over the clauses that the engine cuts."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from service.core.document.model import Document
from service.core.note import Note
from service.core.reading import ClaimKind
from service.core.span import Span
from service.evaluation.dataset import GoldClaim, Half, RatedNote, load
from service.rules.clause import Clause
from service.rules.label import NOTHING, Label, label_of
from service.rules.reader import RuleReader

DATASETS = Path(__file__).parents[1] / "datasets"
# Never learned from: they show what the weights are worth on notes that nobody has tuned on.
HELD_OUT = frozenset(("field-as", "field-i", "field-q", "field-v"))
# lines, then sentences, then clauses
_CUTS = (re.compile(r"\n"), re.compile(r"[\n。；;！？]"), re.compile(r"[\n。；;！？，]"))
_SHORTEST = 4
_MARKUP = ("#", "|", "<")
MOST = 0.4  # a claim owns a clause of which it covers more than this share


@dataclass(frozen=True, slots=True)
class Marked:
    """One note as cut by the engine, with the claim (if any) that each clause belongs to, by annotator."""

    rated: RatedNote
    document: Document
    clauses: list[Clause]
    owners: tuple[list[GoldClaim | None], ...]

    @property
    def labels(self) -> list[list[Label]]:
        """The label of each clause, by annotator."""
        return [[label_of(name) for name in named(owners)] for owners in self.owners]


def named(owners: Sequence[GoldClaim | None]) -> list[str]:
    """Return the name of each clause's label: nothing, opening a claim, or going on with it."""
    out = []
    before: GoldClaim | None = None
    for owner in owners:
        if owner is None:
            out.append(NOTHING)
        else:
            out.append(f"{'I' if owner is before else 'B'}-{owner.kind}")
        before = owner
    return out


def marked_by(rated: RatedNote, code: str, view: str) -> list[Span]:
    """Return where the defects of one code were marked."""
    quotes = [q for g in rated.gold if g.code == code for q in g.quotes[:1]]
    told = [GoldClaim(str(at), ClaimKind.RESULT, quote) for at, quote in enumerate(quotes)]
    return [span for span, _ in place(view, told)]


def covered(span: Span, by: Sequence[Span], share: float) -> bool:
    """Tell whether more than a share of a passage lies in one of some others."""
    return any(min(s.end, span.end) - max(s.start, span.start) > len(span) * share for s in by)


def notes() -> Iterator[RatedNote]:
    """Yield the annotated notes that are learned from."""
    for folder in sorted(DATASETS.iterdir()):
        is_rated = (folder / "claims.jsonl").is_file() and (folder / "dataset.toml").is_file()
        if is_rated and folder.name not in HELD_OUT:
            yield from (n for n in load(folder).half(Half.TUNING) if n.annotators)


def mark(rated: RatedNote, reader: RuleReader) -> Marked:
    """Return a note's clauses with the claims that the annotators laid over them."""
    document, clauses = reader.clauses(rated.note)
    owners = tuple(_owners(clauses, list(place(document.view, claims))) for claims in rated.annotators)
    return Marked(rated, document, clauses, owners)


def alone(rated: RatedNote, share: float, dice: random.Random) -> Iterator[RatedNote]:
    """Yield some of a note's lines, sentences and clauses as notes of their own: people send such, too."""
    pieces = dict.fromkeys(p.strip() for cut in _CUTS for p in cut.split(rated.note.text))
    for text in pieces:
        if len(text) < _SHORTEST or text.startswith(_MARKUP) or dice.random() >= share:
            continue
        inside = tuple(tuple(c for c in claims if c.quote in text) for claims in rated.annotators)
        if any(inside):
            yield replace(rated, note=Note(text, kind=rated.note.kind), annotators=inside)


def place(view: str, claims: Sequence[GoldClaim]) -> Iterator[tuple[Span, GoldClaim]]:
    """Yield where each claim's quote stands, by letters and digits; a quote told twice is taken in order."""
    at = [i for i, char in enumerate(view) if char.isalnum()]
    bare = "".join(view[i] for i in at)
    seen: Counter[str] = Counter()
    for claim in claims:
        quote = "".join(filter(str.isalnum, claim.quote))
        found = -1
        for _ in range(seen[quote] + 1):
            following = bare.find(quote, found + 1) if quote else -1
            if following < 0:
                break
            found = following
        if found >= 0:
            seen[quote] += 1
            yield Span(at[found], at[found + len(quote) - 1] + 1), claim


def _owners(clauses: Sequence[Clause], placed: Sequence[tuple[Span, GoldClaim]]) -> list[GoldClaim | None]:
    out: list[GoldClaim | None] = []
    for clause in clauses:
        best, owner = len(clause.span) * MOST, None
        for span, claim in placed:
            shared = min(span.end, clause.span.end) - max(span.start, clause.span.start)
            if shared > best:
                best, owner = shared, claim
        out.append(owner)
    return out
