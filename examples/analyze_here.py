"""Analyses a note in this very process: no server, no network. Needs notecoach installed."""

import asyncio
import sys
from pathlib import Path

from service.core.note import Note
from service.settings import load
from service.usecases.analyze import Wish, whole
from service.wiring import build


def main() -> None:
    """Print the levels, and each finding with its place in the text."""
    path = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).with_name("note.md")
    services = build(load())
    analysis = asyncio.run(whole(services.analyze.events(Note(path.read_text("utf-8")), Wish())))
    for dimension in analysis.scores.dimensions:
        print(dimension.name, dimension.level, dimension.score)
    for finding in analysis.findings:
        place = f"{finding.span.start}-{finding.span.end}" if finding.span else "整篇"
        print(finding.rank, finding.code, place, finding.message)


if __name__ == "__main__":
    main()
