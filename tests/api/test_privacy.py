"""No note, no key and no query string reaches a log, an error or a metric."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from service.api.metrics import Meters
from service.logs import configure, describe
from tests.api.conftest import app_with
from tests.api.server import serving
from tests.fakes.model import FakeModel

CANARY = "金丝雀周报canary"
KEY = "canary-key-8f3a"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that is logged, as it would be written, at the most talkative level."""
    out = io.StringIO()
    root = logging.getLogger()
    before = (root.handlers, root.level)
    configure("debug", out)
    yield out
    root.handlers, level = before
    root.setLevel(level)
    structlog.reset_defaults()


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    """Return the log lines."""
    return [json.loads(line) for line in out.getvalue().splitlines()]


async def test_a_canary_sings_nowhere(written: io.StringIO) -> None:
    """Whatever is sent, well or badly, is told neither in logs nor in metrics, nor back in an error."""
    app = app_with(FakeModel(error=ValueError(f"bad reply to {CANARY}")), api_keys=(KEY,))
    bodies: list[Any] = [
        {"text": CANARY, "previous": CANARY},
        {"text": CANARY, "engine": "llm"},
        {"text": CANARY * 10_000},
        {"text": 1, "kind": CANARY, "rules": {"disable": [CANARY]}, "revision": [CANARY]},
        {
            "text": "x",
            "span": {"start": 0, "end": 1},
            "rewritten": f"{CANARY}编造",
            "blanks": [],
            "answers": {},
        },
    ]
    answers = []
    async with serving(app) as server:
        for path in ("/v1/analyses", "/v1/checks", "/v1/rewrites"):
            for body in bodies:
                for shown in (KEY, "canary-key-wrong"):
                    headers = {"Authorization": f"Bearer {shown}", "Accept": "application/json"}
                    answers.append(
                        await server.client.post(f"{path}?q=canary-query", json=body, headers=headers)
                    )
        raw = f'{{"text": "{CANARY}'.encode()
        answers.append(
            await server.client.post("/v1/checks", content=raw, headers={"Authorization": f"Bearer {KEY}"})
        )
        answers.append(await server.client.get("/canary-path?key=canary-query"))
        metrics = (await server.client.get("/metrics", headers={"Authorization": f"Bearer {KEY}"})).text
    assert {a.status_code for a in answers} >= {200, 400, 401, 404, 422, 502}
    assert "canary" not in written.getvalue()
    assert "canary" not in metrics
    for answer in answers:
        if answer.status_code != 200:
            problem = answer.json()
            problem.pop("instance")  # the path is the caller's own, without its query
            assert "canary" not in json.dumps(problem, ensure_ascii=False)
        assert "canary-key" not in answer.text + str(answer.headers)
        assert "canary-query" not in answer.text


async def test_a_request_s_line_tells_what_an_operator_needs(written: io.StringIO) -> None:
    """Method, route as declared, status, time, id, engine and length are there, in one JSON object."""
    async with serving(app_with()) as server:
        await server.client.post("/v1/analyses", json={"text": "四个字呢"}, headers={"X-Request-ID": "id-1"})
        await server.client.get("/v1/rules/D999")
        await server.client.get("/nowhere/at/all")
    told = [line for line in lines(written) if line["event"] == "request"]
    first = told[0]
    assert (first["method"], first["route"], first["status"]) == ("POST", "/v1/analyses", 200)
    assert (first["request_id"], first["engine"], first["characters"]) == ("id-1", "rules", 4)
    assert first["ms"] >= 0
    assert first["level"] == "info"
    assert [(line["route"], line["status"]) for line in told[1:]] == [
        ("/v1/rules/{code}", 404),
        ("unmatched", 404),
    ]


def test_an_exception_is_told_by_type_and_place(written: io.StringIO) -> None:
    """What an exception says is left out, where it came from is kept, its cause as well."""
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as cause:
            raise RuntimeError(CANARY) from cause
    except RuntimeError as error:
        told = describe(error)
        structlog.get_logger().error("failed", exc_info=True)
        logging.getLogger("somebody.else").exception("%s went wrong", CANARY)
        logging.getLogger("somebody.else").warning(f"{CANARY} went wrong")
        logging.getLogger("somebody.else").info("chatty")
    assert told["error"] == "RuntimeError"
    assert told["cause"]["error"] == "KeyError"
    assert "test_privacy.py" in told["at"][-1]
    assert "canary" not in written.getvalue()
    assert [line["event"] for line in lines(written)][:2] == ["failed", "%s went wrong"]
    assert len(lines(written)) == 3
    assert all(line["error"] == "RuntimeError" for line in lines(written)[:2])


async def test_metrics_count_by_route(written: io.StringIO) -> None:
    """Requests are counted under their route, analyses under their engine."""
    async with serving(app_with()) as server:
        await server.client.post("/v1/analyses", json={"text": "四个字呢"})
        await server.client.get("/v1/rules/D101")
        metrics = (await server.client.get("/metrics")).text
    assert 'notecoach_http_requests_total{method="POST",route="/v1/analyses",status="200"} 1.0' in metrics
    assert 'notecoach_http_requests_total{method="GET",route="/v1/rules/{code}",status="200"} 1.0' in metrics
    assert 'notecoach_analyses_total{degraded="false",engine="rules"} 1.0' in metrics
    assert "notecoach_note_characters_total 4.0" in metrics


def test_a_method_of_somebody_s_own_makes_no_label() -> None:
    """Labels are from a closed set, whatever a server lets through."""
    meters = Meters()
    meters.answered("BREW", "/v1/rules", 405, 0.1)
    assert b'method="OTHER"' in meters.exposition()
    assert b"BREW" not in meters.exposition()
