"""A note, a reply to it in pieces, and a reader over a fake server that listens to it."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from service.core.note import Note
from service.core.reading import Reading
from service.llm.client import Client
from service.llm.config import LlmSettings
from service.llm.reader import LlmReader
from service.llm.retry import Policy
from service.ports import ModelReading
from service.wiring import rooms
from tests.fakes.openai_server import Behaviour, Request, Server, serving

RULES = rooms().reader
NOTE = (
    "新客 300 人，上周 250 人。\n下单转化率 3%，目标 5%。\n"
    "落地页要等 6 秒，用户等不及就走了。\n下周三前压缩首屏图。"
)
REPLY = {
    "claims": [
        {"id": "c1", "quote": "新客 300 人，上周 250 人", "kind": "result", "traits": ["positive"]},
        {"id": "c2", "quote": "下单转化率 3%，目标 5%", "kind": "problem"},
        {"id": "c3", "quote": "客单价 88 元", "kind": "result"},
        {
            "id": "c4",
            "quote": "落地页要等 6 秒，用户等不及就走了",
            "kind": "cause",
            "links": [{"relation": "causes", "target": "c2"}],
        },
        {
            "id": "c5",
            "quote": "下周三前压缩首屏图",
            "kind": "plan",
            "links": [{"relation": "addresses", "target": "c4"}],
        },
    ]
}
TEXT = json.dumps(REPLY, ensure_ascii=False)
PIECES = [TEXT[at : at + 7] for at in range(0, len(TEXT), 7)]
SECOND = TEXT.index(', {"id": "c3"')  # two claims are finished here


def reader_of(server: Server, **policy: Any) -> LlmReader:
    """Return a reader that keeps nothing and waits for nothing between attempts."""
    settings = LlmSettings(base_url=server.base_url, model="m")
    client = Client(settings, policy=Policy(base_s=0.0, cap_s=0.0, **policy))
    return LlmReader(client, cache_size=0)


async def read(
    behaviour: Behaviour, heard: Callable[[Reading], None] | None = None, times: int = 1, **policy: Any
) -> tuple[list[ModelReading], list[Request]]:
    """Return what reading NOTE so many times came to, and what the server was asked."""
    by_rule = RULES.read(Note(NOTE))
    async with serving(behaviour) as server, asyncio.timeout(10):
        reader = reader_of(server, **policy)
        try:
            return [
                await reader.read(Note(NOTE), by_rule, 10.0, heard) for _ in range(times)
            ], server.requests
        finally:
            await reader.aclose()


def ignore(_: Reading) -> None:
    """Listen without keeping anything."""
