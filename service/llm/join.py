"""Joins a model's accepted claims with the reading by rule: figures by code, words by whoever saw them."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from service.core.document.model import LineKind
from service.core.numbers.model import Metric
from service.core.reading import Claim, ClaimKind, Link, Reading, Relation, Trait
from service.core.span import Span
from service.llm.passages import Passages
from service.llm.witness import Witness

# Counted in figures and dates: code sees these, and a model is not asked.
_BY_CODE = frozenset(
    {Trait.DATED, Trait.MEASURABLE, Trait.OWNED, Trait.PRIORITISED, Trait.SEGMENTED, Trait.COMPARED,
     Trait.DEFINED, Trait.QUOTED, Trait.ROW, Trait.OFF_TOPIC, Trait.OPEN}
)  # fmt: skip
_OUTCOMES = frozenset({ClaimKind.RESULT, ClaimKind.PROBLEM, ClaimKind.EVIDENCE, ClaimKind.ACTIVITY})
_ENDS = {
    Relation.CAUSES: ({ClaimKind.CAUSE}, {ClaimKind.PROBLEM, ClaimKind.RESULT, ClaimKind.CAUSE}),
    Relation.SUPPORTS: ({ClaimKind.EVIDENCE}, {ClaimKind.CAUSE, ClaimKind.PROBLEM, ClaimKind.RESULT}),
    Relation.ADDRESSES: ({ClaimKind.PLAN}, {ClaimKind.PROBLEM, ClaimKind.CAUSE, ClaimKind.RESULT}),
}
# One comparison told in two clauses is one, however a model cuts it; one plan or cause cut in two is no two.
_ONCE = frozenset({Trait.COMPARED, Trait.SEGMENTED})
_ONCE_A_KIND = frozenset({Trait.SPECIFIC, Trait.REASONED, Trait.VERIFIABLE, Trait.DATED, Trait.MEASURABLE})
SAME_PASSAGE = (
    0.5  # share of the shorter span that two claims must have in common to be about the same passage
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A model's claim whose quote was found and borne out; `links` are (relation, target id, source)."""

    id: str
    kind: ClaimKind
    span: Span
    traits: frozenset[Trait] = frozenset()
    links: tuple[tuple[Relation, str, str], ...] = ()
    deadline: str | None = None
    owner: str | None = None


def join(by_rule: Reading, accepted: Sequence[Accepted], witness: Witness | None = None) -> Reading:
    """Return one reading: the model's claims, figures bound by code, and the rules' where it saw none.

    `witness` is that of the same reading by rule, from whoever joins again and again. A note that talks to
    whoever scores it is not read by a model that could listen: there the reading by rule stands.
    """
    witness = witness or Witness(by_rule)
    if witness.is_addressed:
        return by_rule
    joiner = _Joiner(by_rule, witness)
    drafts = joiner.drafts(accepted)
    drafts.sort(key=lambda d: (d.claim.span, d.claim.kind))
    names: dict[str, str] = {}
    for number, draft in enumerate(drafts, 1):
        for name in draft.names:
            names.setdefault(name, f"c{number}")
    claims = {f"c{n}": _named(d.claim, f"c{n}") for n, d in enumerate(drafts, 1)}
    tied = [
        replace(claim, links=joiner.links(claim, draft, claims, names))
        if draft.wanted or claim.links
        else claim
        for claim, draft in zip(claims.values(), drafts, strict=True)
    ]
    return replace(by_rule, claims=tuple(joiner.answered(tied)))


@dataclass(frozen=True, slots=True)
class _Draft:
    claim: Claim
    names: tuple[str, ...]  # what links may call it: "m:<model id>", "r:<rule id>"
    wanted: tuple[tuple[Relation, str, str], ...]  # the same names as targets


