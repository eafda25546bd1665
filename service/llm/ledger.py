"""What the model has cost: tokens of every attempt, failed ones too, per question and per day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from service.core.analysis import Usage


@dataclass(slots=True)
class Tab:
    """The running bill of one question."""

    attempts: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    def add(self, raw: object) -> None:
        """Add what a raw reply says it cost; a reply without figures costs nothing we know of."""
        used = getattr(raw, "usage", None)
        self.input_tokens += _count(getattr(used, "prompt_tokens", 0))
        self.output_tokens += _count(getattr(used, "completion_tokens", 0))

    def usage(self) -> Usage:
        """Return the bill so far as one call's usage."""
        return Usage(
            llm_calls=1 if self.attempts else 0,
            attempts=self.attempts,
            input_tokens=self.input_tokens,
            output_tokens=self.output_tokens,
        )


def _count(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _today() -> date:
    return datetime.now(UTC).date()


class Ledger:
    """All bills of the process, and today's against an optional budget (UTC days)."""

    def __init__(self, daily_tokens: int | None = None, today: Callable[[], date] = _today) -> None:
        self.total = Usage()
        self._daily_tokens = daily_tokens
        self._today = today
        self._day = today()
        self._spent = 0

    def record(self, usage: Usage) -> None:
        """Book one question's bill."""
        self._roll()
        self.total += usage
        self._spent += usage.input_tokens + usage.output_tokens

    @property
    def is_exhausted(self) -> bool:
        """Tell whether today's budget is spent."""
        self._roll()
        return self._daily_tokens is not None and self._spent >= self._daily_tokens

    def _roll(self) -> None:
        day = self._today()
        if day != self._day:
            self._day, self._spent = day, 0
