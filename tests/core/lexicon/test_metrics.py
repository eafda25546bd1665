"""The vocabulary's rows: read quickly where they are written as ours, as TOML where not."""

from importlib.resources import files

import pytest

from service.core.lexicon import vocabulary
from service.core.lexicon.vocabulary import MetricTerm, read_metrics
from service.core.numbers.model import Direction

_FILE = (files("service.core.lexicon") / "data" / "metrics.toml").read_text("utf-8")


def test_the_quick_way_reads_what_toml_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every row of the packaged file, none of them by the slow way."""
    told = vocabulary._read_toml(_FILE)
    monkeypatch.setattr(vocabulary, "_read_toml", lambda _: ())

    assert read_metrics(_FILE) == told


@pytest.mark.parametrize(
    "row",
    [
        '{ name = "到店数", direction = "up_good", kind = "count", unit = "人", aliases = ["到店"] }',
        """{ name = '到店数', direction = "up_good", unit = "人", kind = "count", aliases = ['到店'] }""",
        '{ name = "到店数", direction = "up_good", unit = "人", kind = "count", aliases = ["到\\u5e97"] }',
        '{ name = "到店数", direction = "up_good", unit = "人", kind = "count", aliases = ["到店"] }, # new',
    ],
)
def test_rows_written_otherwise_are_read_too(row: str) -> None:
    """Another order, other quotes, a remark behind: it is TOML all the same."""
    term = MetricTerm("到店数", Direction.UP_GOOD, "人", "count", ("到店",))

    assert read_metrics(f"metric = [\n  {row}\n]\n") == (term,)
