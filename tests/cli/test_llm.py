"""`notecoach prompts` and `notecoach llm check`: what a model is told, and whether there is one."""

from pathlib import Path

import pytest

from service import llm
from service.cli.main import main
from service.core.errors import ReaderUnavailable
from service.llm.prompts import catalog
from service.llm.reader import LlmReader
from service.llm.scripted import Scripted, claims

READ = claims(
    ("本周付费转化率 8%，上周 12%，掉了 4 个百分点", "problem"),
    ("下周二前把按钮移回首屏", "plan"),
    ("下周三前上线新版首页", "plan"),  # stands nowhere in the sample
)


@pytest.fixture(autouse=True)
def no_settings_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in a folder without a settings file."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model in the settings, at an address where nobody listens."""
    monkeypatch.setenv("NOTECOACH_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("NOTECOACH_LLM_MODEL", "some-model")


def test_prompts_are_listed_with_version_and_hash(capsys: pytest.CaptureFixture[str]) -> None:
    """Every packed prompt has a line with the name that answers carry."""
    assert main(["prompts"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [[p.id, p.name] for p in catalog()]


def test_prompt_is_shown_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """A task's name shows what a model is told, in its newest version."""
    assert main(["prompts", "show", "extract"]) == 0
    newest = [p for p in catalog() if p.id == "extract"][-1]
    assert capsys.readouterr().out.strip() == newest.system


def test_unknown_task_is_bad_use(capsys: pytest.CaptureFixture[str]) -> None:
    """A task that there is not is told by name."""
    assert main(["prompts", "show", "compose"]) == 2
    assert "compose" in capsys.readouterr().err


def test_check_without_a_model_tells_what_to_set(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing configured is no failure of a model: the settings to make are named."""
    assert main(["llm", "check"]) == 2
    assert "NOTECOACH_LLM_BASE_URL" in capsys.readouterr().err


@pytest.mark.usefixtures("configured")
def test_check_tells_how_the_model_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A model that answers is reported with its prompt, its use and what of its answer held."""
    monkeypatch.setattr(llm, "build", lambda _: LlmReader(Scripted(READ)))
    assert main(["llm", "check"]) == 0
    shown = capsys.readouterr().out
    for part in (
        "some-model",
        "输入 100 token",
        "extract v",
        "1 条没有原文支持",
        "方式",
        "例如　problem：本周付费",
    ):
        assert part in shown


@pytest.mark.usefixtures("configured")
def test_check_tells_why_the_model_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A model that can't be reached ends with the reason and code 2, never a traceback."""
    monkeypatch.setattr(llm, "build", lambda _: LlmReader(Scripted(ReaderUnavailable("连不上"))))
    assert main(["llm", "check"]) == 2
    assert capsys.readouterr().err == "notecoach：连不上\n"


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(
    ("reason", "name"),
    [
        ("模型服务不认这个密钥（401）", "NOTECOACH_LLM_API_KEY"),
        ("模型服务没有这个地址或模型（404）", "NOTECOACH_LLM_BASE_URL"),
        ("连不上模型服务", "NOTECOACH_LLM_BASE_URL"),
    ],
)
def test_check_says_in_one_line_what_to_fix(
    reason: str, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a setting can mend is told with its name."""
    monkeypatch.setattr(llm, "build", lambda _: LlmReader(Scripted(ReaderUnavailable(reason))))
    assert main(["llm", "check"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert reason in line
    assert name in line


def test_prompts_render_shows_what_is_sent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The note stands in the last message, inside its fence."""
    note = tmp_path / "note.md"
    note.write_text("本周新客 300 人。", "utf-8")
    assert main(["prompts", "render", str(note)]) == 0
    assert "<周报 0000000000000000>\n本周新客 300 人。\n" in capsys.readouterr().out


def test_prompts_diff_shows_what_changed_between_versions(capsys: pytest.CaptureFixture[str]) -> None:
    """Lines that went and came; an unknown version is bad use."""
    assert main(["prompts", "diff", "rewrite/v1", "rewrite/v2"]) == 0
    out = capsys.readouterr().out
    assert '-version = "v1"' in out
    assert '+version = "v2"' in out
    assert main(["prompts", "diff", "rewrite/v1", "rewrite/v99"]) == 2
