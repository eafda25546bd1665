"""The engine with a model under evaluation: recorded from an endpoint or a simulated model, or replayed."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from service.core.note import Note
from service.core.reading import ClaimKind, Relation
from service.evaluation.dataset import RatedNote
from service.evaluation.engines import EngineSolver
from service.evaluation.outcome import Solver
from service.llm import prompts
from service.llm.completion import Completions
from service.llm.reader import LlmReader
from service.llm.recording import Label, Recorder, Replayed, Tape
from service.llm.scripted import Scripted
from service.usecases.analyze import Analyze, Wish, whole
from service.usecases.rooms import Rooms

SIMULATED = (
    "模拟模型：把标注者甲的主张当作回答，每篇另加一条编造的引文；不是模型的回答，不代表任何模型的水平。"
)
ENDPOINT = "由设置里的模型服务录下的回答。"
_RELATION = {
    ClaimKind.CAUSE: Relation.CAUSES,
    ClaimKind.EVIDENCE: Relation.SUPPORTS,
    ClaimKind.PLAN: Relation.ADDRESSES,
}
_DIGITS = str.maketrans("0123456789", "1234567890")


def label(source: str, model: str, dataset: str) -> Label:
    """Return what a new recording says of itself."""
    prompt = prompts.load(*prompts.EXTRACT)
    about = SIMULATED if source == "simulated" else ENDPOINT
    return Label(source, model, about, dataset, {prompt.id: prompt.name})


def replayed(rooms: Rooms, tape: Tape, version: str) -> Solver:
    """Return the engine over a tape; its name tells what was recorded."""
    name = f"llm（回放，{tape.label.source}：{tape.label.model}）"
    return _solver(name, rooms, Replayed(tape), version)


def record(
    rooms: Rooms,
    tape: Tape,
    notes: Sequence[RatedNote],
    answers: Callable[[RatedNote], Completions | None],
    version: str,
) -> None:
    """Put the answers for every note that has a model to answer for it on the tape."""
    for rated in notes:
        completions = answers(rated)
        if completions is not None:
            _solver("", rooms, Recorder(completions, tape), version).solve(rated.note)
            tape.notes.append(rated.id)


def simulated(rated: RatedNote) -> Completions | None:
    """Return the first annotator's claims as a model's answer, with one more that the note does not hold."""
    if not rated.annotators:
        return None
    claims: list[dict[str, Any]] = [
        {
            "id": c.id,
            "quote": c.quote,
            "kind": c.kind.value,
            "links": [
                {"relation": _RELATION[c.kind].value, "target": t} for t in c.links if c.kind in _RELATION
            ],
        }
        for c in rated.annotators[0]
    ]
    if claims:
        claims.append(
            {"id": "x", "kind": "result", "quote": f"{claims[0]['quote'].translate(_DIGITS)}，翻了 9 倍"}
        )
    return Scripted({"claims": claims}, model="annotator-a")


def _solver(name: str, rooms: Rooms, completions: Completions, version: str) -> EngineSolver:
    analyze = Analyze(rooms, LlmReader(completions, cache_size=0), version, on_surprise=_raise)
    wish = Wish(engine="llm", timeout_s=600.0)

    def levels(note: Note) -> Any:
        return asyncio.run(whole(analyze.events(note, Wish("llm", rewrites=False, timeout_s=600.0)))).scores

    return EngineSolver(name, lambda note: asyncio.run(whole(analyze.events(note, wish))), levels)


def _raise(error: Exception) -> None:
    raise error
