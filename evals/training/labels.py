"""Learns which signs speak for which label of a clause: a linear chain (conditional random field)."""

import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pycrfsuite

from evals.training.gold import Marked, alone, mark, named
from service.evaluation.dataset import RatedNote
from service.evaluation.perturb import shuffled
from service.rules.label import sides
from service.rules.reader import RuleReader

SEEN = 3  # notes that must show a sign before it is learned from
ALONE = 0.4  # share of lines, sentences and clauses that are learned from out of their note, too
PARAMETERS = {"c1": 1.0, "c2": 6.0, "max_iterations": 200, "feature.possible_transitions": True}
# In hundredths. Fitted weights would rather say nothing, or go on, than open a claim: with a little against
# both, claims missed and claims too many are in balance on notes not learned from (F1 0.64 → 0.65).
LEAN = {"I": -40, "O": -50}

Sequences = tuple[list[list[str]], list[list[str]]]  # signs a clause, and the labels by annotator


def sequence(marked: Marked) -> Sequences:
    """Return the signs of a note's clauses, neighbours' included, and their labels."""
    observed = [clause.signs for clause in marked.clauses if clause.signs is not None]
    out = []
    for at, here in enumerate(observed):
        before, after = sides(marked.clauses, at)
        signs = [*here.own, *here.words, *here.rest]
        if at:
            signs += [before + s for s in observed[at - 1].own] + ["-" + s for s in observed[at - 1].words]
        if at + 1 < len(observed):
            signs += [after + s for s in observed[at + 1].own] + ["+" + s for s in observed[at + 1].words]
        out.append(signs)
    return out, [named(owners) for owners in marked.owners]


def fit(rows: Sequence[Sequences]) -> str:
    """Return the weights of a chain fitted to some sequences; signs that no file can hold are left out."""
    seen = Counter(sign for signs, _ in rows for sign in {s for one in signs for s in one})
    trainer = pycrfsuite.Trainer(verbose=False, params=PARAMETERS)
    for signs, labels in rows:
        kept = [[s for s in one if seen[s] >= SEEN and s.isprintable()] for one in signs]
        for told in labels:
            trainer.append(kept, told)
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder) / "chain.crfsuite")
        trainer.train(model)
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        info = tagger.info()
        return written(tagger.labels(), info.transitions, info.state_features)


def written(
    labels: Sequence[str], steps: dict[tuple[str, str], float], signs: dict[tuple[str, str], float]
) -> str:
    """Return the weights as the file holds them, in hundredths."""
    names = sorted(labels)
    lean = {name: LEAN.get(name[0], 0) for name in names}
    place = {name: str(at) for at, name in enumerate(names)}
    by_sign: dict[str, list[str]] = {}
    for (sign, label), weight in sorted(signs.items()):
        if round(weight * 100):
            by_sign.setdefault(sign, []).extend((place[label], str(round(weight * 100))))
    rows = [
        "# Written by `make train` from the rated notes. Weights in hundredths: labels, what each scores",
        "# after each other (one row a label before), then a sign a line with pairs of label and weight.",
        "\t".join(("labels", *names)),
    ]
    rows += [
        "\t".join((a, *(str(round(steps.get((a, b), 0.0) * 100) + lean[b]) for b in names))) for a in names
    ]
    rows += ["\t".join((sign, *told)) for sign, told in by_sign.items()]
    return "\n".join(rows) + "\n"


def learn(rated: Sequence[RatedNote], reader: RuleReader) -> str:
    """Return the fitted weights as the file holds them.

    Learned from are whole notes, those with headings in reverse order, too (what a clause says does not hang
    on where it stands), and some pieces alone.
    """
    dice = random.Random(0)
    data = []
    for note in rated:
        data.append(sequence(mark(note, reader)))
        turned = shuffled(note)
        if turned is not None:
            data.append(sequence(mark(replace(note, note=turned), reader)))
        data += [sequence(mark(piece, reader)) for piece in alone(note, ALONE, dice)]
    return fit(data)
