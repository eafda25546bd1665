"""What reading with a model adds to the model's own time, over a mock that takes 200 ms for every answer."""

import asyncio
import json
import statistics
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

import httpx2

from service.core.note import Note
from service.core.reading import Reading
from service.llm import prompts
from service.llm.client import Client
from service.llm.config import LlmSettings
from service.llm.reader import LlmReader
from service.wiring import rooms

ANSWER_S = 0.2
RULES = rooms().reader
CALLERS = 50
TEXT = "新客 300 人，上周 250 人。\n下单转化率 3%，因为落地页要等 6 秒。\n下周三前压缩首屏图，降到 2 秒。"
_CLAIMS = {"claims": [{"id": "c1", "quote": "新客 300 人", "kind": "result"}]}
_MESSAGE = {
    "role": "assistant",
    "content": None,
    "tool_calls": [
        {
            "id": "c",
            "type": "function",
            "function": {"name": "ExtractReply", "arguments": json.dumps(_CLAIMS, ensure_ascii=False)},
        }
    ],
}
_BODY = json.dumps(
    {
        "id": "x",
        "object": "chat.completion",
        "created": 1,
        "model": "mock",
        "choices": [{"index": 0, "finish_reason": "tool_calls", "message": _MESSAGE}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
).encode()


@dataclass(frozen=True, slots=True)
class Added:
    """Medians over all rounds: milliseconds a call, calls a second, and a cached repeat."""

    raw_ms: float
    read_ms: float
    raw_per_s: float
    read_per_s: float
    cached_ms: float
    rounds: int


def added(rounds: int) -> Added:
    """Measure against the raw client in the same run, turn about."""
    with _mock() as base_url:
        return asyncio.run(_measure(base_url, rounds))


async def _measure(base_url: str, rounds: int) -> Added:
    settings = LlmSettings(base_url=base_url, model="mock", concurrency=CALLERS, queue=CALLERS)
    reader = LlmReader(Client(settings))
    await reader.warm()
    by_rule = RULES.read(Note(TEXT))
    body = {
        "model": "mock",
        "messages": prompts.load(*prompts.EXTRACT).render(
            note=TEXT, previous=None, earlier=None, nonce="0" * 16
        ),
    }
    # The rules' own reading has a figure of its own above, so it is done before the clock runs.
    fresh = iter([_read_by_rule(number) for number in range(rounds * (2 * CALLERS + 1) + 1)])

    async def read() -> None:
        note, known = next(fresh)
        await reader.read(note, known, 30.0)

    async with httpx2.AsyncClient(timeout=30, limits=httpx2.Limits(max_connections=CALLERS)) as client:

        async def raw() -> None:
            (await client.post(f"{base_url}/chat/completions", json=body)).json()

        await asyncio.gather(raw(), read())
        alone: dict[str, list[float]] = {"raw": [], "read": []}
        many: dict[str, list[float]] = {"raw": [], "read": []}
        for _ in range(rounds):
            for name, call in (("raw", raw), ("read", read)):
                alone[name].append(await _took_ms(call))
                began = perf_counter()
                await asyncio.gather(*(_again(call) for _ in range(CALLERS)))
                many[name].append(2 * CALLERS / (perf_counter() - began))
        kept = [await _took_ms(lambda: reader.read(Note(TEXT), by_rule, 30.0)) for _ in range(20)]
    await reader.aclose()
    middle = statistics.median
    return Added(
        middle(alone["raw"]),
        middle(alone["read"]),
        middle(many["raw"]),
        middle(many["read"]),
        middle(kept[1:]),
        rounds,
    )


def _read_by_rule(number: int) -> tuple[Note, Reading]:
    note = Note(f"{TEXT}\n第 {number} 份。")
    return note, RULES.read(note)


async def _again(call: Callable[[], Awaitable[object]]) -> None:
    await call()
    await call()


async def _took_ms(call: Callable[[], Awaitable[object]]) -> float:
    began = perf_counter()
    await call()
    return (perf_counter() - began) * 1000


@contextmanager
def _mock() -> Iterator[str]:
    """Run the mock in a process of its own, so that its work is not the caller's."""
    server = subprocess.Popen([sys.executable, "-m", "bench.llm"], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{int(server.stdout.readline())}/v1"
    finally:
        server.kill()
        server.wait()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(_BODY)}\r\n\r\n"
    try:
        while True:
            asked = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = next(x for x in asked.split("\r\n") if x.startswith("content-length:"))
            await reader.readexactly(int(length.split(":")[1]))
            await asyncio.sleep(ANSWER_S)
            writer.write(head.encode() + _BODY)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _serve() -> None:
    server = await asyncio.start_server(_answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
