"""What each reader sees that the other does not, and how the two become one reading."""

from service.core import lexicon
from service.core.analysis import Unsupported
from service.core.note import Note
from service.core.reading import ClaimKind, Reading, Relation, Trait
from service.core.span import Span
from service.llm.join import Accepted, join
from service.llm.reader import LlmReader
from service.llm.scripted import Scripted, claims
from service.rules.reader import RuleReader
from tests.llm.notes import claim, reading

RULES = RuleReader(lexicon.load())
UNSAID = "新人券领取后要回首页自己找"
TEXT = f"本周新客 1,200 人，上周 1,000 人，+20%。\n下单转化率 3%，目标 5%。\n{UNSAID}。\n整体反馈不错。"


def _kinds(found: Reading) -> dict[str, ClaimKind]:
    return {found.quote(c): c.kind for c in found.claims}


async def _joined() -> tuple[Reading, Reading, tuple[Unsupported, ...]]:
    by_rule = RULES.read(Note(TEXT))
    reply = claims(
        ("下单转化率 3%，目标 5%", "problem", ("negative",)),
        (UNSAID, "cause", ("specific",), ("causes:c1",)),
        ("客单价提升到 88 元", "result"),
    )
    found = await LlmReader(Scripted(reply)).read(Note(TEXT), by_rule, 60.0)
    return by_rule, found.reading, found.unsupported


async def test_model_sees_the_unsaid_cause_and_the_rules_do_not() -> None:
    """No word announces the cause; the model names it, and the joined reading holds it with its link."""
    by_rule, joined, _ = await _joined()
    assert _kinds(by_rule).get(UNSAID) is not ClaimKind.CAUSE
    cause = next(c for c in joined.claims if joined.quote(c) == UNSAID)
    assert cause.kind is ClaimKind.CAUSE
    assert [k.relation for k in cause.links] == [Relation.CAUSES]


async def test_rules_see_what_the_model_left_out() -> None:
    """Figures and claims that only the rules saw stay: a model can't raise a level by keeping silent."""
    by_rule, joined, _ = await _joined()
    told = next(c for c in by_rule.claims if c.metrics and "新客" in by_rule.quote(c))
    kept = next(c for c in joined.claims if c.span == told.span)
    assert kept.metrics == told.metrics
    assert any(Trait.VAGUE in c.traits for c in joined.claims)


async def test_figures_come_from_code_and_inventions_are_told() -> None:
    """The model's claim carries the metric that code bound; what it made up is named with the reason."""
    by_rule, joined, unsupported = await _joined()
    rate = next(c for c in joined.claims if joined.quote(c).startswith("下单转化率"))
    assert [m.value for m in rate.metrics] == [3.0]
    assert [(u.kind, u.reason) for u in unsupported] == [("result", "not_found")]
    assert joined.mismatches == by_rule.mismatches


def _span(text: str, quote: str) -> Span:
    return Span(text.index(quote), text.index(quote) + len(quote))


def test_weakness_the_rules_saw_is_not_talked_away() -> None:
    """EMPTY stays, and keeps SPECIFIC off."""
    text = "转化低，主要是大环境不好"
    by_rule = reading(
        text,
        claim(text, "c1", ClaimKind.PROBLEM, "转化低"),
        claim(text, "c2", ClaimKind.CAUSE, "主要是大环境不好", Trait.EMPTY),
    )
    said = Accepted("m1", ClaimKind.CAUSE, _span(text, "主要是大环境不好"), frozenset({Trait.SPECIFIC}))
    cause = join(by_rule, [said]).of(ClaimKind.CAUSE)[0]
    assert cause.has(Trait.EMPTY)
    assert not cause.has(Trait.SPECIFIC)


def test_link_to_a_claim_the_model_replaced_follows_it() -> None:
    """Links of the rules' claims are kept when one end is now the model's claim."""
    text = "留存掉到 31%\n因为引导第三步卡住"
    by_rule = RULES.read(Note(text))
    assert by_rule.of(ClaimKind.CAUSE)[0].links
    joined = join(by_rule, [Accepted("m1", ClaimKind.PROBLEM, _span(text, "留存掉到 31%"))])
    cause = joined.of(ClaimKind.CAUSE)[0]
    assert joined.claim(cause.links[0].target).kind is ClaimKind.PROBLEM


def test_passage_read_twice_counts_once() -> None:
    """The second kind a model gives the same words is dropped."""
    text = "新客 300 人"
    twice = [Accepted("a", ClaimKind.RESULT, Span(0, 8)), Accepted("b", ClaimKind.PROBLEM, Span(0, 8))]
    assert [c.kind for c in join(reading(text), twice).claims] == [ClaimKind.RESULT]


