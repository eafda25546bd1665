"""The one retry loop: what one question has been through, and what is tried next."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception

from service.llm.completion import Message
from service.llm.dialects import Dialect
from service.llm.faults import Fault, Kind


@dataclass(frozen=True, slots=True)
class Policy:
    """How often and how long: waits double from `base_s` to `cap_s`, with full jitter over the upper half."""

    waits: int = 3
    reasks: int = 2
    steps: int = 6
    base_s: float = 0.5
    cap_s: float = 8.0


@dataclass(slots=True)
class Turn:
    """Where a question stands: the dialect in use, the last complaint, and the tries of each kind used up."""

    dialect: Dialect
    messages: Sequence[Message]
    max_tokens: int
    policy: Policy
    complaint: str = ""
    waits: int = 0
    reasks: int = 0
    steps: int = 0

    def after(self, fault: Fault) -> Fault:
        """Book a failed attempt and return its fault with `again` and `wait_s` decided."""
        if fault.kind is Kind.TRANSIENT and self.waits < self.policy.waits:
            fault.again, fault.wait_s = True, self._wait_s(fault)
            self.waits += 1
        elif fault.kind is Kind.INVALID and self.reasks < self.policy.reasks:
            fault.again, self.complaint = True, fault.complaint
            self.reasks += 1
            if fault.truncated:
                self.max_tokens *= 2
        elif fault.kind is Kind.DIALECT and fault.dialect is not None and self.steps < self.policy.steps:
            fault.again, self.dialect = True, fault.dialect
            self.steps += 1
        return fault

    def _wait_s(self, fault: Fault) -> float:
        if fault.retry_after_s is not None:
            return fault.retry_after_s
        top = min(self.policy.cap_s, self.policy.base_s * float(2**self.waits))
        return random.uniform(top / 2, top)  # noqa: S311  # spreads callers, hides nothing

    def to_send(self) -> list[Message]:
        """Return the next attempt's messages: the question, and after a bad reply only the last complaint."""
        messages = [Message(role=m["role"], content=m["content"]) for m in self.messages]
        if self.complaint:
            # joined to the last message, since some chat templates refuse two user turns in a row
            messages[-1]["content"] += f"\n\n上一次的回答不能用：{self.complaint}\n请按要求重新回答。"
        return messages


def retrying(remaining_s: Callable[[], float]) -> AsyncRetrying:
    """Return the loop: faults that say `again` are, unless their wait would outlast the deadline."""
    return AsyncRetrying(
        retry=retry_if_exception(lambda e: isinstance(e, Fault) and e.again),
        wait=_wait,
        stop=lambda state: state.upcoming_sleep >= remaining_s(),
        reraise=True,
    )


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome is not None else None
    return error.wait_s if isinstance(error, Fault) else 0.0
