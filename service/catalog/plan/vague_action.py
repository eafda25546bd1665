"""P303: “继续优化”: a plan item that names nothing to do."""

from collections.abc import Iterator

from service.catalog.cues import cues, is_known_metric, kind_of
from service.catalog.passage import clauses, grouped, trimmed
from service.catalog.wording import Turns, listed, said, subject
from service.core.finding import Draft, Example, Rule, Severity
from service.core.lexicon import Hits
from service.core.reading import Claim, ClaimKind, Reading, Trait
from service.core.score import DimensionKey
from service.core.span import Span

AT_MOST = 3  # the rest are told in the last one
LONGEST = 40
_LOOK = "find_act_look"
_KINDS = ("find_act_watch", "find_act_talk", "find_act_study", "find_act_tune", "find_act_more")
_TELLS = {
    "find_act_watch": ("{said}没说盯哪个数、到多少要出手。", "{said}看完之后做什么，没写。"),
    "find_act_talk": ("{said}没说找谁谈、要谈成什么。", "{said}没写谈完要拿到什么结果。"),
    "find_act_study": ("{said}没说研究完交出什么。", "{said}做到哪一步算有结果，没写。"),
    "find_act_look": ("{said}没说要用在哪。", "{said}没写要用它解决手上哪个问题。"),
    "find_act_tune": ("{said}没说改哪一处、改成什么样。", "{said}方向有了，第一步没写。"),
    "find_act_more": ("{said}没说具体做哪件事。", "{said}做多少、和现在差在哪，没写。"),
    "": ("{said}看不出具体做什么。", "{said}还是个方向，不是一件事。"),
}
_ASKS = {
    "find_act_watch": ("盯哪个数，到多少就动手，动手做什么？",),
    "find_act_talk": ("和谁、哪天谈，要对方答应什么？",),
    "find_act_study": ("最后交出什么：一份清单、一个方案，还是一个决定？",),
    "find_act_look": ("想用它解决手上哪个问题，最后交出什么？",),
    "find_act_tune": ("先改哪一处，从什么样改成什么样？",),
    "find_act_more": ("具体做哪件事，做几次，比现在多在哪？",),
    "": ("第一步做什么，谁来做？",),
}


def check(reading: Reading) -> Iterator[Draft]:
    """Yield a draft for each vague plan, three at most; stray but concrete tasks are P307's."""
    vague = [p for p in reading.of(ClaimKind.PLAN) if p.has(Trait.VAGUE) and not p.has(Trait.SPECIFIC)]
    turns = Turns()
    for at, plan in enumerate(vague[:AT_MOST]):
        rest = vague[AT_MOST:] if at == AT_MOST - 1 else []
        yield _draft(reading, plan, rest, turns)


def _draft(reading: Reading, plan: Claim, rest: list[Claim], turns: Turns) -> Draft:
    hits = cues(reading)
    span = _passage(reading, plan.span, hits)
    kind = _kind(hits, span)
    message = turns.pick(_TELLS[kind]).format(said=said(reading, span))
    if rest:
        message += f"{listed(reading, rest)}也一样。"
    return Draft(
        message=message,
        span=span,
        claims=(plan.id, *(p.id for p in rest)),
        question=_question(reading, span, hits, kind),
    )


def _kind(hits: Hits, span: Span) -> str:
    """Return what sort of vague action it is; to look at what is no figure is to look into something new."""
    if hits.has(_LOOK, *span) and not hits.has("metric", *span):
        return _LOOK
    return kind_of(hits, span, _KINDS) or ""


def _passage(reading: Reading, span: Span, hits: Hits) -> Span:
    view = reading.document.view
    whole = trimmed(view, span)
    if len(whole) <= LONGEST:
        return whole
    parts = clauses(view, span)
    found = grouped(parts, [hits.has("plan_vague", p.start, p.end) for p in parts], LONGEST)
    return found[0] if found else whole


def _question(reading: Reading, span: Span, hits: Hits, kind: str) -> str:
    """Ask about the object that follows the vague verb, where it is a clean name."""
    verb = hits.first("plan_vague", *span)
    if verb is not None and kind in ("find_act_tune", "find_act_watch"):
        first = next((c for c in clauses(reading.document.view, Span(verb.end, span.end))), None)
        thing = subject(reading.document.slice(first)) if first is not None else None
        if thing is not None and first is not None and first.start == verb.end and not _is_act(hits, first):
            if kind == "find_act_watch":
                return f"{thing}到多少就动手，做什么？"
            if is_known_metric(thing):
                return f"{thing}看哪个数，先做哪件事、做到多少？"  # a figure has no place to be changed at
            return f"{thing}先改哪一处，改成什么样？"
    return _ASKS[kind][0]


def _is_act(hits: Hits, span: Span) -> bool:
    """Tell whether what follows a vague verb is one itself ("多留意留意")."""
    return kind_of(hits, span, _KINDS) is not None


RULE = Rule(
    code="P303",
    name="vague-action",
    dimension=DimensionKey.PLAN,
    severity=Severity.WARNING,
    since="0.1.0",
    title="动作空泛",
    what="计划写的是“继续优化、加强沟通、持续关注”，看不出具体做什么。一篇最多分三条指出。",
    why="没有动作，下周就没法说做没做；换成一件看得见的事，做完能打勾。",
    bad=(
        Example("本周退款率从3%升到5%。\n下周计划：\n1. 继续优化退款流程", marks="继续优化退款流程"),
        Example("## 问题\n- 社群发言人数从120掉到80\n## 下周\n- 加强社群运营", marks="加强社群运营"),
    ),
    good=(
        Example("本周退款率从3%升到5%。\n下周计划：\n1. 周三前把退款短信改成实时发送"),
        Example("## 问题\n- 社群发言人数从120掉到80\n## 下周\n- 每晚8点开一场30分钟答疑，发言人数回到110"),
    ),
    check=check,
)
