"""How often one caller may ask: an even rate with a burst, kept in memory."""

import math
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from typing import Any

from litestar.connection import ASGIConnection
from litestar.types import Guard

from service.api.exchange import exchange_of
from service.api.metrics import Meters
from service.api.problems import Refused

WINDOW_S = 60
MAX_CALLERS = 10_000  # remembered at once; the longest unseen is forgotten first


class RateLimit:
    """At most `quota` requests in a minute for one caller.

    Each request moves a caller's clock on by 60/quota seconds; it may run a minute ahead of the real one.
    A quota of 0 means no limit.
    """

    def __init__(
        self, policy: str, quota: int, meters: Meters, clock: Callable[[], float] = monotonic
    ) -> None:
        self._policy = policy
        self._quota = quota
        self._meters = meters
        self._clock = clock
        self._ahead: OrderedDict[str, float] = OrderedDict()

    def guard(self) -> Guard:
        """Return the check as a function: the framework deep-copies any other guard."""
        return lambda connection, _: self.check(connection)

    def check(self, connection: ASGIConnection[Any, Any, Any, Any]) -> None:
        """Let a request pass, telling what is left; raises 429 with when to come back."""
        if not self._quota:
            return
        exchange = exchange_of(connection)
        now, step = self._clock(), WINDOW_S / self._quota
        clock = max(now, self._ahead.get(exchange.caller, now)) + step
        wait = clock - now - WINDOW_S
        if wait <= 1e-9:
            self._ahead[exchange.caller] = clock
            self._ahead.move_to_end(exchange.caller)
            if len(self._ahead) > MAX_CALLERS:
                self._ahead.popitem(last=False)
        else:
            clock -= step
        left = max(0, int((WINDOW_S - (clock - now)) / step + 1e-9))
        exchange.headers["RateLimit-Policy"] = f'"{self._policy}";q={self._quota};w={WINDOW_S}'
        exchange.headers["RateLimit"] = f'"{self._policy}";r={left};t={math.ceil(clock - now)}'
        if wait > 1e-9:
            self._meters.limited(self._policy)
            after = max(1, math.ceil(wait))
            raise Refused(429, f"请求太频繁，请 {after} 秒后再试", {"Retry-After": str(after)})
