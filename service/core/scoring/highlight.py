"""What a note does well, said exactly: praise comes first."""

from collections.abc import Iterator

from service.core.reading import Claim, ClaimKind, Reading, Trait
from service.core.score import DimensionKey, Evidence, Highlight, Scores
from service.core.scoring.features import attributions, data_features, plan_features

AT_MOST = 3
_SHOWN = 14  # characters of a metric's name or a passage shown in a message


def highlights(reading: Reading, scores: Scores) -> tuple[Highlight, ...]:
    """Return up to three highlights, at most one a dimension, the strongest dimension first."""
    if not reading.is_note:
        return ()
    found = [h for source in (_data, _cause, _plan) for h in source(reading)]
    order = {d.key: -d.score for d in scores.dimensions}
    return tuple(sorted(found, key=lambda h: order[h.dimension])[:AT_MOST])


def _evidence(*claims: Claim) -> tuple[Evidence, ...]:
    return tuple(Evidence(c.span, c.id) for c in claims)


def _names(claims: tuple[Claim, ...]) -> str:
    seen = dict.fromkeys(
        m.name for c in claims for m in c.metrics if m.name and m.is_compared and len(m.name) <= _SHOWN
    )
    return "、".join(list(seen)[:3])


def _data(reading: Reading) -> Iterator[Highlight]:
    f = data_features(reading)
    segmented = {c.id for c in f.segmented}
    both = tuple(c for c in f.compared if c.id in segmented)
    if both:
        names = _names(both)
        yield Highlight(
            DimensionKey.DATA,
            (f"{names}不只写了对比，还拆到了细分" if names else "关键数字不只有对比，还拆到了细分")
            + "，读的人一眼能看出变化出在哪。",
            _evidence(*both[:3]),
        )
    elif len(f.compared) >= 2:
        names = _names(f.compared)
        yield Highlight(
            DimensionKey.DATA,
            f"{names or '主要数字'}都给了对比，涨跌清楚。",
            _evidence(*f.compared[:3]),
        )
    elif f.compared:
        names = _names(f.compared)
        yield Highlight(
            DimensionKey.DATA, f"{names or '这个数字'}写了从多少到多少，可以核对。", _evidence(f.compared[0])
        )


def _cause(reading: Reading) -> Iterator[Highlight]:
    found = sorted(attributions(reading), key=lambda a: -a.grade)
    if not found or found[0].grade < 3 or not found[0].causes:
        return
    best = found[0]
    if best.grade >= 4:
        quoted = any(p.has(Trait.QUOTED) for p in best.proofs)
        how = (
            "用户原话和数据都有"
            if quoted and any(p.has(Trait.MEASURABLE) for p in best.proofs)
            else "有据可查"
        )
        message = f"这个问题追到了具体原因，而且{how}，别人可以照着复核。"
    elif any(c.has(Trait.HYPOTHESIS) for c in best.causes):
        message = "原因落到了具体的点上，还说明了是推测，没有把猜的当成定论。"
    else:
        message = "没有停在现象，指出了具体的环节。"
    yield Highlight(DimensionKey.CAUSE, message, _evidence(*best.causes[:2], *best.proofs[:2]))


def _plan(reading: Reading) -> Iterator[Highlight]:
    f = plan_features(reading)
    if f.closed:
        yield Highlight(
            DimensionKey.PLAN,
            "下一步直接对着本期的问题，期限和目标值都写了，到时候能对账。",
            _evidence(*f.closed[:2]),
        )
    elif f.held:
        yield Highlight(DimensionKey.PLAN, "下一步对着本期的问题，动作是具体的。", _evidence(*f.held[:2]))
    done = [
        c
        for c in reading.of(ClaimKind.ACTIVITY, ClaimKind.RESULT)
        if any(k.source == "previous" for k in c.links)
    ]
    if not f.held and len(done) >= 2:
        yield Highlight(DimensionKey.PLAN, "上期说要做的事，这期都有交代。", _evidence(*done[:2]))
