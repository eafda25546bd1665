"""The composition root: the only place that builds adapters and hands them to the use cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service import __version__
from service.core.document.model import Format
from service.core.note import Note
from service.core.rubric import Rubric, rubric
from service.ports import AnalysisStore, ModelReader
from service.usecases.analyze import Analyze
from service.usecases.check import Check
from service.usecases.fill import FillBlanks
from service.usecases.rooms import Rooms
from service.usecases.rulebook import Rulebook

if TYPE_CHECKING:
    from service.settings import Settings  # pydantic: not for a command that needs only the rules

_SAMPLE = "本周社群日活 1,200，上周 1,000，+20%。\n下周二前上线新海报，目标转化率 8%。"


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that the API and the command line may call."""

    analyze: Analyze
    check: Check
    fill: FillBlanks
    rulebook: Rulebook
    rubric: Rubric
    version: str
    store: AnalysisStore
    model: ModelReader | None = None
    model_name: str | None = None

    async def warm_rules(self) -> None:
        """Pay the rules' first-call costs: word lists, compiled patterns, the tokenizer of HTML."""
        await self.check(Note(_SAMPLE, Format.HTML))

    async def warm_model(self) -> None:
        """Pay the model's first-call costs, imports and connections, if there is one."""
        if self.model is not None:
            await self.model.warm()

    async def aclose(self) -> None:
        """Let go of whatever the adapters hold."""
        if self.model is not None:
            await self.model.aclose()


def rooms() -> Rooms:
    """Return the engine by rule, which needs no settings."""
    from service import catalog
    from service.core import facts, lexicon, scoring
    from service.rules import learned
    from service.rules.reader import RuleReader
    from service.rules.rewrite import RuleRewriter

    return Rooms(
        reader=RuleReader(lexicon.load(), learned.load()),
        judge=scoring.judge,
        praise=scoring.highlights,
        collect=catalog.collect,
        rewriter=RuleRewriter(),
        vet_rewrites=facts.vet_rewrites,
        fill=facts.fill,
    )


def build(settings: Settings, on_surprise: Callable[[Exception], None] = lambda _: None) -> Services:
    """Return the services as the settings want them; raises SettingsError.

    `on_surprise` is told of a model adapter's unforeseen error, which callers only see as a degraded answer.
    """
    from service import catalog
    from service.store.analyses import open_analyses

    model = None
    if settings.has_llm:
        from service import llm

        model = llm.build(settings.llm)
    store = open_analyses(settings.database_url)
    return assemble(rooms(), Rulebook(catalog.rules()), settings, store, model, on_surprise)


def assemble(
    engine: Rooms,
    rulebook: Rulebook,
    settings: Settings,
    store: AnalysisStore,
    model: ModelReader | None = None,
    on_surprise: Callable[[Exception], None] = lambda _: None,
) -> Services:
    """Return services over given adapters, real or fake."""
    return Services(
        analyze=Analyze(engine, model, __version__, settings.llm_timeout_s, on_surprise),
        check=Check(engine),
        fill=FillBlanks(engine),
        rulebook=rulebook,
        rubric=rubric(),
        version=__version__,
        store=store,
        model=model,
        model_name=settings.llm_model if model is not None else None,
    )
