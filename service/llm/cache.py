"""Remembers answers, and lets identical questions in the air share one."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from service.core.analysis import Usage

Value = TypeVar("Value")
CACHED = Usage(cached=True)


def question_key(*parts: str | None) -> str:
    """Return a digest of everything that shapes an answer; None and "" differ."""
    joined = "\0".join("-" if p is None else f"+{p}" for p in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


class Cache(Generic[Value]):
    """The last `size` answers by question; a failed fetch is not kept, and 0 keeps nothing."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[str, Value] = OrderedDict()
        self._flying: dict[str, asyncio.Task[tuple[Value, Usage]]] = {}
        self._waiting: dict[str, int] = {}

    async def get(self, key: str, fetch: Callable[[], Awaitable[tuple[Value, Usage]]]) -> tuple[Value, Usage]:
        """Return the answer and its bill: the caller that set it flying pays, the others ride along.

        A caller that gives up leaves the flight to the others; when the last one does, it is cancelled.
        """
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key], CACHED
        task = self._flying.get(key)
        is_first = task is None
        if task is None:
            task = asyncio.ensure_future(fetch())
            self._flying[key] = task
        self._waiting[key] = self._waiting.get(key, 0) + 1
        try:
            value, usage = await asyncio.shield(task)
        finally:
            self._leave(key, task)
        self._keep(key, value)
        return value, usage if is_first else CACHED

    def _leave(self, key: str, task: "asyncio.Task[tuple[Value, Usage]]") -> None:
        left = self._waiting[key] - 1
        if left:
            self._waiting[key] = left
            return
        del self._waiting[key]
        if self._flying.get(key) is task:
            del self._flying[key]
        task.cancel()  # does nothing to a finished flight

    def _keep(self, key: str, value: Value) -> None:
        if self._size <= 0:
            return
        self._kept[key] = value
        self._kept.move_to_end(key)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)
