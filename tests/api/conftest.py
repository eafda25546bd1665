"""An application over the fake engine, with and without what a test wants changed."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient
from structlog.testing import capture_logs

from service.api.app import create_app
from service.ports import AnalysisStore, ModelReader
from service.settings import Settings
from service.wiring import assemble
from tests.fakes.rooms import rooms, rulebook
from tests.fakes.store import FakeStore

Client = AsyncTestClient[Litestar]
Serve = Callable[..., Any]


def app_with(
    model: ModelReader | None = None, store: AnalysisStore | None = None, **settings: Any
) -> Litestar:
    """Return an application over the fake engine."""
    chosen = Settings(**settings)
    return create_app(assemble(rooms(), rulebook(), chosen, store or FakeStore(), model), chosen)


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Start clients of applications that a test configures; all end with the test."""
    async with AsyncExitStack() as stack:

        async def start(
            model: ModelReader | None = None, store: AnalysisStore | None = None, **settings: Any
        ) -> Client:
            client = AsyncTestClient(app_with(model, store, **settings), raise_server_exceptions=False)
            entered: Client = await stack.enter_async_context(client)
            return entered

        yield start


@pytest.fixture
async def client(serve: Serve) -> Client:
    """A client of the application as it is by default."""
    return await serve()


@pytest.fixture
def logs() -> Any:
    """All log lines of the test."""
    with capture_logs() as lines:
        yield lines


def at(text: str, span: dict[str, int], encoding: str = "utf-16") -> str:
    """Return what stands in a span, cut as a caller of that encoding would cut it."""
    if encoding == "codepoint":
        return text[span["start"] : span["end"]]
    units = text.encode("utf-16-le")
    return units[2 * span["start"] : 2 * span["end"]].decode("utf-16-le")


def spans(value: Any) -> list[tuple[str, dict[str, int]]]:
    """Return every quote in an answer with its span."""
    found = []
    if isinstance(value, dict):
        quotes = [value[key] for key in ("quote", "original") if isinstance(value.get(key), str)]
        found += [(quote, value["span"]) for quote in quotes if isinstance(value.get("span"), dict)]
        for inner in value.values():
            found += spans(inner)
    elif isinstance(value, list):
        for inner in value:
            found += spans(inner)
    return found


def loads(data: str | bytes) -> Any:
    """Return JSON's value."""
    return json.loads(data)
