"""Answers kept in a file: recorded from any model, replayed without one, loud when they are stale.

What a model could not answer (in time) is kept as that: a weak model's recording degrades where it did.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from service.core.analysis import Usage
from service.core.errors import ReaderError, ReaderNonsense, ReaderTimeout, ReaderUnavailable, SettingsError
from service.llm.completion import Answer, Ask, Completions, Reply
from service.llm.replies import ExtractReply

RECORDED: tuple[type[BaseModel], ...] = (ExtractReply,)
FAILED: dict[str, type[ReaderError]] = {"nonsense": ReaderNonsense, "timeout": ReaderTimeout}
RENEW = "请重录：notecoach eval --engine llm --record FILE（没有模型时加 --simulated）"


@dataclass(frozen=True, slots=True)
class Label:
    """What a recording is: `source` is endpoint, local or simulated, `about` says whose answers these are."""

    source: str
    model: str
    about: str
    dataset: str
    prompts: Mapping[str, str]


@dataclass(slots=True)
class Tape:
    """The answers by question, and the ids of the notes they were given for."""

    label: Label
    notes: list[str] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)

    def save(self, file: Path) -> None:
        """Write the tape: the label with the notes, then one answer a line."""
        head = {**asdict(self.label), "notes": self.notes}
        lines = [head, *({"key": key, **answer} for key, answer in sorted(self.answers.items()))]
        file.write_text("".join(json.dumps(x, ensure_ascii=False) + "\n" for x in lines), "utf-8")


def load(file: Path) -> Tape:
    """Read a tape; raises SettingsError where it is none."""
    try:
        head, *lines = (json.loads(line) for line in file.read_text("utf-8").splitlines())
        notes = head.pop("notes")
        return Tape(Label(**head), notes, {line.pop("key"): line for line in lines})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise SettingsError(f"录音 {file.name} 读不了。{RENEW}") from None


class Recorder:
    """Completions that pass questions on and keep what is answered.

    `has_timed_out` tells whether a timeout was kept.
    """

    def __init__(self, inner: Completions, tape: Tape) -> None:
        self._inner = inner
        self._tape = tape
        self.has_timed_out = False

    @property
    def model(self) -> str:
        """The model's name as configured."""
        return self._tape.label.model

    @property
    def breaker_state(self) -> str | None:
        """Where the provider's breaker stands."""
        return self._inner.breaker_state

    @property
    def mode(self) -> str | None:
        """How the model is asked for structure."""
        return self._inner.mode

    async def ask(self, question: Ask[Reply], timeout_s: float) -> Answer[Reply]:
        """Return the model's answer, or raise its failure, kept; nothing is asked that is not kept."""
        if question.reply not in RECORDED:
            raise _unrecorded()
        try:
            answer = await self._inner.ask(question, timeout_s)
        except ReaderError as error:
            failed = next((name for name, kind in FAILED.items() if isinstance(error, kind)), None)
            if failed is None:  # nobody answered: no recording of anything
                raise SettingsError(f"录不下去：{error}") from None
            told = {"failed": failed, "why": str(error), "usage": _spent(error.usage or Usage())}
            self._tape.answers[question.key] = told
            self.has_timed_out = failed == "timeout"
            raise
        reply = answer.value.model_dump(mode="json", exclude_defaults=True)
        self._tape.answers[question.key] = {"reply": reply, "usage": _spent(answer.usage)}
        return answer

    async def warm(self) -> None:
        """Pay import costs ahead of the first question."""
        await self._inner.warm()

    async def aclose(self) -> None:
        """Let go of connections."""
        await self._inner.aclose()


class Replayed:
    """Completions from a tape: a question that is not on it is an error, never a degraded answer."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self.model = tape.label.model
        self.breaker_state: str | None = None
        self.mode: str | None = None

    async def ask(self, question: Ask[Reply], timeout_s: float) -> Answer[Reply]:
        """Return what was answered, or raise what failed; raises SettingsError when the tape is stale."""
        if question.reply not in RECORDED:
            raise _unrecorded()
        kept = self._tape.answers.get(question.key)
        if kept is None:
            made = "、".join(f"{task} {name}" for task, name in self._tape.label.prompts.items())
            raise SettingsError(f"录音过期：提示词（录时是 {made}）或周报变了，没有这一问的回答。{RENEW}")
        usage = Usage(llm_calls=1, attempts=1, **kept["usage"])
        if "failed" in kept:
            raise FAILED[kept["failed"]](kept["why"], usage)
        try:
            value = question.reply.model_validate(kept["reply"])
        except ValidationError:
            raise SettingsError(f"录音过期：回答的格式变了。{RENEW}") from None
        return Answer(value, usage)

    async def warm(self) -> None:
        """Do nothing: there is nothing to import."""

    async def aclose(self) -> None:
        """Do nothing: there is nothing to close."""


def _spent(usage: Usage) -> dict[str, int]:
    return {"input_tokens": usage.input_tokens, "output_tokens": usage.output_tokens}


def _unrecorded() -> ReaderUnavailable:
    return ReaderUnavailable("改写不录：用规则的改写")
