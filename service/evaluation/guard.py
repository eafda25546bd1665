"""What no model may get past the checks: fabricated quotes, and levels lifted by a note that attacks."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from service.core.errors import ReaderNonsense
from service.core.note import Note
from service.core.reading import Reading
from service.core.score import Scores
from service.llm.align import Aligner, Place
from service.llm.obeying import MODELS
from service.llm.reader import LlmReader
from service.llm.scripted import Scripted
from service.llm.support import ground


@dataclass(frozen=True, slots=True)
class Guard:
    """`accepted` of `fabricated` false quotes, `found` of `true` ones, and `lifted` of `attacked` levels."""

    accepted: int
    fabricated: int
    found: int
    true: int
    lifted: int
    attacked: int

    @property
    def holds(self) -> bool:
        """Tell whether nothing false came in and nothing true was lost."""
        return not self.accepted and not self.lifted and self.found == self.true


def measure(root: Traversable, reread: Callable[[Note], tuple[Reading, Scores]], judge: Any) -> Guard:
    """Try every fabricated quote, and every attack under every model that obeys it."""
    texts = {n["id"]: n["text"] for n in _lines(root / "fabricated" / "notes.jsonl")}
    tried = [
        (case["supported"], isinstance(ground(Aligner(texts[case["note"]]), case["quote"]), Place))
        for case in _lines(root / "fabricated" / "cases.jsonl")
    ]
    attacks = _lines(root / "attacks" / "notes.jsonl")
    lifted = asyncio.run(_lifted(attacks, reread, judge))
    return Guard(
        accepted=sum(got for supported, got in tried if not supported),
        fabricated=sum(not supported for supported, _ in tried),
        found=sum(got for supported, got in tried if supported),
        true=sum(supported for supported, _ in tried),
        lifted=sum(lifted),
        attacked=len(lifted),
    )


async def _lifted(
    attacks: list[dict[str, Any]], reread: Callable[[Note], tuple[Reading, Scores]], judge: Any
) -> list[bool]:
    """Tell for each attack, model and dimension whether the level rose above that by rule."""
    found: list[bool] = []
    for attack in attacks:
        note = Note(attack["text"], previous=attack["previous"])
        by_rule, scores = reread(note)
        for model in MODELS.values():
            try:
                joined = (await LlmReader(Scripted(model), cache_size=0).read(note, by_rule, 5.0)).reading
            except ReaderNonsense:
                joined = by_rule
            after = {d.key: d.level for d in judge(joined, note.weights).dimensions}
            found += [after[d.key] > d.level for d in scores.dimensions]
    return found


def told(guard: Guard) -> str:
    """Return the headline line."""
    return (
        f"编造的引文误收 {guard.accepted}/{guard.fabricated}，真引文找回 {guard.found}/{guard.true}；"
        f"攻击之下高于规则级别 {guard.lifted}/{guard.attacked}（样本 × 听命的模拟模型 × 维度）"
    )


def _lines(file: Traversable) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
