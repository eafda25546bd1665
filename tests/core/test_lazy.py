"""Patterns compiled on first use are as good as any, and every one in the package compiles."""

import re
from importlib import import_module
from pkgutil import iter_modules

import pytest

from service.core import arithmetic
from service.core.lazy import Lazy, lazy


def test_it_answers_like_the_pattern() -> None:
    """Flags count, and a second call is answered as the first."""
    told = lazy(r"a(\d)", re.IGNORECASE)
    found = told.search("xA1")

    assert found is not None
    assert found[1] == "1"
    assert told.search("b") is None
    assert [m[0] for m in told.finditer("a1 A2")] == ["a1", "A2"]


def test_a_wrong_pattern_is_told_when_used() -> None:
    """Nothing is compiled before."""
    wrong = lazy("(")

    with pytest.raises(re.error):
        wrong.search("")


def test_every_pattern_of_the_package_compiles() -> None:
    """What a start-up no longer tells, this does."""
    modules = [import_module(f"{arithmetic.__name__}.{m.name}") for m in iter_modules(arithmetic.__path__)]
    held = [v for module in modules for v in vars(module).values() if isinstance(v, Lazy)]

    assert len(held) > 100
    assert all(isinstance(one.groups, int) for one in held)
