"""What a note does well, said exactly: praise comes first."""

from collections.abc import Iterator
from dataclasses import replace

from service.core.lexicon import load
from service.core.numbers.model import Metric
from service.core.reading import Claim, ClaimKind, Reading, Trait
from service.core.score import DimensionKey, Evidence, Highlight, Scores
from service.core.scoring.features import attributions, data_features, plan_features
from service.core.script import in_script_of
from service.core.span import Span

AT_MOST = 3
_SHOWN = 14  # characters of a metric's name or a passage shown in a message


def highlights(reading: Reading, scores: Scores) -> tuple[Highlight, ...]:
    """Return up to three highlights, at most one a dimension, the strongest dimension first."""
    if not reading.is_note:
        return ()
    found = [
        replace(h, message=in_script_of(reading, h.message))
        for source in (_data, _cause, _plan)
        for h in source(reading)
    ]
    order = {d.key: -d.score for d in scores.dimensions}
    return tuple(sorted(found, key=lambda h: order[h.dimension])[:AT_MOST])


def _evidence(*claims: Claim) -> tuple[Evidence, ...]:
    return tuple(Evidence(c.span, c.id) for c in claims)


def _names(reading: Reading, claims: tuple[Claim, ...]) -> list[str]:
    """Return up to three of the compared figures' names, as the author writes them."""
    said = (_said(reading, c, m) for c in claims for m in c.metrics if m.is_compared)
    return list(dict.fromkeys(name for name in said if name and len(name) <= _SHOWN))[:3]


def _said(reading: Reading, claim: Claim, metric: Metric) -> str | None:
    """Return the author's word for a figure; None where it goes by no name that can be said alone.

    The usual name would be another thing to the author: a 退回率 of receipts is no 返工率.
    """
    if metric.name is None:
        return None
    if claim.has(Trait.ROW):
        return metric.name if metric.name.isalnum() else None  # no heading such as "等候(分钟)4月→5月"
    lexicon = load()
    hits = reading.hits or lexicon.find(reading.document.folded)
    for hit in hits.within("metric", *claim.span):
        term = lexicon.metrics.get(hit.word)
        if (term.name if term else hit.word) == metric.name:
            # 新增 is too little to be said alone: its usual name, 新增用户, only goes on with it
            own = reading.document.quote(Span(hit.start, hit.end))
            return metric.name if own in metric.name else own
    is_name = metric.name.lower().endswith(tuple(lexicon.cues["find_name_tail"]))
    return metric.name if is_name and metric.name in reading.quote(claim) else None


def _data(reading: Reading) -> Iterator[Highlight]:
    f = data_features(reading)
    segmented = {c.id for c in f.segmented}
    # what D105 finds fault with is not praised
    compared = tuple(c for c in f.compared if not any(c.span.overlaps(m.span) for m in reading.mismatches))
    both = tuple(c for c in compared if c.id in segmented)
    if both:
        names = _names(reading, both)
        yield Highlight(
            DimensionKey.DATA,
            f"{'、'.join(names) or '关键数字'}不只有对比，还拆到了细分，读的人一眼能看出变化出在哪。",
            _evidence(*both[:3]),
        )
    elif len(compared) >= 2:
        names = _names(reading, compared)
        yield Highlight(
            DimensionKey.DATA,
            f"{'、'.join(names) if len(names) > 1 else '主要数字'}都给了对比，涨跌清楚。",
            _evidence(*compared[:3]),
        )
    elif compared:
        names = _names(reading, compared)
        yield Highlight(
            DimensionKey.DATA,
            f"{'、'.join(names) or '这个数字'}给了对比，可以核对。",
            _evidence(compared[0]),
        )


def _cause(reading: Reading) -> Iterator[Highlight]:
    found = sorted(attributions(reading), key=lambda a: -a.grade)
    if not found or found[0].grade < 3 or not found[0].causes:
        return
    best = found[0]
    if best.grade >= 4:
        quoted = any(p.has(Trait.QUOTED) for p in best.proofs)
        how = "原话和数据都有" if quoted and any(p.has(Trait.MEASURABLE) for p in best.proofs) else "有据可查"
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
