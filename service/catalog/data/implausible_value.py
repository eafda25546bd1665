"""D106: a figure or a date that can't be, whatever the rest of the note says."""

import re
from collections.abc import Iterator

from service.catalog.cues import cues, words
from service.catalog.outcome import IMPLAUSIBLE
from service.catalog.wording import clause_around
from service.core.finding import Draft, Edit, Example, Fix, Rule, Severity
from service.core.numbers.model import Metric, Number, NumberKind
from service.core.reading import Claim, ClaimKind, Reading
from service.core.score import DimensionKey
from service.core.span import Span

_WHOLE = 100.0
_DAY_H = 24.0
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# "2月30日", "13 月 5 号"; not "12月的3日均值" nor "3月5折"
_DATE = re.compile(r"(?<![\d.])(\d{1,2}) ?月 ?(\d{1,2}) ?[日号](?!均)")
# "每天25小时", "日均 26 小时", "一天干了30个小时"; not "每天 2.5 小时", "每天 120 小时人力"
_DAILY = re.compile(r"(?:每天|每日|日均|一天|人均每天)[^\d，。；\n]{0,6}(\d{1,3}(?:\.\d+)?) ?个?小时(?!人)")


def check(reading: Reading) -> Iterator[Draft]:
    """Yield a draft for every value out of its possible range and every date the calendar does not have."""
    found = [*_stated(reading), *_values(reading), *_shares(reading), *_calendar(reading)]
    taken: list[Span] = []
    for draft in sorted(found, key=lambda d: d.span or Span(0, 0)):
        span = draft.span or Span(0, 0)
        if taken and span.overlaps(taken[-1]):
            continue
        taken.append(span)
        yield draft


def _stated(reading: Reading) -> Iterator[Draft]:
    document = reading.document
    for m in reading.mismatches:
        if m.kind == IMPLAUSIBLE:
            yield Draft(
                message=m.message,
                span=m.span,
                question=f"{m.stated} 是不是多打或少打了一位？",
                detail={"stated": m.stated, "computed": m.computed, "formula": m.formula},
                fixes=tuple(
                    Fix(t, tuple(Edit(document.source(s), new) for s, new in edits)) for t, edits in m.mends
                ),
            )


def _values(reading: Reading) -> Iterator[Draft]:
    for claim in reading.claims:
        if claim.kind is ClaimKind.PLAN:
            continue
        for metric in claim.metrics:
            told = _wrong(reading, claim, metric)
            if told is not None:
                message, question = told
                yield Draft(
                    message=message,
                    span=clause_around(reading, claim, metric.span.start),
                    claims=(claim.id,),
                    question=question,
                )


def _wrong(reading: Reading, claim: Claim, metric: Metric) -> tuple[str, str] | None:
    value, change = metric.figure("value"), metric.figure("change")
    name = metric.name or ""
    bounded = _is_bounded(reading, claim, metric)
    if value is not None and value.kind is NumberKind.MEASURE:
        shown = reading.document.slice(value.span).strip()
        if bounded and value.unit_kind == "percent" and value.value > _WHOLE:
            return f"{name} {shown} 超过了 100%。", f"{name}的分子分母是不是放反了，或者小数点错了一位？"
        if value.value < 0 and bounded:
            return f"{name}写成了负数（{shown}）。", f"这里写的是{name}本身，还是它的变化？"
        if value.value < 0 and value.unit_kind == "count" and "净" not in name and value.sign == 0:
            return f"{name}写成了负数（{shown}）。", f"{name}到底是多少，还是想写比上期少了多少？"
    if change is not None and change.sign < 0 and change.unit == "%" and change.value > _WHOLE:
        shown = reading.document.slice(change.span).strip()
        return f"{name}{shown}：降幅超过 100%，等于降到零以下。", f"{name or '它'}从多少降到多少？"
    return None


def _is_bounded(reading: Reading, claim: Claim, metric: Metric) -> bool:
    """Tell whether the metric's own name, as written or as known, is of a rate within 0 to 100 %."""
    name = (metric.name or "").lower()
    if not name or any(w in name for w in ("增", "达成", "完成", "roi", "环比", "同比", "金额")):
        return False
    return name.endswith(words("find_bounded"))


def _shares(reading: Reading) -> Iterator[Draft]:
    """Yield where the parts of one sentence's whole add up to more than the whole."""
    for claim in reading.claims:
        parts: list[tuple[str, Number]] = []
        for metric in claim.metrics:
            share = metric.figure("share")
            if share is not None and share.unit == "%" and metric.figure("over") is None:
                parts.append((metric.segment or metric.name or "", share))
        if len(parts) < 2 or len({p for p, _ in parts}) < len(parts):
            continue
        total = sum(n.value for _, n in parts)
        slack = sum(n.step for _, n in parts)
        if total <= _WHOLE + max(1.0, slack) or any(n.value > _WHOLE for _, n in parts):
            continue
        span = Span(parts[0][1].span.start, parts[-1][1].span.end)
        passage = reading.document.slice(claim.span)
        if cues(reading).has("find_several", *claim.span) or "其中" in passage or "占" not in passage:
            continue
        shown = "、".join(reading.document.slice(n.span).strip() for _, n in parts[:4])
        yield Draft(
            message=f"几个占比（{shown}）加起来是 {total:g}%，超过了 100%。",
            span=Span(clause_around(reading, claim, span.start).start, span.end),
            claims=(claim.id,),
            question="是可以多选，还是有一个占比写错了？",
            detail={"stated": shown, "computed": f"{total:g}%", "formula": "占比合计 ≤ 100%"},
        )


def _calendar(reading: Reading) -> Iterator[Draft]:
    view = reading.document.view
    for found in _DATE.finditer(view):
        month, day = int(found[1]), int(found[2])
        if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
            yield Draft(
                message=f"日历上没有“{found[0]}”。",
                span=Span(*found.span()),
                question="应该是哪一天？",
            )
    for found in _DAILY.finditer(view):
        if float(found[1]) > _DAY_H:
            yield Draft(
                message=f"“{found[0]}”：一天只有 24 小时。",
                span=Span(*found.span()),
                question="这是几个人、几天加起来的数？",
            )


RULE = Rule(
    code="D106",
    name="implausible-value",
    dimension=DimensionKey.DATA,
    severity=Severity.ERROR,
    since="0.1.0",
    title="不可能的数值",
    what="转化率、占比超过 100%，人数是负数，降幅超过 100%，占比合计超过 100%，一天 25 小时，2 月 30 日。",
    why="这种数一看就错，读的人会停在这里，后面写得再好也看不进去。",
    bad=(
        Example("本周付费转化率128%，上周12%。", marks="付费转化率128%"),
        Example("客服人均每天处理工单25小时，2月30日前补人。", marks="2月30日"),
    ),
    good=(
        Example("本周目标完成率128%，销售额12.8万元，目标10万元。"),
        Example("本周付费转化率12.8%，上周12%，2月28日前出改版方案。"),
    ),
    check=check,
)
