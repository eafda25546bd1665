"""Analyse a note: the rules' findings at once, the model's reading when it comes, the whole at the end."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Literal

from service.core.analysis import (
    Analysis,
    ClaimFound,
    Done,
    EngineInfo,
    Event,
    FindingFound,
    FindingRemoved,
    HighlightFound,
    NoteRead,
    RewriteFound,
    Scored,
    Unsupported,
    Usage,
)
from service.core.errors import ReaderError, ReaderNonsense, ReaderTimeout, ReaderUnavailable
from service.core.note import Note
from service.core.reading import Claim, Reading
from service.core.rewrite import Rewrite
from service.ports import Heard, ModelReader, ModelReading
from service.usecases.assess import Assessment, assess, off_loop, read_and_assess
from service.usecases.mend import Mending
from service.usecases.overhear import overhear
from service.usecases.rooms import Rooms

Engine = Literal["auto", "rules", "llm"]


@dataclass(frozen=True, slots=True)
class Wish:
    """How a caller wants a note analysed; `timeout_s` counts from the start of the analysis.

    `live` is for one who follows the events: claims are told while the model still writes.
    """

    engine: Engine = "auto"
    rewrites: bool = True
    timeout_s: float = 60.0
    live: bool = False


@dataclass(frozen=True, slots=True)
class _Verdict:
    assessment: Assessment
    engine: EngineInfo
    usage: Usage = field(default_factory=Usage)
    unsupported: tuple[Unsupported, ...] = ()


@dataclass(frozen=True, slots=True)
class Analyze:
    """The use case; `on_surprise` is told of a model adapter's error that is none of ours."""

    rooms: Rooms
    model: ModelReader | None
    version: str
    model_timeout_s: float = 60.0
    on_surprise: Callable[[Exception], None] = lambda _: None

    async def events(self, note: Note, wish: Wish) -> AsyncGenerator[Event, None]:
        """Yield the analysis piece by piece; `Done` is the last.

        Raises ReaderError only when the model was asked for by name: before the first event if there is none.
        """
        if wish.engine == "llm" and self.model is None:
            raise ReaderUnavailable("没有配置大模型：请设置 NOTECOACH_LLM_MODEL 等，或改用 engine=rules")
        import asyncio

        loop = asyncio.get_running_loop()
        deadline = loop.time() + wish.timeout_s
        by_rule = await off_loop(note, lambda: read_and_assess(self.rooms, note))
        yield NoteRead(by_rule.reading)
        until = min(deadline, loop.time() + self.model_timeout_s)  # the model's time, rewrites included
        verdict = _Verdict(by_rule, EngineInfo("rules", self.version))
        told = _Told()
        if self.model is not None and wish.engine != "rules":
            # Claims and highlights wait for the model: claims can be replaced, highlights not even that.
            for finding in by_rule.findings:
                yield FindingFound(by_rule.reading, finding)
            yield Scored(by_rule.reading, by_rule.scores)
            told.assessment = by_rule
            async with aclosing(self._listen(self.model, note, wish, by_rule, until)) as heard:
                async for said in heard:
                    if isinstance(said, _Verdict):
                        verdict = said
                        continue
                    for claim in told.news(said):
                        yield ClaimFound(said, claim)
        for event in _tell(verdict.assessment, told):
            yield event
        final = verdict.assessment
        mending = Mending(self.rooms, note, by_rule, final.findings)
        if wish.rewrites:
            async with aclosing(self._rewrites(mending, verdict, until)) as rewrites:
                async for rewrite in rewrites:
                    yield RewriteFound(final.reading, rewrite)
        yield Done(_whole(verdict, mending))

    def by_rule(self, note: Note, wish: Wish) -> Analysis:
        """Return the analysis by rule, whatever engine is wished for; it needs no event loop."""
        read = read_and_assess(self.rooms, note)
        mending = Mending(self.rooms, note, read, read.findings)
        if wish.rewrites:
            mending.draft_by_rule()
        return _whole(_Verdict(read, EngineInfo("rules", self.version)), mending)

    async def _rewrites(
        self, mending: Mending, verdict: _Verdict, until: float
    ) -> AsyncGenerator[Rewrite, None]:
        """Yield the model's rewrites, if it read the note, then the rules' for what is left."""
        rewriter = self.model.rewriter if self.model is not None and verdict.engine.name == "llm" else None
        if rewriter is not None:
            async with aclosing(mending.from_model(rewriter, until, self.on_surprise)) as found:
                async for rewrite in found:
                    yield rewrite
        for rewrite in await mending.from_rules():
            yield rewrite

    async def _listen(
        self, model: ModelReader, note: Note, wish: Wish, by_rule: Assessment, until: float
    ) -> AsyncGenerator[Reading | _Verdict, None]:
        """Yield what a live caller may know of the model's reading so far, and the verdict last."""
        if not wish.live:
            yield await self._by_model(model, note, wish, by_rule, until)
            return

        def read(heard: Heard) -> Awaitable[_Verdict]:
            return self._by_model(model, note, wish, by_rule, until, heard)

        async with aclosing(overhear(read)) as said:
            async for one in said:
                yield one

    async def _by_model(
        self,
        model: ModelReader,
        note: Note,
        wish: Wish,
        by_rule: Assessment,
        until: float,
        heard: Heard | None = None,
    ) -> _Verdict:
        try:
            read = await self._ask(model, note, by_rule, until, heard)
        except ReaderError as error:
            if wish.engine == "llm":
                raise
            engine = EngineInfo(
                "rules",
                self.version,
                degraded=True,
                degraded_reason=str(error),
                degraded_kind=_kind_of(error),
            )
            return _Verdict(by_rule, engine, error.usage or Usage(), error.unsupported)
        return _Verdict(
            assessment=await off_loop(note, lambda: assess(self.rooms, note, read.reading)),
            engine=EngineInfo("llm", self.version, model=read.model, prompts=read.prompts),
            usage=read.usage,
            unsupported=read.unsupported,
        )

    async def _ask(
        self, model: ModelReader, note: Note, by_rule: Assessment, until: float, heard: Heard | None
    ) -> ModelReading:
        import asyncio

        left = until - asyncio.get_running_loop().time()
        if left <= 0:
            raise ReaderTimeout("大模型还没开始读，等待时间就用完了")
        try:
            # The adapter keeps to its time; the timeout here holds for one that does not.
            async with asyncio.timeout(left):
                return await model.read(note, by_rule.reading, left, heard)
        except ReaderError:
            raise
        except TimeoutError:
            raise ReaderTimeout("大模型没有在等待时间内答完") from None
        except Exception as error:
            self.on_surprise(error)
            raise ReaderNonsense("大模型的答复处理不了") from error


