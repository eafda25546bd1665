"""Runs the rewriter as the use case does: read, judge, find, propose, check."""

from collections.abc import Sequence

from service import catalog
from service.core import lexicon, scoring
from service.core.document.model import Format
from service.core.facts import check_rewrites
from service.core.note import Note
from service.core.reading import Reading
from service.core.rewrite import Rewrite, RewriteDraft
from service.core.score import Scores
from service.rules.reader import RuleReader
from service.rules.rewrite import RuleRewriter

READER = RuleReader(lexicon.load())


def reread(note: Note) -> tuple[Reading, Scores]:
    """Read and judge by rule."""
    reading = READER.read(note)
    return reading, scoring.judge(reading, {})


def drafts(text: str, kind: str = "weekly", markup: Format = Format.AUTO) -> Sequence[RewriteDraft]:
    """Return what the rewriter proposes for a note."""
    reading, scores = reread(Note(text, markup, kind=kind))
    findings, _ = catalog.collect(reading, scores)
    return RuleRewriter().propose(reading, scores, findings)


def rewrites(note: Note) -> tuple[Rewrite, ...]:
    """Return what passes the check."""
    reading, scores = reread(note)
    findings, _ = catalog.collect(reading, scores)
    proposed = RuleRewriter().propose(reading, scores, findings)
    return check_rewrites(note, reading, scores, findings, proposed, reread)
