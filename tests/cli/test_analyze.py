"""`notecoach analyze`: a report, the API's answer, exit codes."""

import json
from pathlib import Path

import pytest

from service.cli import engine
from service.cli.main import main
from service.settings import FILE_NAME, PREFIX

NOTE = """# 周报 😀

- 付费会员新增 1,320，上周 1,150，环比 +14.8%
- 社群活跃度有所提升

## 问题
- 续费率 41%，上周 46%，主要是力度不够

## 下周计划
- 继续优化短信文案
"""


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A note in a file, in a folder and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "note.md"
    path.write_text(NOTE, "utf-8")
    return str(path)


def test_report_is_plain_text_in_a_pipe(note: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal there are scores, marks, findings and rewrites, and no escape code."""
    assert main(["analyze", note]) == 0
    shown = capsys.readouterr()
    for part in (
        "数据颗粒度",
        "根因深度",
        "计划关联性",
        "综合",
        "原文",
        "⟦",
        "最值得改的地方",
        "问：",
        "可以这样改写",
    ):
        assert part in shown.out
    assert "\x1b" not in shown.out
    assert shown.err == ""


def test_full_report_shows_every_finding(note: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--full` numbers the findings up to the last one."""
    main(["analyze", note, "--json"])
    codes = [f["code"] for f in json.loads(capsys.readouterr().out)["findings"]]
    main(["analyze", note, "--full"])
    shown = capsys.readouterr().out
    assert len(codes) > 3
    assert all(code in shown for code in codes)
    assert "--full" not in shown


def test_json_is_the_contract_s_answer(note: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` prints the wire's shape, its spans in UTF-16 units."""
    assert main(["analyze", note, "--json", "--role", "user_ops", "--kind", "monthly"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["id"].startswith("an_")
    assert answer["note"]["role"] == "user_ops"
    assert answer["note"]["kind"] == "monthly"
    assert {"claims", "scores", "highlights", "findings", "rewrites", "usage"} <= answer.keys()
    units = NOTE.encode("utf-16-le")
    assert answer["claims"]
    for claim in answer["claims"]:
        span = claim["span"]
        assert units[2 * span["start"] : 2 * span["end"]].decode("utf-16-le") == claim["quote"]


def test_note_comes_from_standard_input(note: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` reads the note from a pipe."""
    with Path(note).open() as piped:
        monkeypatch.setattr("sys.stdin", piped)
        assert main(["analyze", "-"]) == 0


def test_previous_note_is_held_against_this_one(
    note: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A promise of the note before that this one is silent about is found."""
    before = tmp_path / "before.md"
    before.write_text("## 下周计划\n- 周三前上线门店核销提醒，核销率做到 60%\n", "utf-8")
    assert main(["analyze", note, "--previous", str(before), "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [f["source"] for f in findings if f["code"] == "S403"] == ["previous"]


@pytest.mark.parametrize(("asked", "code"), [("0", 0), ("100", 1)])
def test_score_below_the_asked_one_is_exit_code_1(note: str, asked: str, code: int) -> None:
    """`--fail-under` turns the overall score into an exit code, for a report as for JSON."""
    assert main(["analyze", note, "--fail-under", asked]) == code
    assert main(["analyze", note, "--fail-under", asked, "--json"]) == code


def test_model_asked_for_by_name_must_be_there(note: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--engine llm` without a model is bad use, told in one line."""
    assert main(["analyze", note, "--engine", "llm"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert "NOTECOACH_LLM_MODEL" in shown.err


def test_settings_that_can_t_be_used_are_told(
    note: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong setting is not passed over, unless the rules are asked for by name and need none."""
    monkeypatch.setenv("NOTECOACH_LLM_MODEL", "half-a-setting")
    assert main(["analyze", note]) == 2
    assert "NOTECOACH_LLM_BASE_URL" in capsys.readouterr().err
    assert main(["analyze", note, "--engine", "rules"]) == 0


def test_unreadable_note_is_exit_code_2(note: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file, and a missing previous note, are told by name."""
    assert main(["analyze", "none.md"]) == 2
    assert "none.md" in capsys.readouterr().err
    assert main(["analyze", note, "--previous", "gone.md"]) == 2
    assert "gone.md" in capsys.readouterr().err


ODD = {
    "brackets": "（" * 50_000,
    "markers": "- " * 25_000,
    "depth": "  " * 10_000 + "- 深",
    "quotes": "> " * 20_000,
    "english": "The cat sat on the mat.\n",
    "code": "def f():\n    return 1\n",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_texts_get_an_answer(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no work note gets a report too, never a traceback."""
    path = tmp_path / "odd.txt"
    path.write_text(text, "utf-8")
    assert main(["analyze", str(path), "--engine", "rules"]) == 0
    assert "综合" in capsys.readouterr().out


def test_names_of_settings_are_those_of_the_settings() -> None:
    """The command looks for settings where the settings are."""
    assert (engine.SETTINGS_PREFIX, engine.SETTINGS_FILE) == (PREFIX, FILE_NAME)
