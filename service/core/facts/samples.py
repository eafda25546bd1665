"""Plausible answers to blanks: only to work out what the level would be, never shown to anybody."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from service.core.facts.tokens import label
from service.core.rewrite import Blank


@dataclass(frozen=True, slots=True)
class Kind:
    """What a blank asks for, told by words of its label, and answers of that kind."""

    words: tuple[str, ...]
    answers: tuple[str, ...]


@cache
def kinds() -> tuple[Kind, ...]:
    """Return the packaged kinds in the order they are tried; the last takes every blank."""
    table = tomllib.loads((files("service.core.facts") / "data" / "samples.toml").read_text("utf-8"))
    return tuple(Kind(tuple(e["words"]), tuple(e["answers"])) for e in table["kind"])


_UNIT = re.compile(r"\s?(?:个百分点|%|[人单条份场位户家台张篇元分次件个天项例])")


def sample(blank: Blank, rewritten: str, nth: int) -> str:
    """Return an answer of the blank's kind; a bare figure where a unit follows the token."""
    if blank.sample:
        return blank.sample
    asked = label(blank.token)
    kind = next((k for k in kinds() if not k.words or any(w in asked for w in k.words)), kinds()[-1])
    answer = kind.answers[nth % len(kind.answers)]
    after = rewritten.partition(blank.token)[2]
    if _UNIT.match(after):
        bare = re.match(r"[\d.]+", answer)
        return bare[0] if bare else answer
    return answer
