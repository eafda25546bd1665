"""Remembers answers, and lets identical questions in the air share one."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from service.core.analysis import Usage
from service.core.errors import ReaderTimeout
from service.llm.faults import too_slow

Value = TypeVar("Value")
CACHED = Usage(cached=True)
# Kept back from the caller's time, so that the timeout which knows the bill is the one that fires.
MARGIN_S = 0.25
MARGIN_SHARE = 0.05


def within_margin(timeout_s: float) -> float:
    """Return the time that a question may take of its caller's."""
    return timeout_s - min(MARGIN_S, timeout_s * MARGIN_SHARE)


def question_key(*parts: str | None) -> str:
    """Return a digest of everything that shapes an answer; None and "" differ."""
    joined = "\0".join("-" if p is None else f"+{p}" for p in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(eq=False, slots=True)
class _Flight(Generic[Value]):
    task: "asyncio.Task[tuple[Value, Usage]]"
    riders: int = 0


class Cache(Generic[Value]):
    """The last `size` answers by question; a failed fetch is not kept, and 0 keeps nothing."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[str, Value] = OrderedDict()
        self._flying: dict[str, _Flight[Value]] = {}

    def is_flying(self, key: str) -> bool:
        """Tell whether the same question is being asked right now."""
        return key in self._flying

    async def get(self, key: str, fetch: Callable[[], Awaitable[tuple[Value, Usage]]]) -> tuple[Value, Usage]:
        """Return the answer and its bill: the caller that set it flying pays, the others ride along.

        A caller that gives up leaves the flight to the others; when the last one does, it is cancelled.
        """
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key], CACHED
        flight = self._flying.get(key)
        pays = flight is None
        if flight is None:
            flight = self._start(key, fetch)
        flight.riders += 1
        try:
            value, usage = await asyncio.shield(flight.task)
        finally:
            flight.riders -= 1
            if not flight.riders and not flight.task.done():
                flight.task.cancel()
                self._forget(key, flight)  # nobody new may board it
        return value, usage if pays else CACHED

    async def within(
        self, timeout_s: float, key: str, fetch: Callable[[], Awaitable[tuple[Value, Usage]]]
    ) -> tuple[Value, Usage]:
        """Return the answer, kept, shared or fetched, within this caller's own time; else ReaderTimeout."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_s
        while True:
            rides = self.is_flying(key)
            try:
                async with asyncio.timeout_at(deadline):
                    return await self.get(key, fetch)
            except ReaderTimeout:
                if not rides or loop.time() >= deadline:
                    raise  # else another caller's patience ran out, not ours: ask ourselves
            except TimeoutError:
                raise too_slow() from None

    def _start(self, key: str, fetch: Callable[[], Awaitable[tuple[Value, Usage]]]) -> _Flight[Value]:
        flight: _Flight[Value] = _Flight(asyncio.ensure_future(fetch()))
        self._flying[key] = flight

        def land(task: "asyncio.Task[tuple[Value, Usage]]") -> None:
            self._forget(key, flight)
            if not task.cancelled() and task.exception() is None:
                self._keep(key, task.result()[0])

        flight.task.add_done_callback(land)
        return flight

    def _forget(self, key: str, flight: _Flight[Value]) -> None:
        if self._flying.get(key) is flight:
            del self._flying[key]

    def _keep(self, key: str, value: Value) -> None:
        if self._size <= 0:
            return
        self._kept[key] = value
        self._kept.move_to_end(key)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)
