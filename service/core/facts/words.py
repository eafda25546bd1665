"""The fact checker's word lists, each as one pattern over folded text."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class WordLists:
    """Patterns that find the longest word of a list at each place; `neutral` is sorted longest first."""

    dates: re.Pattern[str]
    status: re.Pattern[str]
    negations: re.Pattern[str]
    guesses: re.Pattern[str]
    cause_before: re.Pattern[str]
    cause_after: re.Pattern[str]
    neutral: tuple[str, ...]


@cache
def word_lists() -> WordLists:
    """Return the packaged lists; read once a process."""
    table = tomllib.loads((files("service.core.facts") / "data" / "words.toml").read_text("utf-8"))
    lists = {name: tuple(dict.fromkeys(entry["words"])) for name, entry in table.items()}
    # "不错" is met before "不" and consumed by a branch without a group: no negation.
    negations = f"{_any(lists['negation_masks'])}|({_any(lists['negations'])})"
    return WordLists(
        dates=re.compile(_any(lists["dates"])),
        status=re.compile(_any(lists["status"])),
        negations=re.compile(negations),
        guesses=re.compile(_any(lists["guesses"])),
        cause_before=re.compile(_any(lists["cause_before"])),
        cause_after=re.compile(_any(lists["cause_after"])),
        neutral=tuple(sorted((*lists["neutral"], *lists["measures"]), key=len, reverse=True)),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
