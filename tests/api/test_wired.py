"""The contract over the real engine, as wired for production."""

import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import AsyncTestClient, TestClient

from service.api.app import create_app
from service.core.reading import Trait
from service.llm.reader import LlmReader
from service.llm.scripted import Scripted, claims
from service.settings import Settings
from service.wire.analyses import Analysis, Check
from service.wiring import build
from tests.api.conftest import Client, at, spans
from tests.api.test_problems import assert_problem

MARKDOWN = (
    "# 第12周周报😀\n\n## 本周成果\n- **社群日活** 1,200，上周 1,000，+50%\n- 直播三场，整体反馈很好\n\n"
    "## 问题\n付费转化率 8%，目标 12%，主要是力度不够。\n\n## 下周计划\n1. 继续优化𠮷支付流程\n"
)
HTML = (
    "<h2>本周成果</h2><ul><li>社群日活 1,200，上周&nbsp;1,000</li><li>直播<b>三场</b>，反馈很好😀</li></ul>"
    "<h2>问题</h2><p>付费转化率 8%，目标 12%&lt;主因&gt;力度不够。</p><h2>下周计划</h2><p>继续优化𠮷流程</p>"
)
PREVIOUS = "👍上周计划\n周五前完成新手引导改版，目标次留 40%。\n"


def app() -> Litestar:
    """Return the application as `serve` makes it."""
    settings = Settings(rate_checks_per_minute=0, rate_analyses_per_minute=0)
    return create_app(build(settings), settings)


@pytest.fixture
async def wired() -> AsyncIterator[Client]:
    """A client of the application over the real engine."""
    async with AsyncTestClient(app(), raise_server_exceptions=True) as client:
        yield client


async def analyse(client: Client, text: str, **fields: Any) -> dict[str, Any]:
    """Return an analysis that keeps to the contract's shapes."""
    response = await client.post("/v1/analyses", json={"text": text, **fields})
    assert response.status_code == 200, response.text
    Analysis.model_validate_json(response.content)
    answer: dict[str, Any] = response.json()
    return answer


def assert_quotes(answer: dict[str, Any], text: str, previous: str, encoding: str = "utf-16") -> None:
    """Look that every quote in an answer is what its span cuts from its text."""
    rest = {**answer, "findings": []}
    by_previous = [f for f in answer["findings"] if f["source"] == "previous"]
    rest["findings"] = [f for f in answer["findings"] if f["source"] == "text"]
    for quote, span in spans(rest):
        assert at(text, span, encoding) == quote
    for quote, span in spans(by_previous):
        assert at(previous, span, encoding) == quote


@pytest.mark.parametrize("text", [MARKDOWN, HTML, MARKDOWN.replace("#", "").replace("*", "")])
@pytest.mark.parametrize("encoding", ["utf-16", "codepoint"])
async def test_quotes_hold_in_every_format(wired: Client, text: str, encoding: str) -> None:
    """Claims, evidence, findings and rewrites quote the text as sent, markup included."""
    answer = await analyse(wired, text, previous=PREVIOUS, offset_encoding=encoding)
    assert_quotes(answer, text, PREVIOUS, encoding)
    assert answer["claims"]
    assert answer["findings"]


@pytest.mark.parametrize("text", [MARKDOWN, HTML])
async def test_names_in_an_answer_lead_somewhere(wired: Client, text: str) -> None:
    """Ids of claims and findings that an answer speaks of are in it."""
    answer = await analyse(wired, text)
    claims = {claim["id"] for claim in answer["claims"]}
    findings = {finding["id"] for finding in answer["findings"]}
    named = [e["claim"] for d in answer["scores"]["dimensions"] for e in d["evidence"] if e["claim"]]
    named += [claim for finding in answer["findings"] for claim in finding["claims"]]
    named += [k["target"] for c in answer["claims"] for k in c["links"] if k["source"] == "text"]
    assert set(named) <= claims
    meant = [f for d in answer["scores"]["dimensions"] for f in d["next"]["findings"]]
    meant += [f for rewrite in answer["rewrites"] for f in rewrite["findings"]]
    assert set(meant) <= findings
    assert len(claims) == len(answer["claims"])
    assert len({f["fingerprint"] for f in answer["findings"]}) == len(findings)


