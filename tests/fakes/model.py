"""A model that reads as a test tells it to."""

import asyncio
from dataclasses import replace

from service.core.analysis import Unsupported, Usage
from service.core.note import Note
from service.core.reading import Reading, Trait
from service.ports import Heard, ModelReading, ModelRewriter


class FakeModel:
    """Finds nothing vague; or raises `error`; waits for `gate`, having told the first `says` claims."""

    def __init__(
        self,
        error: Exception | None = None,
        gate: asyncio.Event | None = None,
        rewriter: ModelRewriter | None = None,
        says: int = 0,
    ) -> None:
        self.error = error
        self.rewriter = rewriter
        self.says = says
        self.has_listener = False
        self.breaker_state: str | None = None
        self.gate = gate
        self.asked = asyncio.Event()
        self.dropped = asyncio.Event()
        self.timeouts: list[float] = []
        self.is_warm = False
        self.is_closed = False

    async def read(
        self, note: Note, by_rule: Reading, timeout_s: float, heard: Heard | None = None
    ) -> ModelReading:
        """Return the reading by rule with its vagueness forgiven."""
        self.timeouts.append(timeout_s)
        self.asked.set()
        self.has_listener = heard is not None
        for count in range(1, self.says + 1) if heard is not None else ():
            heard(replace(by_rule, claims=by_rule.claims[:count]))
        try:
            if self.gate:
                await self.gate.wait()
        except asyncio.CancelledError:
            self.dropped.set()
            raise
        if self.error:
            raise self.error
        claims = tuple(replace(c, traits=c.traits - {Trait.VAGUE}) for c in by_rule.claims)
        return ModelReading(
            reading=replace(by_rule, claims=claims),
            model="fake-1",
            prompts={"extract": "v1@abc"},
            usage=Usage(llm_calls=1, attempts=2, input_tokens=30, output_tokens=4),
            unsupported=(Unsupported("cause", "没有的话", "原文里没有"),),
        )

    async def warm(self) -> None:
        """Note that it was asked for."""
        self.is_warm = True

    async def aclose(self) -> None:
        """Note that it was asked for."""
        self.is_closed = True
