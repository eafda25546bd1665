"""Answers are kept and shared: one question in the air serves everyone who asks it."""

import asyncio

import pytest

from service.core.analysis import Usage
from service.core.errors import ReaderUnavailable
from service.llm.cache import Cache, question_key

PAID = Usage(llm_calls=1, attempts=1, input_tokens=10, output_tokens=5)


class Source:
    """A fetch that waits until the test lets it land."""

    def __init__(self, error: Exception | None = None) -> None:
        self.calls = 0
        self.started = asyncio.Event()
        self.land = asyncio.Event()
        self.was_cancelled = False
        self._error = error

    async def __call__(self) -> tuple[str, Usage]:
        self.calls += 1
        self.started.set()
        try:
            await self.land.wait()
        except asyncio.CancelledError:
            self.was_cancelled = True
            raise
        if self._error is not None:
            raise self._error
        return "answer", PAID


async def test_many_callers_share_one_flight_and_one_pays() -> None:
    """Ten identical questions in the air are asked once; the bill is told once."""
    cache: Cache[str] = Cache(8)
    source = Source()
    calls = [asyncio.ensure_future(cache.get("k", source)) for _ in range(10)]
    await source.started.wait()
    source.land.set()
    answers = await asyncio.gather(*calls)
    assert source.calls == 1
    assert [u.input_tokens for _, u in answers].count(10) == 1
    assert sum(u.cached for _, u in answers) == 9


async def test_caller_that_leaves_does_not_ground_the_others() -> None:
    """The first caller's hang-up cancels nothing while another waits."""
    cache: Cache[str] = Cache(8)
    source = Source()
    first = asyncio.ensure_future(cache.get("k", source))
    await source.started.wait()
    second = asyncio.ensure_future(cache.get("k", source))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    source.land.set()
    assert (await second)[0] == "answer"


async def test_last_caller_that_leaves_cancels_the_flight() -> None:
    """Nobody waiting, nobody asks: the upstream call ends, and the next caller starts a new one."""
    cache: Cache[str] = Cache(8)
    source = Source()
    only = asyncio.ensure_future(cache.get("k", source))
    await source.started.wait()
    only.cancel()
    await asyncio.gather(only, return_exceptions=True)
    assert not cache.is_flying("k")
    fresh = Source()
    fresh.land.set()
    assert (await cache.get("k", fresh))[0] == "answer"
    assert source.was_cancelled


async def test_failure_is_not_kept() -> None:
    """After a failed question the same question is asked again."""
    cache: Cache[str] = Cache(8)
    bad = Source(ReaderUnavailable("down"))
    bad.land.set()
    with pytest.raises(ReaderUnavailable):
        await cache.get("k", bad)
    good = Source()
    good.land.set()
    assert (await cache.get("k", good))[0] == "answer"


async def test_oldest_answer_goes_first() -> None:
    """The cache holds the answers used last, no more than its size."""
    cache: Cache[str] = Cache(2)
    source = Source()
    source.land.set()
    for key in ("a", "b", "a", "c", "a", "b"):
        await cache.get(key, source)
    assert source.calls == 4


async def test_size_zero_keeps_nothing() -> None:
    """A cache turned off asks each time."""
    cache: Cache[str] = Cache(0)
    source = Source()
    source.land.set()
    await cache.get("a", source)
    await cache.get("a", source)
    assert source.calls == 2


def test_key_tells_parts_apart() -> None:
    """Moving text from one part to the next is another question, and so is nothing instead of empty."""
    assert len({question_key("a", "b"), question_key("ab", ""), question_key("ab", None)}) == 3
