"""Streams, hang-ups and odd bodies over real connections."""

import asyncio
import json
from contextlib import aclosing
from typing import Any

from service.api import stream
from service.core.errors import ReaderNonsense
from service.core.note import Note
from service.settings import Settings
from service.usecases.analyze import Wish
from service.wire.answers import Narrator
from service.wire.present import Presenter
from service.wiring import assemble
from tests.api.conftest import app_with, at, spans
from tests.api.server import Server, events, serving
from tests.fakes.model import FakeModel
from tests.fakes.rooms import rooms, rulebook
from tests.fakes.store import FakeStore

TEXT = "😀社群活动效果不错，日活 8%\n下周二前上线𠮷新海报"
STREAM = {"Accept": "text/event-stream"}


async def told(server: Server, **fields: Any) -> list[tuple[str, Any]]:
    """Return the events of one analysis, their data parsed."""
    response = await server.client.post("/v1/analyses", json={"text": TEXT, **fields}, headers=STREAM)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    return [(name, json.loads(data)) for name, data in events(response.text)]


async def test_a_stream_tells_every_part_and_then_the_whole() -> None:
    """The parts are those of `done`, which is the answer a caller without a stream gets."""
    async with serving(app_with()) as server:
        stream = await told(server, revision=3)
        plain = (await server.client.post("/v1/analyses", json={"text": TEXT, "revision": 3})).json()
    assert [name for name, _ in stream] == [
        "note", "claim", "claim", "highlight", "finding", "scores", "rewrite", "done",
    ]  # fmt: skip
    done = stream[-1][1]
    for name, part in (
        ("claim", "claims"),
        ("highlight", "highlights"),
        ("finding", "findings"),
        ("rewrite", "rewrites"),
    ):
        assert [data for kind, data in stream if kind == name] == done[part]
    assert [data for kind, data in stream if kind in ("note", "scores")] == [done["note"], done["scores"]]
    for same in (done, plain):
        for own in ("id", "created_at", "usage"):
            del same[own]
    assert done == plain
    for quote, span in spans(done):
        assert at(TEXT, span) == quote


async def test_a_stream_takes_back_what_the_model_reads_otherwise() -> None:
    """With a model, the rules' finding comes first and is removed by its fingerprint."""
    async with serving(app_with(FakeModel())) as server:
        stream = await told(server)
    names = [name for name, _ in stream]
    assert names[:3] == ["note", "finding", "scores"]
    finding = next(data for name, data in stream if name == "finding")
    removed = next(data for name, data in stream if name == "finding_removed")
    assert removed == {"fingerprint": finding["fingerprint"]}
    assert [data["overall"]["level"] for name, data in stream if name == "scores"] == [2, 4]
    assert stream[-1][1]["findings"] == []


async def test_a_stream_tells_only_the_parts_asked_for() -> None:
    """`include` holds for events, too."""
    async with serving(app_with()) as server:
        stream = await told(server, include=["scores"])
    assert [name for name, _ in stream] == ["note", "scores", "done"]
    assert "findings" not in stream[-1][1]


async def test_an_error_in_a_stream_is_a_problem_at_its_end() -> None:
    """After the first event the status is sent: the model's failure comes as `error`, the last event."""
    async with serving(app_with(FakeModel(error=ReaderNonsense("胡说")))) as server:
        stream = await told(server, engine="llm")
    name, problem = stream[-1]
    assert name == "error"
    assert (problem["status"], problem["type"]) == (502, "/problems/model-nonsense")
    assert "done" not in [name for name, _ in stream]


async def test_a_bad_request_for_a_stream_has_a_status() -> None:
    """What is wrong before the first event is told as for any other request."""
    async with serving(app_with()) as server:
        response = await server.client.post("/v1/analyses", json={"text": ""}, headers=STREAM)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


async def test_a_silent_stream_pings() -> None:
    """While the model reads, comments keep the connection alive."""
    gate = asyncio.Event()
    services = assemble(rooms(), rulebook(), Settings(), FakeStore(), FakeModel(gate=gate))
    note = Note(TEXT)
    analysis = services.analyze.events(note, Wish())
    narrator = Narrator(Presenter(TEXT, None, "utf-16"), (), never)
    pings = 0
    async with aclosing(
        stream.tell(await anext(analysis), analysis, narrator, never, ping_s=0.001)
    ) as frames:
        async for frame in frames:
            pings += frame == stream.PING
            if pings == 3:
                break
    assert pings == 3


def never(*_: object) -> Any:
    """Fail when called."""
    raise AssertionError("not to be reached")


async def test_hanging_up_stops_the_model(logs: Any) -> None:
    """Whoever leaves in the middle of a stream no longer keeps the model busy."""
    model = FakeModel(gate=asyncio.Event())
    async with serving(app_with(model)) as server:
        request = server.client.stream("POST", "/v1/analyses", json={"text": TEXT}, headers=STREAM)
        async with request:
            await model.asked.wait()
        await model.dropped.wait()
    line = next(line for line in logs if line["event"] == "request")
    assert line["broken_off"]


async def test_a_long_chunked_body_is_refused() -> None:
    """The limit of a mebibyte holds for a body that announces no length."""

    async def chunks() -> Any:
        yield b'{"text": "'
        for _ in range(20):
            yield b"x" * 65_536

    async with serving(app_with()) as server:
        response = await server.client.post(
            "/v1/checks", content=chunks(), headers={"Content-Type": "application/json"}
        )
        assert (await server.client.get("/health/live")).status_code == 200
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"


async def test_a_body_that_breaks_off_is_no_fault_of_ours(logs: Any) -> None:
    """A caller gone in the middle of a body leaves no error behind."""
    async with serving(app_with()) as server:
        _, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(
            b"POST /v1/checks HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b"Content-Length: 99\r\n\r\n{"
        )
        await writer.drain()
        writer.close()
        await writer.wait_closed()
    assert [line for line in logs if line["log_level"] == "error"] == []


async def test_many_callers_are_answered_at_once() -> None:
    """A stream that waits for its model keeps no other caller waiting."""
    gate = asyncio.Event()
    model = FakeModel(gate=gate)
    async with serving(app_with(model)) as server:
        slow = asyncio.create_task(told(server))
        await model.asked.wait()
        answers = await asyncio.gather(
            *(server.client.post("/v1/checks", json={"text": TEXT}) for _ in range(20))
        )
        assert {answer.status_code for answer in answers} == {200}
        assert not slow.done()
        gate.set()
        assert (await slow)[-1][0] == "done"
