"""One analysis from a command line: by rule without reading settings, with a model where one may be set."""

import os
from contextlib import aclosing
from pathlib import Path

from service import __version__
from service.core.analysis import Analysis
from service.core.note import Note
from service.usecases.analyze import Analyze, Wish, whole
from service.wiring import rooms

# Kept here too, because service.settings costs twice as long to import as an analysis by rule takes.
SETTINGS_PREFIX = "NOTECOACH_"
SETTINGS_FILE = "notecoach.toml"


def analyse(note: Note, wish: Wish) -> Analysis:
    """Return the analysis; raises SettingsError, or ReaderError where the model was asked for by name."""
    if wish.engine == "rules" or (wish.engine == "auto" and not _has_settings()):
        return Analyze(rooms(), None, __version__).by_rule(note, wish)
    import asyncio

    return asyncio.run(_analyse_by_model(note, wish))


async def _analyse_by_model(note: Note, wish: Wish) -> Analysis:
    if not _has_settings():
        return await whole(Analyze(rooms(), None, __version__).events(note, wish))
    from service.settings import load
    from service.wiring import build

    services = build(load())
    async with aclosing(services):
        return await whole(services.analyze.events(note, wish))


def _has_settings() -> bool:
    return Path(SETTINGS_FILE).is_file() or any(name.startswith(SETTINGS_PREFIX) for name in os.environ)
