"""A step that talks while it works: what it says comes as it says it, what it returns comes last."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import TypeVar

Said = TypeVar("Said")
Outcome = TypeVar("Outcome")


async def overhear(
    step: Callable[[Callable[[Said], None]], Awaitable[Outcome]],
) -> AsyncGenerator[Said | Outcome, None]:
    """Yield what the step says, then its outcome, or raise its error; closing the generator cancels it."""
    import asyncio

    heard: asyncio.Queue[Said | None] = asyncio.Queue()
    task = asyncio.ensure_future(step(heard.put_nowait))
    task.add_done_callback(lambda _: heard.put_nowait(None))
    try:
        while (said := await heard.get()) is not None:
            yield said
        yield task.result()
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # seen: nobody is left to tell
