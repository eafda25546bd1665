"""Every surface of the corpus means what it is said to mean."""

from pathlib import Path

import pytest

from service.core.numbers import scan
from service.core.numbers.model import Number

CORPUS = Path(__file__).parents[3] / "evals" / "datasets" / "numbers" / "surfaces.tsv"
ROWS = [line.split("\t") for line in CORPUS.read_text("utf-8").splitlines() if not line.startswith("#")]
FLOOR = 0.98
FOLD = str.maketrans("：（）％＋", ":()%+")


def _found(marked: str) -> list[Number]:
    text = marked.translate(FOLD)
    start, end = text.index("⟦"), text.index("⟧") - 1
    view = text.replace("⟦", "").replace("⟧", "")
    return [n for n in scan(view) if n.span.start < end and n.span.end > start]


def _agrees(row: list[str]) -> bool:
    marked, kind, value, value_max, unit, precision, sign = row
    found = _found(marked)
    if kind == "none" or not found:
        return kind == "none" and not found
    number = found[0]
    if number.kind != kind or not value:
        return number.kind == kind
    return (
        number.value == pytest.approx(float(value), rel=1e-3)
        and (number.unit, number.precision, number.sign) == (unit, precision, int(sign))
        and (not value_max or number.value_max == float(value_max))
    )


def test_corpus_is_large_and_holds_every_kind() -> None:
    """The corpus has 250 surfaces or more, of every kind and precision."""
    assert len(ROWS) >= 250
    assert {row[1] for row in ROWS} >= {
        "measure", "change", "date", "time", "ordinal", "version", "identifier", "list_marker", "none",
    }  # fmt: skip
    assert {row[5] for row in ROWS} >= {"exact", "approx", "at_least", "at_most", "range", "vague"}


def test_nearly_every_surface_is_understood() -> None:
    """At least 98 in 100 surfaces are read right."""
    wrong = [row[0] for row in ROWS if not _agrees(row)]

    assert len(wrong) <= len(ROWS) * (1 - FLOOR), wrong


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("续费率62%,上周55%,提升了7%", ["62%", "55%", "7%"]),
        ("约 1.2w 人", ["约 1.2w 人"]),
        ("ROI 1:2.8，消耗¥300", ["1:2.8", "¥300"]),
        ("374/3,120=12.0%", ["374", "3,120", "12.0%"]),
        ("46 = 18 + 16 + 12", ["46", "18", "16", "12"]),
        ("11/11(一) 入口，5Why 根因", ["11/11(一)", "5Why"]),
    ],
)
def test_span_covers_the_surface_and_no_more(text: str, quotes: list[str]) -> None:
    """A number's span is its surface with sign, currency, scale and unit."""
    assert quotes == [text[n.span.start : n.span.end] for n in scan(text)]


def test_step_follows_the_digits_shown() -> None:
    """The step is one unit of the last digit shown, in the number's own scale."""
    steps = {
        text: scan(text)[0].step for text in ("1.2w", "3,450", "12%", "12.0%", "1.64 万", "2.4亿", "一千二")
    }

    assert steps == {
        "1.2w": pytest.approx(1000), "3,450": 1.0, "12%": 1.0, "12.0%": pytest.approx(0.1),
        "1.64 万": pytest.approx(100), "2.4亿": pytest.approx(1e7), "一千二": 100.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "1" * 1000,
        "1," * 500,
        "（" * 1000,
        "一" * 500,
        "1:" * 300,
        "+1" * 300,
        "1" * 40 + "%",
        "0++",
        "3个多",
        "1～",
    ],
)
def test_degenerate_text_is_survived(text: str) -> None:
    """Runs of digits, brackets and signs give numbers inside the text, never an error."""
    assert all(0 <= n.span.start < n.span.end <= len(text) for n in scan(text))
