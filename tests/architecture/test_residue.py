"""Nothing in the tree ties it to one machine or one network, and nothing is left half done."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# /home/ann/notes, /Users/ann; not https://a/home/b, not ../home/a. Where this checkout lies is added to it.
HOMES = r"(?<![\w.:/-])/(?:home|Users)/\w+"
MACHINE_PATH = re.compile("|".join([HOMES, re.escape(f"{ROOT}/"), re.escape(f"{Path.home()}/")]))
# https://pypi.example/simple, --extra-index-url; not the name of the project's page elsewhere.
PACKAGE_HOST = re.compile(
    r"https?://[^/\s]*(?:pypi|pythonhosted|npm)|(?<!emit)-(?:extra-)?index-url|--find-links"
)
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX)\b|raise NotImplementedError")


def _tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:  # an unpacked archive has no history
        return [p for p in ROOT.rglob("*") if p.is_file() and not {".venv", ".git"} & set(p.parts)]
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def _offences(pattern: re.Pattern[str], suffixes: tuple[str, ...] = ()) -> list[str]:
    found = []
    for path in _tracked():
        if path == Path(__file__) or (suffixes and path.suffix not in suffixes):
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {m.group()}" for m in pattern.finditer(text)]
    return found


@pytest.mark.parametrize("sample", [f"see {ROOT}/service", "'/Users/" + "ann/notes'", f"({Path.home()}/x)"])
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
