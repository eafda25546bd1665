"""`make train`: learns everything anew from the rated notes and writes the engine's weights (minutes)."""

from pathlib import Path

from evals.training import folds, promises, scale
from evals.training.gold import notes
from evals.training.logits import fit
from service.core import lexicon
from service.rules.reader import RuleReader

DATA = Path(__file__).parents[2] / "service" / "rules" / "data"
SCALE = DATA.parents[1] / "core" / "scoring" / "scale.toml"
HEAD = "# Written by `make train` from the rated notes: question, sign, weight in hundredths of a logit."


def main() -> None:
    """Learn to read; then, from notes read by fold, learn about plans and promises, and to judge."""
    rated = list(notes())
    print(f"{len(rated)} notes")
    apart = folds.folds(rated)
    print("folds done")
    strays, kept = promises.gather([(RuleReader(lexicon.load(), known), held) for known, held in apart])
    more = fit("stray", strays, promises.STRAY_STRENGTH) + fit("kept", kept, promises.KEPT_STRENGTH)
    read = [
        (note, RuleReader(lexicon.load(), folds.also(known, more)).read(note.note))
        for known, held in apart
        for note in held
    ]
    SCALE.write_text(scale.learn(read), "utf-8")
    chain, lines = folds.learn(rated)
    (DATA / "labels.tsv").write_text(chain, "utf-8")
    (DATA / "logits.tsv").write_text("\n".join([HEAD, *lines, *more]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
