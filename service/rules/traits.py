"""Small observable judgements about one claim: vague, dated, measurable, specific and their kin."""

import re
from collections.abc import Sequence
from itertools import groupby

from service.core.document.model import Document, LineKind
from service.core.numbers.model import Number, NumberKind
from service.core.reading import ClaimKind, Trait
from service.core.span import Span
from service.rules.classify import is_outcome, judged
from service.rules.clause import Clause
from service.rules.unit import Unit
from service.rules.words import Words

_DAYS_ONLY = ("duration",)
# "@阿宁", "(小林)" after a plan; not "a@b.c"
# "服务意识有待提升", "协同力度不足", "缺乏执行力"; not "人手不足,3 个人顶 5 个岗" (that one has figures)
_QUALITY = (
    "意识|态度|能力|素质|责任心|责任感|执行力|执行|积极性|主动性|重视|配合度?|力度|吸引力|认知|意愿|兴趣|价值感|氛围|热情|水平|经验"
    "|精细化|协同|沟通|管理|监管|落实|机制|体系|心智|颗粒度|投入度?|参与度|粘性|黏性|忠诚度|凝聚力|信心|动力|专业度|敏感度|感知"
)
EMPTY = re.compile(
    rf"(?:{_QUALITY})[^，。;]{{0,4}}(?:不足|不够|不强|不高|不到位|欠缺|薄弱|淡薄|有待|偏弱|偏低|太低|低|缺失|缺乏|拉齐|跟不上|不行|不好|差|弱|滞后|问题)"
    rf"|(?:缺乏|缺少|欠缺|没有|没啥|没什么)(?:{_QUALITY})|端正|正常现象|很正常|难免|小插曲|运气|随缘|玄学|你懂的|大家都(?:这样|一样|慢|难)"
)
_DEGREE = "有点|有些|比较|挺|蛮|很|太|特别|非常|相当|不太|不怎么|没怎么|越来越|略|稍|偏|还算|格外|极其|愈发"
_QUALITY_OF = (
    "大|小|多|少|高|低|快|慢|好|差|强|弱|长|短|冷|热|火|旺|乱|贵|紧|顺|稳|狠"
    "|正常|一般|理想|活跃|满意|明显|紧张"
)
# evaluations by their shape: "有点慢", "多了不少", "出得慢", "有待提升", "好几次"; not "多了 30 单", "较上周"
LOOSE = re.compile(
    rf"(?:{_DEGREE})(?:{_QUALITY_OF})|(?:多|少|快|慢|高|低|好|差|涨|降|掉|冷|热)了?(?:不少|好多|很多|许多|一大截|一截|一些|点|一点|一下子|老多)"
    r"|得(?:有点|有些)?(?:快|慢|多|少|厉害|狠|凶|早|晚|不错|挺好|很好|一般)|有待(?:提升|提高|优化|改善|加强|改进|完善)"
    r"|(?:持续|稳步|逐步|不断|大幅|显著|明显|屡|再)(?:提升|改善|增长|向好|占领|创新高|爆棚|走高|下降|好转|下滑|升温|进步|优化中)"
    r"|(?:多|少|快|慢|高|低|涨|降|掉|跌|好|差)了(?:点|些)?$|稳中有[进升降好]|创新高|爆棚|拉满|封神|行业顶尖|顶尖|(?:不|没)(?:高|低|强|够好|理想|乐观|好卖|好做|怎么起来|见起色)(?![\d])"
    r"|(?:好几|不止一|几)(?:次|回|家|个|条|单|天|遍)|也(?:少|差|慢|低|冷|弱|常|不行|一般)|(?:经常|老是|总是|时不时|动不动|常常|频频|屡屡|陆续)"
    r"|(?:高度|一致|广泛|普遍)(?:认可|好评|认同|满意)|(?:挺|都|很)?(?:上心|积极|踊跃|热闹|热情)$|(?:氛围|气氛|反响|反应|口碑|势头|表现|状态|情况)(?:很|挺|还|都|几|唔|比较)?(?:不错|可以|良好|好|行|正常|稳定|一般|错)"
)
_MENTION = re.compile(r"(?<![\w.])@([\w一-鿿]{1,8})")
_NAME = 12  # characters; a longer name is a piece of sentence
_TELLING = 11  # smaller numbers recur by chance
NAME_WEIGHT = 9.0
NUMBER_WEIGHT = 7.0
_OUTCOMES = (ClaimKind.RESULT, ClaimKind.PROBLEM, ClaimKind.EVIDENCE)
_LONG_ENOUGH = 10  # characters of a cause that no word announces
_ONE_ITEM = 9  # clauses; a longer line holds several plans
_SHARED = {Trait.DATED, Trait.MEASURABLE, Trait.PRIORITISED, Trait.OWNED, Trait.REASONED}
_GROUP_ENDS = "端店组线区城班客群型类仓院校站号家队"
_QUANTIFIERS = frozenset(
    (
        "几个",
        "一些",
        "个别",
        "部分",
        "少数",
        "若干",
        "少量",
        "少许",
        "很多",
        "好多",
        "许多",
        "不少",
        "大量",
        "大批",
    )
)


