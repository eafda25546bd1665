"""Rated notes: what they hold, which half each belongs to, and loading them from a folder."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.resources.abc import Traversable
from pathlib import PurePath
from typing import Any

from service.core.document.model import Format
from service.core.errors import InvalidRequest
from service.core.note import Note
from service.core.reading import ClaimKind
from service.core.score import DimensionKey


class Half(StrEnum):
    """Which side of the fixed split a note is on; single notes of `TESTING` are never shown."""

    TUNING = "tuning"
    TESTING = "testing"


class Standing(StrEnum):
    """Whether a dataset's figures are the ones to be judged by."""

    HEADLINE = "headline"
    TUNING = "tuning"


# What an author planted in a note → the code that should find it.
GOLD_CODES: Mapping[str, str] = {
    "vague": "D101",
    "arithmetic": "D105",
    "unaddressed": "P302",
    "off_topic_plans": "P307",
    "carry_over_missed": "S403",
}


@dataclass(frozen=True, slots=True)
class GoldFinding:
    """A planted defect: any one of `quotes` is the place where `code` should fire."""

    code: str
    quotes: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim as an annotator marked it; `links` are ids of the same annotator's claims."""

    id: str
    kind: ClaimKind
    quote: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RatedNote:
    """A note with its consensus levels, planted defects and, where annotated, claims by annotator.

    `note.role` is "auto" whatever the file says: finding the role is part of what is measured.
    """

    id: str
    half: Half
    role: str
    note: Note
    levels: Mapping[DimensionKey, float]
    gold: tuple[GoldFinding, ...] = ()
    annotators: tuple[tuple[GoldClaim, ...], ...] = ()
    reasons: Mapping[DimensionKey, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A named collection of rated notes; `rated_by` says in one sentence who rated them."""

    name: str
    standing: Standing
    rated_by: str
    notes: tuple[RatedNote, ...]

    def half(self, half: Half) -> tuple[RatedNote, ...]:
        """Return the notes of one half, in file order."""
        return tuple(n for n in self.notes if n.half is half)


def load(folder: Traversable) -> Dataset:
    """Read `notes.jsonl`, `claims.jsonl` (if there) and `dataset.toml` of one dataset.

    Raises InvalidRequest when a file is missing or does not hold what it should.
    """
    name = folder.name
    try:
        about = tomllib.loads((folder / "dataset.toml").read_text("utf-8"))
        standing = Standing(about["role"])
        claims = {line["id"]: line for line in _lines(folder / "claims.jsonl")}
        notes = tuple(
            _note(line, claims.get(line["id"], {}), standing) for line in _lines(folder / "notes.jsonl")
        )
    except (FileNotFoundError, NotADirectoryError) as error:
        missing = PurePath(str(error.filename)).name
        raise InvalidRequest(f"数据集 {name} 缺文件 {missing}", "dataset") from error
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise InvalidRequest(f"数据集 {name} 不合格式：{type(error).__name__}: {error}", "dataset") from error
    if not notes or len({n.id for n in notes}) < len(notes):
        raise InvalidRequest(f"数据集 {name}：notes.jsonl 是空的，或有重复的 id", "dataset")
    return Dataset(name, standing, str(about.get("rated_by", "")), notes)


def half_of(note_id: str) -> Half:
    """Tell the half by the number at the end of the id: odd is for tuning, even for testing."""
    # matches "w1-07" and "a12"; not "w1-" or "seven"
    found = re.search(r"\d+$", note_id)
    if found is None:
        raise ValueError(f"id {note_id!r} ends in no number, so its half is unknown")
    return Half.TUNING if int(found[0]) % 2 else Half.TESTING


def _lines(file: Traversable) -> Iterator[dict[str, Any]]:
    if file.name == "claims.jsonl" and not file.is_file():
        return
    for line in file.read_text("utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def _note(line: dict[str, Any], claims: dict[str, Any], standing: Standing) -> RatedNote:
    labels = line["labels"]
    return RatedNote(
        id=line["id"],
        half=half_of(line["id"]) if standing is Standing.HEADLINE else Half.TUNING,
        role=line.get("role", "auto"),
        note=Note(
            text=line["text"],
            format=Format(line.get("format", "auto")),
            kind=line.get("kind", "weekly"),
            previous=line.get("previous"),
        ),
        levels={d: float(labels["consensus"][d]) for d in DimensionKey if d in labels["consensus"]},
        gold=tuple(_finding(code, g) for key, code in GOLD_CODES.items() for g in line["gold"].get(key, ())),
        annotators=tuple(
            tuple(_claim(c) for c in claims[key]) for key in sorted(claims) if key.startswith("annotator_")
        ),
        reasons=_reasons(labels),
    )


def _reasons(labels: dict[str, Any]) -> dict[DimensionKey, tuple[str, ...]]:
    given = [labels[key] for key in sorted(labels) if key.startswith("why")]
    return {d: tuple(w[d] for w in given if w.get(d)) for d in DimensionKey}


def _finding(code: str, gold: str | dict[str, Any]) -> GoldFinding:
    if isinstance(gold, str):
        return GoldFinding(code, (gold,))
    return GoldFinding(code, (gold["quote"], *gold.get("or", ())), gold.get("why", ""))


def _claim(claim: dict[str, Any]) -> GoldClaim:
    return GoldClaim(claim["id"], ClaimKind(claim["kind"]), claim["quote"], tuple(claim.get("links") or ()))
