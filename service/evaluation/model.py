"""The engine with a model under evaluation: recorded from an endpoint or a simulated model, or replayed."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from service.core.analysis import Analysis
from service.core.errors import SettingsError
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
    "模拟模型：把标注者甲的陈述当作回答，每篇另加一条编造的引文；不是模型的回答，不代表任何模型的水平。"
)
ENDPOINT = "由设置里的模型服务录下的回答。"
LOCAL = "由本机上的模型服务录下的回答：模型多半很小，不代表好模型的水平。"
_ABOUT = {"simulated": SIMULATED, "endpoint": ENDPOINT, "local": LOCAL}
_WHY = {"nonsense": "答得不能用", "timeout": "没答完", "unavailable": "没有模型"}
PATIENCE_S = 600.0
_RELATION = {
    ClaimKind.CAUSE: Relation.CAUSES,
    ClaimKind.EVIDENCE: Relation.SUPPORTS,
    ClaimKind.PLAN: Relation.ADDRESSES,
}
_DIGITS = str.maketrans("0123456789", "1234567890")


def label(source: str, model: str, dataset: str) -> Label:
    """Return what a new recording says of itself."""
    prompt = prompts.load(*prompts.EXTRACT)
    return Label(source, model, _ABOUT[source], dataset, {prompt.id: prompt.name})


def replayed(rooms: Rooms, tape: Tape, version: str) -> Solver:
    """Return the engine over a tape; its name tells what was recorded."""
    name = f"llm（回放，{tape.label.source}：{tape.label.model}）"
    analyse = _analyse(rooms, Replayed(tape), version)
    return EngineSolver(name, analyse, lambda note: analyse(note).scores)


def came_to(rooms: Rooms, tape: Tape, notes: Sequence[RatedNote], version: str) -> str:
    """Return what became of a tape's answers: notes read by the model or by rule, claims dropped."""
    analyse = _analyse(rooms, Replayed(tape), version)
    found = [analyse(rated.note) for rated in notes]
    left = Counter(str(a.engine.degraded_kind) for a in found if a.engine.degraded)
    why = "、".join(f"{said} {left[kind]} 篇" for kind, said in _WHY.items() if left[kind])
    by_rule = f"{left.total()} 篇退回规则" + (f"（{why}）" if why else "")
    dropped = sum(len(a.unsupported) for a in found)
    return f"其中 {len(found) - left.total()} 篇由模型读，{by_rule}；原文不支持而丢掉的陈述 {dropped} 条。"


def record(
    rooms: Rooms,
    tape: Tape,
    notes: Sequence[RatedNote],
    answers: Callable[[RatedNote], Completions | None],
    version: str,
    timeout_s: float = PATIENCE_S,
) -> None:
    """Put the answers for every note that has a model to answer for it on the tape, `timeout_s` for each.

    Raises SettingsError where a note's time was up before all of it was asked: no tape holds what was not
    asked, and a replay would take the note for changed.
    """
    for rated in notes:
        completions = answers(rated)
        if completions is None:
            continue
        recorder = Recorder(completions, tape)
        engine = _analyse(rooms, recorder, version, timeout_s)(rated.note).engine
        if engine.degraded_kind == "timeout" and not recorder.has_timed_out:
            late = f"{rated.id} 还没全问到模型，{timeout_s:g} 秒的时间就用完了"
            raise SettingsError(f"录不下去：{late}；请加大 NOTECOACH_LLM_TIMEOUT_S")
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


def _analyse(
    rooms: Rooms, completions: Completions, version: str, timeout_s: float = PATIENCE_S
) -> Callable[[Note], Analysis]:
    """Return the analysis that a caller of `auto` gets: by rule where the model failed."""
    wish = Wish(engine="auto", timeout_s=timeout_s)

    async def answered(note: Note) -> Analysis:
        model = LlmReader(completions, cache_size=0)
        try:
            return await whole(
                Analyze(rooms, model, version, timeout_s, on_surprise=_raise).events(note, wish)
            )
        finally:
            await model.aclose()

    return lambda note: asyncio.run(answered(note))


def _raise(error: Exception) -> None:
    raise error
