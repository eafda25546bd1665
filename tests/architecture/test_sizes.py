"""Modules and functions stay small enough to read in one go."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAX_MODULE = 400
MAX_FUNCTION = 60
SOURCES = sorted((ROOT / "service").rglob("*.py")) + sorted((ROOT / "bench").rglob("*.py"))


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_module_is_short_and_so_are_its_functions(path: Path) -> None:
    """No module is over 400 lines, no function over 60."""
    assert len(path.read_text("utf-8").splitlines()) <= MAX_MODULE
    assert [(name, lines) for name, lines in _functions(path) if lines > MAX_FUNCTION] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    """Nothing is called utils, common, helpers, base, manager or misc."""
    empty = {"utils", "util", "common", "helpers", "helper", "base", "manager", "misc"}
    assert [p for p in SOURCES if p.stem in empty or p.parent.name in empty] == []
