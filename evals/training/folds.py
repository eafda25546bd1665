"""Readers that have not learned from the notes they are tried on."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from evals.training import hollow, labels, links
from evals.training.logits import Example, fit
from service.core import lexicon
from service.evaluation.dataset import RatedNote
from service.rules.label import Weights, read_weights
from service.rules.learned import Learned, read_logits
from service.rules.reader import RuleReader

Fold = tuple[Learned, list[RatedNote]]  # what was learned without some notes, and these notes

FOLDS = 5
# What a reader knows before anything is learned: nothing is vague, tied, stray or kept.
BLANK = Learned(
    Weights(("O",), ((0,),)),
    {
        name: {"bias": -1000}
        for name in ("hollow", "loose", "vague", "cause", "evidence", "plan", "stray", "open", "kept")
    },
)


def learn(rated: Sequence[RatedNote]) -> tuple[str, list[str]]:
    """Return the weights of the labels, and the lines of what is empty and what bears on what."""
    chain = labels.learn(rated, RuleReader(lexicon.load(), BLANK))
    lines = hollow.learn(rated, RuleReader(lexicon.load(), BLANK))
    lines += links.learn(rated, RuleReader(lexicon.load(), knowing(chain, lines)))
    return chain, lines


def knowing(chain: str, lines: Sequence[str]) -> Learned:
    """Return what was learned so far; questions not asked yet are answered with no."""
    return Learned(read_weights(chain), {**BLANK.questions, **read_logits("\n".join(lines))})


def folds(rated: Sequence[RatedNote]) -> list[Fold]:
    """Return each fifth of the notes with what was learned from the other four."""
    order = list(rated)
    random.Random(7).shuffle(order)
    out = []
    for at in range(FOLDS):
        held = order[at::FOLDS]
        out.append((knowing(*learn([n for n in order if n not in held])), held))
    return out


def answer(
    apart: Sequence[Fold],
    ask: Callable[[RatedNote, RuleReader], Iterator[tuple[str, Example]]],
    strengths: Mapping[str, float],
) -> tuple[list[Fold], list[str]]:
    """Return the folds with further questions answered, each learned from the other folds, and their lines.

    The examples are what the readers make of notes that they have not learned from.
    """
    told = [
        [found for note in held for found in ask(note, RuleReader(lexicon.load(), known))]
        for known, held in apart
    ]

    def fitted(rows: Sequence[list[tuple[str, Example]]]) -> list[str]:
        lines: list[str] = []
        for question, strength in strengths.items():
            lines += fit(question, [e for row in rows for q, e in row if q == question], strength)
        return lines

    out = [
        (also(known, fitted([*told[:at], *told[at + 1 :]])), held) for at, (known, held) in enumerate(apart)
    ]
    return out, fitted(told)


def also(learned: Learned, lines: Sequence[str]) -> Learned:
    """Return what was learned with further questions answered."""
    return replace(learned, questions={**learned.questions, **read_logits("\n".join(lines))})
