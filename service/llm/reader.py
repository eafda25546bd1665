"""The reader by model: ask, check every claim against the note, join with the reading by rule."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable

from service.core.analysis import Usage
from service.core.errors import ReaderNonsense, ReaderTimeout
from service.core.note import Note
from service.core.reading import Reading
from service.llm import prompts
from service.llm.accept import sift
from service.llm.cache import Cache, question_key
from service.llm.completion import Ask, Completions
from service.llm.faults import too_slow
from service.llm.join import join
from service.llm.replies import ExtractReply
from service.llm.show import show
from service.ports import ModelReading

# Kept back from the caller's time, so that the timeout which knows the bill is the one that fires.
MARGIN_S = 0.25
MARGIN_SHARE = 0.05


def _nonce() -> str:
    return secrets.token_hex(6)


class LlmReader:
    """Implements `ports.ModelReader` over any completions; identical notes are answered from the cache."""

    def __init__(
        self, completions: Completions, *, cache_size: int = 512, nonce: Callable[[], str] = _nonce
    ) -> None:
        self._completions = completions
        self._cache: Cache[ExtractReply] = Cache(cache_size)
        self._nonce = nonce

    async def read(self, note: Note, by_rule: Reading, timeout_s: float) -> ModelReading:
        """Return the model's reading joined with the reading by rule; raises ReaderError for want of one."""
        prompt = prompts.load(*prompts.EXTRACT)
        shown = show(by_rule.document)
        before = show(by_rule.previous.document) if by_rule.previous is not None else None
        key = question_key(self._completions.model, prompt.name, shown, before)

        async def fetch() -> tuple[ExtractReply, Usage]:
            nonce = fresh(self._nonce, shown, before)
            answer = await self._completions.ask(
                Ask(
                    messages=prompt.render(note=shown, previous=before, nonce=nonce),
                    reply=ExtractReply,
                    key=key,
                    temperature=prompt.temperature,
                ),
                timeout_s - min(MARGIN_S, timeout_s * MARGIN_SHARE),
            )
            return answer.value, answer.usage

        reply, usage = await self._answer(key, fetch, timeout_s)
        sifted = sift(reply, by_rule)
        if not sifted.accepted and by_rule.claims:
            raise ReaderNonsense("模型的回答没有一条能在原文里找到", usage)
        return ModelReading(
            reading=join(by_rule, sifted.accepted),
            model=self._completions.model,
            prompts={prompt.id: prompt.name},
            usage=usage,
            unsupported=sifted.unsupported,
        )

    async def _answer(
        self, key: str, fetch: Callable[[], Awaitable[tuple[ExtractReply, Usage]]], timeout_s: float
    ) -> tuple[ExtractReply, Usage]:
        """Return the answer, kept, shared or fetched, within this caller's own time."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_s
        while True:
            rides = self._cache.is_flying(key)
            try:
                async with asyncio.timeout_at(deadline):
                    return await self._cache.get(key, fetch)
            except ReaderTimeout:
                if not rides or loop.time() >= deadline:
                    raise  # else another caller's patience ran out, not ours: ask ourselves
            except TimeoutError:
                raise too_slow() from None

    async def warm(self) -> None:
        """Pay the first call's import and connection costs ahead of time."""
        prompts.load(*prompts.EXTRACT)
        await self._completions.warm()

    async def aclose(self) -> None:
        """Let go of connections."""
        await self._completions.aclose()


def fresh(nonce: Callable[[], str], *texts: str | None) -> str:
    """Return a nonce that none of the texts holds, so that no text can close its own fence."""
    while True:
        made = nonce()
        if not any(made in text for text in texts if text):
            return made
