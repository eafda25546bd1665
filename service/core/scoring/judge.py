"""Puts the three verdicts together: levels to scores, dimensions to the overall score."""

from collections.abc import Mapping

from service.core.reading import Reading
from service.core.rubric import Rubric, rubric
from service.core.score import DimensionKey, DimensionScore, Evidence, NextLevel, Scores
from service.core.scoring import cause, data, plan
from service.core.scoring.features import cause_features, data_features, plan_features
from service.core.scoring.verdict import Verdict
from service.core.script import in_script_of


def judge(reading: Reading, weights: Mapping[str, float] | None = None) -> Scores:
    """Return the scores of a reading; `weights` (dimension key → weight ≥ 0) default to equal."""
    standard = rubric()
    verdicts = (
        (
            data.judge(data_features(reading)),
            cause.judge(cause_features(reading)),
            plan.judge(plan_features(reading)),
        )
        if reading.is_note
        else tuple(_no_note(key) for key in DimensionKey)
    )
    dimensions = tuple(_score(reading, standard, v) for v in verdicts)
    given = {k: float((weights or {}).get(k, 1.0)) for k in DimensionKey}
    total = sum(given.values())
    if total <= 0:
        given, total = dict.fromkeys(DimensionKey, 1.0), float(len(DimensionKey))
    overall = round(sum(given[d.key] * d.score for d in dimensions) / total)
    return Scores(standard.level_of(overall), overall, dimensions)


def _no_note(key: DimensionKey) -> Verdict:
    """Return the verdict on a text that reports on no work, whatever it happens to contain."""
    return Verdict(
        key, 1, 0.0, "没有读到工作内容。", (), "写上这段时间最主要的一个结果就可以开始。", ("S404",)
    )


def _score(reading: Reading, standard: Rubric, verdict: Verdict) -> DimensionScore:
    low, high = standard.bands[verdict.level - 1]
    return DimensionScore(
        key=verdict.key,
        name=standard.dimension(verdict.key).name,
        level=verdict.level,
        score=low + round((high - low) * verdict.reach),
        reason=in_script_of(reading, verdict.reason),
        evidence=tuple(Evidence(c.span, c.id) for c in verdict.grounds),
        next=NextLevel(min(verdict.level + 1, 5), in_script_of(reading, verdict.advice), verdict.codes),
    )
