"""An installed wheel works outside the checkout, prompts and data files included.

Runs by itself too: with NOTECOACH_INSTALLED naming the command of an installation, that one is tried.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTE = "# 周报\n\n- 本周社群日活 1,200，上周 1,000，+20%\n- 转化率不太好，下周继续优化\n"

# Imported from where the wheel put it, never from the checkout.
WHERE = "import service, pathlib; print(pathlib.Path(service.__file__).parent)"


class Installed:
    """A wheel installed somewhere, run from an empty folder."""

    def __init__(
        self, command: list[str], python: list[str], environment: dict[str, str], home: Path
    ) -> None:
        self.command = command
        self.python = python
        self.environment = environment
        self.home = home

    def run(self, *arguments: str, text: str = "") -> str:
        """Return what `notecoach ARGUMENTS` prints; fails unless it exits with 0."""
        return self._out([*self.command, *arguments], text)

    def python_says(self, program: str) -> str:
        """Return what the installation's Python prints."""
        return self._out([*self.python, "-c", program], "")

    def _out(self, command: list[str], text: str) -> str:
        done = subprocess.run(
            command,
            input=text.encode(),
            cwd=self.home,
            env=self.environment,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The named installation, or the wheel built and unpacked ahead of the checkout on the path."""
    home = tmp_path_factory.mktemp("elsewhere")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("NOTECOACH_", "PYTHON"))}
    if named := os.environ.get("NOTECOACH_INSTALLED"):
        return Installed([named], [str(Path(named).with_name("python"))], environment, home)
    dist = tmp_path_factory.mktemp("dist")
    site = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(dist), str(ROOT)]
    subprocess.run(build, capture_output=True, check=True)
    (wheel,) = dist.glob("*.whl")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-index",
        "--target",
        str(site),
        str(wheel),
    ]
    subprocess.run(pip, capture_output=True, check=True)
    environment["PYTHONPATH"] = str(site)
    python = [sys.executable]
    return Installed([*python, "-m", "service"], python, environment, home)


def test_wheel_is_what_runs(installed: Installed) -> None:
    """The package comes from the installation, not from the checkout."""
    assert not Path(installed.python_says(WHERE).strip()).is_relative_to(ROOT / "service")


def test_installed_command_answers_for_itself(installed: Installed) -> None:
    """Version and help are there."""
    assert installed.run("--version").startswith("notecoach ")
    assert "analyze" in installed.run("--help")


def test_installed_command_analyses_a_note(installed: Installed) -> None:
    """Word lists, rubric and roles travel with the wheel: a note gets scores and exact quotes."""
    answer = json.loads(installed.run("analyze", "--json", "-", text=NOTE))
    assert len(answer["scores"]["dimensions"]) == 3
    assert answer["claims"]
    for claim in answer["claims"]:
        assert NOTE[claim["span"]["start"] : claim["span"]["end"]] == claim["quote"]
    assert "数据颗粒度" in installed.run("analyze", "-", text=NOTE)


def test_installed_command_shows_its_rules_and_prompts(installed: Installed) -> None:
    """Rules and prompts travel with the wheel."""
    assert "D101" in installed.run("rules")
    assert "vague-quantifier" in installed.run("rules", "D101")
    assert "extract" in installed.run("prompts")


def test_installed_command_evaluates_itself(installed: Installed) -> None:
    """The rated notes travel with the wheel."""
    assert installed.run("eval").strip()
