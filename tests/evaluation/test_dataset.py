"""Rated notes load as they were written, with the split they were given."""

import json
from pathlib import Path

import pytest

from service.core.document.model import Format
from service.core.errors import InvalidRequest, NotFound
from service.core.reading import ClaimKind
from service.core.score import DimensionKey
from service.evaluation import locate
from service.evaluation.dataset import Half, Standing, half_of, load

NOTE = {
    "id": "x-1",
    "role": "user_ops",
    "kind": "monthly",
    "format": "markdown",
    "previous": "上周：修表单",
    "text": "日活 800，效果不错",
    "gold": {"vague": ["效果不错"], "arithmetic": [{"quote": "800", "why": "对不上", "or": ["日活 800"]}]},
    "labels": {
        "consensus": {"data_granularity": 2, "root_cause_depth": 1, "plan_linkage": 1},
        "why_a": {"data_granularity": "孤立数"},
        "why_b": {"data_granularity": "没有对比"},
    },
}
CLAIMS = {"id": "x-1", "annotator_a": [{"id": "c1", "kind": "result", "quote": "日活 800", "links": ["c2"]}]}


def _write(folder: Path, about: str = 'role = "headline"', **changed: object) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "dataset.toml").write_text(about, "utf-8")
    (folder / "notes.jsonl").write_text(json.dumps({**NOTE, **changed}, ensure_ascii=False) + "\n", "utf-8")
    return folder


def test_a_note_loads_with_everything_it_is_rated_by(tmp_path: Path) -> None:
    """Text, kind, format, previous as given; role left to the engine; gold, claims and reasons attached."""
    folder = _write(tmp_path / "small")
    (folder / "claims.jsonl").write_text(json.dumps(CLAIMS, ensure_ascii=False), "utf-8")
    [note] = load(folder).notes
    assert (note.role, note.note.role) == ("user_ops", "auto")
    assert (note.note.kind, note.note.format, note.note.previous) == (
        "monthly",
        Format.MARKDOWN,
        "上周：修表单",
    )
    assert note.levels[DimensionKey.DATA] == 2
    assert [(g.code, g.quotes) for g in note.gold] == [("D101", ("效果不错",)), ("D105", ("800", "日活 800"))]
    assert [(c.kind, c.quote, c.links) for c in note.annotators[0]] == [
        (ClaimKind.RESULT, "日活 800", ("c2",))
    ]
    assert note.reasons[DimensionKey.DATA] == ("孤立数", "没有对比")


def test_a_dataset_without_claims_loads(tmp_path: Path) -> None:
    """claims.jsonl may be missing; then no note has annotators."""
    assert load(_write(tmp_path / "small")).notes[0].annotators == ()


@pytest.mark.parametrize(
    ("note_id", "half"), [("w1-07", Half.TUNING), ("w3-10", Half.TESTING), ("n2", Half.TESTING)]
)
def test_the_half_is_the_parity_of_the_last_number(note_id: str, half: Half) -> None:
    """Odd is for tuning, even for testing, whatever other digits the id has."""
    assert half_of(note_id) is half


def test_an_id_without_a_number_has_no_half() -> None:
    """The half is never guessed."""
    with pytest.raises(ValueError, match="half is unknown"):
        half_of("w1-last")


def test_a_tuning_dataset_has_no_testing_half(tmp_path: Path) -> None:
    """Even ids of a dataset for tuning are for tuning too."""
    data = load(_write(tmp_path / "field", 'role = "tuning"', id="x-2"))
    assert data.standing is Standing.TUNING
    assert data.half(Half.TESTING) == ()
    assert len(data.half(Half.TUNING)) == 1


@pytest.mark.parametrize(
    ("about", "changed"),
    [
        ("", {}),
        ('role = "golden"', {}),
        ('role = "headline"', {"id": "nameless"}),
        ('role = "headline"', {"format": "word"}),
        ('role = "headline"', {"labels": {}}),
        ('role = "headline"', {"gold": []}),
    ],
)
def test_a_dataset_that_is_off_is_refused_by_name(
    tmp_path: Path, about: str, changed: dict[str, object]
) -> None:
    """Whatever is wrong inside, the error is ours and names the dataset."""
    with pytest.raises(InvalidRequest, match="off"):
        load(_write(tmp_path / "off", about, **changed))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A folder without notes is no dataset."""
    (tmp_path / "dataset.toml").write_text('role = "tuning"', "utf-8")
    with pytest.raises(InvalidRequest, match=r"缺文件 notes\.jsonl"):
        load(tmp_path)


def test_the_founding_notes_are_all_there() -> None:
    """42 notes in two halves of 21, 21 with two annotators, each gold quote in its note word for word."""
    founding = load(locate.folder(locate.datasets(), "founding"))
    assert founding.standing is Standing.HEADLINE
    assert [len(founding.half(h)) for h in Half] == [21, 21]
    assert [len(n.annotators) for n in founding.notes if n.annotators] == [2] * 21
    for note in founding.notes:
        quotes = [c.quote for claims in note.annotators for c in claims]
        quotes += [q for g in note.gold if g.code != "S403" for q in g.quotes]
        assert all(q in note.note.text for q in quotes)
        assert all(q in (note.note.previous or "") for g in note.gold if g.code == "S403" for q in g.quotes)


@pytest.mark.parametrize("name", locate.names(locate.datasets()))
def test_every_dataset_loads_and_only_one_is_headline(name: str) -> None:
    """Whatever is added later is for tuning."""
    expected = Standing.HEADLINE if name == "founding" else Standing.TUNING
    assert load(locate.folder(locate.datasets(), name)).standing is expected


def test_an_unknown_dataset_is_not_found() -> None:
    """The error lists what there is."""
    with pytest.raises(NotFound, match="founding"):
        locate.folder(locate.datasets(), "../founding")
