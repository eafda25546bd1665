"""The completions port: one structured question to a model, one answer that fits the reply model."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypedDict, TypeVar

from pydantic import BaseModel

from service.core.analysis import Usage

Reply = TypeVar("Reply", bound=BaseModel)


class Message(TypedDict):
    """One chat message."""

    role: str
    content: str


class Listener(Protocol):
    """Hears a reply while the model writes it; what it hears is not validated and may be taken back."""

    def restart(self) -> None:
        """Forget what was heard: an attempt begins, maybe after one that broke off."""
        ...

    def hear(self, more: str) -> None:
        """Take the next piece of the reply's text."""
        ...


@dataclass(frozen=True, slots=True)
class Ask(Generic[Reply]):
    """A question: the messages to send and the shape the reply must have.

    `key` names the question for caches and recordings: the same key means the same question, whatever the
    per-request nonce. With a `listener` the model is asked to answer piece by piece.
    """

    messages: Sequence[Message]
    reply: type[Reply]
    key: str
    temperature: float = 0.0
    max_tokens: int = 8000
    listener: Listener | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Answer(Generic[Reply]):
    """A validated reply, and what all attempts at it cost."""

    value: Reply
    usage: Usage = field(default_factory=Usage)


class Completions(Protocol):
    """Asks a model; raises ReaderError (with `usage` set to what was spent) when no usable reply came."""

    @property
    def model(self) -> str:
        """The model's name as configured."""
        ...

    @property
    def breaker_state(self) -> str | None:
        """Where the provider's breaker stands; None where there is none."""
        ...

    @property
    def mode(self) -> str | None:
        """How the model is asked for structure; None where nobody is asked over a wire."""
        ...

    async def ask(self, question: Ask[Reply], timeout_s: float) -> Answer[Reply]:
        """Return a reply of the asked shape within `timeout_s`, retries included."""
        ...

    async def warm(self) -> None:
        """Pay import costs ahead of the first question."""
        ...

    async def aclose(self) -> None:
        """Let go of connections."""
        ...