class _Joiner:
    def __init__(self, by_rule: Reading, witness: Witness) -> None:
        self._rules = by_rule
        self._witness = witness
        self._starts = [line.span.start for line in by_rule.document.lines]
        self._claims = Passages((c.span, c) for c in by_rule.claims)
        metrics = {m.span: m for c in by_rule.claims for m in c.metrics}
        self._metrics = Passages((span, metrics[span]) for span in sorted(metrics))
        self._plans = any(c.kind is ClaimKind.PLAN for c in by_rule.claims)
        self._taken_up: set[str] = set()  # what a plan takes up by the model's word

    def drafts(self, accepted: Sequence[Accepted]) -> list[_Draft]:
        """Return the claims of the joined reading, links still by name."""
        replaced: dict[str, str] = {}
        drafts: list[_Draft] = []
        counted: dict[
            str, set[ClaimKind]
        ] = {}  # claims by rule, with the kinds that they were cut into already
        spans = {a.id: a.span for a in accepted}
        for claim in _one_a_passage(accepted):
            there = [r for r in self._claims.touching(claim.span) if _same_passage(r.span, claim.span)]
            targets = [
                spans[t] for _, t, source in claim.links if source == "text" and t in spans and t != claim.id
            ]
            draft = self._from_model(claim, there, targets)
            if draft is None:
                continue
            told = set().union(*(counted.setdefault(r.id, set()) for r in there))
            if told:
                once = _ONCE | _ONCE_A_KIND if claim.kind in told else _ONCE
                draft = replace(draft, claim=replace(draft.claim, traits=draft.claim.traits - once))
            for rule in there:
                counted[rule.id].add(claim.kind)
            drafts.append(draft)
            for rule in there:
                if rule.kind is claim.kind or claim.span.covers(rule.span):
                    replaced.setdefault(rule.id, claim.id)
        covered = Passages((d.claim.span, d.claim.span) for d in drafts)
        drafts += [
            _kept(r)
            for r in self._rules.claims
            if r.id not in replaced and not _is_within(r.span, covered.touching(r.span))
        ]
        owners: dict[str, list[str]] = {}
        for rule_id, model_id in replaced.items():
            owners.setdefault(model_id, []).append(rule_id)
        return [self._inherit(d, owners) for d in drafts]

    def _inherit(self, draft: _Draft, owners: Mapping[str, list[str]]) -> _Draft:
        """Let a model's claim answer to the names and keep the links of the rules' claims it stands for."""
        if not draft.names[0].startswith("m:"):
            return draft
        heirs = [self._rules.claim(r) for r in owners.get(draft.names[0].removeprefix("m:"), ())]
        wanted = tuple((k.relation, _target(k), k.source) for r in heirs for k in r.links)
        names = tuple(f"r:{r.id}" for r in heirs)
        return replace(draft, names=(*draft.names, *names), wanted=(*draft.wanted, *wanted))

    def _from_model(self, claim: Accepted, there: list[Claim], targets: list[Span]) -> _Draft | None:
        line = max(0, bisect_right(self._starts, claim.span.start) - 1)
        section = self._section(line)
        if self._rules.document.lines[line].kind is LineKind.HEADING:
            return None  # the title of a part says nothing of the work
        if not self._witness.bears_kind(claim.kind, claim.span, section, there, targets):
            return None
        alike = [r for r in there if r.kind is claim.kind]
        metrics = tuple(m for m in self._metrics.touching(claim.span) if claim.span.covers(m.span))
        deadline = claim.deadline
        if deadline is None or not self._witness.bears_deadline(deadline, claim.span):
            deadline = next((r.deadline for r in alike if r.deadline), None)
        view = self._rules.document.slice(claim.span)
        owner = claim.owner if claim.owner and claim.owner in view else None
        joined = Claim(
            id=claim.id,
            kind=claim.kind,
            span=claim.span,
            line=line,
            section=section,
            metrics=metrics,
            traits=self._traits(claim, there, alike, metrics, deadline),
            deadline=deadline,
            owner=owner or next((r.owner for r in alike if r.owner), None),
        )
        wanted = tuple((rel, target if source == "previous" else f"m:{target}", source)
                       for rel, target, source in claim.links)  # fmt: skip
        return _Draft(joined, (f"m:{claim.id}",), wanted)

    def _traits(
        self,
        claim: Accepted,
        there: list[Claim],
        alike: list[Claim],
        metrics: tuple[Metric, ...],
        deadline: str | None,
    ) -> frozenset[Trait]:
        seen = {t for r in alike for t in r.traits}
        found = {t for t in claim.traits if t not in _BY_CODE}
        kept = {t for t in found if t in seen or self._witness.bears_trait(t, claim.kind, claim.span)}
        kept |= seen  # a model that keeps silent denies nothing
        if claim.kind in _OUTCOMES:
            kept |= _figures(metrics)
            kept |= {
                t
                for r in there
                if r.kind in _OUTCOMES
                for t in r.traits & {Trait.QUOTED, Trait.ROW, Trait.DEFINED}
            }
        if claim.kind is ClaimKind.PROBLEM and not alike and self._plans:
            kept.add(Trait.OPEN)  # until a plan is found for it
        if claim.kind is ClaimKind.PLAN and deadline is not None:
            kept.add(Trait.DATED)
        if kept & {Trait.EMPTY, Trait.VAGUE}:
            kept.discard(Trait.SPECIFIC)
        if metrics and claim.kind in (ClaimKind.RESULT, ClaimKind.PROBLEM):
            kept.discard(Trait.VAGUE)
        return frozenset(kept)

    def links(
        self, claim: Claim, draft: _Draft, claims: Mapping[str, Claim], names: Mapping[str, str]
    ) -> tuple[Link, ...]:
        """Return a claim's links that fit their ends and that the note bears out."""
        kept: dict[tuple[Relation, str, str], Link] = {}
        for relation, name, source in draft.wanted:
            if source == "previous":
                if relation is Relation.CARRIES_OVER and self._promised(name):
                    kept[relation, name, source] = Link(relation, name, source)
                continue
            target = claims.get(names.get(name, ""))
            if target is None or target.id == claim.id or relation not in _ENDS:
                continue
            sources, targets = _ENDS[relation]
            if claim.kind not in sources or target.kind not in targets:
                continue
            if name.startswith("m:"):
                if relation is Relation.CAUSES and (claim.has(Trait.EMPTY) or target.has(Trait.EMPTY)):
                    continue  # an empty cause explains nothing and is none to look behind
                if not self._witness.bears_link(relation, claim, target):
                    continue
                if relation is Relation.ADDRESSES:
                    self._taken_up.add(target.id)
            kept[relation, target.id, source] = Link(relation, target.id, source)
        return tuple(kept.values())

    def answered(self, claims: Sequence[Claim]) -> list[Claim]:
        """Return the claims; no problem stays open that a plan takes up, by its own words or its cause."""
        met = set(self._taken_up)
        for claim in claims:
            if claim.kind is ClaimKind.CAUSE and claim.id in self._taken_up:
                met.update(k.target for k in claim.links if k.relation is Relation.CAUSES)
        return [
            replace(c, traits=c.traits - {Trait.OPEN}) if c.id in met and c.has(Trait.OPEN) else c
            for c in claims
        ]

    def _promised(self, claim_id: str) -> bool:
        before = self._rules.previous
        return before is not None and any(c.id == claim_id for c in before.of(ClaimKind.PLAN))

    def _section(self, line: int) -> int:
        for index, section in enumerate(self._rules.sections):
            if section.first_line <= line <= section.last_line:
                return index
        return 0


