"""The terms that levels are summed from: shares and capped counts of what was read, each from 0 to 1."""

from collections.abc import Sized

from service.core.reading import Trait
from service.core.scoring.features import CauseFeatures, DataFeatures, PlanFeatures

LOCATED_GRADE = 3  # of an attribution: a problem taken apart, without a why


def data_terms(f: DataFeatures) -> dict[str, float]:
    """Return the terms of data granularity."""
    told = len(f.numbered) + len(f.vague)
    return {
        "figures_any": _at_least(f.numbered, 1),
        "figures_more": _at_least(f.numbered, 3),
        "work_counted": float(bool(f.numbered or f.workload)),
        "compared_any": _at_least(f.compared, 1),
        "compared_two": _at_least(f.compared, 2),
        "compared_more": _at_least(f.compared, 4),
        "compared_share": f.compared_share,
        "segmented_any": _at_least(f.segmented, 1),
        "segmented_two": _at_least(f.segmented, 2),
        "segmented_more": _at_least(f.segmented, 4),
        "segmented_share": f.segmented_share,
        "problems_in_figures": _at_least(f.numbered_problems, 1),
        "proofs_in_figures": float(f.proofs > 0),
        "defined": min(f.definitions, 2) / 2,
        "plain_share": 1 - len(f.vague) / told if told else 0.0,
        "nothing_vague": float(told > 0 and not f.vague),
    }


def cause_terms(f: CauseFeatures) -> dict[str, float]:
    """Return the terms of root-cause depth."""
    causes, solid, hard, main = f.causes, f.solid, f.hard, f.main
    told = set().union(*(p.traits for p in hard)) if hard else set()
    return {
        "causes_any": _at_least(causes, 1),
        "causes_plain": f.plainness,
        "solid_any": _at_least(solid, 1),
        "solid_more": _at_least(solid, 2),
        "solid_share": _share(solid, causes),
        "not_empty": 1 - _share([c for c in causes if c.has(Trait.EMPTY)], causes) if causes else 0.0,
        "located": float(not causes and f.best >= LOCATED_GRADE),
        "explained_share": _share([a for a in main if a.causes], main),
        "proofs_any": _at_least(hard, 1),
        "proofs_two": _at_least(hard, 2),
        "proofs_three": _at_least(hard, 3),
        "proofs_more": _at_least(hard, 5),
        "proofs_a_matter": min(len(hard) / len(main), 3) / 3 if main else 0.0,
        "proven_share": _share([a for a in main if a.causes and a.proofs], main),
        "figures_and_words": float({Trait.MEASURABLE, Trait.QUOTED} <= told),
        "chain": float(any(len(a.causes) >= 2 and a.proofs for a in f.found)),
        "to_be_verified": float(any(c.has(Trait.VERIFIABLE) for c in (*causes, *f.proofs))),
    }


def plan_terms(f: PlanFeatures) -> dict[str, float]:
    """Return the terms of plan linkage."""
    plans = f.plans
    matters = f.matters(f.problems)
    return {
        "plans_any": _at_least(plans, 1),
        "linked_any": _at_least(f.linked, 1),
        "linked_share": _share(f.linked, plans),
        "solid_any": _at_least(f.solid, 1),
        "solid_share": _share(f.solid, plans),
        "covered_share": f.covered_share if plans else 0.0,
        "touched_share": (_share(f.matters(f.touched), matters) if matters else 1.0) if plans else 0.0,
        "held_any": _at_least(f.held, 1),
        "held_share": _share(f.held, f.solid),
        "closed_any": _at_least(f.closed, 1),
        "closed_share": _share(f.closed, f.solid),
        "dated_share": _share([p for p in plans if p.has(Trait.DATED)], plans),
        "measurable_share": _share([p for p in plans if p.has(Trait.MEASURABLE)], plans),
        "specific_share": _share([p for p in plans if p.has(Trait.SPECIFIC)], plans),
        "reasoned_any": float(any(p.has(Trait.REASONED) for p in plans)),
        "ordered": float(f.ordered),
        "purposeful_share": 1 - _share(f.off_topic, plans) if plans else 0.0,
        "concrete_share": 1 - _share([p for p in plans if p.has(Trait.VAGUE)], plans) if plans else 0.0,
    }


def _at_least(found: Sized, count: int) -> float:
    return float(len(found) >= count)


def _share(part: Sized, whole: Sized) -> float:
    return len(part) / len(whole) if len(whole) else 0.0
