"""POST /v1/analyses as one answer."""

import re
from typing import Any

import pytest

from service.core.errors import ReaderNonsense, ReaderTimeout, ReaderUnavailable
from tests.api.conftest import Client, Serve, at, spans
from tests.fakes.model import FakeModel

TEXT = "😀社群活动效果不错，日活 8%\n下周二前上线𠮷新海报"
PREVIOUS = "👍👍上周效果不错"


async def analyse(client: Client, **fields: Any) -> dict[str, Any]:
    """Return the analysis of the sample text."""
    response = await client.post("/v1/analyses", json={"text": TEXT, **fields})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    answer: dict[str, Any] = response.json()
    return answer


async def test_an_answer_has_the_contract_s_shape(client: Client) -> None:
    """Every field of the contract is there, and no other."""
    answer = await analyse(client, revision=7, previous=PREVIOUS)
    assert set(answer) == {
        "id", "created_at", "revision", "engine", "rubric", "note", "claims", "scores", "highlights",
        "findings", "rewrites", "unsupported", "usage",
    }  # fmt: skip
    assert re.fullmatch(r"an_[0-9a-f]{24}", answer["id"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", answer["created_at"])
    assert answer["revision"] == 7
    assert answer["engine"] == {
        "name": "rules", "version": "0.1.0", "model": None, "degraded": False, "degraded_reason": None,
        "prompts": {},
    }  # fmt: skip
    assert answer["rubric"] == {"id": "weekly-note", "version": "1"}
    assert set(answer["note"]) == {"role", "kind", "format", "sections"}
    assert answer["note"]["role"] == "user_ops"
    assert set(answer["note"]["sections"][0]) == {"kind", "title", "span"}
    assert set(answer["usage"]) == {
        "llm_calls", "attempts", "input_tokens", "output_tokens", "cached", "elapsed_ms",
    }  # fmt: skip
    assert answer["usage"]["elapsed_ms"] >= 0
    claim = answer["claims"][0]
    assert set(claim) == {
        "id", "kind", "quote", "span", "metrics", "links", "traits", "deadline", "owner",
    }  # fmt: skip
    assert claim["traits"] == ["vague", "key"]
    assert set(claim["metrics"][0]) == {
        "name", "value", "value_max", "precision", "unit", "direction", "baseline", "baseline_kind", "change",
        "change_unit", "segment", "period", "span",
    }  # fmt: skip
    assert answer["claims"][1]["links"] == [{"relation": "addresses", "target": "c1", "source": "text"}]
    dimension = answer["scores"]["dimensions"][0]
    assert answer["scores"]["overall"] == {"level": 2, "score": 35}
    assert set(dimension) == {"key", "name", "level", "score", "reason", "evidence", "next"}
    assert dimension["next"] == {"level": 3, "advice": "写上数字", "findings": ["f1"]}
    assert set(answer["highlights"][0]) == {"dimension", "message", "evidence"}
    finding = answer["findings"][0]
    assert set(finding) == {
        "id", "rank", "fingerprint", "code", "rule", "severity", "dimension", "message", "source", "quote",
        "span", "claims", "question", "detail", "fixes", "help",
    }  # fmt: skip
    assert finding["help"] == "/v1/rules/D101"
    rewrite = answer["rewrites"][0]
    assert set(rewrite) == {
        "id", "span", "original", "rewritten", "dimensions", "rationale", "findings", "blanks", "check",
    }  # fmt: skip
    assert rewrite["findings"] == ["f1"]
    assert set(rewrite["check"]) == {
        "new_facts", "lost_facts", "derived", "scores_before", "scores_after", "scores_if_answered",
    }  # fmt: skip
    assert rewrite["check"]["scores_before"]["data_granularity"] == 2


@pytest.mark.parametrize("encoding", ["utf-16", "codepoint"])
async def test_every_quote_is_what_its_span_cuts(client: Client, encoding: str) -> None:
    """In either encoding, a caller who cuts the text at a span holds the quote."""
    answer = await analyse(client, previous=PREVIOUS, offset_encoding=encoding)
    by_previous = [f for f in answer["findings"] if f["source"] == "previous"]
    answer["findings"] = [f for f in answer["findings"] if f["source"] == "text"]
    assert len(spans(answer)) > 5
    for quote, span in spans(answer):
        assert at(TEXT, span, encoding) == quote
    assert [at(PREVIOUS, f["span"], encoding) for f in by_previous] == ["效果不错"]


async def test_encodings_differ_where_they_must(client: Client) -> None:
    """After an emoji, UTF-16 offsets run ahead of code points."""
    utf16 = (await analyse(client))["findings"][0]["span"]
    points = (await analyse(client, offset_encoding="codepoint"))["findings"][0]["span"]
    assert (utf16["start"], points["start"]) == (6, 5)


async def test_edits_mend_the_text_as_sent(client: Client) -> None:
    """A fix's edit, applied where it says, replaces the very words found weak."""
    finding = (await analyse(client, offset_encoding="codepoint"))["findings"][0]
    edit = finding["fixes"][0]["edits"][0]
    mended = TEXT[: edit["span"]["start"]] + edit["new_text"] + TEXT[edit["span"]["end"] :]
    assert mended.startswith("😀社群活动【待补：数据】")


async def test_a_finding_on_the_whole_note_has_no_span(client: Client) -> None:
    """Where nothing can be pointed at, span and quote are null."""
    answer = (await client.post("/v1/analyses", json={"text": "没有打算"})).json()
    finding = next(f for f in answer["findings"] if f["code"] == "P301")
    assert (finding["span"], finding["quote"]) == (None, None)


@pytest.mark.parametrize("part", ["claims", "scores", "findings", "highlights", "rewrites"])
async def test_only_the_parts_asked_for_are_there(client: Client, part: str) -> None:
    """`include` leaves out every other part, and nothing but parts."""
    answer = await analyse(client, include=[part])
    parts = {"claims", "scores", "findings", "highlights", "rewrites"}
    assert parts & set(answer) == {part}
    assert {"id", "engine", "note", "unsupported", "usage"} <= set(answer)


async def test_suppressed_findings_are_gone_and_scores_stay(client: Client) -> None:
    """Disabling, ignoring and reweighing findings change no score."""
    plain = await analyse(client)
    disabled = await analyse(client, rules={"disable": ["D101"]})
    ignored = await analyse(client, rules={"ignore": [plain["findings"][0]["fingerprint"]]})
    milder = await analyse(client, rules={"severity": {"D101": "info"}})
    assert disabled["findings"] == ignored["findings"] == []
    assert milder["findings"][0]["severity"] == "info"
    assert plain["scores"]["overall"] == disabled["scores"]["overall"] == milder["scores"]["overall"]


async def test_an_unknown_code_is_refused(client: Client) -> None:
    """A code that no rule has would silently do nothing: it is refused."""
    response = await client.post("/v1/analyses", json={"text": TEXT, "rules": {"disable": ["Z999"]}})
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "rules.disable"


async def test_the_model_s_reading_is_told_as_such(serve: Serve) -> None:
    """With a model, the answer names it, its prompts, its cost and what it made up."""
    answer = await analyse(await serve(FakeModel()))
    assert answer["engine"]["name"] == "llm"
    assert answer["engine"]["model"] == "fake-1"
    assert answer["engine"]["prompts"] == {"extract": "v1@abc"}
    assert answer["usage"]["input_tokens"] == 30
    assert answer["unsupported"] == [{"kind": "cause", "quote": "没有的话", "reason": "原文里没有"}]


async def test_a_failing_model_degrades_the_answer(serve: Serve) -> None:
    """With engine=auto the rules answer, and the answer says why."""
    answer = await analyse(await serve(FakeModel(error=ReaderTimeout("太慢"))))
    assert (answer["engine"]["degraded"], answer["engine"]["degraded_reason"]) == (True, "太慢")


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (ReaderUnavailable("连不上"), 503, "model-unavailable"),
        (ReaderTimeout("太慢"), 503, "model-timeout"),
        (ReaderNonsense("胡说"), 502, "model-nonsense"),
    ],
)
async def test_the_model_by_name_fails_aloud(serve: Serve, error: Exception, status: int, kind: str) -> None:
    """With engine=llm the caller gets the model's failure as a problem."""
    client = await serve(FakeModel(error=error))
    response = await client.post("/v1/analyses", json={"text": TEXT, "engine": "llm"})
    assert response.status_code == status
    assert response.json()["type"] == f"/problems/{kind}"


async def test_the_model_by_name_without_one_is_unavailable(client: Client) -> None:
    """engine=llm where no model is configured is a 503, also for a stream."""
    for accept in ("application/json", "text/event-stream"):
        response = await client.post(
            "/v1/analyses", json={"text": TEXT, "engine": "llm"}, headers={"Accept": accept}
        )
        assert response.status_code == 503
        assert response.headers["content-type"] == "application/problem+json"
