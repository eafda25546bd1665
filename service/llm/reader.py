"""The reader by model: ask, check every claim against the note, join with the reading by rule."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from service.core.analysis import Usage
from service.core.errors import ReaderError, ReaderNonsense
from service.core.note import Note
from service.core.reading import ClaimKind, Reading
from service.llm import prompts
from service.llm.accept import sift
from service.llm.cache import Cache, question_key, within_margin
from service.llm.completion import Ask, Completions, Listener
from service.llm.fence import fresh, new_nonce
from service.llm.hearing import Preview
from service.llm.join import join
from service.llm.replies import ClaimReply, ExtractReply
from service.llm.rewriter import LlmRewriter
from service.llm.show import show, windows
from service.ports import Heard, ModelReading

EARLIER_TOLD = 60  # claims of earlier windows that a later one is told, so that its links can reach back
EARLIER_QUOTE = 60
_LINKED_TO = frozenset({ClaimKind.PROBLEM, ClaimKind.CAUSE, ClaimKind.RESULT})


class LlmReader:
    """Implements `ports.ModelReader` over any completions; identical notes are answered from the cache."""

    def __init__(
        self, completions: Completions, *, cache_size: int = 512, nonce: Callable[[], str] = new_nonce
    ) -> None:
        self._completions = completions
        self._cache: Cache[ExtractReply] = Cache(cache_size)
        self._nonce = nonce
        self.rewriter = LlmRewriter(completions, cache_size=cache_size, nonce=nonce)

    @property
    def breaker_state(self) -> str | None:
        """Where the provider's breaker stands."""
        return self._completions.breaker_state

    @property
    def mode(self) -> str | None:
        """How the model is asked for structure: what a probe found out."""
        return self._completions.mode

    async def read(
        self, note: Note, by_rule: Reading, timeout_s: float, heard: Heard | None = None
    ) -> ModelReading:
        """Return the model's reading joined with the reading by rule; raises ReaderError for want of one.

        `heard` is told what is read so far; not of a note that is cached, or being read for somebody else.
        """
        prompt = prompts.load(*prompts.EXTRACT)
        preview = Preview(by_rule, heard) if heard is not None else None
        reply, usage = await self._read_windows(prompt, by_rule, timeout_s, preview)
        sifted = sift(reply, by_rule)
        if not sifted.accepted and by_rule.claims:
            raise ReaderNonsense("模型的回答没有一条能在原文里找到", usage, sifted.unsupported)
        return ModelReading(
            reading=join(by_rule, sifted.accepted),
            model=self._completions.model,
            prompts={prompt.id: prompt.name},
            usage=usage,
            unsupported=sifted.unsupported,
        )

    async def warm(self) -> None:
        """Pay the first call's import and connection costs ahead of time."""
        prompts.load(*prompts.EXTRACT)
        prompts.load(*prompts.REWRITE)
        await self._completions.warm()

    async def aclose(self) -> None:
        """Let go of connections."""
        await self._completions.aclose()

    async def _read_windows(
        self, prompt: prompts.Prompt, by_rule: Reading, timeout_s: float, preview: Preview | None
    ) -> tuple[ExtractReply, Usage]:
        """Return one reply for the whole note: one call, or one a window where the note is long."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_s
        before = show(by_rule.previous.document) if by_rule.previous is not None else None
        found: list[ClaimReply] = []
        bill: Usage | None = None
        parts = windows(by_rule.document)
        for number, shown in enumerate(parts, 1):
            earlier = _told(found) if number > 1 else None
            names = partial(_renamed, number=number) if len(parts) > 1 else list
            listener = preview.window(tuple(found), names) if preview is not None else None
            try:
                reply, usage = await self._window(
                    prompt, shown, before, earlier, deadline - loop.time(), listener
                )
            except ReaderError as error:
                spent = error.usage or Usage()
                error.usage = spent if bill is None else bill + spent
                raise
            bill = usage if bill is None else bill + usage
            found += names(reply.claims)
        return ExtractReply(claims=found), bill or Usage()

    async def _window(
        self,
        prompt: prompts.Prompt,
        shown: str,
        before: str | None,
        earlier: str | None,
        timeout_s: float,
        listener: Listener | None,
    ) -> tuple[ExtractReply, Usage]:
        key = question_key(self._completions.model, prompt.name, shown, before, earlier)

        async def fetch() -> tuple[ExtractReply, Usage]:
            nonce = fresh(self._nonce, shown, before, earlier)
            answer = await self._completions.ask(
                Ask(
                    messages=prompt.render(note=shown, previous=before, earlier=earlier, nonce=nonce),
                    reply=ExtractReply,
                    key=key,
                    temperature=prompt.temperature,
                    listener=listener,
                ),
                within_margin(timeout_s),
            )
            return answer.value, answer.usage

        return await self._cache.within(timeout_s, key, fetch)


def _told(found: list[ClaimReply]) -> str:
    """Return what a later window is told of earlier ones: the claims that its own may point at."""
    telling = [c for c in found if c.kind in _LINKED_TO][-EARLIER_TOLD:]
    return "\n".join(f"{c.id} {c.kind.value} {c.quote[:EARLIER_QUOTE]}" for c in telling)


def _renamed(claims: Sequence[ClaimReply], number: int) -> list[ClaimReply]:
    """Return a window's claims under ids of their own, links within the window along with them."""
    own = {c.id: f"w{number}{c.id}" for c in claims}
    return [
        c.model_copy(
            update={
                "id": own[c.id],
                "links": [k.model_copy(update={"target": own.get(k.target, k.target)}) for k in c.links],
            }
        )
        for c in claims
    ]
