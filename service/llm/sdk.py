"""The one place that imports openai and instructor: a second of work that start-up must not pay."""

import logging
from typing import TYPE_CHECKING, Any, Generic

from service.llm.completion import Message, Reply
from service.llm.dialects import Mode

if TYPE_CHECKING:
    import httpx
    import openai

CONNECT_TIMEOUT_S = 5.0
# These log request bodies and validation errors that quote the note: never let them reach a handler.
_TALKATIVE = ("instructor", "openai", "httpx", "httpx2", "httpcore", "httpcore2")
# What the SDK says of this machine with every call; no server asks, and each header is work on both sides.
_TELLTALE = (
    *("X-Stainless-Lang", "X-Stainless-Package-Version", "X-Stainless-OS", "X-Stainless-Arch"),
    *("X-Stainless-Runtime", "X-Stainless-Runtime-Version", "X-Stainless-Async"),
)


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
    """Return the process's one SDK client, its own retries off; it tells nobody what machine it runs on.

    `http_client` is for tests: httpx 0.28 collapses at 200 concurrent callers, the SDK's httpx2 does not.
    """
    import openai

    from service.llm import pools

    hush()
    return openai.AsyncOpenAI(
        base_url=base_url,
        api_key=api_key,
        max_retries=0,
        timeout=openai.Timeout(timeout_s, connect=min(CONNECT_TIMEOUT_S, timeout_s)),
        default_headers={name: openai.Omit() for name in _TELLTALE},  # type: ignore[misc]  # as per request
        http_client=http_client or pools.http_client(),  # type: ignore[arg-type]  # takes httpx's as well
    )


class Shape(Generic[Reply]):
    """One reply model in one mode: instructor's request for it, and its parsing of what comes back.

    instructor's handlers are called without the client it would patch, which looks through the whole reply
    model six times a call for validators that it does not run (1.4 ms) and brings a retry loop of its own.
    """

    def __init__(self, reply: type[Reply], mode: Mode) -> None:
        import instructor
        from instructor.v2 import mode_registry

        self._model = instructor.openai_schema(reply)
        self._handlers: Any = mode_registry.get_handlers(
            instructor.Provider.OPENAI, instructor.Mode[mode.name]
        )
        self._beside: dict[str, Any] | None = None  # what stands beside the messages, where they stay as is

    def request(self, messages: list[Message]) -> dict[str, Any]:
        """Return messages, and tools or response format, for one question."""
        if self._beside is not None:
            return {"messages": messages, **self._beside}
        _, shaped = self._handlers.request_handler(self._model, {"messages": messages})
        request: dict[str, Any] = dict(shaped)
        if request["messages"] == messages:
            self._beside = {name: part for name, part in request.items() if name != "messages"}
        return request

    def parse(self, raw: object) -> Reply:
        """Return the reply; raises pydantic's ValidationError, or instructor's own errors."""
        parsed: Reply = self._handlers.response_parser(
            response=raw, response_model=self._model, strict=False, stream=False, is_async=True
        )
        return parsed


def load() -> None:
    """Import both libraries now."""
    import instructor.v2
    import openai  # noqa: F401

    # instructor resolves its names on first touch
    _ = (instructor.openai_schema, instructor.Mode, instructor.Provider, instructor.v2.mode_registry)
    hush()
