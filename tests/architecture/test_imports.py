"""What a command loads: a check by rule pays for no framework."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "litestar",
    "openai",
    "instructor",
    "sqlalchemy",
    "uvicorn",
    "structlog",
    "httpx",
    "httpx2",
    "tenacity",
}
SLOW = {"pydantic", "pydantic_settings"}
NOTE = "本周社群日活 1,200，上周 1,000，+20%。\n下周二前上线新海报，目标转化率 8%。\n"

PROBE = """
import json, sys
from service.cli.main import main
code = main(sys.argv[1:])
json.dump([code, sorted({name.partition(".")[0] for name in sys.modules})], sys.stderr)
"""


def _loaded(*arguments: str, cwd: Path) -> set[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NOTECOACH_")}
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments], cwd=cwd, env=environment, capture_output=True, check=True
    )
    code, modules = json.loads(done.stderr)
    assert code == 0
    return set(modules)


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A short note in a file, in a folder with no settings."""
    path = tmp_path / "note.md"
    path.write_text(NOTE, "utf-8")
    return path


def test_help_loads_neither_frameworks_nor_the_engine(tmp_path: Path) -> None:
    """`--help` imports no subcommand at all."""
    loaded = _loaded("--help", cwd=tmp_path)
    assert not loaded & (HEAVY | SLOW | {"rich", "ahocorasick_rs", "rjieba", "asyncio"})


def test_analysis_by_rule_loads_no_framework(note: Path) -> None:
    """A report by rule needs neither the web nor a model's client, nor pydantic, nor an event loop."""
    assert not _loaded("analyze", str(note), cwd=note.parent) & (HEAVY | SLOW | {"asyncio"})


def test_a_note_without_tags_needs_no_tokenizer(note: Path) -> None:
    """What reads HTML is loaded for a note that holds some."""
    assert "turbohtml" not in _loaded("analyze", str(note), cwd=note.parent)
    note.write_text("<p>" + NOTE.replace("\n", "</p>\n<p>") + "</p>", "utf-8")
    assert "turbohtml" in _loaded("analyze", str(note), cwd=note.parent)


def test_analysis_as_json_loads_no_framework(note: Path) -> None:
    """`--json` by rule needs pydantic for the contract's shapes, and no framework."""
    assert not _loaded("analyze", "--json", str(note), cwd=note.parent) & HEAVY


def test_rules_load_no_framework(tmp_path: Path) -> None:
    """`rules` reads the catalog and nothing else."""
    assert not _loaded("rules", "D101", cwd=tmp_path) & (HEAVY | SLOW)