def observe(document: Document, unit: Unit, words: Words) -> None:
    """Add to a unit the traits that its words and numbers show."""
    unit.words = words.content(*(c.span for c in unit.clauses))
    for m in unit.metrics:
        if m.name and len(m.name) <= _NAME:
            unit.words.setdefault(m.name.lower(), NAME_WEIGHT)
    for n in unit.measures:
        if n.value >= _TELLING and n.kind is NumberKind.MEASURE and n.unit_kind != "percent":
            unit.words[f"#{n.value:g}{n.unit}"] = NUMBER_WEIGHT
    if unit.topic is not None:
        unit.words = {**words.content(unit.topic), **unit.words}
    if unit.kind in (ClaimKind.RESULT, ClaimKind.PROBLEM, ClaimKind.EVIDENCE, ClaimKind.ACTIVITY):
        _outcome(unit)
    elif unit.kind is ClaimKind.CAUSE:
        _cause(unit)
    else:
        _plan(document, unit, words)


def _outcome(unit: Unit) -> None:
    traits = unit.traits
    metrics = unit.metrics
    outcome = [m for c in unit.clauses for m in c.metrics if is_outcome(c, m)]
    if any(m.is_compared for m in outcome):
        traits.add(Trait.COMPARED)
    if is_segmented(unit):
        traits.add(Trait.SEGMENTED)
    if unit.has("define_mark"):
        traits.add(Trait.DEFINED)
    if unit.has("key_mark"):
        traits.add(Trait.KEY)
    told = [judged(m) for m in metrics]
    if unit.kind is ClaimKind.PROBLEM or sum(told) < 0:
        traits.add(Trait.NEGATIVE)
    elif sum(told) > 0 or unit.has("tone_good"):
        traits.add(Trait.POSITIVE)
    if unit.kind in (ClaimKind.RESULT, ClaimKind.PROBLEM) and is_vague(unit.clauses):
        traits.add(Trait.VAGUE)
    if unit.has("deed_done") and unit.has("deed_verb"):
        traits.add(Trait.DONE)
    if outcome or (unit.kind is ClaimKind.EVIDENCE and any(n.unit for n in unit.measures)):
        traits.add(Trait.MEASURABLE)
    if unit.has_quote or unit.has("evidence_voice"):
        traits.add(Trait.QUOTED)
    if unit.has("cause_change", "cause_mark") and not outcome and unit.words:
        traits.add(Trait.SPECIFIC)
    if unit.has("cause_verify"):
        traits.add(Trait.VERIFIABLE)
    if unit.is_row:
        traits.add(Trait.ROW)


def share_item(units: Sequence[Unit]) -> None:
    """Let the plans of one list item share date, goal and order: they are one commitment."""
    for _, group in groupby(
        (u for u in units if u.kind is ClaimKind.PLAN and not u.is_row), key=lambda u: u.line
    ):
        plans = list(group)
        if len(plans) < 2 or sum(len(p.clauses) for p in plans) > _ONE_ITEM:
            continue
        shared = set().union(*(p.traits for p in plans)) & _SHARED
        words = {k: w for p in plans for k, w in p.words.items()}
        for plan in plans:
            plan.traits |= shared
            if Trait.SPECIFIC in plan.traits:
                plan.traits.discard(Trait.VAGUE)
            plan.words = words


def mark_breakdowns(document: Document, units: Sequence[Unit]) -> None:
    """Mark figures that break one down side by side: sub-items of a figure, or groups alike in one line."""
    for _, group in groupby(units, key=lambda u: u.line):
        row = [u for u in group if u.kind in _OUTCOMES and u.measures and not u.is_row]
        groups = [u for u in row if not u.has("metric") or u.has("scope_segment")]
        if len(groups) >= 2 and len({tuple(n.unit for n in u.measures)[:2] for u in groups}) == 1:
            for unit in groups:
                unit.traits.add(Trait.SEGMENTED)
    subs: dict[int, list[Unit]] = {}
    for unit in units:
        line = document.lines[unit.line]
        if line.kind is LineKind.ITEM and line.level > 1 and unit.kind in _OUTCOMES and unit.measures:
            subs.setdefault(unit.item, []).append(unit)
    for below in subs.values():
        if len({u.line for u in below}) >= 2:
            for unit in below:
                unit.traits.add(Trait.SEGMENTED)


