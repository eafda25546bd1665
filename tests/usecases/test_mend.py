"""A model's rewrites: those that hold, one more try for what falls, the rules' for every other passage."""

import asyncio
from collections.abc import Sequence

from service.core.analysis import Analysis, RewriteFound, Usage
from service.core.errors import ReaderUnavailable
from service.core.finding import Finding
from service.core.note import Note
from service.core.reading import Claim, Reading, Trait
from service.core.rewrite import RewriteDraft
from service.core.score import DimensionKey
from service.ports import ModelDrafts
from service.usecases.analyze import Analyze, Wish, whole
from tests.fakes.model import FakeModel
from tests.fakes.rooms import TOKEN, VAGUE, rooms

NOTE = Note("社群活动效果不错\n直播效果不错\n下周二前上线新海报")
SPENT = Usage(llm_calls=1, attempts=1, input_tokens=7, output_tokens=3)


class FakeRewriter:
    """Words each vague claim as the next list of words says; or raises; or waits for `gate`."""

    def __init__(
        self, *rounds: tuple[str, ...], error: Exception | None = None, gate: asyncio.Event | None = None
    ) -> None:
        self.rounds = list(rounds)
        self.error = error
        self.gate = gate
        self.refused: list[Sequence[tuple[RewriteDraft, str]]] = []

    async def propose(
        self,
        reading: Reading,
        findings: Sequence[Finding],
        timeout_s: float,
        refused: Sequence[tuple[RewriteDraft, str]] = (),
    ) -> ModelDrafts:
        """Return one draft a word."""
        self.refused.append(refused)
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None and (len(self.rounds) == 0 or len(self.refused) > len(self.rounds)):
            raise self.error
        words = self.rounds[len(self.refused) - 1]
        vague = [c for c in reading.claims if c.has(Trait.VAGUE)]
        return ModelDrafts(tuple(map(_draft, vague, words)), {"rewrite": "v1@def"}, SPENT)


def _draft(claim: Claim, words: str) -> RewriteDraft:
    return RewriteDraft(claim.span, words, (DimensionKey.DATA,), "模型的理由", ("D101",))


class ReadsAsTheRules(FakeModel):
    """Leaves the rules' findings standing, so that there is something to rewrite."""

    async def read(self, note, by_rule, timeout_s, heard=None):  # type: ignore[no-untyped-def]
        """Return the reading by rule under the model's name."""
        read = await super().read(note, by_rule, timeout_s, heard)
        return type(read)(by_rule, read.model, read.prompts, read.usage, read.unsupported)


async def _mended(rewriter: FakeRewriter, timeout_s: float = 5.0) -> Analysis:
    surprises: list[Exception] = []
    use_case = Analyze(rooms(), ReadsAsTheRules(rewriter=rewriter), "9", on_surprise=surprises.append)
    analysis = await whole(use_case.events(NOTE, Wish(timeout_s=timeout_s)))
    assert [type(s) for s in surprises] == ([KeyError] if isinstance(rewriter.error, KeyError) else [])
    assert analysis.engine.name == "llm"
    return analysis


def _by_rule(line: str) -> str:
    return line.replace(VAGUE, TOKEN)


async def test_the_model_s_rewrites_come_first_and_the_rules_fill_up() -> None:
    """What passes is the model's; a passage it left alone is mended by rule; ids run through."""
    rewriter = FakeRewriter(("社群活动来了多少人",))
    analysis = await _mended(rewriter)
    assert [r.rewritten for r in analysis.rewrites] == ["社群活动来了多少人", _by_rule("直播效果不错")]
    assert [r.id for r in analysis.rewrites] == ["r1", "r2"]
    assert len(rewriter.refused) == 1


async def test_versions_and_bill_name_both_tasks() -> None:
    """The engine names the prompt of reading and of rewriting, and the usage is their sum."""
    analysis = await _mended(FakeRewriter(("一", "二")))
    assert analysis.engine.prompts == {"extract": "v1@abc", "rewrite": "v1@def"}
    assert (analysis.usage.llm_calls, analysis.usage.input_tokens) == (2, 37)


async def test_what_falls_is_asked_for_once_more_with_the_reason() -> None:
    """The second question carries the fallen draft and why; what it brings is checked the same way."""
    rewriter = FakeRewriter(("编造", "直播好"), ("社群好", "直播更好"))
    analysis = await _mended(rewriter)
    assert [[(d.rewritten, why) for d, why in r] for r in rewriter.refused] == [
        [],
        [("编造", "多了原文没有的：编造")],
    ]
    assert [r.rewritten for r in analysis.rewrites] == ["直播好", "社群好"]


async def test_what_falls_twice_is_the_rules_to_mend() -> None:
    """No third question: the rules' rewrite stands for that passage, and both tries are paid for."""
    rewriter = FakeRewriter(("编造", "直播好"), ("还是编造",))
    analysis = await _mended(rewriter)
    assert len(rewriter.refused) == 2
    assert [r.rewritten for r in analysis.rewrites] == ["直播好", _by_rule("社群活动效果不错")]
    assert analysis.usage.llm_calls == 3


async def test_a_model_that_fails_to_write_leaves_the_rules_rewrites() -> None:
    """The reading stays the model's; nothing says degraded; the failed try is on the bill."""
    analysis = await _mended(FakeRewriter(error=ReaderUnavailable("忙", SPENT)))
    assert [r.rewritten for r in analysis.rewrites] == [
        _by_rule("社群活动效果不错"),
        _by_rule("直播效果不错"),
    ]
    assert not analysis.engine.degraded
    assert analysis.engine.prompts == {"extract": "v1@abc"}
    assert analysis.usage.llm_calls == 2


async def test_what_passed_before_a_failure_stays() -> None:
    """A second try that fails takes nothing back."""
    analysis = await _mended(FakeRewriter(("编造", "直播好"), error=ReaderUnavailable("忙")))
    assert [r.rewritten for r in analysis.rewrites] == ["直播好", _by_rule("社群活动效果不错")]


async def test_a_bug_in_the_rewriter_is_the_operator_s_to_know() -> None:
    """An error that is none of ours is told aside, and the rules' rewrites stand."""
    analysis = await _mended(FakeRewriter(error=KeyError("note text")))
    assert len(analysis.rewrites) == 2


async def test_patience_bounds_reading_and_rewriting_together() -> None:
    """A rewriter that never answers is left at the caller's deadline, and the rules' rewrites come."""
    analysis = await _mended(FakeRewriter(gate=asyncio.Event()), timeout_s=0.2)
    assert analysis.rewrites[0].rewritten == _by_rule("社群活动效果不错")


async def test_a_stream_tells_the_same_rewrites() -> None:
    """What the stream told one by one is what the whole answer holds."""
    use_case = Analyze(rooms(), ReadsAsTheRules(rewriter=FakeRewriter(("编造", "好"), ("更好",))), "9")
    told = [event async for event in use_case.events(NOTE, Wish())]
    streamed = [e.rewrite for e in told if isinstance(e, RewriteFound)]
    done = told[-1]
    assert streamed == list(done.analysis.rewrites)  # type: ignore[union-attr]
    assert len(streamed) == 2


async def test_no_rewrite_is_asked_for_where_nothing_is_found_or_wished() -> None:
    """A note without findings, or a caller without the wish, costs no second question."""
    rewriter = FakeRewriter(("一", "二"))
    use_case = Analyze(rooms(), FakeModel(rewriter=rewriter), "9")
    await whole(use_case.events(Note("下周二前上线新海报"), Wish()))
    await whole(use_case.events(NOTE, Wish(rewrites=False)))
    assert rewriter.refused == []
