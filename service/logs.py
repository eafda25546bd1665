"""Structured logs: one JSON object a line, never a note, a key or a query string.

Our own lines go through `structlog`; what libraries say through the standard module is reduced to warnings
and worse, in the same shape. An exception is told by its type and the lines it passed, never by its message,
which may quote what could not be handled.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
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
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_messages,
    ]
    stream = out or sys.stderr
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_library, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
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


def _library(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    # A library's sentence may hold an address with a key, or a body: its logger and its template are told.
    record: logging.LogRecord | None = event.get("_record")
    if record is not None:
        event["logger"] = record.name
        event["event"] = str(record.msg) if record.args else f"{record.module}:{record.lineno}"
        if record.exc_info:
            event["exc_info"] = record.exc_info
    return event
