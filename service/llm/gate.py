"""Lets so many questions run at once, and so many wait; the rest are told at once that it is full."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from service.core.errors import ReaderUnavailable


class Gate:
    """A concurrency limit with a bounded queue, first come first served."""

    def __init__(self, concurrency: int, queue: int) -> None:
        self._free = asyncio.Semaphore(concurrency)
        self._queue = queue
        self.waiting = 0

    @asynccontextmanager
    async def enter(self) -> AsyncIterator[None]:
        """Hold a place for the body; raises ReaderUnavailable when the queue is full."""
        if self._free.locked() and self.waiting >= self._queue:
            raise ReaderUnavailable("排队等模型的请求太多")
        self.waiting += 1
        try:
            await self._free.acquire()
        finally:
            self.waiting -= 1
        try:
            yield
        finally:
            self._free.release()