async def test_fixes_and_rewrites_apply_to_the_text_as_sent(wired: Client) -> None:
    """Edits of a fix are disjoint and in the text; a rewrite stands for its original."""
    answer = await analyse(wired, MARKDOWN, offset_encoding="codepoint")
    for finding in answer["findings"]:
        for fix in finding["fixes"]:
            ends = 0
            for edit in sorted(fix["edits"], key=lambda e: e["span"]["start"]):
                assert ends <= edit["span"]["start"] <= edit["span"]["end"] <= len(MARKDOWN)
                ends = edit["span"]["end"]
    for rewrite in answer["rewrites"]:
        assert rewrite["original"] == MARKDOWN[rewrite["span"]["start"] : rewrite["span"]["end"]]
        assert rewrite["check"]["new_facts"] == []
        for blank in rewrite["blanks"]:
            assert rewrite["rewritten"].count(blank["token"]) == 1


async def test_a_rewrite_s_blanks_can_be_filled(wired: Client) -> None:
    """What an analysis proposes is taken back by /v1/rewrites, answered or not."""
    answer = await analyse(wired, MARKDOWN)
    rewrite = next(r for r in answer["rewrites"] if r["blanks"])
    ask = {key: rewrite[key] for key in ("span", "rewritten", "blanks")}
    response = await wired.post("/v1/rewrites", json={"text": MARKDOWN, **ask, "answers": {}})
    assert response.status_code == 200, response.text
    assert response.json()["rewrite"]["blanks"] == rewrite["blanks"]


async def test_a_sum_that_does_not_add_up_is_found(wired: Client) -> None:
    """+50% for 1,000 to 1,200 is D105, with the reckoning."""
    answer = await analyse(wired, MARKDOWN)
    finding = next(f for f in answer["findings"] if f["code"] == "D105")
    assert {"stated", "computed", "formula"} <= set(finding["detail"])


@pytest.mark.parametrize("text", ["今天天气真好", "😀", " ", "。" * 300, "\u200b", "<p></p>"])
async def test_what_is_no_note_gets_level_ones(wired: Client, text: str) -> None:
    """A text that is no work note is level 1 throughout and told S404."""
    answer = await analyse(wired, text)
    assert [d["level"] for d in answer["scores"]["dimensions"]] == [1, 1, 1]
    assert "S404" in {f["code"] for f in answer["findings"]}


async def test_inline_comments_hide_findings_and_no_score(wired: Client) -> None:
    """A comment in the note works as the request's own setting does."""
    plain = await analyse(wired, MARKDOWN)
    assert "P303" in {f["code"] for f in plain["findings"]}
    commented = await analyse(wired, "<!-- notecoach-disable P303 -->\n" + MARKDOWN)
    assert "P303" not in {f["code"] for f in commented["findings"]}
    assert commented["scores"]["overall"] == plain["scores"]["overall"]


@pytest.mark.parametrize("weights", [{"data_granularity": 1, "root_cause_depth": 0, "plan_linkage": 0}])
async def test_weights_weigh(wired: Client, weights: dict[str, float]) -> None:
    """With all weight on one dimension, its score is the overall one."""
    scores = (await analyse(wired, MARKDOWN, weights=weights))["scores"]
    assert scores["overall"]["score"] == scores["dimensions"][0]["score"]


async def test_examples_and_pages_are_made_of_the_real_rules(wired: Client) -> None:
    """The documentation's examples are taken and answered by this very engine."""
    document = (await wired.get("/schema/openapi.json")).json()
    for path, answer in (("/v1/analyses", Analysis), ("/v1/checks", Check)):
        operation = document["paths"][path]["post"]
        for example in operation["requestBody"]["content"]["application/json"]["examples"].values():
            assert (await wired.post(path, json=example["value"])).status_code == 200
        answer.model_validate(operation["responses"]["200"]["content"]["application/json"]["example"])
    page = (await wired.get("/docs/rules")).text
    codes = [rule["code"] for rule in (await wired.get("/v1/rules")).json()["rules"]]
    assert {"D101", "R201", "P301", "S404"} <= set(codes)
    assert all(f'id="{code}"' in page for code in codes)
    assert document["components"]["schemas"]["Trait"]["enum"] == [trait.value for trait in Trait]


