"""The one place that imports openai and instructor: a second of work that start-up must not pay."""

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from service.llm.dialects import Mode

if TYPE_CHECKING:
    import httpx
    import openai

CONNECT_TIMEOUT_S = 5.0
# These log request bodies and validation errors that quote the note: never let them reach a handler.
_TALKATIVE = ("instructor", "openai", "httpx", "httpx2", "httpcore", "httpcore2")


def hush() -> None:
    """Keep the libraries' own logging, which holds notes and answers, away from every handler."""
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL + 1)
        for child in [n for n in logging.root.manager.loggerDict if n.startswith(name + ".")]:
            logging.getLogger(child).setLevel(logging.NOTSET)


def connect(
    base_url: str, api_key: str, timeout_s: float, http_client: "httpx.AsyncClient | None" = None
) -> "openai.AsyncOpenAI":
    """Return the process's one SDK client, its own retries off.

    `http_client` is for tests: httpx 0.28 collapses at 200 concurrent callers, the SDK's httpx2 does not.
    """
    import openai

    hush()
    return openai.AsyncOpenAI(
        base_url=base_url,
        api_key=api_key,
        max_retries=0,
        timeout=openai.Timeout(timeout_s, connect=min(CONNECT_TIMEOUT_S, timeout_s)),
        http_client=http_client,  # type: ignore[arg-type]  # the SDK takes httpx clients as well as httpx2's
    )


def structured(send: Callable[..., Awaitable[Any]], mode: Mode) -> Callable[..., Awaitable[Any]]:
    """Return `send` with instructor's request shaping and reply parsing for one mode around it."""
    import instructor

    shaped: Any = instructor.patch(create=send, mode=instructor.Mode[mode.name])
    return shaped  # type: ignore[no-any-return]


def wrap(reply: type[BaseModel]) -> type[BaseModel]:
    """Return a reply model with instructor's schema built once (it would be rebuilt on each call)."""
    import instructor

    return instructor.openai_schema(reply)


def load() -> None:
    """Import both libraries now."""
    import instructor
    import openai  # noqa: F401

    instructor.patch  # noqa: B018  # instructor resolves its names on first touch
    hush()
