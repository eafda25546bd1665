"""A model is listened to while it writes: the production client over loopback, the fake holding back."""

import asyncio
import json

import pytest

from service.core.note import Note
from service.core.reading import Reading
from service.llm.dialects import Dialect, Mode
from service.llm.show import WINDOW
from tests.fakes.openai_server import Request, Response, completion, refused, serving, streamed
from tests.llm.listened import NOTE, PIECES, REPLY, RULES, SECOND, TEXT, ignore, read, reader_of


def _mode(request: Request) -> Mode:
    if "tools" in request:
        return Mode.TOOLS
    shape = request.get("response_format", {}).get("type")
    return {"json_schema": Mode.JSON_SCHEMA, "json_object": Mode.JSON}.get(shape, Mode.MD_JSON)


LEADS = {
    "bare": ("", ""),
    "fenced": ("```json\n", "\n```"),
    "reasoning-first": ('<think>有 {"claims": []} 吗？{</think>\n', ""),
}


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("mode", list(Mode))
async def test_claims_are_heard_before_the_answer_is_finished(mode: Mode, lead: str) -> None:
    """In every dialect, the fake says the rest only once two claims were told."""
    hold = asyncio.Event()
    told: list[Reading] = []
    before, after = LEADS[lead]

    def behave(request: Request) -> Response:
        if _mode(request) is not mode:
            return refused("tools, response_format: not supported")
        return streamed(before, TEXT[:SECOND], hold, TEXT[SECOND:], after, as_tool=mode is Mode.TOOLS)

    def hear(so_far: Reading) -> None:
        told.append(so_far)
        if len(told) == 2:
            assert not hold.is_set()
            hold.set()

    (found,), requests = await read(behave, hear)
    assert requests[-1]["stream"] is True
    assert [told[1].quote(c) for c in told[1].claims][:2] == [c["quote"] for c in REPLY["claims"][:2]]
    assert len(told) == 4  # the invented claim is not told
    assert found.usage.input_tokens == 100


@pytest.mark.parametrize("as_tool", [True, False], ids=["tool", "content"])
async def test_listening_changes_nothing_of_the_outcome(as_tool: bool) -> None:
    """The reading, what was made up, and the bill are those of the whole answer."""

    def behave(request: Request) -> Response:
        if "stream" in request:
            return streamed(*PIECES, as_tool=as_tool)
        return completion(tool=TEXT) if as_tool else completion(TEXT)

    (heard,), _ = await read(behave, ignore)
    (whole,), _ = await read(behave)
    assert heard == whole
    assert heard.unsupported
    assert any(c.links for c in heard.reading.claims)


async def test_last_word_of_the_preview_is_the_reading() -> None:
    """Where the model keeps to the note's order, the claims told are those that stand in the end."""
    told: list[Reading] = []
    (found,), _ = await read(lambda _: streamed(*PIECES), told.append)
    assert {c.id: c for r in told for c in r.claims} == {c.id: c for c in found.reading.claims}


async def test_nobody_listening_is_asked_without_a_stream() -> None:
    """Who wants one answer gets it in one."""
    _, requests = await read(lambda _: completion(tool=TEXT))
    assert not {"stream", "stream_options"} & set(requests[0])


async def test_server_that_refuses_streams_is_asked_for_the_whole() -> None:
    """The refusal is paid for once: the second question begins without a stream."""

    def behave(request: Request) -> Response:
        return (
            refused("Streaming is not supported for this model")
            if "stream" in request
            else completion(tool=TEXT)
        )

    found, requests = await read(behave, ignore, times=2)
    assert ["stream" in r for r in requests] == [True, False, False]
    assert {_mode(r) for r in requests} == {Mode.TOOLS}
    assert found[0].usage.attempts == 2


async def test_server_that_answers_a_stream_in_one_is_taken_at_its_word() -> None:
    """One that knows no streams and says nothing of it is not asked for one again."""
    found, requests = await read(lambda _: completion(tool=TEXT), ignore, times=2)
    assert ["stream" in r for r in requests] == [True, False]
    assert [f.usage.input_tokens for f in found] == [100, 100]


async def test_usage_is_asked_for_where_the_dialect_allows_it() -> None:
    """stream_options is left out once refused; the stream stays, and what is not told costs nothing known."""

    def behave(request: Request) -> Response:
        if "stream_options" in request:
            return refused("Unrecognized request argument supplied: stream_options")
        return streamed(*PIECES, tokens=None)

    found, requests = await read(behave, ignore, times=2)
    assert [r["stream"] for r in requests] == [True] * 3
    assert requests[0]["stream_options"] == {"include_usage": True}
    assert ["stream_options" in r for r in requests] == [True, False, False]
    assert found[1].usage.input_tokens == 0


@pytest.mark.parametrize(
    ("message", "streams"),
    [
        ("Streaming is not supported", False),
        ("This model doesn't support stream", False),
        ("Unsupported parameter: 'stream'", False),
        ("upstream not available", True),
        ("stream closed by peer", True),
    ],
)
def test_only_a_refusal_of_streams_ends_them(message: str, streams: bool) -> None:
    """A stream that merely broke is no reason to do without."""
    after = Dialect(tuple(Mode)).after_refusal(message)
    assert (
        (after is None) if streams else (after is not None and not after.streams and after.mode is Mode.TOOLS)
    )


async def test_caller_that_leaves_in_the_middle_ends_the_call() -> None:
    """The connection is closed while the fake still holds the answer back; no task is left."""
    heard = asyncio.Event()
    by_rule = RULES.read(Note(NOTE))
    async with serving(lambda _: streamed(TEXT[:SECOND], asyncio.Event())) as server, asyncio.timeout(10):
        reader = reader_of(server)
        tasks = len(asyncio.all_tasks())
        call = asyncio.ensure_future(reader.read(Note(NOTE), by_rule, 60.0, lambda _: heard.set()))
        await heard.wait()
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
        await server.until(lambda: server.open == 0)
        await reader.aclose()
        assert len(asyncio.all_tasks()) <= tasks + 1  # the fake's own may still be ending


async def test_windows_are_heard_one_after_the_other() -> None:
    """A later window's claims are told after those of earlier ones, under ids that count on."""
    filler = "\n".join(f"第 {n} 天巡检，设备正常，没有工单。" for n in range(WINDOW // 12))
    text = f"下单转化率 3%，目标 5%。\n{filler}\n下周三前压缩首屏图。"

    def behave(request: Request) -> Response:
        shown = request["messages"][-1]["content"]
        claims = []
        if "转化率 3%，目标" in shown.split("<周报")[1]:
            claims.append({"id": "c1", "quote": "下单转化率 3%，目标 5%", "kind": "problem"})
        if "压缩首屏图" in shown:
            claims.append({"id": "c1", "quote": "下周三前压缩首屏图", "kind": "plan"})
        return streamed(json.dumps({"claims": claims}, ensure_ascii=False))

    told: list[Reading] = []
    async with serving(behave) as server:
        reader = reader_of(server)
        by_rule = RULES.read(Note(text))
        found = await reader.read(Note(text), by_rule, 10.0, told.append)
        await reader.aclose()
    assert len(server.requests) > 1
    assert "下单转化率" in told[0].quote(told[0].claims[-1])
    assert "压缩首屏图" in told[-1].quote(told[-1].claims[-1])
    assert told[-1].claims == found.reading.claims
