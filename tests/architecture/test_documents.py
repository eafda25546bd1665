"""What the documents name is there."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from docs.generate import pages, stale
from service.settings import FILE_VARIABLE, Settings, variable

ROOT = Path(__file__).parents[2]
DOCUMENTS = ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md"]

# `service/rules/claims.py`, [x](docs/rules/README.md); not `/v1/rules`, not `a/b` prose, not https://…
NAMED = re.compile(r"`(?P<code>[\w.-]+(?:/[\w.<>*-]+)*/?)`|\]\((?P<link>[^)#:\s]+)(?:#[^)\s]*)?\)")
FILE = re.compile(r"\.(?:py|md|toml|lock|jsonl|js|sh)$|/$|^(?:Makefile|Dockerfile|LICENSE)$|/")
MADE_BY_USE = (".venv/", "notecoach.toml", "dist/")


def _named(document: str) -> list[str]:
    text = re.sub(r"```.*?```", "", (ROOT / document).read_text("utf-8"), flags=re.DOTALL)
    names = [m["link"] or m["code"] for m in NAMED.finditer(text)]
    return [n for n in names if FILE.search(n) and not n.startswith(("/", *MADE_BY_USE))]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_named_exists(document: str) -> None:
    """A path in a document (with <x> for a part one fills in) leads to something."""
    missing = [n for n in _named(document) if not any(ROOT.glob(re.sub(r"<[^>]*>", "*", n).rstrip("/")))]
    assert missing == []


@pytest.mark.parametrize("document", ["README.md", "README.zh-CN.md"])
def test_every_setting_is_documented(document: str) -> None:
    """Both READMEs name every setting there is, and none that is not."""
    named = set(re.findall(r"NOTECOACH_[A-Z_]+[A-Z]", (ROOT / document).read_text("utf-8")))
    assert named == {variable(name) for name in Settings.model_fields} | {FILE_VARIABLE}


def test_both_readmes_have_the_same_shape() -> None:
    """The English and the Chinese README have the same headings levels and the same code blocks in order."""
    shapes = []
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text("utf-8")
        blocks = re.findall(r"^```(\w*)\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
        prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
        headings = [len(m) for m in re.findall(r"^(#+) ", prose, flags=re.MULTILINE)]
        shapes.append((headings, [(lang, re.sub(r"#.*", "", body)) for lang, body in blocks]))
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("document", ["README.md", "README.zh-CN.md"])
def test_python_sample_runs_as_written(document: str, tmp_path: Path) -> None:
    """The README's Python program does what it says, in a folder without settings."""
    (program,) = re.findall(
        r"^```python\n(.*?)^```", (ROOT / document).read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert "数据颗粒度" in done.stdout
    assert "D101" in done.stdout


def test_commands_run_as_written() -> None:
    """Each `notecoach` line of the README ends well; the evaluation has tests of its own."""
    lines = re.findall(
        r"^\.venv/bin/(notecoach .*?)(?:\s+#.*)?$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert len(lines) > 5
    for line in lines:
        if line.startswith("notecoach eval"):
            continue
        command = line.replace("notecoach", f"{shlex.quote(sys.executable)} -m service", 1)
        done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0 or (done.returncode == 1 and "--fail-under" in line), done.stderr
        assert done.stdout


def test_generated_pages_are_what_the_program_says() -> None:
    """Rule pages and the READMEs' samples are up to date (`make docs` writes them)."""
    assert stale(pages()) == []
