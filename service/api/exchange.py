"""What is known of one request besides its content: its id, who sent it, and what the log may tell of it."""

import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from litestar.connection import ASGIConnection

_STATE = "notecoach_exchange"

# An id that a caller may choose: matches "req-1.a_B", not "", "a b", "a\nb" or 65 characters.
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(slots=True)
class Exchange:
    """One request and its answer; `headers` are added to the answer, `facts` to its log line."""

    request_id: str
    headers: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str | int | float | bool] = field(default_factory=dict)
    caller: str = "anyone"


def open_exchange(offered_id: str | None, state: dict[str, Any]) -> Exchange:
    """Begin an exchange under the caller's own id if it is a decent one, else under a new one."""
    fit = offered_id is not None and _REQUEST_ID.fullmatch(offered_id)
    exchange = Exchange(offered_id if fit and offered_id else secrets.token_hex(8))
    state[_STATE] = exchange
    return exchange


def exchange_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Exchange:
    """Return the exchange that a connection is part of."""
    exchange = connection.scope["state"][_STATE]
    assert isinstance(exchange, Exchange)
    return exchange