def _named(claim: Claim, claim_id: str) -> Claim:
    return claim if claim.id == claim_id else replace(claim, id=claim_id)


def _one_a_passage(accepted: Sequence[Accepted]) -> list[Accepted]:
    """Return the claims without those that read again, as something else, what an earlier one has read."""
    kept: list[Accepted] = []
    read: Passages[Span] = Passages()
    for claim in accepted:
        span = claim.span
        if all(_shared(span, s) < SAME_PASSAGE * max(len(span), len(s)) for s in read.touching(span)):
            kept.append(claim)
            read.add(span, span)
    return kept


def _kept(rule: Claim) -> _Draft:
    return _Draft(rule, (f"r:{rule.id}",), tuple((k.relation, _target(k), k.source) for k in rule.links))


def _target(link: Link) -> str:
    return link.target if link.source == "previous" else f"r:{link.target}"


def _figures(metrics: tuple[Metric, ...]) -> set[Trait]:
    outcome = [m for m in metrics if not m.is_workload]
    found: set[Trait] = set()
    if outcome:
        found.add(Trait.MEASURABLE)
    if any(m.is_compared for m in outcome):
        found.add(Trait.COMPARED)
    if any(m.segment for m in metrics):
        found.add(Trait.SEGMENTED)
    return found


def _shared(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _same_passage(a: Span, b: Span) -> bool:
    return _shared(a, b) >= SAME_PASSAGE * max(1, min(len(a), len(b)))


def _is_within(span: Span, covered: Sequence[Span]) -> bool:
    return sum(_shared(span, c) for c in covered) >= SAME_PASSAGE * max(1, len(span))
