"""The order and the meaning of an analysis' events."""

import asyncio

import pytest

from service.core.analysis import (
    ClaimFound,
    Done,
    Event,
    FindingFound,
    FindingRemoved,
    HighlightFound,
    NoteRead,
    RewriteFound,
    Scored,
    Usage,
)
from service.core.errors import ReaderNonsense, ReaderTimeout, ReaderUnavailable
from service.core.note import Note
from service.core.reading import Trait
from service.ports import ModelReader
from service.usecases.analyze import Analyze, Wish, whole
from tests.fakes.model import FakeModel
from tests.fakes.rooms import rooms

NOTE = Note("社群活动效果不错\n下周二前上线新海报")


def analyze(model: ModelReader | None = None, timeout_s: float = 60.0) -> Analyze:
    """Return the use case over the fake engine."""
    return Analyze(rooms(), model, "9", timeout_s)


async def events(use_case: Analyze, wish: Wish | None = None, note: Note = NOTE) -> list[Event]:
    """Return all events of one analysis."""
    return [event async for event in use_case.events(note, wish or Wish())]


def kinds(told: list[Event]) -> list[str]:
    """Return the names of the events' classes."""
    return [type(event).__name__ for event in told]


async def test_rules_tell_each_part_once_and_the_whole_last() -> None:
    """By rule, every part comes once, claims before the findings that name them."""
    told = await events(analyze())
    assert kinds(told) == [
        "NoteRead",
        "ClaimFound",
        "ClaimFound",
        "HighlightFound",
        "FindingFound",
        "Scored",
        "RewriteFound",
        "Done",
    ]
    done = told[-1]
    assert isinstance(done, Done)
    assert (done.analysis.engine.name, done.analysis.engine.version) == ("rules", "9")
    assert not done.analysis.engine.degraded
    assert done.analysis.usage == Usage()


@pytest.mark.parametrize("rewrites", [True, False])
async def test_in_one_go_the_rules_say_the_same(rewrites: bool) -> None:
    """Without an event loop the analysis by rule is the one at the end of the events, and asks no model."""
    wish = Wish("rules", rewrites)
    model = FakeModel()
    at_once = analyze(model).by_rule(NOTE, wish)
    assert at_once == await whole(analyze().events(NOTE, wish))
    assert bool(at_once.rewrites) is rewrites


async def test_auto_without_a_model_is_not_degraded() -> None:
    """Where no model is configured, the rules answering is no accident."""
    analysis = await whole(analyze().events(NOTE, Wish(engine="auto")))
    assert not analysis.engine.degraded


async def test_the_model_is_told_after_the_rules() -> None:
    """The rules' findings are there before the model is even asked."""
    gate = asyncio.Event()
    model = FakeModel(gate=gate)
    stream = analyze(model).events(NOTE, Wish())
    assert [type(await anext(stream)) for _ in range(3)] == [NoteRead, FindingFound, Scored]
    assert not model.asked.is_set()
    gate.set()
    rest = [event async for event in stream]
    assert kinds(rest)[0] == "ClaimFound"


async def test_the_model_takes_back_what_it_reads_otherwise() -> None:
    """A finding that does not hold in the model's reading is removed, and the scores are told again."""
    told = await events(analyze(FakeModel()))
    by_rule = next(e.finding for e in told if isinstance(e, FindingFound))
    removed = [e.fingerprint for e in told if isinstance(e, FindingRemoved)]
    scores = [e.scores.overall_level for e in told if isinstance(e, Scored)]
    done = told[-1]
    assert isinstance(done, Done)
    assert removed == [by_rule.fingerprint]
    assert scores == [2, 4]
    assert done.analysis.findings == ()
    assert (done.analysis.engine.name, done.analysis.engine.model) == ("llm", "fake-1")
    assert done.analysis.engine.prompts == {"extract": "v1@abc"}
    assert done.analysis.usage.attempts == 2
    assert done.analysis.unsupported[0].kind == "cause"


