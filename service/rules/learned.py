"""Everything that was learned from rated notes, as data: what the reader weighs signs by."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from service.rules.label import Weights, read_weights

Logits = Mapping[str, int]  # sign → weight in hundredths of a logit; "bias" is always seen


@dataclass(frozen=True, slots=True)
class Learned:
    """The weights of one training: `labels` of clauses, and of yes-or-no questions by name.

    Questions: "vague" (does a clause evaluate where a figure should stand), "hollow" (is a cause empty),
    "loose" (does a plan name no step), "cause", "evidence" and "plan" (does a claim of that kind bear on
    another), "stray" (does a plan serve nothing told), "open" (does no plan take a problem up), "kept" (is a
    promise reported on).
    """

    labels: Weights
    questions: Mapping[str, Logits]


@cache
def load() -> Learned:
    """Return the packaged weights; read once a process."""
    data = files("service.rules") / "data"
    return Learned(
        read_weights((data / "labels.tsv").read_text("utf-8")),
        read_logits((data / "logits.tsv").read_text("utf-8")),
    )


def read_logits(text: str) -> dict[str, dict[str, int]]:
    """Return the weights of a file by question: question, sign, weight, parted by tabs."""
    found: dict[str, dict[str, int]] = {}
    for line in text.split("\n"):
        if line and not line.startswith("# "):
            question, sign, weight = line.split("\t")
            found.setdefault(question, {})[sign] = int(weight)
    return found
