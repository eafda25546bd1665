"""The READMEs' samples, made by running what the READMEs say."""

import asyncio
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from service import __version__
from service.catalog import rules
from service.core.analysis import Analysis
from service.core.note import INCLUDES, Note
from service.core.rubric import rubric
from service.report.terminal import render
from service.usecases.analyze import Analyze, Wish, whole
from service.wire.answers import Stamp, analysis_answer
from service.wire.present import Presenter
from service.wiring import rooms

EXAMPLE = Path(__file__).parents[1] / "examples" / "note.md"

# The body that the README sends with curl: -d '{ … }'; not a brace elsewhere.
_BODY = re.compile(r"-d '(\{.*?\})'", re.DOTALL)
# A sample stands between <!-- answer --> and the end of the fenced block after it.
_SAMPLE = re.compile(r"(<!-- (?P<name>\w+) -->\n```\w+\n).*?(\n```)", re.DOTALL)


def refreshed(text: str) -> str:
    """Return a README with its samples as the program gives them now."""
    body = _BODY.search(text)
    assert body is not None
    samples = {"answer": answer(json.loads(body.group(1))["text"]), "report": report()}
    return _SAMPLE.sub(lambda m: m.group(1) + samples[m["name"]] + m.group(3), text)


def answer(text: str) -> str:
    """Return what POST /v1/analyses says of a note, cut to the parts worth showing first."""
    stamp = Stamp("an_", datetime(2026, 1, 1, tzinfo=UTC), None, rubric())
    whole_answer = analysis_answer(_analyse(text), Presenter(text, None, "utf-16"), INCLUDES, stamp, 0)
    full = json.loads(whole_answer.to_json())
    scores = {
        "overall": _line(full["scores"]["overall"]),
        "dimensions": _rows(full["scores"]["dimensions"], "key", "level", "score", "reason", indent=6),
    }
    shown = {
        "claims": _rows(full["claims"][:2], "id", "kind", "quote", "span", "traits"),
        "scores": _object(scores, indent=4),
        "findings": _rows(
            full["findings"][:2], "rank", "code", "severity", "message", "quote", "span", "question"
        ),
        "rewrites": _rows(full["rewrites"][:1], "original", "rewritten", "blanks"),
    }
    return _object(shown, indent=2)


def report() -> str:
    """Return what `notecoach analyze examples/note.md` prints into a pipe."""
    out = io.StringIO()
    console = Console(file=out, width=80, color_system=None, force_terminal=False)
    render(_analyse(EXAMPLE.read_text("utf-8")), {r.code: r.title for r in rules()}, console)
    return "\n".join(line.rstrip() for line in out.getvalue().strip().splitlines())


def _analyse(text: str) -> Analysis:
    return asyncio.run(whole(Analyze(rooms(), None, __version__).events(Note(text), Wish("rules"))))


def _object(parts: dict[str, str], indent: int) -> str:
    rows = ",\n".join(f'{" " * indent}"{name}": {value}' for name, value in parts.items())
    return "{\n" + rows + "\n" + " " * (indent - 2) + "}"


def _rows(rows: list[dict[str, Any]], *names: str, indent: int = 4) -> str:
    lines = ",\n".join(" " * indent + _line({name: row[name] for name in names}) for row in rows)
    return "[\n" + lines + "\n" + " " * (indent - 2) + "]"


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)
