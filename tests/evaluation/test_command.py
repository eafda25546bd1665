"""`notecoach eval` as typed: what it refuses, and what it returns."""

from pathlib import Path

import pytest

from service.cli.main import main


@pytest.mark.parametrize(
    "arguments",
    [
        ["--split", "testing", "--worst", "3"],
        ["--robustness", "--floors", "pyproject.toml"],
        ["--dataset", "no-such"],
        ["--engine", "oracle"],
        ["--floors", "no-such.toml"],
    ],
)
def test_bad_use_is_refused_with_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Above all: single notes of the testing half are not to be had."""
    assert main(["eval", *arguments]) == 2
    assert capsys.readouterr().err.startswith("notecoach：")


def test_a_floor_out_of_reach_gives_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The shipped engine runs over the shipped notes, and falls short of the impossible."""
    file = tmp_path / "floors.toml"
    file.write_text('[founding.at_least]\n"data_granularity.qwk" = 1.01\n', "utf-8")
    assert main(["eval", "--split", "tuning", "--floors", str(file)]) == 1
    assert "未达下限" in capsys.readouterr().out


def test_the_shipped_engine_is_exact_and_invents_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Over all founding notes no quote is off its place and no rewrite holds a new fact."""
    file = tmp_path / "floors.toml"
    file.write_text('[founding.never_above]\n"spans.inexact" = 0\n"rewrites.new_facts" = 0\n', "utf-8")
    assert main(["eval", "--floors", str(file)]) == 0
    assert "测试半数 · 21 篇" in capsys.readouterr().out
