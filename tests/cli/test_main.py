"""The command as a whole: its help, its exit codes, its words for bad use."""

import gc
import importlib
import subprocess
import sys

import click
import pytest

from service.cli.main import COMMANDS, main
from service.core.errors import NotecoachError


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_and_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command in the list imports, is click's, and has a help page."""
    assert isinstance(importlib.import_module(COMMANDS[name].module).command, click.Command)
    assert main([name, "--help"]) == 0
    assert f"notecoach {name}" in capsys.readouterr().out


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` names each command with what it does."""
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown and entry.summary in shown for name, entry in COMMANDS.items())


def test_a_caller_keeps_its_garbage_collector(capsys: pytest.CaptureFixture[str]) -> None:
    """A brief command collects nothing while it runs; whoever runs it in-process goes on as before."""
    assert COMMANDS["rules"].is_brief
    assert main(["rules", "D101"]) == 0
    assert gc.isenabled()
    assert "D101" in capsys.readouterr().out


def test_no_command_shows_the_help_page(capsys: pytest.CaptureFixture[str]) -> None:
    """Called with nothing it explains itself, and counts as bad use."""
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("用法：")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["analyse"], "没有命令 analyse，是不是 analyze？"),
        (["analyze"], "缺少"),
        (["analyze", "--nope", "x"], "没有选项 --nope"),
        (["analyze", "x", "--engine"], "选项 --engine 用法不对"),
        (["analyze", "x", "--engine", "gpt"], "--engine 只能是：auto、rules、llm"),
        (["analyze", "x", "--fail-under", "101"], "--fail-under 应当在 0 到 100 之间"),
        (["analyze", "x", "--fail-under", "nan"], "--fail-under 应当在 0 到 100 之间"),
        (["analyze", "x", "--fail-under", "高"], "--fail-under 应当在 0 到 100 之间"),
        (["analyze", "x", "--kind", "hourly"], "--kind 只能是"),
        (["serve", "--port", "99999"], "--port 应当在"),
        (["rules", "D101", "D102"], "多余的参数"),
    ],
)
def test_bad_use_is_said_in_chinese_with_code_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bad use goes to stderr, in Chinese, without a traceback."""
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert "--help" in shown.err
    assert "Traceback" not in shown.err


def test_error_of_ours_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error raised on purpose ends with its message and code 2."""

    @click.command()
    def failing() -> None:
        raise NotecoachError("配置不能用")

    monkeypatch.setattr("service.cli.rules.command", failing)
    assert main(["rules"]) == 2
    assert capsys.readouterr().err == "notecoach：配置不能用\n"


def test_reader_that_leaves_early_hears_no_complaint() -> None:
    """`notecoach rules | head -c 1` ends quietly."""
    program = f"{sys.executable} -m service rules D101 | head -c 1"
    done = subprocess.run(["bash", "-c", program], capture_output=True, check=True)
    assert len(done.stdout) == 1
    assert done.stderr == b""
