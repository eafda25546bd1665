"""The wordings and subjects of rewrites, from data files."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_INSIDE = ("里", "上", "中", "内")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a thing is measured by: the figure a lead asks for, its unit, and whether more of it is worse."""

    words: tuple[str, ...]
    measure: str
    unit: str
    is_worse: bool = False
    is_event: bool = False  # compared with the last of its kind, not with the last period
    is_feedback: bool = False


def _table(name: str) -> Any:
    return tomllib.loads((files("service.rules") / "data" / f"rewrite_{name}.toml").read_text("utf-8"))


@cache
def subjects() -> tuple[Subject, ...]:
    """Return the packaged subjects in file order."""
    return tuple(
        Subject(
            tuple(e["words"]),
            e["measure"],
            e["unit"],
            e.get("worse", False),
            e.get("event", False),
            e.get("feedback", False),
        )
        for e in _table("subjects")["subject"]
    )


@cache
def forms() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return the wordings by kind and name; a lone wording is a list of one."""
    return {
        kind: {name: (form,) if isinstance(form, str) else tuple(form) for name, form in table.items()}
        for kind, table in _table("forms").items()
    }


@cache
def topic_words() -> Mapping[str, tuple[str, ...]]:
    """Return the words that are cut off round the topic of a plan, longest first."""
    return {
        name: tuple(sorted(entry["words"], key=len, reverse=True)) for name, entry in _table("topics").items()
    }


def subject_of(text: str, upto: int | None = None) -> tuple[Subject, str] | None:
    """Return the subject that a clause speaks of and its word: the nearest before the evaluation at `upto`.

    Where none stands before it, the last one after it; of two words that end together the longer. A place is
    no subject (群里吵狗绳的事).
    """
    best: tuple[bool, int, int] | None = None
    found: tuple[Subject, str] | None = None
    limit = len(text) if upto is None else upto
    for subject in subjects():
        for word in subject.words:
            at = text.rfind(word, 0, limit)
            is_before = at >= 0
            if not is_before:
                at = text.find(word)
            if at < 0 or text.startswith(_INSIDE, at + len(word)):
                continue
            rank = (is_before, at + len(word), len(word))
            if best is None or rank > best:
                best, found = rank, (subject, word)
    return found


@cache
def modules() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the modules of a regrouped log with their words, in file order."""
    return tuple((e["name"], tuple(e["words"])) for e in _table("modules")["module"])
