"""Lets pass the rewrites that invent nothing, lose nothing, break nothing and lift what they are for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from service.core.document.model import Document
from service.core.facts.compare import Difference, compare
from service.core.facts.derive import derivations
from service.core.facts.extract import facts, facts_of_view
from service.core.facts.missing import without_blanks
from service.core.facts.model import Fact, Facts
from service.core.facts.samples import sample
from service.core.facts.splice import Placed, apply, dressed, splice
from service.core.facts.tokens import put, tokens
from service.core.finding import Finding
from service.core.note import Note
from service.core.reading import ClaimKind, Reading
from service.core.rewrite import Blank, FactCheck, Rewrite, RewriteDraft, Vetted
from service.core.score import DimensionKey, Scores
from service.core.span import Span

Reread = Callable[[Note], tuple[Reading, Scores]]

MOST = 5  # rewrites a note: more is homework
TRIED = 10  # drafts a note: each costs a reading or two
READ_AGAIN = 100_000  # characters: ten drafts of an ordinary note take a tenth, of the longest two fit in
# Why a draft fell, for whoever wrote it.
TEARS = "放回原文会弄坏格式"
BLANKS_OFF = "空和问题对不上"
LIFTS_NOTHING = "填上空也没有一个维度变好，或者别的维度变差了"


def check_rewrites(
    note: Note,
    reading: Reading,
    scores: Scores,
    findings: Sequence[Finding],
    drafts: Sequence[RewriteDraft],
    reread: Reread,
) -> tuple[Rewrite, ...]:
    """Return the drafts that pass, in their order, on disjoint passages, with ids and levels."""
    return vet_rewrites(note, reading, scores, findings, drafts, reread).passed


def vet_rewrites(
    note: Note,
    reading: Reading,
    scores: Scores,
    findings: Sequence[Finding],
    drafts: Sequence[RewriteDraft],
    reread: Reread,
    kept: Sequence[Rewrite] = (),
) -> Vetted:
    """Return `kept`, after them the drafts that pass, and the drafts that fell, each with its reason.

    A draft falls when it adds or drops a fact, tears the markup, lowers a dimension, or lifts none of its own
    once its blanks are answered. One whose passage is taken, or that comes too late, is left out in silence;
    so are all once a long note was read again as often as it bears.
    """
    document = reading.document
    known = facts_of_view(document.view, reading.numbers)
    passed, refused = list(kept), list[tuple[RewriteDraft, str]]()
    spent = 0

    def read(changed: Note) -> tuple[Reading, Scores]:
        nonlocal spent
        spent += len(changed.text) + len(changed.previous or "")
        return reread(changed)

    for draft in drafts[:TRIED]:
        if len(passed) >= MOST or spent >= READ_AGAIN:
            break
        placed = splice(document, draft.span, draft.rewritten)
        if placed is not None and any(placed.span.overlaps(r.span) for r in passed):
            continue
        found = _facts_of(draft, reading, known)
        reason = TEARS if placed is None else _reason(found)
        if placed is None or found is None or reason is not None:
            refused.append((draft, reason or BLANKS_OFF))
            continue
        levels = _levels(note, document, placed, draft, scores, read)
        if levels is None:
            refused.append((draft, LIFTS_NOTHING))
            continue
        passed.append(_rewrite(draft, placed, document, found, levels, findings, len(passed) + 1))
    return Vetted(tuple(passed), tuple(refused))


def _reason(found: Difference | None) -> str | None:
    """Say why a draft falls for its facts; None where it does not."""
    if found is None:
        return BLANKS_OFF
    if found.new:
        return "多了原文没有的：" + _named(found.new)
    return "丢了原文有的：" + _named(found.lost) if found.lost else None


def _named(told: Sequence[Fact]) -> str:
    return "、".join(dict.fromkeys(fact.text for fact in told[:MOST]))


def _facts_of(draft: RewriteDraft, reading: Reading, known: Facts) -> Difference | None:
    """Compare a draft with its passage; None where its blanks are not in order."""
    asked = [blank.token for blank in draft.blanks]
    if sorted(tokens(draft.rewritten)) != sorted(set(asked)) or len(asked) != len(set(asked)):
        return None
    if not all(blank.question.strip() for blank in draft.blanks):
        return None
    document = reading.document
    passage = document.slice(draft.span)
    inside = [n for n in reading.numbers if draft.span.covers(n.span)]
    return compare(
        facts(draft.rewritten),
        facts(passage),
        known,
        causes=causes_of(reading),
        sums=derivations(inside, document.view),
    )


def causes_of(reading: Reading) -> str:
    """Return the words with which a note tells causes and proof."""
    told = reading.of(ClaimKind.CAUSE, ClaimKind.EVIDENCE)
    return "\n".join("".join(reading.document.slice(c.span).split()).lower() for c in told)


def levels_of(scores: Scores) -> dict[DimensionKey, int]:
    """Return the level of each dimension."""
    return {d.key: d.level for d in scores.dimensions}


def lowers(before: Scores, after: Scores) -> bool:
    """Tell whether some dimension's level fell."""
    was = levels_of(before)
    return any(level < was[key] for key, level in levels_of(after).items())


