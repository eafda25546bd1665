"""An analysis as server-sent events: named events, pings while waiting, an end on hang-up."""

import asyncio
from collections.abc import AsyncGenerator, Callable

import anyio

from service.core.analysis import Event
from service.wire.answers import Narrator
from service.wire.problems import Problem

PING = b": ping\n\n"
PING_S = 15.0  # proxies close a silent connection after 30 to 60 s


async def tell(
    first: Event,
    rest: AsyncGenerator[Event, None],
    narrator: Narrator,
    problem: Callable[[Exception], Problem],
    ping_s: float = PING_S,
) -> AsyncGenerator[bytes, None]:
    """Yield the frames of a stream, the last being `done` or `error`; closing it ends the analysis."""
    waiting: asyncio.Task[Event | None] | None = None
    try:
        if frame := _frame(narrator, first):
            yield frame
        while True:
            waiting = waiting or asyncio.create_task(_next(rest))
            done, _ = await asyncio.wait({waiting}, timeout=ping_s)
            if not done:
                yield PING
                continue
            task, waiting = waiting, None
            event = task.result()
            if event is None:
                return
            if frame := _frame(narrator, event):
                yield frame
    except Exception as error:
        # The status is sent already: a problem is the only way left to tell of the error.
        yield _encode("error", problem(error).to_json())
    finally:
        # Whoever hung up cancels us again at every await: the shield lets the analysis be told, too.
        with anyio.CancelScope(shield=True):
            if waiting is not None:
                waiting.cancel()
                await asyncio.wait({waiting})
            await rest.aclose()


async def _next(events: AsyncGenerator[Event, None]) -> Event | None:
    return await anext(events, None)


def _frame(narrator: Narrator, event: Event) -> bytes | None:
    told = narrator.tell(event)
    return _encode(*told) if told else None


def _encode(name: str, data: bytes) -> bytes:
    # JSON escapes line breaks, so the data is always one line.
    return b"event: " + name.encode() + b"\ndata: " + data + b"\n\n"
