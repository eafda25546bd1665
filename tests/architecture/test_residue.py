"""Nothing in the tree ties it to one machine or one network, and nothing is left half done."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# /root/x, /home/someone/x; not https://a/home/b, not ../home/. Written so as not to match this very line.
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:root|work|farm|Users|home/\w+|opt/py" r"pi)/\w")
# pypi.org, files.pythonhosted.org, registry.npmjs.org, a mirror's /simple index.
PACKAGE_HOST = re.compile(
    r"\b(?:pypi\.(?:or"
    r"g|tuna)|pythonhos"
    r"ted\.org|registry\.npm|npmmir"
    r"ror|--(?:extra-)?index-u"
    r"rl)"
)
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b|raise NotImplemented" r"Error")


def _tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:  # an unpacked archive has no history
        return [p for p in ROOT.rglob("*") if p.is_file() and not {".venv", ".git"} & set(p.parts)]
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def _offences(pattern: re.Pattern[str], suffixes: tuple[str, ...] = ()) -> list[str]:
    found = []
    for path in _tracked():
        if suffixes and path.suffix not in suffixes:
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {m.group()}" for m in pattern.finditer(text)]
    return found


@pytest.mark.parametrize("sample", ["see /root/x", "'/home/me/notes'", "(/work/main"])
def test_machine_path_pattern_knows_one_when_it_sees_one(sample: str) -> None:
    """The pattern is able to fail."""
    assert MACHINE_PATH.search(sample)


def test_no_file_names_a_path_of_one_machine() -> None:
    """No tracked file holds an absolute path of a developer's machine."""
    assert _offences(MACHINE_PATH) == []


def test_no_file_names_a_package_host() -> None:
    """Set-up works with whatever index a user's pip is told of."""
    assert _offences(PACKAGE_HOST) == []


def test_nothing_is_left_half_done() -> None:
    """No source or document says that something is still to be done."""
    assert _offences(UNFINISHED, (".py", ".toml", ".md", ".yml")) == []
