"""Stops asking a provider that keeps failing, and asks once in a while whether it is back."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Closed lets all through, open none, half-open one probe at a time."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True, slots=True)
class Limits:
    """Open at `ratio` failures among the last `window` attempts (`minimum` or more); probe after `rest_s`."""

    window: int = 32
    minimum: int = 8
    ratio: float = 0.6
    rest_s: float = 15.0


class Breaker:
    """One provider's breaker; single-threaded, as the event loop is."""

    def __init__(self, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits or Limits()
        self._clock = clock
        self._last: deque[bool] = deque(maxlen=self._limits.window)
        self._opened_at: float | None = None
        self._is_probing = False

    @property
    def state(self) -> State:
        """Where the breaker stands now."""
        if self._opened_at is None:
            return State.CLOSED
        rested = self._clock() - self._opened_at >= self._limits.rest_s
        return State.HALF_OPEN if rested else State.OPEN

    def admit(self) -> bool:
        """Tell whether an attempt may start; each one admitted ends in `succeed`, `fail` or `release`."""
        state = self.state
        if state is State.HALF_OPEN and not self._is_probing:
            self._is_probing = True
            return True
        return state is State.CLOSED

    def succeed(self) -> None:
        """Book an attempt that the provider answered; a probe's success closes the breaker."""
        if self._opened_at is not None:
            self._opened_at = None
            self._last.clear()
        self._is_probing = False
        self._last.append(True)

    def fail(self) -> None:
        """Book an attempt that the provider failed; opens at the limit, or again after a probe."""
        self._last.append(False)
        if self._opened_at is not None:
            if self._is_probing:
                self._is_probing = False
                self._opened_at = self._clock()
            return
        failed = self._last.count(False)
        if len(self._last) >= self._limits.minimum and failed >= self._limits.ratio * len(self._last):
            self._opened_at = self._clock()

    def release(self) -> None:
        """Book an attempt that ended for reasons of the caller's: it tells nothing of the provider."""
        self._is_probing = False