def is_segmented(unit: Unit) -> bool:
    """Tell whether figures are broken down: parallel figures of one unit under different names or groups."""
    metrics = unit.metrics
    if unit.is_row:
        return bool(metrics) and not unit.row_is_metric
    if len({m.segment for m in metrics if m.segment}) >= 2:
        return True
    if unit.has("evidence_split") and len(unit.measures) >= 2:
        return True
    if not unit.has("scope_segment") and not any(m.name and m.name[-1:] in _GROUP_ENDS for m in metrics):
        return False
    named: dict[str, set[str]] = {}
    for m in metrics:
        if m.name and m.value is not None:
            named.setdefault(m.unit, set()).add(m.name)
    return any(len(names) >= 2 for names in named.values())


def is_vague(clauses: list[Clause]) -> bool:
    """Tell whether words stand in for data here: an evaluation, and no figure in the same breath."""
    if any(c.measures for c in clauses):
        return False
    for clause in clauses:
        if LOOSE.search(clause.text):
            return True
        words = {h.word for h in clause.cues.get("vague_tone", ())}
        if words - _QUANTIFIERS:
            return True
        if words and clause.has("tone_bad", "tone_good"):
            return True
    return False


def _cause(unit: Unit) -> None:
    traits = unit.traits
    if unit.has("cause_guess"):
        traits.add(Trait.HYPOTHESIS)
    if unit.has("cause_verify"):
        traits.add(Trait.VERIFIABLE)
    bare = unit.has("cause_empty", "cause_vogue") or any(EMPTY.search(c.text) for c in unit.clauses)
    if not unit.words or (bare and not unit.measures and not unit.has("cause_change")):
        traits.add(Trait.EMPTY)
    elif _is_told_as_cause(unit):
        traits.add(Trait.SPECIFIC)


def _is_told_as_cause(unit: Unit) -> bool:
    """Tell whether a cause is announced, or long enough to be one without a word that says so."""
    if unit.has("cause_mark", "cause_guess", "cause_change") or unit.measures:
        return True
    return sum(len(c.text) for c in unit.clauses) >= _LONG_ENOUGH


def _told_as_goal(document: Document, clause: Clause, number: Number) -> bool:
    """Tell whether a plan's number can be held to: written in digits, or next to a word of reaching."""
    return clause.has("plan_measure", "metric") or any(c.isdigit() for c in document.slice(number.span))


def is_goal(number: Number) -> bool:
    """Tell whether a number can be a goal: a measure that is not just a length of time."""
    return number.kind in (NumberKind.MEASURE, NumberKind.CHANGE) and number.unit_kind not in _DAYS_ONLY


def _plan(document: Document, unit: Unit, words: Words) -> None:
    traits = unit.traits
    dates = [n for n in unit.numbers if n.kind in (NumberKind.DATE, NumberKind.TIME)]
    if dates or unit.has("time_often", "day_mark"):
        traits.add(Trait.DATED)
        if unit.deadline is None and dates:
            unit.deadline = deadline(document, dates[0].span, unit.span)
    if any(is_goal(n) and _told_as_goal(document, c, n) for c in unit.clauses for n in c.measures):
        traits.add(Trait.MEASURABLE)
    text = document.slice(unit.span)
    mention = _MENTION.search(text)
    if mention is not None:
        traits.add(Trait.OWNED)
        unit.owner = unit.owner or mention.group(1)
    elif unit.has("plan_owner"):
        traits.add(Trait.OWNED)
    if unit.has("plan_priority") or document.lines[unit.line].marker[:1].upper() == "P":
        traits.add(Trait.PRIORITISED)
    if unit.has("plan_reason"):
        traits.add(Trait.REASONED)
    if unit.has("cause_verify"):
        traits.add(Trait.VERIFIABLE)
    do = any(
        h.end - h.start > 1 or words.is_token(h.start, h.end)
        for c in unit.clauses
        for h in c.cues.get("plan_do", ())
    )
    vague = unit.has("plan_vague")
    concrete = do or (Trait.DATED in traits and not vague) or (Trait.MEASURABLE in traits and not vague)
    if concrete and (not vague or do) and unit.words:
        traits.add(Trait.SPECIFIC)
    elif vague or not unit.words:
        traits.add(Trait.VAGUE)


def deadline(document: Document, date: Span, within: Span) -> str:
    """Return a date with the word that makes it a deadline ("周三前", "11 月底前")."""
    end = date.end
    after = document.view[end : min(end + 4, within.end)]
    for tail in ("之前", "以前", "前", "以内", "内", "底前", "底", "下班前", "晚上前"):
        if after.lstrip().startswith(tail):
            end += len(after) - len(after.lstrip()) + len(tail)
            break
    return document.view[date.start : end].strip()
