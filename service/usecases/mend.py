"""The rewrites of one note: the model's where they hold, the rules' for every other passage."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from service.core.analysis import Usage
from service.core.errors import ReaderError
from service.core.finding import Finding
from service.core.note import Note
from service.core.rewrite import Rewrite, RewriteDraft
from service.ports import ModelDrafts, ModelRewriter
from service.usecases.assess import Assessment, off_loop
from service.usecases.rooms import Rooms

READINGS = 12  # each of some ten drafts is checked by reading the note with its blanks filled, few once more
ROUNDS = 2  # what falls is asked for once more, with the reason

Refused = Sequence[tuple[RewriteDraft, str]]


@dataclass(slots=True)
class Mending:
    """Rewrites in the making; `usage` (None where no model was asked) and `prompts` tell what they took.

    All are checked on the reading by rule, so that levels before and after have one reader; each names those
    of `findings` that it mends.
    """

    rooms: Rooms
    note: Note
    by_rule: Assessment
    findings: Sequence[Finding]
    passed: tuple[Rewrite, ...] = ()
    usage: Usage | None = None
    prompts: Mapping[str, str] = field(default_factory=dict)

    async def from_model(
        self, rewriter: ModelRewriter, until: float, on_surprise: Callable[[Exception], None]
    ) -> AsyncGenerator[Rewrite, None]:
        """Yield what passes of the model's drafts; a model that fails is passed over in silence."""
        asked = [f for f in self.findings if f.source == "text"]
        refused: Refused = ()
        for _ in range(ROUNDS if asked and self.by_rule.reading.is_note else 0):
            try:
                made = await self._ask(rewriter, asked, refused, until)
            except (ReaderError, TimeoutError) as error:
                self._book(getattr(error, "usage", None) or Usage())
                return
            except Exception as error:
                on_surprise(error)
                return
            self._book(made.usage)
            self.prompts = made.prompts
            told = len(self.passed)
            refused = await self._vet(made.drafts)
            for rewrite in self.passed[told:]:
                yield rewrite
            if not refused:
                return

    async def from_rules(self) -> tuple[Rewrite, ...]:
        """Return what passes of the rules' drafts beside what passed before."""
        told = len(self.passed)
        await off_loop(self.note, self.draft_by_rule, READINGS)
        return self.passed[told:]

    def draft_by_rule(self) -> None:
        """Take in what passes of the rules' drafts beside what passed before."""
        by_rule = self.by_rule  # its findings name claims of its reading
        self._check(self.rooms.rewriter.propose(by_rule.reading, by_rule.scores, by_rule.findings))

    async def _ask(
        self, rewriter: ModelRewriter, findings: Sequence[Finding], refused: Refused, until: float
    ) -> ModelDrafts:
        import asyncio

        left = until - asyncio.get_running_loop().time()
        if left <= 0:
            raise TimeoutError
        async with asyncio.timeout(left):  # for an adapter that does not keep to its time
            return await rewriter.propose(self.by_rule.reading, findings, left, refused)

    def _book(self, usage: Usage) -> None:
        self.usage = usage if self.usage is None else self.usage + usage

    async def _vet(self, drafts: Sequence[RewriteDraft]) -> Refused:
        return await off_loop(self.note, lambda: self._check(drafts), READINGS) if drafts else ()

    def _check(self, drafts: Sequence[RewriteDraft]) -> Refused:
        if not drafts:
            return ()
        vetted = self.rooms.vet_rewrites(
            self.note,
            self.by_rule.reading,
            self.by_rule.scores,
            self.findings,
            drafts,
            self.rooms.reread,
            self.passed,
        )
        self.passed = vetted.passed
        return vetted.refused
