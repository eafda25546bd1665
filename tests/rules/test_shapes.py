"""Shapes and word lists: each says what it is for, matches what it says, and cannot blow up."""

import importlib
import pkgutil
import re
import tokenize
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import pytest

from service import rules
from service.rules.shapes import listed, shape, table

ROOT = Path(rules.__file__).parent
MODULES = sorted(ROOT.glob("*.py"))
LONGEST = 64  # characters that one repeat may take
PATTERNS = {
    f"{m.name}.{name}": pattern
    for m in pkgutil.iter_modules([str(ROOT)])
    if not m.ispkg
    for name, pattern in vars(importlib.import_module(f"service.rules.{m.name}")).items()
    if isinstance(pattern, re.Pattern)
}


@pytest.mark.parametrize("name", table()["shapes"])
def test_shape_matches_what_it_says(name: str) -> None:
    """Every example is matched somewhere, no counter-example is, and there is at least one of each."""
    entry = table()["shapes"][name]

    assert entry["note"]
    assert entry["matches"]
    assert entry["misses"]
    assert [text for text in entry["matches"] if not shape(name).search(text)] == []
    assert [text for text in entry["misses"] if shape(name).search(text)] == []


@pytest.mark.parametrize("name", table()["words"])
def test_list_is_said_once(name: str) -> None:
    """A list says what it is for and holds no word twice, in lower case and without surrounding space."""
    entry, found = table()["words"][name], listed(name)

    assert entry["note"]
    assert found
    assert len(set(found)) == len(found)
    assert [word for word in found if word != word.strip().lower()] == []


def test_every_list_is_used() -> None:
    """No list or shape lies about unread."""
    source = "".join(path.read_text("utf-8") for path in MODULES)
    whole = "".join("".join(entry["any_of"]) for entry in table()["shapes"].values())

    assert [n for n in table()["shapes"] if f'shape("{n}")' not in source] == []
    assert [n for n in table()["words"] if f'listed("{n}")' not in source and f"{{{n}}}" not in whole] == []


def test_unknown_names_are_told() -> None:
    """A list that is not there is no empty list."""
    with pytest.raises(KeyError):
        listed("no such list")
    with pytest.raises(KeyError):
        shape("no such shape")


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_pattern_takes_bounded_steps(pattern: "re.Pattern[str]") -> None:
    """No repeat is open-ended and none holds another that varies, so that no text makes a pattern slow."""
    assert _repeats(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)) == []


def test_an_open_ended_pattern_would_be_told() -> None:
    """The check above sees `*`, and a repeat inside a repeat."""
    assert _repeats(parser.parse("a*")) == ["open-ended"]
    assert _repeats(parser.parse("(?:a{0,3}b){0,9}")) == ["nested"]


def _repeats(tree: object, inside: bool = False) -> list[str]:
    found: list[str] = []
    for code, argument in tree:  # type: ignore[attr-defined]
        varies = False
        if code in (op.MAX_REPEAT, op.MIN_REPEAT):
            low, high, _ = argument
            varies = high > 1 and low != high
            if high > LONGEST:
                found.append("open-ended")
            elif varies and inside:
                found.append("nested")
        for part in _trees(argument):
            found += _repeats(part, inside or varies)
    return found


def _trees(argument: object) -> list[object]:
    if isinstance(argument, parser.SubPattern):
        return [argument]
    if isinstance(argument, list | tuple):
        return [tree for part in argument for tree in _trees(part)]
    return []


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.name)
def test_pattern_carries_its_examples(path: Path) -> None:
    """Above every pattern in a module stands what it matches and what it must not."""
    lines = path.read_text("utf-8").splitlines()
    with path.open("rb") as file:
        at = [t.start[0] for t in tokenize.tokenize(file.readline) if t.string == "compile"]
    bare = []
    for row in at:
        above = [lines[row - 1]]
        while row - 1 - len(above) >= 0 and lines[row - 1 - len(above)].startswith("#"):
            above.append(lines[row - 1 - len(above)])
        said = " ".join(line.partition("#")[2] for line in above)
        if said.count('"') < 4 or "not" not in said:
            bare.append(lines[row - 1])
    assert [line for line in bare if "_LIST.sub" not in line] == []  # whose examples are in the file
