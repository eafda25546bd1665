"""Planted errors are found and nothing else is, over sentences and tables of many trades."""

import json
from pathlib import Path
from typing import Any

import pytest

from service.core.arithmetic import check
from service.core.document import parse
from service.core.document.model import Document, Format
from service.core.lexicon import load
from service.core.numbers import scan
from service.core.numbers.metrics import bind
from service.core.numbers.model import Mismatch
from service.core.segment import segment

DATASETS = Path(__file__).parents[3] / "evals" / "datasets"
CASES = [
    json.loads(line) for line in (DATASETS / "numbers" / "arithmetic.jsonl").read_text("utf-8").splitlines()
]
RECALL = (
    0.95  # of cases that were written together with the checks; notes nobody has seen are what evals measure
)


def _check(text: str, form: str = "auto") -> tuple[Document, tuple[Mismatch, ...]]:
    document = parse(text, Format(form))
    sentences, numbers, lexicon = segment(document), scan(document.view), load()
    metrics = bind(document, sentences, numbers, lexicon, lexicon.find(document.folded))
    return document, check(document, sentences, numbers, metrics)


def _is_stated(document: Document, found: Mismatch, wanted: dict[str, str]) -> bool:
    quote = document.quote(found.stated_span)
    return wanted["stated"] in quote or quote in wanted["stated"]


def test_cases_come_with_and_without_errors() -> None:
    """There are 60 cases or more of each sort, and every family of checks has one."""
    kinds = {w["kind"] for case in CASES for w in case["wrong"]}

    assert sum(1 for case in CASES if case["wrong"]) >= 60
    assert sum(1 for case in CASES if not case["wrong"]) >= 60
    assert kinds >= {
        "growth", "point_percent", "difference", "total", "rate", "attainment", "roi", "funnel", "average",
        "unit_cost",
    }  # fmt: skip


@pytest.mark.parametrize("case", [c for c in CASES if not c["wrong"]], ids=lambda c: c["text"][:30])
def test_consistent_figures_are_left_alone(case: dict[str, Any]) -> None:
    """Nothing is said of figures that can all be right."""
    assert [m.message for m in _check(case["text"])[1]] == []


def test_planted_errors_are_found() -> None:
    """Nearly all wrong figures are found, and none beside them."""
    missed, extra = [], []
    for case in CASES:
        document, found = _check(case["text"])
        missed += [
            (case["text"], w) for w in case["wrong"] if not any(_is_stated(document, m, w) for m in found)
        ]
        extra += [m.message for m in found if not any(_is_stated(document, m, w) for w in case["wrong"])]

    assert len(missed) <= (1 - RECALL) * sum(len(c["wrong"]) for c in CASES), missed
    assert extra == []


@pytest.mark.parametrize("case", [c for c in CASES if c["wrong"]], ids=lambda c: c["text"][:30])
def test_kind_of_each_error_is_told(case: dict[str, Any]) -> None:
    """A found error carries the name of its family; 7% for 7 points is point_percent, no other is."""
    document, found = _check(case["text"])

    for mismatch in found:
        wanted = next(w for w in case["wrong"] if _is_stated(document, mismatch, w))
        assert mismatch.kind == wanted["kind"]
