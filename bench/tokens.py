"""Tokens that reading a note takes: what an endpoint's usage said, else an estimate that says it is one."""

import json
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from service.evaluation import dataset
from service.llm import prompts, recording, sdk
from service.llm.dialects import Mode
from service.llm.recording import Tape
from service.llm.replies import ExtractReply
from service.llm.show import show
from service.wiring import rooms

EVALS = Path(__file__).parents[1] / "evals"
# Tokens a character that providers document: DeepSeek says 0.6 for a Chinese one and 0.3 for any other
# (api-docs.deepseek.com, "Token usage"); Baidu's offline count for Qianfan takes 1 for a Chinese one.
CHINESE = (0.6, 1.0)
OTHER = 0.3
METHOD = (
    f"estimated, not measured: {CHINESE[0]:g} (DeepSeek's docs) to {CHINESE[1]:g} (Qianfan's local count)"
    f" tokens a Chinese character, {OTHER:g} any other"
)


@dataclass(frozen=True, slots=True)
class Range:
    """An estimate's low and high end."""

    low: float
    high: float

    def __str__(self) -> str:
        """Two figures that pretend to no more than two digits."""
        return f"{_round(self.low):,} to {_round(self.high):,}"


def lines(recordings: Path = EVALS / "recordings") -> Iterator[str]:
    """Yield what there is to print: a line an endpoint recorded, or the estimate with its method."""
    tapes = [recording.load(file) for file in sorted(recordings.glob("*.jsonl"))]
    measured = [tape for tape in tapes if tape.label.source == "endpoint" and tape.notes and tape.answers]
    for tape in measured:
        yield (
            f"tokens   {_a_note(tape, 'input_tokens'):,.0f} in, {_a_note(tape, 'output_tokens'):,.0f} out"
            f" a note: usage of {tape.label.model}, mean of {len(tape.notes)} notes of {tape.label.dataset}"
        )
    if not measured:
        yield "tokens   no endpoint's usage is recorded (notecoach eval --engine llm --record FILE does)"
        for tape in (t for t in tapes if t.label.source == "simulated"):  # a tiny local model's tell nothing
            yield from _estimated(tape, EVALS / "datasets" / tape.label.dataset)
        yield f"         {METHOD}"


def estimate(text: str) -> Range:
    """Return how many tokens a text may take."""
    chinese = sum("一" <= char <= "鿿" for char in text)
    other = OTHER * (len(text) - chinese)
    return Range(CHINESE[0] * chinese + other, CHINESE[1] * chinese + other)


def _estimated(tape: Tape, folder: Traversable) -> Iterator[str]:
    prompt = prompts.load(*prompts.EXTRACT)
    shape = sdk.Shape(ExtractReply, Mode.TOOLS).request([])
    before = estimate(prompt.system + json.dumps(shape["tools"], ensure_ascii=False))
    rated = {one.id: one.note for one in dataset.load(folder).notes}
    shown = [show(rooms().reader.read(rated[one]).document) for one in tape.notes]
    asked = [prompt.render(note=s, previous=None, earlier=None, nonce="0" * 12)[1]["content"] for s in shown]
    said = [json.dumps(a["reply"], ensure_ascii=False) for a in tape.answers.values()]
    yield (
        f"         about {before} before the note (the same for each, so a provider may cache it),"
        f" {_middle(asked)} for it, {_middle(said)} out"
    )
    yield f"         medians of {len(shown)} notes of {tape.label.dataset}, replies {tape.label.source}"


def _middle(texts: list[str]) -> Range:
    found = [estimate(text) for text in texts]
    return Range(statistics.median(r.low for r in found), statistics.median(r.high for r in found))


def _a_note(tape: Tape, kind: str) -> float:
    spent: int = sum(answer["usage"][kind] for answer in tape.answers.values())
    return spent / len(tape.notes)


def _round(value: float) -> int:
    digits = max(0, len(str(int(value))) - 2)
    return int(round(value, -digits))
