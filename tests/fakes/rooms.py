"""An engine simple enough to reckon by hand: one claim a line, one finding for each 效果不错."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from service.core.document.model import Document, Format, identity_offsets
from service.core.errors import InvalidRequest
from service.core.finding import Edit, Example, Finding, Fix, Rule, Severity
from service.core.note import Note, RuleOptions
from service.core.numbers.model import Metric
from service.core.reading import Claim, ClaimKind, Link, Reading, Relation, Section, SectionKind, Trait
from service.core.rewrite import Blank, FactCheck, Rewrite, RewriteDraft, Vetted
from service.core.score import DimensionKey, DimensionScore, Evidence, Highlight, NextLevel, Scores
from service.core.span import Span
from service.usecases.rooms import Reread, Rooms
from service.usecases.rulebook import Rulebook

VAGUE = "效果不错"
PRAISED = "下周"
TOKEN = "【待补：数据】"


class FakeReader:
    """Claims are the lines; the view drops no character, so view and source agree."""

    def __init__(self) -> None:
        self.notes: list[Note] = []

    def read(self, note: Note) -> Reading:
        """Return one claim a line."""
        self.notes.append(note)
        starts, ends = identity_offsets(len(note.text))
        document = Document(note.text, _format(note), note.text, note.text.lower(), starts, ends)
        claims: list[Claim] = []
        at = 0
        for number, line in enumerate(note.text.split("\n")):
            if line:
                claims.append(_claim(len(claims) + 1, line, Span(at, at + len(line)), number))
            at += len(line) + 1
        return Reading(
            document=document,
            role="user_ops" if note.role == "auto" else note.role,
            kind=note.kind,
            sections=(Section(SectionKind.OTHER, "", Span(0, len(note.text)), 0, len(claims)),),
            claims=tuple(claims),
            previous=FakeReader().read(replace(note, text=note.previous, previous=None))
            if note.previous
            else None,
        )


def _format(note: Note) -> Format:
    return Format.PLAIN if note.format is Format.AUTO else note.format


def _claim(number: int, line: str, span: Span, line_number: int) -> Claim:
    metrics = (Metric(span=span, name="日活", value=8.0, unit="%"),) if "%" in line else ()
    links = (Link(Relation.ADDRESSES, f"c{number - 1}"),) if number > 1 else ()
    kind = ClaimKind.PLAN if PRAISED in line else ClaimKind.RESULT
    traits = {Trait.VAGUE, Trait.KEY} if VAGUE in line else {Trait.DATED}
    return Claim(f"c{number}", kind, span, line_number, 0, metrics, links, frozenset(traits))


def judge(reading: Reading, weights: Mapping[str, float]) -> Scores:
    """Return level 2 where something is vague, else 4; the same in all dimensions."""
    level = 2 if any(c.has(Trait.VAGUE) for c in reading.claims) else 4
    evidence = tuple(Evidence(c.span, c.id) for c in reading.claims[:1])
    return Scores(
        level,
        level * 20 - 5,
        tuple(
            DimensionScore(
                key,
                key.value,
                level,
                level * 20 - 5,
                "有理由",
                evidence,
                NextLevel(level + 1, "写上数字", ("D101",) if key is DimensionKey.DATA else ()),
            )
            for key in DimensionKey
        ),
    )


def praise(reading: Reading, scores: Scores) -> tuple[Highlight, ...]:
    """Praise every plan."""
    return tuple(
        Highlight(DimensionKey.PLAN, "计划写了时间", (Evidence(c.span, c.id),))
        for c in reading.of(ClaimKind.PLAN)
    )


def collect(reading: Reading, scores: Scores, options: RuleOptions) -> tuple[tuple[Finding, ...], int]:
    """Find every 效果不错, in the previous note too, and that there is no plan."""
    found = [f for f in _everything(reading) if f.code not in options.disable]
    kept = [f for f in found if f.fingerprint not in options.ignore]
    kept = [replace(f, severity=options.severity.get(f.code, f.severity)) for f in kept]
    numbered = tuple(replace(f, id=f"f{n}", rank=n) for n, f in enumerate(kept, 1))
    return numbered, len(_everything(reading)) - len(numbered)


def _everything(reading: Reading) -> list[Finding]:
    found = [_vague(reading, claim, "text") for claim in reading.claims if claim.has(Trait.VAGUE)]
    if reading.previous:
        found += [
            _vague(reading.previous, c, "previous") for c in reading.previous.claims if c.has(Trait.VAGUE)
        ]
    if not reading.of(ClaimKind.PLAN):
        found.append(_finding("P301", "no-plan", None, None, "text", ()))
    return found


def _vague(reading: Reading, claim: Claim, source: str) -> Finding:
    at = reading.document.view.index(VAGUE, claim.span.start)
    span = Span(at, at + len(VAGUE))
    fixes = (Fix("换成数字", (Edit(span, TOKEN),)),) if source == "text" else ()
    code = "D101" if source == "text" else "S403"
    return _finding(code, "vague-quantifier", span, reading.document.quote(span), source, (claim.id,), fixes)


def _finding(
    code: str,
    rule: str,
    span: Span | None,
    quote: str | None,
    source: str,
    claims: tuple[str, ...],
    fixes: tuple[Fix, ...] = (),
) -> Finding:
    return Finding(
        id="",
        rank=0,
        fingerprint=hashlib.sha256(f"{code}{source}{span}".encode()).hexdigest()[:16],
        code=code,
        rule=rule,
        severity=Severity.WARNING,
        dimension=DimensionKey.DATA,
        message="说得含糊",
        source=source,
        quote=quote,
        span=span,
        claims=claims,
        question="从多少到多少？",
        detail={"word": VAGUE},
        fixes=fixes,
    )


class FakeRewriter:
    """Proposes to put a blank in place of each vague claim."""

    def propose(
        self, reading: Reading, scores: Scores, findings: Sequence[Finding]
    ) -> Sequence[RewriteDraft]:
        """Return one draft a vague claim."""
        return [
            RewriteDraft(
                claim.span,
                reading.quote(claim).replace(VAGUE, TOKEN),
                (DimensionKey.DATA,),
                "用数据说话",
                ("D101",),
                (Blank("b1", TOKEN, "从多少到多少？"),),
            )
            for claim in reading.claims
            if claim.has(Trait.VAGUE)
        ]


def vet_rewrites(
    note: Note,
    reading: Reading,
    scores: Scores,
    findings: Sequence[Finding],
    drafts: Sequence[RewriteDraft],
    reread: Reread,
    kept: Sequence[Rewrite] = (),
) -> Vetted:
    """Let every draft pass that says not 编造, on passages not taken, with the findings in its passage."""
    passed, refused = list(kept), []
    for draft in drafts:
        if "编造" in draft.rewritten:
            refused.append((draft, "多了原文没有的：编造"))
        elif not any(draft.span.overlaps(r.span) for r in passed):
            made = _rewrite(note, draft, len(passed) + 1, reread)
            passed.append(replace(made, findings=_inside(findings, draft.span)))
    return Vetted(tuple(passed), tuple(refused))


def _inside(findings: Sequence[Finding], span: Span) -> tuple[str, ...]:
    return tuple(f.id for f in findings if f.span and f.source == "text" and f.span.overlaps(span))


def _rewrite(note: Note, draft: RewriteDraft, number: int, reread: Reread) -> Rewrite:
    start, end = draft.span
    mended = note.text[:start] + draft.rewritten + note.text[end:]
    before, after = reread(note)[1], reread(replace(note, text=mended))[1]
    return Rewrite(
        id=f"r{number}",
        span=draft.span,
        original=note.text[start:end],
        rewritten=draft.rewritten,
        dimensions=draft.dimensions,
        rationale=draft.rationale,
        findings=draft.findings,
        blanks=draft.blanks,
        check=FactCheck(
            scores_before={d.key: d.level for d in before.dimensions},
            scores_after={d.key: d.level for d in after.dimensions},
            scores_if_answered={d.key: d.level for d in after.dimensions},
        ),
    )


def fill(
    note: Note,
    span: Span,
    rewritten: str,
    blanks: Sequence[Blank],
    answers: Mapping[str, str],
    reread: Reread,
) -> Rewrite:
    """Put the answers in; a rewrite that says 编造 has a fact of its own and is refused."""
    if "编造" in rewritten:
        raise InvalidRequest("改写里有原文和回答都没有的内容", "rewritten")
    if unknown := set(answers) - {b.id for b in blanks}:
        raise InvalidRequest(f"没有这个空：{sorted(unknown)[0]}", "answers")
    for blank in blanks:
        rewritten = rewritten.replace(blank.token, answers.get(blank.id, blank.token))
    left = tuple(b for b in blanks if b.id not in answers)
    draft = RewriteDraft(span, rewritten, (DimensionKey.DATA,), "用数据说话", (), left)
    return _rewrite(note, draft, 1, reread)


def rooms(reader: FakeReader | None = None) -> Rooms:
    """Return the whole fake engine."""
    return Rooms(
        reader=reader or FakeReader(),
        judge=judge,
        praise=praise,
        collect=collect,
        rewriter=FakeRewriter(),
        vet_rewrites=vet_rewrites,
        fill=fill,
    )


def rulebook() -> Rulebook:
    """Return three rules with their docs."""
    return Rulebook(
        tuple(
            Rule(
                code=code,
                name=name,
                dimension=DimensionKey.DATA,
                severity=Severity.WARNING,
                since="0.1",
                title="含糊的说法",
                what="用“效果不错”代替数字。",
                why="没有数字就没法核对。",
                bad=(Example("活动效果不错。", "效果不错"),),
                good=(Example("活动带来 300 人。"),),
                check=lambda reading: (),
            )
            for code, name in (
                ("D101", "vague-quantifier"),
                ("P301", "no-plan"),
                ("P306", "no-priority"),
                ("S403", "carry-over-missed"),
            )
        )
    )
