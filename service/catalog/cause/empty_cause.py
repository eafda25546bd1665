"""R202: a cause that fits any note, so that nobody can check it or act on it."""

from collections.abc import Iterator

from service.catalog.cues import cues, kind_of
from service.catalog.passage import clauses, grouped, trimmed
from service.catalog.tracing import Gap, gaps
from service.catalog.wording import Turns, said
from service.core.finding import Draft, Example, Rule, Severity
from service.core.lexicon import Hits
from service.core.reading import Reading
from service.core.score import DimensionKey
from service.core.span import Span

AT_MOST = 3
LONGEST = 30
_KINDS = (
    "find_empty_climate",
    "find_empty_will",
    "find_empty_means",
    "find_empty_people",
    "find_empty_effort",
)
_TELLS = (
    "{said}放到哪一周都说得通，没法核实。",
    "{said}太大，看不出该动哪一处。",
    "{said}还停在感觉上，没落到一件具体的事。",
)
_ASKS = {
    "find_empty_climate": "同行或去年同期是多少？如果他们没跌，差别在哪？",
    "find_empty_will": "从哪看出来的：问过几位，还是走到哪一步停下的？",
    "find_empty_means": "缺几个人（或多少钱、多少时间），因此哪件事没做成？",
    "find_empty_people": "具体是哪一步没接上，发生了几次？",
    "find_empty_effort": "具体少做了哪件事，少了几次？",
    "": "具体是哪个环节、哪群人，从哪看出来的？",
}


def check(reading: Reading) -> Iterator[Draft]:
    """Yield a draft for each cause that says nothing, where the problem has no better one."""
    turns = Turns()
    for gap in gaps(reading, "R202", AT_MOST):
        yield _draft(reading, gap, turns)


def _draft(reading: Reading, gap: Gap, turns: Turns) -> Draft:
    cause = gap.cause or gap.target
    hits = cues(reading)
    span = _passage(reading, cause.span, hits)
    kind = kind_of(hits, span, _KINDS) or ""
    return Draft(
        message=turns.pick(_TELLS).format(said=said(reading, span)),
        span=span,
        claims=(cause.id, gap.target.id),
        question=_ASKS[kind],
    )


def _passage(reading: Reading, span: Span, hits: Hits) -> Span:
    view = reading.document.view
    parts = clauses(view, span)
    chosen = [hits.has("cause_empty", p.start, p.end) for p in parts]
    found = grouped(parts, chosen, LONGEST)
    return found[0] if found else trimmed(view, span)


RULE = Rule(
    code="R202",
    name="empty-cause",
    dimension=DimensionKey.CAUSE,
    severity=Severity.WARNING,
    since="0.1.0",
    title="原因太空",
    what="“大环境不好、力度不够、用户不感兴趣、意识不足”这类原因，没有数据也没有具体的人和环节。",
    why="这样的原因没法核实，也推不出下一步；落到一个环节、一群人、一件事上才改得动。",
    bad=(
        Example("本周续费率从62%掉到55%，主要是推广力度不够。", marks="力度不够"),
        Example("- 问题：报名人数比上周少了80人\n- 原因：大环境不好，用户不感兴趣", marks="大环境不好"),
    ),
    good=(
        Example("本周续费率从62%掉到55%，因为到期提醒短信从3条减成了1条，回访里20人有14人说没收到提醒。"),
        Example("本周续费率62%，上周60%。"),
    ),
    check=check,
)
