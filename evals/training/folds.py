"""Readers that have not learned from the notes they are tried on."""

import random
from collections.abc import Sequence
from dataclasses import replace

from evals.training import labels, links, vague
from service.core import lexicon
from service.evaluation.dataset import RatedNote
from service.rules.label import Weights, read_weights
from service.rules.learned import Learned, read_logits
from service.rules.reader import RuleReader

FOLDS = 5
# What a reader knows before anything is learned: nothing is vague, tied, stray or kept.
BLANK = Learned(
    Weights(("O",), ((0,),)),
    {name: {"bias": -1000} for name in ("vague", "cause", "evidence", "plan", "stray", "kept")},
)


def learn(rated: Sequence[RatedNote]) -> tuple[str, list[str]]:
    """Return the weights of the labels, and the lines of the questions asked while reading."""
    chain = labels.learn(rated, RuleReader(lexicon.load(), BLANK))
    lines = vague.learn(rated, RuleReader(lexicon.load(), BLANK))
    lines += links.learn(rated, RuleReader(lexicon.load(), knowing(chain, lines)))
    return chain, lines


def knowing(chain: str, lines: Sequence[str]) -> Learned:
    """Return what was learned so far; questions not asked yet are answered with no."""
    return Learned(read_weights(chain), {**BLANK.questions, **read_logits("\n".join(lines))})


def folds(rated: Sequence[RatedNote]) -> list[tuple[Learned, list[RatedNote]]]:
    """Return each fifth of the notes with what was learned from the other four."""
    order = list(rated)
    random.Random(7).shuffle(order)
    out = []
    for at in range(FOLDS):
        held = order[at::FOLDS]
        out.append((knowing(*learn([n for n in order if n not in held])), held))
    return out


def also(learned: Learned, lines: Sequence[str]) -> Learned:
    """Return what was learned with further questions answered."""
    return replace(learned, questions={**learned.questions, **read_logits("\n".join(lines))})
