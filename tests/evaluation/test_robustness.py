"""Promises are kept or broken exactly as the levels move."""

import json
from pathlib import Path

import pytest

from service.core.document.model import Format
from service.core.errors import InvalidRequest
from service.core.note import Note
from service.core.score import DimensionKey
from service.evaluation import locate
from service.evaluation.dataset import Half
from service.evaluation.pairs import load_pairs
from service.evaluation.perturb import CHANGES, Change, Promise
from service.evaluation.robustness import Move, figures, try_changes, try_pairs
from tests.fakes.solver import FakeSolver, levels, rated

CAUSE = DimensionKey.CAUSE


def _longer(note: Note) -> dict[DimensionKey, int]:
    """Judge by the number of marks in the text: a reader that is easily taken in."""
    return levels(2, 1 + note.text.count("！"), 1)


def _shout(rests_from: int | None = None, promise: Promise = Promise.SAME, mark: str = "！") -> Change:
    return Change(
        "shout",
        "叫喊",
        promise,
        lambda r: Note(r.note.text + mark) if "换" in r.note.text else None,
        (CAUSE,),
        rests_from,
    )


@pytest.mark.parametrize(
    ("promise", "kept"),
    [
        (Promise.SAME, [False, True, False]),
        (Promise.NOT_RAISED, [True, True, False]),
        (Promise.LOWERED, [True, False, False]),
    ],
)
def test_a_promise_allows_its_moves(promise: Promise, kept: list[bool]) -> None:
    """Down, level and up, by promise."""
    assert [Move("a", CAUSE, 3, after).keeps(promise) for after in (2, 3, 4)] == kept


def test_a_raised_level_breaks_a_promise_and_is_named() -> None:
    """Only notes the change applies to count; the breach says from what to what."""
    notes = [rated("a-1", "换海报"), rated("a-3", "没动")]
    [result] = try_changes(FakeSolver(judged=_longer), notes, [_shout()])
    assert (result.notes, result.pairs, result.same, result.raised, result.lowered) == (1, 1, 0, 1, 0)
    assert result.kept.value == 0
    assert result.breaches == (Move("a-1", CAUSE, 1, 2),)
    assert figures([result])["robustness.shout.kept"].value == 0


def test_breaches_of_the_testing_half_are_counted_and_not_named() -> None:
    """A single note of the testing half is never shown."""
    notes = [rated("a-2", "换海报", half=Half.TESTING)]
    [result] = try_changes(FakeSolver(judged=_longer), notes, [_shout()])
    assert (result.raised, result.breaches) == (1, ())


def test_levels_that_rest_on_what_was_taken_are_due_to_fall() -> None:
    """Due from the level on, fallen where it fell."""
    notes = [rated("a-1", "换！！"), rated("a-3", "换")]
    take = Change("take", "拿走", Promise.NOT_RAISED, lambda r: Note(r.note.text[:1]), (CAUSE,), rests_from=2)
    [result] = try_changes(FakeSolver(judged=_longer), notes, [take])
    assert (result.due, result.fallen, result.kept.value) == (1, 1, 1)


def test_every_change_runs_on_any_note() -> None:
    """A reader that never moves keeps all promises but the one to fall."""
    results = try_changes(FakeSolver(), [rated("a-1"), rated("a-3", "<p>日活 800</p>", markup=Format.HTML)])
    assert [r.name for r in results] == [c.name for c in CHANGES]
    assert all(r.kept.value in (1, None) for r in results)


def _pairs(folder: Path, **changed: object) -> Path:
    line = {
        "id": "p-1",
        "change": "shout",
        "promise": "lowered",
        "before": "！",
        "after": "！！",
        "why": "叫喊不是原因",
        **changed,
    }
    (folder / "pairs.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", "utf-8")
    return folder


def test_pairs_are_compared_by_promise(tmp_path: Path) -> None:
    """A pair counts once a dimension, and a breach names pair and change."""
    [case] = load_pairs(_pairs(tmp_path, dimensions=["root_cause_depth"], format_after="html"))
    assert (case.before[1], case.after[1]) == (Format.AUTO, Format.HTML)
    [result] = try_pairs(FakeSolver(judged=_longer), [case])
    assert (result.promise, result.notes) == (Promise.LOWERED, 1)
    assert result.breaches == (Move("p-1 shout", CAUSE, 2, 3),)


@pytest.mark.parametrize("changed", [{"promise": "better"}, {"dimensions": ["style"]}, {"format": "word"}])
def test_a_pair_that_is_off_is_refused(tmp_path: Path, changed: dict[str, object]) -> None:
    """A misspelt promise can't be kept."""
    with pytest.raises(InvalidRequest, match="成对样本"):
        load_pairs(_pairs(tmp_path, **changed))


def test_the_packaged_pairs_load_and_differ() -> None:
    """Every pair has an id of its own, a reason, and two texts that are not the same."""
    cases = load_pairs(locate.datasets() / "pairs")
    assert len({c.id for c in cases}) == len(cases) > 30
    assert all(c.before != c.after and c.why for c in cases)
    assert {c.promise for c in cases} == set(Promise)