def lifts(before: Scores, after: Scores) -> tuple[DimensionKey, ...]:
    """Return the dimensions whose score rose."""
    was = {d.key: d.score for d in before.dimensions}
    return tuple(d.key for d in after.dimensions if d.score > was[d.key])


def answered(rewritten: str, blanks: Sequence[Blank]) -> dict[str, str]:
    """Return a plausible answer for each token."""
    return {blank.token: sample(blank, rewritten, at) for at, blank in enumerate(blanks)}


def _levels(
    note: Note, document: Document, placed: Placed, draft: RewriteDraft, before: Scores, reread: Reread
) -> tuple[Scores, Scores, Scores] | None:
    """Return the scores before, after and if answered; None where it does not help or breaks the note."""
    if not draft.blanks:
        after = _scores_of_bare(note, document, placed, draft, before, reread)
        return (before, after, after) if after is not None and lifts(before, after) else None
    if all(d.score >= 100 for d in before.dimensions if d.key in draft.dimensions):
        return None  # nothing left to lift
    # The answered text first: drafts fail there, if anywhere, and a reading costs as much as the note's own.
    answers = {
        token: dressed(answer, document) for token, answer in answered(draft.rewritten, draft.blanks).items()
    }
    filled = replace(note, text=apply(note.text, Placed(placed.span, put(placed.replacement, answers))))
    _, full = reread(filled)
    lifted = lifts(before, full)
    if lowers(before, full) or not any(key in lifted for key in draft.dimensions):
        return None
    after = _scores_of_bare(note, document, placed, draft, before, reread)
    return (before, after, full) if after is not None else None


def _scores_of_bare(
    note: Note, document: Document, placed: Placed, draft: RewriteDraft, before: Scores, reread: Reread
) -> Scores | None:
    """Return the scores with every blank still open; None where a level falls or the note is torn."""
    bare = apply(note.text, Placed(placed.span, without_blanks(placed.replacement)))
    if bare == note.text:  # three of four drafts only set blanks beside the author's words
        return before
    reading, after = reread(replace(note, text=bare))
    return None if lowers(before, after) or not _is_whole(document, reading.document, draft) else after


def _is_whole(old: Document, new: Document, draft: RewriteDraft) -> bool:
    """Tell whether everything round the passage reads as it did, and as many tables as before."""
    start, end = draft.span
    left, right = _squash(old.view[:start]), _squash(old.view[end:])
    view = _squash(new.view)
    return view.startswith(left) and view.endswith(right) and len(new.tables) == len(old.tables)


def _squash(text: str) -> str:
    return "".join(text.split())


def named(findings: Sequence[Finding], codes: Sequence[str], span: Span) -> tuple[str, ...]:
    """Return the ids of the findings that a rewrite mends: its codes, in its passage or on the whole note."""
    return tuple(
        f.id
        for f in findings
        if f.code in codes and f.source == "text" and (f.span is None or f.span.overlaps(span))
    )


def _rewrite(
    draft: RewriteDraft,
    placed: Placed,
    document: Document,
    found: Difference,
    levels: tuple[Scores, Scores, Scores],
    findings: Sequence[Finding],
    number: int,
) -> Rewrite:
    before, after, full = (levels_of(scores) for scores in levels)
    if draft.blanks and not found.derived:
        # A vague word that gave way to a blank is not mended yet, though the text without it may read better.
        after = {key: min(level, before[key]) for key, level in after.items()}
    lifted: Mapping[DimensionKey, int] = dict.fromkeys(lifts(levels[0], levels[2]), 0)
    return Rewrite(
        id=f"r{number}",
        span=placed.span,
        original=document.text[placed.span.start : placed.span.end],
        rewritten=placed.replacement,
        dimensions=tuple(key for key in draft.dimensions if key in lifted),
        rationale=draft.rationale,
        findings=named(findings, draft.findings, placed.span),
        blanks=draft.blanks,
        check=FactCheck(
            derived=found.derived,
            scores_before=before,
            scores_after=after,
            scores_if_answered=full,
        ),
    )
