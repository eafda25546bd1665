"""A model's rewrites are drafts: over the note's words, every blank asked for, judged by the same code."""

import json
from typing import Any

import httpx
import pytest
import respx

from service.core.analysis import Analysis
from service.core.facts import check_rewrites
from service.core.note import Note
from service.core.rewrite import RewriteDraft
from service.core.score import DimensionKey
from service.llm import prompts
from service.llm.client import Client
from service.llm.config import LlmSettings
from service.llm.reader import LlmReader
from service.llm.scripted import Scripted
from service.ports import ModelDrafts
from service.usecases.analyze import Analyze, Wish, whole
from service.wiring import rooms
from tests.fakes.openai_server import completion

EXAMPLE = prompts.load(*prompts.REWRITE).examples[0]
ROOMS = rooms()


async def _analysis(text: str) -> Analysis:
    wish = Wish("rules", rewrites=False)
    return await whole(Analyze(ROOMS, None, "test").events(Note(text), wish))


async def _drafts(text: str, *rewrites: dict[str, Any]) -> tuple[Analysis, ModelDrafts, Scripted]:
    analysis = await _analysis(text)
    scripted = Scripted({"rewrites": list(rewrites)})
    made = await LlmReader(scripted).rewriter.propose(analysis.reading, analysis.findings, 60.0)
    return analysis, made, scripted


def _item(quote: str, rewritten: str, *blanks: str, **more: Any) -> dict[str, Any]:
    asked = [{"token": b, "question": "是多少？"} for b in blanks]
    return {"quote": quote, "rewritten": rewritten, "dimensions": ["plan_linkage"], "blanks": asked, **more}


async def test_example_of_the_prompt_becomes_drafts() -> None:
    """The few-shot example obeys its own rules: every passage found, every blank asked."""
    _, made, _ = await _drafts(EXAMPLE["note"], *EXAMPLE["reply"]["rewrites"])
    assert made.dropped == 0
    assert [len(d.blanks) for d in made.drafts] == [4, 4]
    assert {k for d in made.drafts for k in d.dimensions} >= {DimensionKey.CAUSE, DimensionKey.PLAN}


@pytest.mark.parametrize(
    "item",
    [
        _item("下周上线新版结算页", "下周【待补：日期】上线", "【待补：日期】"),
        _item("下周继续优化拼团页", "下周【待补：日期】改拼团页"),
        _item("下周继续优化拼团页", "下周【待补：日期】改，【待补：日期】看数", "【待补：日期】"),
        _item("下周继续优化拼团页", "下周改拼团页", "【待补：日期】"),
        {"quote": "下周继续优化拼团页", "rewritten": "下周改拼团页"},
    ],
    ids=["passage-not-there", "blank-not-asked", "blank-twice", "blank-not-there", "no-dimension"],
)
async def test_draft_that_does_not_hold_is_dropped_and_counted(item: dict[str, Any]) -> None:
    """A passage the note lacks, or blanks and questions that don't match, make no draft."""
    _, made, _ = await _drafts(EXAMPLE["note"], item)
    assert made.drafts == ()
    assert made.dropped == 1


async def test_invented_fact_never_passes_the_check() -> None:
    """A rewrite with a number, name or date that the note lacks falls at the one fact check."""
    text = EXAMPLE["note"]
    invented = _item("下周继续优化拼团页", "下周三前由小林改拼团页，付款转化到 38%")
    analysis, made, _ = await _drafts(text, invented)
    assert len(made.drafts) == 1
    passed = check_rewrites(
        Note(text), analysis.reading, analysis.scores, analysis.findings, made.drafts, ROOMS.reread
    )
    assert passed == ()


async def test_refused_drafts_are_told_with_their_reason_inside_a_fence() -> None:
    """Asking once more names what fell and why, as data."""
    analysis = await _analysis(EXAMPLE["note"])
    scripted = Scripted({"rewrites": []})
    draft = RewriteDraft(analysis.reading.claims[0].span, "到 38%", (DimensionKey.PLAN,), "")
    await LlmReader(scripted, nonce=lambda: "n0nce").rewriter.propose(
        analysis.reading, analysis.findings, 60.0, refused=[(draft, "多了 38%")]
    )
    user = scripted.asked[0][-1]["content"]
    assert user.endswith("<退回 n0nce>\n到 38%（多了 38%）\n</退回 n0nce>")
    assert scripted.asked[0][0]["content"] == prompts.load(*prompts.REWRITE).system


@respx.mock
async def test_rewrites_over_the_wire_are_the_model_s_where_they_hold(respx_mock: respx.MockRouter) -> None:
    """Invented once, asked again with the reason, then shown; a repeat costs nothing."""
    text = EXAMPLE["note"]
    written = EXAMPLE["reply"]["rewrites"]
    invented = [{**written[0], "rewritten": "下周三前由小林改拼团页，付款转化到 38%", "blanks": []}]
    replies = iter([{"rewrites": invented}, {"rewrites": written}])
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        user = json.loads(request.content)["messages"][-1]["content"]
        asked.append(user)
        if "毛病清单" in user:
            return httpx.Response(200, content=completion(tool=json.dumps(next(replies))).body)
        quotes = [line for line in text.split("\n") if line.strip()]
        claims = [{"id": f"c{n}", "quote": q, "kind": "activity"} for n, q in enumerate(quotes)]
        return httpx.Response(200, content=completion(tool=json.dumps({"claims": claims})).body)

    respx_mock.post("http://model.test/v1/chat/completions").mock(side_effect=answer)
    settings = LlmSettings(base_url="http://model.test/v1", model="sim")
    reader = LlmReader(Client(settings, http_client=httpx.AsyncClient()))
    analysis = await whole(Analyze(ROOMS, reader, "test").events(Note(text), Wish("llm")))
    again = await whole(Analyze(ROOMS, reader, "test").events(Note(text), Wish("llm")))
    await reader.aclose()

    assert len(asked) == 3
    assert "38%" in asked[2].split("<退回")[1]
    assert {"extract", "rewrite"} == set(analysis.engine.prompts)
    assert analysis.usage.llm_calls == 3
    assert any(r.rationale == written[0]["rationale"] for r in analysis.rewrites)
    assert not any("38%" in r.rewritten for r in analysis.rewrites)
    assert again.usage.cached
    assert again.rewrites == analysis.rewrites
