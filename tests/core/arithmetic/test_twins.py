"""Every sentence comes twice: with the figure that is right, and with one that is not."""

import re
from pathlib import Path

import pytest

from service.core.arithmetic import check
from service.core.document import parse
from service.core.document.model import Document, Format
from service.core.lexicon import load
from service.core.numbers import scan
from service.core.numbers.metrics import bind
from service.core.numbers.model import Mismatch
from service.core.segment import segment

CHOICE = re.compile(r"\{([^|}]*)\|([^}]*)\}")  # {80%|85%} but not {80%}
TWINS = [
    line.replace("⏎", "\n")
    for line in (Path(__file__).parent / "twins.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def _check(text: str) -> tuple[Document, tuple[Mismatch, ...]]:
    document = parse(text, Format.AUTO)
    sentences, numbers, lexicon = segment(document), scan(document.view), load()
    metrics = bind(document, sentences, numbers, lexicon, lexicon.find(document.folded))
    return document, check(document, sentences, numbers, metrics)


@pytest.mark.parametrize("twin", TWINS)
def test_right_figure_is_left_alone(twin: str) -> None:
    """Nothing is said of a sentence whose figures agree."""
    assert [m.message for m in _check(CHOICE.sub(r"\1", twin))[1]] == []


@pytest.mark.parametrize("twin", [t for t in TWINS if CHOICE.search(t)])
def test_wrong_figure_is_found_and_offered_a_mend(twin: str) -> None:
    """One finding covers the wrong figure, shows the sum and offers to write another."""
    choice = CHOICE.search(twin)
    assert choice is not None
    document, found = _check(CHOICE.sub(r"\2", twin))

    (mismatch,) = found
    assert choice[2] in document.slice(mismatch.span)
    assert mismatch.formula
    assert "写" in mismatch.message
    assert mismatch.mends[0][0].startswith(f"把“{document.slice(mismatch.stated_span)}”改成")