async def test_a_stream_ends_with_what_done_holds() -> None:
    """Whoever keeps to the events has in the end what the whole answer says."""
    for model in (None, FakeModel(), FakeModel(error=ReaderUnavailable("忙"))):
        told = await events(analyze(model))
        done = told[-1]
        assert isinstance(done, Done)
        findings = {}
        for event in told:
            if isinstance(event, FindingFound):
                findings[event.finding.fingerprint] = event.finding
            elif isinstance(event, FindingRemoved):
                del findings[event.fingerprint]
        assert list(findings.values()) == list(done.analysis.findings)
        assert [e.claim for e in told if isinstance(e, ClaimFound)] == list(done.analysis.reading.claims)
        assert [e.highlight for e in told if isinstance(e, HighlightFound)] == list(done.analysis.highlights)
        assert [e.rewrite for e in told if isinstance(e, RewriteFound)] == list(done.analysis.rewrites)
        assert [e.scores for e in told if isinstance(e, Scored)][-1] == done.analysis.scores


@pytest.mark.parametrize(
    "error", [ReaderUnavailable("连不上"), ReaderTimeout("太慢"), ReaderNonsense("胡说")]
)
async def test_auto_degrades_to_the_rules(error: Exception) -> None:
    """A model that fails costs nobody their answer: the rules give it and say why."""
    analysis = await whole(analyze(FakeModel(error=error)).events(NOTE, Wish()))
    assert (analysis.engine.name, analysis.engine.degraded) == ("rules", True)
    assert analysis.engine.degraded_reason == str(error)
    assert len(analysis.findings) == 1


async def test_a_failed_model_is_charged_for() -> None:
    """What was spent on trying is told, although the rules answered."""
    error = ReaderNonsense("胡说", Usage(llm_calls=3, attempts=3, input_tokens=90))
    analysis = await whole(analyze(FakeModel(error=error)).events(NOTE, Wish()))
    assert analysis.usage.input_tokens == 90


async def test_an_adapter_s_own_error_degrades_too() -> None:
    """A bug in the model's adapter is told to the operator, not to the caller."""
    surprises: list[Exception] = []
    use_case = Analyze(rooms(), FakeModel(error=KeyError("note text")), "9", on_surprise=surprises.append)
    analysis = await whole(use_case.events(NOTE, Wish()))
    assert analysis.engine.degraded
    assert "note text" not in str(analysis.engine.degraded_reason)
    assert [type(s) for s in surprises] == [KeyError]


async def test_the_model_asked_by_name_must_answer() -> None:
    """With engine=llm the model's failure is the answer, after the rules' findings."""
    stream = analyze(FakeModel(error=ReaderNonsense("胡说"))).events(NOTE, Wish(engine="llm"))
    assert isinstance(await anext(stream), NoteRead)
    with pytest.raises(ReaderNonsense):
        await whole(stream)


async def test_the_model_asked_by_name_must_be_there() -> None:
    """With engine=llm and no model, nothing is told at all."""
    with pytest.raises(ReaderUnavailable):
        await anext(analyze().events(NOTE, Wish(engine="llm")))


async def test_the_rules_asked_by_name_leave_the_model_alone() -> None:
    """engine=rules costs no token."""
    model = FakeModel()
    analysis = await whole(analyze(model).events(NOTE, Wish(engine="rules")))
    assert analysis.engine.name == "rules"
    assert not model.asked.is_set()


async def test_patience_bounds_the_model() -> None:
    """The model gets what is left of the caller's patience, or its own limit if that is less."""
    patient, limited = FakeModel(), FakeModel()
    await events(analyze(patient), Wish(timeout_s=5))
    await events(analyze(limited, timeout_s=2), Wish(timeout_s=5))
    assert 4 < patient.timeouts[0] <= 5
    assert 1 < limited.timeouts[0] <= 2


async def test_patience_that_runs_out_means_the_rules() -> None:
    """A model that keeps no time is left behind when the caller's patience ends."""
    model = FakeModel(gate=asyncio.Event())
    analysis = await whole(analyze(model).events(NOTE, Wish(timeout_s=0.01)))
    assert analysis.engine.degraded
    assert model.dropped.is_set() or not model.asked.is_set()