_app = app()
PIECES = st.sampled_from(
    ["本周", "转化率", "8%", "从10到12", "\n", "# ", "- ", "|a|b|\n|-|-|\n", "<p>", "</p>", "&lt;", "😀",
     "𠮷", "\u200d", "问题", "因为", "下周三前", "１２", "<!-- notecoach-disable -->", "\r\n", "\t", "```\n",
     "效果不错", "計劃"]
)  # fmt: skip


@given(pieces=st.lists(PIECES, min_size=1, max_size=25), data=st.data())
def test_no_note_breaks_the_promises(pieces: list[str], data: st.DataObject) -> None:
    """Whatever is sent, in whatever format, is answered, and every quote holds."""
    text = "".join(pieces)
    markup = data.draw(st.sampled_from(["auto", "plain", "markdown", "html"]))
    with TestClient(_app, raise_server_exceptions=True) as client:
        response = client.post("/v1/checks", json={"text": text, "format": markup, "previous": text})
    assert response.status_code == 200
    assert_quotes(response.json(), text, text)


def test_no_model_s_client_is_loaded_without_a_model(tmp_path: Path) -> None:
    """A service by rule starts without the second that openai takes to import."""
    probe = (
        "import sys; from service.api.serve import create_app, build, Settings;"
        "create_app(build(Settings()), Settings());"
        "print([m for m in ('openai', 'instructor', 'httpx', 'httpx2') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == "[]"


@pytest.fixture
async def deaf() -> AsyncIterator[Client]:
    """A client of the application whose model's address answers nobody."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound but not listening: every connection is refused
        settings = Settings(
            llm_base_url=f"http://127.0.0.1:{closed.getsockname()[1]}/v1", llm_model="m", llm_timeout_s=2
        )
        services = build(settings)
        async with AsyncTestClient(create_app(services, settings), raise_server_exceptions=True) as client:
            yield client


async def test_a_model_that_can_t_be_reached_degrades_the_answer(deaf: Client) -> None:
    """With the real adapter and nobody at the other end, the rules answer and say why."""
    answer = await analyse(deaf, MARKDOWN, timeout_ms=1000)
    assert (answer["engine"]["name"], answer["engine"]["degraded"]) == ("rules", True)
    assert not answer["engine"]["degraded_reason"].isascii()
    assert answer["findings"]


async def test_a_model_that_can_t_be_reached_fails_aloud_when_named(deaf: Client) -> None:
    """engine=llm with nobody at the other end is a 503."""
    ask = {"text": MARKDOWN, "engine": "llm", "timeout_ms": 1000}
    assert_problem(await deaf.post("/v1/analyses", json=ask), 503)


async def test_a_model_s_reading_is_judged_as_any_other() -> None:
    """Claims that a model found are quoted, scored and told with what they cost."""
    settings = Settings()
    reader = LlmReader(Scripted(claims(("付费转化率 8%，目标 12%", "problem"), ("瞎编的一句话", "result"))))
    services = replace(build(settings), model=reader)
    services = replace(services, analyze=replace(services.analyze, model=reader))
    async with AsyncTestClient(create_app(services, settings), raise_server_exceptions=True) as client:
        answer = await analyse(client, MARKDOWN, previous=PREVIOUS)
    assert answer["engine"]["name"] == "llm"
    assert answer["usage"]["llm_calls"] == 2  # the second asks for rewrites
    assert answer["engine"]["prompts"]
    assert [u["quote"] for u in answer["unsupported"]] == ["瞎编的一句话"]
    assert_quotes(answer, MARKDOWN, PREVIOUS)
