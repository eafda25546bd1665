"""D104: a rate whose base, step or window the reader has to guess."""

import re
from collections.abc import Iterator

from service.catalog.cues import words
from service.catalog.outcome import is_outcome
from service.catalog.wording import Turns, clause_around, figure_text, metric_name, spaced, subject
from service.core.finding import Draft, Edit, Example, Fix, Rule, Severity
from service.core.numbers.model import Metric
from service.core.reading import Claim, ClaimKind, Reading, Trait
from service.core.score import DimensionKey
from service.core.scoring.features import data_features
from service.core.span import Span

AT_MOST = 2
# what a rate is worked out from, right behind it: "（30人，5天，缺勤13人次）", "(96/1200)"; not "（目标95%）"
_BASIS = re.compile(
    r" ?[（(](?!目标|上|去年|较|比|环比|同比)[^）)\n]{0,20}?\d+ ?(?!%)[人次个单件天日条份户台名/]"
)
_RICH = 3  # compared outcomes from which on a note without any definition is asked for one
_RATES = ("率", "占比", "转化", "留存")
_TELLS = ("“{name}”没说{missing}，{value}可以有几种算法。", "{name} {value}，{missing}没写。")
_MISSING = {
    "转化": ("从哪一步到哪一步、以谁为分母", "{name}是从哪一步到哪一步，分母是谁？", "从哪步到哪步"),
    "留存": ("是第几天的留存", "{name}是次日、7 日还是 30 日？", "第几日"),
    "roi": ("算的是产出比投入还是利润率", "{name}是产出÷投入，还是（产出−投入）÷投入？", "怎么算的"),
    "": ("分母是谁、统计多久", "{name}的分母是谁，统计的是哪几天？", "分母和时间窗"),
}


def check(reading: Reading) -> Iterator[Draft]:
    """Yield drafts for rates with a bare name; else one where a note full of figures defines none."""
    if reading.definitions:
        return
    turns = Turns()
    found = 0
    met: set[str] = set()
    for claim in reading.of(ClaimKind.RESULT, ClaimKind.PROBLEM):
        for metric in claim.metrics:
            name = _bare_name(reading, claim, metric)
            if name is None or name in met or found >= AT_MOST:
                continue
            met.add(name)
            found += 1
            yield _draft(reading, claim, metric, name, turns)
    if not found:
        yield from _whole(reading)


def _bare_name(reading: Reading, claim: Claim, metric: Metric) -> str | None:
    """Return the name as written where it is one of the loose ones and nothing before it narrows it down."""
    number = metric.figure("value")
    if number is None or claim.has(Trait.DEFINED) or metric.figure("over") is not None or metric.segment:
        return None
    if number.unit_kind not in ("percent", "ratio"):
        return None
    folded = reading.document.folded
    floor = max(claim.span.start, number.span.start - 24)
    for word in words("find_loose_rate"):
        at = folded.rfind(word, floor, number.span.start)
        if at >= 0:
            opening = subject(reading.document.view[floor:at])
            return None if opening else reading.document.view[at : at + len(word)]
    return None


def _draft(reading: Reading, claim: Claim, metric: Metric, name: str, turns: Turns) -> Draft:
    kind = next((k for k in _MISSING if k and k in name.lower()), "")
    missing, question, blank = _MISSING[kind]
    value = figure_text(reading, metric) or ""
    number = metric.figure("value")
    fixes: tuple[Fix, ...] = ()
    if number is not None:
        end = reading.document.source(number.span).end
        fixes = (Fix("补上口径", (Edit(Span(end, end), f"（口径：【待补：{blank}】）"),)),)
    return Draft(
        message=spaced(turns.pick(_TELLS).format(name=name, value=value, missing=missing)),
        span=clause_around(reading, claim, metric.span.start),
        claims=(claim.id,),
        question=question.format(name=name),
        fixes=fixes,
    )


def _whole(reading: Reading) -> Iterator[Draft]:
    found = data_features(reading)
    if len(found.compared) < _RICH or not found.segmented:
        return
    for claim in found.compared:
        for metric in claim.metrics:
            number = metric.figure("value")
            if number is None or number.unit_kind != "percent" or metric.figure("over") is not None:
                continue
            if _BASIS.match(reading.document.view, number.span.end):
                continue
            if is_outcome(metric) and (metric.name or "").endswith(_RATES):
                name = metric_name(reading, metric) or "这个比率"
                yield Draft(
                    message=f"数字有对比也有细分，就差一句口径，比如{name}怎么算的。",
                    span=clause_around(reading, claim, metric.span.start),
                    claims=(claim.id,),
                    question=f"{name}的分母是谁，统计的是哪几天？",
                    severity=Severity.INFO,
                )
                return


RULE = Rule(
    code="D104",
    name="unclear-basis",
    dimension=DimensionKey.DATA,
    severity=Severity.WARNING,
    since="0.1.0",
    title="口径不清",
    what="比率只写了“转化率、留存率、ROI”，没写哪一步、第几天、分母是谁；或者全篇数字很全，唯独没有一句口径。",
    why="同一个“转化率”，分母换一个就差几倍；口径写清，数才能和别人的数放在一起看。",
    bad=(
        Example("本周转化率8%，上周7%。", marks="转化率8%"),
        Example("投放ROI 190%，上周170%；留存率 41%，上周 40%。", marks="留存率 41%"),
    ),
    good=(
        Example("本周报名到付费转化率8%，上周7%。"),
        Example("本周转化率8%（96/1200，分母是进店人数），上周7%。"),
    ),
    check=check,
)