async def test_no_patience_at_all_means_the_rules_at_once() -> None:
    """A patience that the rules' own work used up asks no model."""
    model = FakeModel()
    analysis = await whole(analyze(model).events(NOTE, Wish(timeout_s=0)))
    assert analysis.engine.degraded
    assert not model.asked.is_set()


async def test_dropping_the_stream_drops_the_model() -> None:
    """Whoever hangs up while the model reads stops it."""
    model = FakeModel(gate=asyncio.Event())
    task = asyncio.create_task(events(analyze(model)))
    await model.asked.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert model.dropped.is_set()


async def test_a_live_caller_is_told_claims_while_the_model_reads() -> None:
    """Claims come one by one after the rules' findings, the model still at work; the rest when it is done."""
    gate = asyncio.Event()
    stream = analyze(FakeModel(gate=gate, says=2)).events(NOTE, Wish(live=True))
    early = [await anext(stream) for _ in range(5)]
    assert kinds(early) == ["NoteRead", "FindingFound", "Scored", "ClaimFound", "ClaimFound"]
    gate.set()
    rest = [event async for event in stream]
    # the model forgave the first claim its vagueness, so that one is told again; the second stands
    assert kinds(rest) == ["ClaimFound", "HighlightFound", "FindingRemoved", "Scored", "RewriteFound", "Done"]
    assert [e.claim.id for e in rest if isinstance(e, ClaimFound)] == ["c1"]


@pytest.mark.parametrize("error", [None, ReaderUnavailable("断了")])
async def test_the_last_word_on_each_claim_is_what_done_holds(error: Exception | None) -> None:
    """Whoever replaces claims by id has in the end those of the answer, from the model or from the rules."""
    told = await events(analyze(FakeModel(error=error, says=2)), Wish(live=True))
    done = told[-1]
    assert isinstance(done, Done)
    last = {e.claim.id: e.claim for e in told if isinstance(e, ClaimFound)}
    assert list(last.values()) == list(done.analysis.reading.claims)


async def test_only_a_live_caller_has_the_model_listened_to() -> None:
    """Who waits for the whole answer keeps the plain call."""
    plain, live = FakeModel(says=2), FakeModel(says=2)
    same = await whole(analyze(plain).events(NOTE, Wish()))
    assert await whole(analyze(live).events(NOTE, Wish(live=True))) == same
    assert (plain.has_listener, live.has_listener) == (False, True)


async def test_leaving_between_two_claims_drops_the_model() -> None:
    """Whoever closes a live stream in the middle stops the model."""
    model = FakeModel(gate=asyncio.Event(), says=1)
    stream = analyze(model).events(NOTE, Wish(live=True))
    while not isinstance(await anext(stream), ClaimFound):
        pass
    await stream.aclose()
    assert model.dropped.is_set()


async def test_a_live_model_asked_by_name_must_answer() -> None:
    """Claims told on the way are no answer: the model's failure is."""
    model = FakeModel(error=ReaderNonsense("胡说"), says=1)
    with pytest.raises(ReaderNonsense):
        await events(analyze(model), Wish(engine="llm", live=True))


async def test_rewrites_are_made_only_when_wished_for() -> None:
    """Nobody pays for rewrites they leave out."""
    told = await events(analyze(), Wish(rewrites=False))
    assert "RewriteFound" not in kinds(told)


async def test_rewrites_name_the_findings_they_mend() -> None:
    """A rewrite names findings by id, and only those in its own passage."""
    note = Note("社群效果不错\n下周再说\n直播效果不错")
    analysis = await whole(analyze().events(note, Wish()))
    assert [r.findings for r in analysis.rewrites] == [("f1",), ("f2",)]


async def test_a_long_note_is_read_off_the_event_loop() -> None:
    """The loop runs on while a long note is read, and the answer is the same."""
    long = Note("社群活动效果不错\n" + "下周二前上线\n" * 4000)
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    other = asyncio.create_task(turn())
    analysis = await whole(analyze().events(long, Wish(rewrites=False)))
    other.cancel()
    assert turns > 1
    assert analysis.reading.claims[0].has(Trait.VAGUE)
