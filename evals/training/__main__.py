"""`make train`: learns everything anew from the rated notes and writes the engine's weights (minutes)."""

from pathlib import Path

from evals.training import folds, promises, scale, vague
from evals.training.gold import notes
from service.core import lexicon
from service.rules.reader import RuleReader

DATA = Path(__file__).parents[2] / "service" / "rules" / "data"
SCALE = DATA.parents[1] / "core" / "scoring" / "scale.toml"
HEAD = "# Written by `make train` from the rated notes: question, sign, weight in hundredths of a logit."


def main() -> None:
    """Learn to read; then, from notes read by fold, learn what is vague or left out, and to judge."""
    rated = list(notes())
    print(f"{len(rated)} notes")
    apart = folds.folds(rated)
    print("folds done")
    more: list[str] = []
    for part in (vague, promises):
        apart, lines = folds.answer(apart, part.examples, part.STRENGTHS)
        more += lines
    read = [
        (note, RuleReader(lexicon.load(), known).read(note.note)) for known, held in apart for note in held
    ]
    SCALE.write_text(scale.learn(read), "utf-8")
    chain, lines = folds.learn(rated)
    (DATA / "labels.tsv").write_text(chain, "utf-8")
    (DATA / "logits.tsv").write_text("\n".join([HEAD, *lines, *more]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