def _kind_of(error: ReaderError) -> str:
    match error:
        case ReaderTimeout():
            return "timeout"
        case ReaderNonsense():
            return "nonsense"
        case _:
            return "unavailable"


@dataclass(slots=True)
class _Told:
    """What a caller knows before the end: the rules' verdict, and claims by id."""

    assessment: Assessment | None = None
    claims: dict[str, Claim] = field(default_factory=dict)

    def news(self, reading: Reading) -> list[Claim]:
        """Return the reading's claims that were not told yet, or not like this; they are told now."""
        new = [c for c in reading.claims if self.claims.get(c.id) != c]
        self.claims.update((c.id, c) for c in new)
        return new


def _tell(final: Assessment, known: _Told) -> Iterator[Event]:
    """Yield what there is to tell after `known`: the new, the changed and what no longer holds."""
    reading, told = final.reading, known.assessment
    before = {} if told is None else {f.fingerprint: f for f in told.findings}
    if told is not None and reading.sections != told.reading.sections:
        yield NoteRead(reading)
    for claim in known.news(reading):
        yield ClaimFound(reading, claim)
    for highlight in final.highlights:
        yield HighlightFound(reading, highlight)
    for finding in final.findings:
        if before.pop(finding.fingerprint, None) != finding:
            yield FindingFound(reading, finding)
    for fingerprint in before:
        yield FindingRemoved(fingerprint)
    if told is None or final.scores != told.scores or final.findings != told.findings:
        yield Scored(reading, final.scores)


def _whole(verdict: _Verdict, mending: Mending) -> Analysis:
    final = verdict.assessment
    return Analysis(
        engine=replace(verdict.engine, prompts={**verdict.engine.prompts, **mending.prompts}),
        reading=final.reading,
        scores=final.scores,
        highlights=final.highlights,
        findings=final.findings,
        suppressed=final.suppressed,
        rewrites=mending.passed,
        unsupported=verdict.unsupported,
        usage=verdict.usage if mending.usage is None else verdict.usage + mending.usage,
    )


async def whole(events: AsyncGenerator[Event, None]) -> Analysis:
    """Return the analysis at the end of its events."""
    async with aclosing(events):
        async for event in events:
            if isinstance(event, Done):
                return event.analysis
    raise AssertionError("an analysis ends with Done")
