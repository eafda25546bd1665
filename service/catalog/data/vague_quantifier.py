"""D101: an evaluation where a figure should stand."""

from collections.abc import Iterator
from typing import NamedTuple

from service.catalog.cues import cues, kind_of, words
from service.catalog.passage import clauses, grouped, trimmed
from service.catalog.wording import Turns, before, said, subject, this
from service.core.finding import Draft, Edit, Example, Fix, Rule, Severity
from service.core.lexicon import Hit, Hits
from service.core.numbers.model import NumberKind
from service.core.reading import Claim, ClaimKind, Reading, Trait
from service.core.score import DimensionKey
from service.core.span import Span

LEANS = 4  # characters of an evaluation that speaks of the clause before it ("挺好")
LONGEST = 30  # characters of neighbouring vague clauses taken as one passage
_KINDS = (
    "find_goal",
    "find_complaint",
    "find_voice",
    "find_effect",
    "find_crowd_click",
    "find_crowd_watch",
    "find_crowd_talk",
    "find_crowd_active",
    "find_crowd_join",
    "find_shift",
    "find_course",
    "find_amount",
)
# where people are counted by what they write
_CHATS = ("群", "评论", "弹幕", "直播", "社区", "发言", "说话", "互动", "发帖", "刷屏", "论坛", "潜水")
_TELLS = {
    "find_shift": ("{said}看得出方向，看不出幅度。", "{said}没说变了多少。", "{said}缺一前一后两个数。"),
    "find_voice": (
        "{said}是听来的感受，没有条数。",
        "{said}没说是几个人、几条反馈。",
        "{said}转述得太省，少了数量。",
    ),
    "find_complaint": ("{said}没写有几起。", "{said}听得出着急，没有件数。"),
    "find_effect": ("{said}没说效果看的是哪个数。", "{said}是结论，撑它的数没写。"),
    "find_crowd": (
        "{said}写的是场面，没有数。",
        "{said}没有人次，下次没法比。",
        "{said}让人想问：到底多少？",
    ),
    "find_course": ("{said}听不出做到了哪一步。", "{said}没写原定到哪、现在到哪。"),
    "find_goal": ("{said}没写预期是多少、实际是多少。", "{said}说了和预期的关系，两个数都没给。"),
    "find_amount": ("{said}没有具体的数。", "{said}到底是几个，没写。"),
    "": ("{said}是判断，没有给数。", "{said}没有数，读的人拿不准轻重。", "{said}怎样才算，缺一个数。"),
}
_ASKS = {
    "find_shift": ("{subject}从多少到多少？", "从多少变到了多少？"),
    "find_voice": ("一共收到几条反馈，说好的有几条？", "一共收到几条反馈，说好的有几条？"),
    "find_complaint": ("{now}一共几起，主要是哪一类？", "{now}一共几起，主要是哪一类？"),
    "find_effect": ("效果看哪个数，现在是多少？", "效果看哪个数，现在是多少？"),
    "find_crowd_click": ("发出去之后几个人点了、几个人回了？", "发出去之后几个人点了、几个人回了？"),
    "find_crowd_watch": ("有多少人看，{before}是多少？", "有多少人看，{before}是多少？"),
    "find_crowd_talk": ("{now}多少人发言、多少条，{before}呢？", "{now}多少人发言、多少条，{before}呢？"),
    "find_crowd_active": ("{now}活跃的有多少，{before}呢？", "{now}活跃的有多少，{before}呢？"),
    "find_crowd_join": ("有多少人，{before}是多少？", "有多少人，{before}是多少？"),
    "find_course": (
        "{subject}原定到哪一步，现在完成了几成？",
        "原定到哪一步，现在完成了几成？",
    ),
    "find_goal": ("{subject}预期多少，实际多少？", "预期多少，实际多少？"),
    "find_amount": ("具体是几个，占总数多少？", "具体是几个，占总数多少？"),
    "": ("{subject}现在是多少，{before}是多少？", "用一个数说是多少，{before}是多少？"),
}
_ASK_JUDGED = (
    "这么说凭的是哪个数，或者哪件事？",
    "要让没在场的人也信，拿哪个数或哪件事来说？",
    "是哪一次、哪个数让你这么判断？",
)
_BLANKS = {
    "find_shift": "从多少到多少",
    "find_voice": "反馈几条、其中好评几条",
    "find_complaint": "几起",
    "find_effect": "看哪个数、是多少",
    "find_crowd_click": "点开几人、回复几人",
    "find_crowd_watch": "多少人看",
    "find_crowd_talk": "多少人发言、多少条",
    "find_crowd_active": "活跃的有多少",
    "find_crowd_join": "多少人",
    "find_course": "完成到几成",
    "find_goal": "预期多少、实际多少",
    "find_amount": "具体数量",
    "find_judged": "哪个数，或哪件事",
    "": "具体数值，上期数值",
}


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft for every passage that tells a result or a problem by evaluation alone."""
    turns = Turns()
    held: list[_Passage] = []
    for claim in reading.claims:
        is_told = claim.has(Trait.VAGUE) and not claim.has(Trait.MEASURABLE)
        if claim.kind is ClaimKind.PLAN or not (claim.vague or is_told):
            continue
        for span in _passages(reading, claim, cues(reading)):
            if len(span) <= LEANS and _has_figure(reading, Span(claim.span.start, span.start)):
                continue
            if held and _goes_on(reading, held[-1], claim, span):
                held[-1] = _Passage(Span(held[-1].span.start, span.end), (*held[-1].claims, claim))
            else:
                held.append(_Passage(span, (claim,)))
    for passage in held:
        yield _draft(reading, passage, turns)


class _Passage(NamedTuple):
    """Evaluations in one breath, and the claims that they make."""

    span: Span
    claims: tuple[Claim, ...]


def _goes_on(reading: Reading, before: _Passage, claim: Claim, span: Span) -> bool:
    """Tell whether a passage leans on the one before: one breath, one kind, no subject of its own."""
    if claim.kind is not before.claims[-1].kind or span.end - before.span.start > LONGEST:
        return False
    hit = _evaluation(cues(reading), span)
    if hit is None or _subject(reading, span, hit) is not None:
        return False
    return reading.document.view[before.span.end : span.start].strip() in ("，", ",", "、")


def _passages(reading: Reading, claim: Claim, hits: Hits) -> list[Span]:
    """Return the clauses that evaluate; where no known word does, the one with news, or the longest."""
    view = reading.document.view
    parts = clauses(view, claim.span)
    if claim.vague:
        return grouped(parts, [any(p.overlaps(v) for v in claim.vague) for p in parts], LONGEST)
    chosen = [_evaluation(hits, p) is not None for p in parts]
    for at, part in enumerate(parts):
        # "反馈也不错" has a subject; "挺好的" leans on the clause before it
        if chosen[at] and at and not chosen[at - 1] and len(part) <= LEANS:
            chosen[at - 1] = True
    found = grouped(parts, chosen, LONGEST)
    if found:
        return found
    whole = trimmed(view, claim.span)
    if len(whole) <= LONGEST or not parts:
        return [whole]
    return [max(parts, key=lambda p: (_is_toned(hits, p), len(p)))]


def _has_figure(reading: Reading, span: Span) -> bool:
    return any(n.kind is NumberKind.MEASURE for n in reading.numbers_in(span))


def _evaluation(hits: Hits, span: Span) -> Hit | None:
    """Return the word that evaluates; 几个 or 不少 does so only beside good or bad news."""
    found = list(hits.within("vague_tone", *span))
    strong = next((h for h in found if h.word not in words("find_amount")), None)
    return strong or (found[0] if found and _is_toned(hits, span) else None)


def _is_toned(hits: Hits, span: Span) -> bool:
    return hits.has("tone_bad", *span) or hits.has("tone_good", *span)


def _draft(reading: Reading, passage: _Passage, turns: Turns) -> Draft:
    span = passage.span
    hits = cues(reading)
    hit = _evaluation(hits, span)
    kind = _kind(reading, span, hits, hit)
    if kind == "find_crowd_talk" and not any(w in reading.document.slice(span) for w in _CHATS):
        kind = "find_crowd_join"  # a reading room is lively by those who come
    of = _subject(reading, span, hit)
    if not kind and not hits.has("metric", *span):
        kind = "find_judged"
    ask = turns.pick(_ASK_JUDGED) if kind == "find_judged" else _ASKS[kind][0 if of else 1]
    tells = _TELLS["find_crowd" if kind.startswith("find_crowd") else "" if kind == "find_judged" else kind]
    return Draft(
        message=turns.pick(tells).format(said=said(reading, span)),
        span=span,
        claims=tuple(c.id for c in passage.claims),
        question=ask.format(subject=of or "", before=before(reading), now=this(reading)),
        fixes=_fixes(reading, hit, kind),
    )


def _kind(reading: Reading, span: Span, hits: Hits, hit: Hit | None) -> str:
    """Return the sort of evaluation, by the clause that is asked about before the rest of the passage."""
    at = hit.start if hit is not None else span.start
    here = next((p for p in clauses(reading.document.view, span) if p.start <= at < p.end), span)
    return kind_of(hits, here, _KINDS) or kind_of(hits, span, _KINDS) or ""


def _subject(reading: Reading, span: Span, hit: Hit | None) -> str | None:
    if hit is None:
        return None
    view = reading.document.view
    parts = [p for p in clauses(view, span) if p.start <= hit.start]
    return subject(view[parts[-1].start : hit.start]) if parts else None


def _fixes(reading: Reading, hit: Hit | None, kind: str) -> tuple[Fix, ...]:
    if hit is None:
        return ()
    place = reading.document.source(_whole_word(reading.document.view, hit))
    return (Fix("换成数字", (Edit(place, f"【待补：{_BLANKS[kind]}】"),)),)


def _whole_word(view: str, hit: Hit) -> Span:
    """Return the author's whole word: 比较大 of 较大, 冷冷清清 of 冷清, 取得良好成效 of 取得良好."""
    start, end = hit.start, hit.end
    first, last = view[start], view[end - 1]
    if start and view[start - 1] == first and view[end : end + 1] == last:
        return Span(start - 1, end + 1)
    if first == "较" and view[start - 1 : start] == "比":
        start -= 1
    return Span(start, end + next((len(w) for w in words("find_effect") if view.startswith(w, end)), 0))


RULE = Rule(
    code="D101",
    name="vague-quantifier",
    dimension=DimensionKey.DATA,
    severity=Severity.WARNING,
    since="0.1.0",
    title="用评价代替数字",
    what="“效果不错、有所提升、反馈很好、没什么人”这类评价，附近又没有数字支撑。",
    why="评价没法核对，也没法和下一期比；换成数字，成绩才算得到你头上。",
    bad=(
        Example("本周社群活动效果不错，大家反馈很好。", marks="效果不错"),
        Example("老用户回流一般般。", marks="老用户回流一般般"),
    ),
    good=(
        Example("本周社群活动来了180人，上周120人，多了一半。"),
        Example("老用户回流 230 人，上周 310 人，少了 80 人。"),
    ),
    check=check,
)
