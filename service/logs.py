"""Structured logs: one JSON object a line, never a note, a key or a query string.

Our own lines go through `structlog`; what libraries say through the standard module is reduced to warnings
and worse, in the same shape. An exception is told by its type and the lines it passed, never by its message,
which may quote what could not be handled.
"""

import json
import logging
import sys
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any, TextIO

import structlog

FRAMES = 8  # the innermost ones: enough to find the line, too few to flood


def describe(error: BaseException) -> dict[str, Any]:
    """Return an exception as a log may tell it: its type, its cause's type and where it passed."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    told: dict[str, Any] = {
        "error": _name(error),
        "at": [f"{_short(f.filename)}:{f.lineno} {f.name}" for f in frames],
    }
    if error.__cause__ is not None:
        told["cause"] = describe(error.__cause__)
    return told


def _name(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _short(path: str) -> str:
    # site-packages/litestar/app.py → litestar/app.py; a machine's own folders are nobody's business.
    return "/".join(path.replace("\\", "/").split("/")[-3:])


def configure(level: str, out: TextIO | None = None) -> None:
    """Send all logs to `out` (standard error) from `level` on; called once, by whoever owns the process."""
    number = logging.getLevelNamesMapping()[level.upper()]
    stream = out or sys.stderr
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_messages,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Lines())
    root = logging.getLogger()
    root.handlers = [handler]
    # Libraries at DEBUG and INFO print request bodies: whatever our own level, they may only warn.
    root.setLevel(max(number, logging.WARNING))


def _without_messages(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event.update(describe(error))
    event.pop("stack_info", None)
    return event


class _Lines(logging.Formatter):
    """A library's record as a line of ours.

    Its sentence may hold an address with a key, or a body: only the template or the place is told.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, Any] = {
            "event": str(record.msg) if record.args else f"{record.module}:{record.lineno}",
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
        }
        if record.exc_info and record.exc_info[1]:
            told.update(describe(record.exc_info[1]))
        return json.dumps(told, ensure_ascii=False)
