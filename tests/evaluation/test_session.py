"""A run as asked for: the right notes, the right figures, nothing of the testing half one by one."""

import json
from pathlib import Path
from typing import Any

import pytest

from service.core.document.model import Format
from service.core.errors import InvalidRequest
from service.evaluation.dataset import Half
from service.evaluation.measure import Solved
from service.evaluation.outcome import Outcome, Quoted
from service.evaluation.session import Request, Session
from service.evaluation.worst import worst
from tests.fakes.solver import FakeSolver, levels, rated

SECRET = "只在测试半数里的话"


def _line(note_id: str, text: str, consensus: tuple[int, int, int], vague: tuple[str, ...] = ()) -> str:
    labels = {"consensus": {d.value: n for d, n in levels(*consensus).items()}}
    note = {"id": note_id, "format": "plain", "text": text, "gold": {"vague": vague}, "labels": labels}
    return json.dumps(note, ensure_ascii=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with a headline dataset of two notes a half and one for tuning."""
    founding, field, pairs = (tmp_path / name for name in ("founding", "field", "pairs"))
    for folder, role in ((founding, "headline"), (field, "tuning")):
        folder.mkdir()
        about = f'role = "{role}"\nrated_by = "一位认真的读者"\n'
        (folder / "dataset.toml").write_text(about, "utf-8")
    lines = [
        _line("a-1", "效果不错", (1, 1, 1), ("效果不错",)),
        _line("a-2", SECRET, (5, 5, 5), (SECRET,)),
        _line("a-3", "日活 800", (3, 2, 2)),
        _line("a-4", SECRET + "二", (4, 1, 1)),
    ]
    (founding / "notes.jsonl").write_text("\n".join(lines), "utf-8")
    (field / "notes.jsonl").write_text(_line("f-2", "群里没人说话", (2, 2, 2)), "utf-8")
    pairs.mkdir()
    pair = {"id": "p-1", "change": "x", "promise": "same", "before": "甲", "after": "乙", "why": "同"}
    (pairs / "pairs.jsonl").write_text(json.dumps(pair, ensure_ascii=False), "utf-8")
    return tmp_path


SOLVER = FakeSolver(
    {
        "效果不错": Outcome(levels(1, 1, 1), findings=(Quoted("D101", "效果不错"),), features=("c1 result",)),
        "日活 800": Outcome(levels(2, 2, 2), findings=(Quoted("P302", "日活 800"),)),
    }
)


def _run(root: Path, solver: FakeSolver = SOLVER, **asked: Any) -> tuple[bool, str]:
    said: list[str] = []
    session = Session(solver, Request(**asked), said.append, root)
    return session.accuracy(), "\n".join(said)


def _json(root: Path, **asked: Any) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(_run(root, as_json=True, **asked)[1])
    return parsed


def test_both_halves_are_measured_apart(root: Path) -> None:
    """Each half has its own block with figures, intervals, baselines, and who rated."""
    report = _json(root)
    assert [(b["half"], b["notes"]) for b in report["blocks"]] == [("tuning", 2), ("testing", 2)]
    tuning, testing = report["blocks"]
    assert tuning["figures"]["data_granularity.mae"]["value"] == 0.5
    assert tuning["figures"]["findings.D101.f1"]["value"] == 1
    assert testing["figures"]["findings.D101.recall"]["value"] == 0
    assert tuning["rated_by"] == "一位认真的读者"
    assert set(tuning["baselines"]) == {"count", "ridge"}


def test_a_split_leaves_the_other_half_out(root: Path) -> None:
    """Only what was asked for is run."""
    assert [b["half"] for b in _json(root, split="testing")["blocks"]] == ["testing"]


def test_a_tuning_dataset_is_never_headline(root: Path) -> None:
    """All its notes are for tuning, and it says so."""
    report = _json(root, datasets=("founding", "field"))
    assert [(b["dataset"], b["standing"], b["half"]) for b in report["blocks"]][-1] == (
        "field",
        "tuning",
        "tuning",
    )
    assert "不计入对外数字" in _run(root, datasets=("field",))[1]


def test_the_worst_notes_come_worst_first_with_what_was_missed(root: Path) -> None:
    """Only tuning notes are named, whatever the split."""
    cases = _json(root, worst=5)["worst"]
    assert [c["id"] for c in cases] == ["a-3", "a-1"]
    assert cases[0]["extra"] == {"P302": ["日活 800"]}
    assert cases[0]["predicted"]["data_granularity"] == 2


@pytest.mark.parametrize("as_json", [True, False])
def test_nothing_of_a_testing_note_is_printed(root: Path, as_json: bool) -> None:
    """Neither text nor id of the testing half leaves the evaluation."""
    _, said = _run(root, worst=9, as_json=as_json)
    assert "a-1" in said
    assert SECRET not in said
    assert "a-2" not in said


def test_a_testing_note_among_the_worst_is_refused() -> None:
    """The list of worst notes holds the rule itself, not only its callers."""
    solved = Solved(rated("a-2", half=Half.TESTING), Outcome(levels(1, 1, 1)))
    with pytest.raises(InvalidRequest, match="只给汇总"):
        worst([solved], 1)


def test_the_tables_say_who_rated_and_how_sure_it_is(root: Path) -> None:
    """A person reads names in Chinese, intervals, the baseline and the caveat."""
    _, said = _run(root, worst=1)
    for words in (
        "评分者：一位认真的读者",
        "2 篇",
        "数据颗粒度",
        "岭回归 QWK",
        "自助法区间",
        "不展示单篇",
        "多 P302",
    ):
        assert words in said


def test_floors_that_hold_pass_and_those_that_do_not_are_named(root: Path) -> None:
    """The verdict is False exactly when a floor is missed, and the table says which."""
    file = root / "floors.toml"
    file.write_text('[founding.at_least]\n"data_granularity.exact" = 0.5\n', "utf-8")
    assert _run(root, floors=file)[0]
    file.write_text('[founding.never_above]\n"data_granularity.mae" = 0.1\n', "utf-8")
    passed, said = _run(root, floors=file)
    assert not passed
    assert "data_granularity.mae" in said
    assert _json(root, floors=file)["floors_missed"][0]["bound"] == 0.1


def test_floors_bring_their_datasets_and_changes_along(root: Path) -> None:
    """A floor may name a dataset that was not asked for, or what is kept under a change."""
    file = root / "floors.toml"
    file.write_text('[field.at_least]\n"robustness.padding.kept" = 1\n', "utf-8")
    assert _run(root, floors=file)[0]


def test_robustness_tries_both_halves_and_the_pairs(root: Path) -> None:
    """Aggregates for the testing half, names of tuning notes only."""
    raised = FakeSolver(judged=lambda note: levels(2, 1 + ("5Why" in note.text), 1))
    said: list[str] = []
    Session(raised, Request(as_json=True), said.append, root).robustness()
    trials = json.loads(said[0])["trials"]
    assert [(t["dataset"], t["half"]) for t in trials] == [
        ("founding", "tuning"), ("founding", "testing"), ("pairs", "tuning"),
    ]  # fmt: skip
    stuffing = [next(c for c in t["changes"] if c["name"] == "marker_stuffing") for t in trials[:2]]
    assert [c["raised"] for c in stuffing] == [2, 2]
    assert [[b["note"] for b in c["breaches"]] for c in stuffing] == [["a-1", "a-3"], []]


def test_robustness_as_tables_lists_breaches_when_asked(root: Path) -> None:
    """`worst` bounds how many breaches a change lists."""
    raised = FakeSolver(judged=lambda note: levels(2, 1 + ("5Why" in note.text), 1))
    said: list[str] = []
    Session(raised, Request(worst=1), said.append, root).robustness()
    assert "塞套话 · a-1 · 根因深度 1 → 2" in said[0]
    assert "a-3" not in said[0]
    assert SECRET not in said[0]


def test_markup_of_notes_is_shown_as_it_is(root: Path) -> None:
    """A quote with square brackets is text, not colour."""
    note = rated("a-1", "[red]效果不错[/red]", markup=Format.PLAIN)
    assert worst([Solved(note, Outcome(levels(1, 1, 1), features=("[b]x",)))], 1)[0].features == ("[b]x",)
    solver = FakeSolver({"日活 800": Outcome(levels(1, 1, 1), features=("c1 「[/red]」",))})
    assert "「[/red]」" in _run(root, solver, worst=5)[1]