def test_deadline_and_owner_must_stand_in_the_claim() -> None:
    """A date or name the passage does not hold is not taken over."""
    text = "周三前压缩首屏图片\n小林跟进复盘"
    by_rule = RULES.read(Note(text))
    span = _span(text, "周三前压缩首屏图片")
    right = join(by_rule, [Accepted("m", ClaimKind.PLAN, span, deadline="周三前")])
    wrong = join(by_rule, [Accepted("m", ClaimKind.PLAN, span, deadline="周五前", owner="小林")])
    assert right.claims[0].deadline == "周三前"
    assert wrong.claims[0].deadline != "周五前"
    assert wrong.claims[0].owner is None


async def test_promise_of_the_note_before_is_linked_by_its_words() -> None:
    """carries_over finds the plan of the previous note that its quote names."""
    note = Note("首屏图片已压缩到 180KB，加载降到 2 秒。", previous="下周计划：\n- 周三前压缩首屏图片")
    by_rule = RULES.read(note)
    assert by_rule.previous is not None
    promised = by_rule.previous.of(ClaimKind.PLAN)[0]
    reply = {
        "claims": [
            {
                "id": "c1",
                "quote": "首屏图片已压缩到 180KB",
                "kind": "result",
                "links": [{"relation": "carries_over", "target": "周三前压缩首屏图片", "source": "previous"}],
            }
        ]
    }
    found = await LlmReader(Scripted(reply)).read(note, by_rule, 60.0)
    links = [k for c in found.reading.claims for k in c.links if k.source == "previous"]
    assert (links[0].relation, links[0].target) == (Relation.CARRIES_OVER, promised.id)


_OPEN = "退货率涨到 8%\n客服人手不足\n给退货率高的三款重拍详情页"


def _open_by_rule() -> Reading:
    return reading(
        _OPEN,
        claim(_OPEN, "c1", ClaimKind.PROBLEM, "退货率涨到 8%", Trait.OPEN),
        claim(_OPEN, "c2", ClaimKind.PLAN, "给退货率高的三款重拍详情页"),
    )


def test_problem_whose_plan_the_model_finds_is_open_no_longer() -> None:
    """A link that the note's words bear out answers what the rules left open; without it, it stays."""
    problem = Accepted("m1", ClaimKind.PROBLEM, _span(_OPEN, "退货率涨到 8%"))
    plan = Accepted(
        "m2",
        ClaimKind.PLAN,
        _span(_OPEN, "给退货率高的三款重拍详情页"),
        links=((Relation.ADDRESSES, "m1", "text"),),
    )

    assert not join(_open_by_rule(), [problem, plan]).of(ClaimKind.PROBLEM)[0].has(Trait.OPEN)
    assert join(_open_by_rule(), [problem]).of(ClaimKind.PROBLEM)[0].has(Trait.OPEN)


def test_problem_that_only_the_model_saw_waits_for_a_plan() -> None:
    """What nobody planned for is told, whoever found it."""
    seen = Accepted("m1", ClaimKind.PROBLEM, _span(_OPEN, "客服人手不足"))
    found = {p.span: p.has(Trait.OPEN) for p in join(_open_by_rule(), [seen]).of(ClaimKind.PROBLEM)}

    assert found[_span(_OPEN, "客服人手不足")]


def test_an_empty_cause_is_tied_to_nothing_by_a_model() -> None:
    """Neither to the problem that a model found beside it, nor to a deeper cause; a solid one is."""
    text = "留存掉了，原因是力度不够。入口收进了二级菜单。"
    by_rule = reading(text, claim(text, "c1", ClaimKind.CAUSE, "原因是力度不够", Trait.EMPTY))
    spans = [
        Span(text.index(q), text.index(q) + len(q))
        for q in ("留存掉了", "原因是力度不够", "入口收进了二级菜单")
    ]
    problem = Accepted("p", ClaimKind.PROBLEM, spans[0])
    empty = Accepted("e", ClaimKind.CAUSE, spans[1], links=((Relation.CAUSES, "p", "text"),))
    both = ((Relation.CAUSES, "p", "text"), (Relation.CAUSES, "e", "text"))
    solid = Accepted("s", ClaimKind.CAUSE, spans[2], frozenset({Trait.SPECIFIC}), both)
    joined = join(by_rule, [problem, empty, solid])
    assert {joined.quote(c): [k.target for k in c.links] for c in joined.claims} == {
        "留存掉了": [],
        "原因是力度不够": [],
        "入口收进了二级菜单": ["c1"],
    }
