"""The word lists of `words.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Words:
    """The lists by name; the first three longest first, so that the longest word is met first."""

    negation: tuple[str, ...]
    mask: tuple[str, ...]
    held_open: tuple[str, ...]
    common: frozenset[str]
    to_reader: tuple[str, ...]
    addressing: tuple[str, ...]


@cache
def words() -> Words:
    """Return the packaged lists; read once a process."""
    table = tomllib.loads((files("service.llm") / "words.toml").read_text("utf-8"))

    def longest_first(key: str) -> tuple[str, ...]:
        return tuple(sorted(table[key]["words"], key=len, reverse=True))

    return Words(
        negation=longest_first("negation"),
        mask=longest_first("negation_mask"),
        held_open=longest_first("open"),
        addressing=longest_first("addressing"),
        to_reader=longest_first("to_reader"),
        common=frozenset(table["common"]["words"]),
    )
