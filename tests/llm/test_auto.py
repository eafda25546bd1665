"""`engine: auto` answers everybody: by model while it holds, by rule with the reason when it does not."""

import asyncio
import itertools
import json
from typing import Any

import pytest
from pydantic import SecretStr

from service.core.analysis import Analysis
from service.core.note import Note
from service.core.reading import ClaimKind
from service.llm.breaker import Breaker, State
from service.llm.client import Client
from service.llm.config import LlmSettings
from service.llm.reader import LlmReader
from service.llm.retry import Policy
from service.usecases.analyze import Analyze, Wish, whole
from service.wiring import rooms
from tests.fakes.openai_server import Request, Response, Server, completion, refused, serving

CALLERS = 64
LONG_S = 60.0  # no limit on a loaded machine either: what is waited for comes in a moment or never
ROOMS = rooms()
INVENTED = completion(tool='{"claims": [{"id": "c1", "quote": "GMV 翻倍", "kind": "result"}]}')


def _note(number: int) -> Note:
    return Note(f"第 {number} 组：下单转化率 3%，上周 5%。\n因为优惠券入口收进了二级菜单。\n周三前移回首屏。")


def _good(request: Request) -> Response:
    reply = {
        "claims": [
            {"id": "c1", "quote": "下单转化率 3%，上周 5%", "kind": "problem"},
            {
                "id": "c2",
                "quote": "因为优惠券入口收进了二级菜单",
                "kind": "cause",
                "traits": ["specific"],
                "links": [{"relation": "causes", "target": "c1"}],
            },
        ]
    }
    return completion(tool=json.dumps(reply, ensure_ascii=False))


def _analyze(server: Server, breaker: Breaker | None = None) -> tuple[Analyze, LlmReader]:
    settings = LlmSettings(
        base_url=server.base_url, api_key=SecretStr("sk-x"), model="m", concurrency=16, queue=CALLERS
    )
    model = LlmReader(Client(settings, policy=Policy(base_s=0.0, cap_s=0.0), breaker=breaker))
    return Analyze(ROOMS, model, "test"), model


async def _ask_all(analyze: Analyze, timeout_s: float) -> list[Analysis]:
    wish = Wish("auto", rewrites=False, timeout_s=timeout_s)
    return await asyncio.gather(*(whole(analyze.events(_note(n), wish)) for n in range(CALLERS)))


@pytest.mark.parametrize(
    ("bad", "timeout_s"),
    [
        (refused("boom", 500), LONG_S),
        (refused("slow", 429, retry_after="99"), LONG_S),
        (refused("who", 401), LONG_S),
        (Response(200, b"<html>"), LONG_S),
        (Response(200, b"", declared=9, cut=True), LONG_S),
        (Response(mute=True), 1.5),
        (completion("好的，写得不错！"), LONG_S),
        (INVENTED, LONG_S),
    ],
    ids=["500", "429", "401", "garbage", "reset", "hang", "prose", "invented"],
)
async def test_every_caller_is_answered_by_rule_when_the_model_fails(bad: Response, timeout_s: float) -> None:
    """Each answer is whole, marked degraded with a short reason, and scored as the rules score it."""
    async with serving(lambda _: bad) as server:
        analyze, model = _analyze(server)
        found = await _ask_all(analyze, timeout_s)
        await model.aclose()

    by_rule = await whole(Analyze(ROOMS, None, "test").events(_note(0), Wish("rules", rewrites=False)))
    for analysis in found:
        assert analysis.engine.name == "rules"
        assert analysis.engine.degraded
        assert analysis.engine.degraded_reason
        assert len(analysis.engine.degraded_reason) < 40
    assert found[0].scores == by_rule.scores
    assert [u.quote for u in found[0].unsupported] == (["GMV 翻倍"] if bad is INVENTED else [])


async def test_half_the_calls_failing_leaves_each_answer_truly_marked() -> None:
    """An answer says llm exactly where the model was read, and degraded exactly where it was not."""
    turn = itertools.count()

    def behave(request: Request) -> Response:
        return _good(request) if next(turn) % 2 else refused("boom", 500)

    async with serving(behave) as server:
        analyze, model = _analyze(server)
        found = await _ask_all(analyze, LONG_S)
        await model.aclose()

    for analysis in found:
        is_llm = analysis.engine.name == "llm"
        assert is_llm != analysis.engine.degraded
        assert is_llm == bool(analysis.engine.prompts)
    assert any(a.engine.name == "llm" for a in found)


async def test_after_recovery_answers_come_from_the_model_again() -> None:
    """The breaker's probe brings the model back; nobody has to restart anything."""
    now = [0.0]
    state: dict[str, Any] = {"healthy": False}
    breaker = Breaker(clock=lambda: now[0])

    def behave(request: Request) -> Response:
        return _good(request) if state["healthy"] else refused("boom", 503)

    async with serving(behave) as server:
        analyze, model = _analyze(server, breaker)
        assert all(a.engine.degraded for a in await _ask_all(analyze, LONG_S))
        state["healthy"], now[0] = True, 60.0
        wish = Wish("auto", rewrites=False, timeout_s=LONG_S)
        probe = await whole(analyze.events(_note(999), wish))
        found = await _ask_all(analyze, LONG_S)
        await model.aclose()

    assert probe.engine.name == "llm"
    assert breaker.state is State.CLOSED
    assert {a.engine.name for a in found} == {"llm"}
    assert any(c.kind is ClaimKind.CAUSE and c.links for c in found[0].reading.claims)


async def test_caller_who_asks_for_the_same_note_pays_nothing() -> None:
    """An identical analysis is cached, says so, and is the same."""
    async with serving(_good) as server:
        analyze, model = _analyze(server)
        wish = Wish("auto", rewrites=False, timeout_s=LONG_S)
        first = await whole(analyze.events(_note(1), wish))
        again = await whole(analyze.events(_note(1), wish))
        await model.aclose()

    assert len(server.requests) == 1
    assert again.usage.cached
    assert again.scores == first.scores


async def test_caller_who_hangs_up_cancels_the_call_upstream() -> None:
    """When the last listener leaves, the connection to the model is closed."""
    async with serving(lambda _: Response(mute=True)) as server:
        analyze, model = _analyze(server)
        call = asyncio.ensure_future(
            whole(analyze.events(_note(1), Wish("auto", rewrites=False, timeout_s=30.0)))
        )
        await server.until(lambda: server.open == 1)
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
        await server.until(lambda: server.open == 0)
        await model.aclose()
