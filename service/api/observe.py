"""Around every request, found route or not: its id, its log line, its metrics."""

from time import perf_counter
from typing import cast

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from service.api.exchange import Exchange, open_exchange
from service.api.metrics import Meters
from service.logs import describe

log = structlog.get_logger("notecoach.http")

QUIET = ("/health/live", "/health/ready", "/metrics")  # asked every few seconds by machines

_ALWAYS = {"X-Content-Type-Options": "nosniff"}


class Observed:
    """Wraps the whole application: outside routing, so that 404 and 405 are seen, and outside CORS."""

    def __init__(self, app: ASGIApp, meters: Meters) -> None:
        self._app = app
        self._meters = meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and tell of it once it is over, however it ended."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        answer = _Answer(open_exchange(_header(scope, b"x-request-id"), scope.setdefault("state", {})), send)
        if scope["method"] == "HEAD":
            # A HEAD is a GET whose body is not sent; the copy keeps the server knowing what was asked.
            scope = cast(HTTPScope, {**scope, "method": "GET"})
            answer.is_head = True
        started = perf_counter()
        self._meters.in_flight.inc()
        try:
            await self._app(scope, receive, answer.send)
        except Exception as error:
            # Only after the answer began: before that, every exception becomes a problem. The server closes
            # the connection when it sees the answer unfinished.
            log.error("broken_off", request_id=answer.exchange.request_id, **describe(error))
        finally:
            self._meters.in_flight.dec()
            self._tell(scope, answer, perf_counter() - started)

    def _tell(self, scope: HTTPScope, answer: "_Answer", elapsed_s: float) -> None:
        route = scope.get("path_template") or "unmatched"
        method = "HEAD" if answer.is_head else scope["method"]
        self._meters.answered(method, route, answer.status, elapsed_s)
        tell = log.debug if route in QUIET else log.info
        tell(
            "request",
            method=method,
            route=route,
            status=answer.status,
            ms=round(elapsed_s * 1000, 2),
            request_id=answer.exchange.request_id,
            **answer.exchange.facts,
            **({} if answer.is_whole else {"broken_off": True}),
        )


class _Answer:
    """Watches an answer on its way out, and adds the exchange's headers."""

    def __init__(self, exchange: Exchange, send: Send) -> None:
        self.exchange = exchange
        self.status = 0
        self.is_whole = False
        self.is_head = False
        self._send = send

    async def send(self, message: Message) -> None:
        """Pass one message on to the server."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = {**_ALWAYS, "X-Request-ID": self.exchange.request_id, **self.exchange.headers}
            message["headers"] = [
                *message.get("headers", []),
                *((name.lower().encode(), value.encode()) for name, value in headers.items()),
            ]
        elif message["type"] == "http.response.body":
            self.is_whole = not message.get("more_body", False)
            if self.is_head:
                message["body"] = b""
        await self._send(message)


def _header(scope: HTTPScope, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)
