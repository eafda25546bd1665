"""A model that reads from a script: ships for tests, demos and evaluations without a network."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from service.core.analysis import Usage
from service.core.errors import ReaderNonsense, ReaderUnavailable
from service.llm.completion import Answer, Ask, Message, Reply

Line = Mapping[str, Any] | Exception | Callable[[list[Message]], Mapping[str, Any]]


class Scripted:
    """Completions that answer from a list: a reply as data, a function of the messages, or an error to raise.

    The last line repeats. `asked` keeps the messages of every question.
    """

    def __init__(self, *lines: Line, model: str = "scripted", usage: Usage | None = None) -> None:
        self._lines: list[Line] = list(lines)
        self._usage = usage or Usage(llm_calls=1, attempts=1, input_tokens=100, output_tokens=50)
        self.model = model
        self.asked: list[list[Message]] = []
        self.is_closed = False
        self.breaker_state: str | None = None
        self.mode: str | None = None

    async def ask(self, question: Ask[Reply], timeout_s: float) -> Answer[Reply]:
        """Return the next line as a reply; raises what the script says."""
        self.asked.append(list(question.messages))
        if not self._lines:
            raise ReaderUnavailable("脚本里没有回答")
        line = self._lines.pop(0) if len(self._lines) > 1 else self._lines[0]
        if isinstance(line, Exception):
            raise line
        data = line(self.asked[-1]) if callable(line) else line
        try:
            return Answer(question.reply.model_validate(data), self._usage)
        except ValidationError:
            raise ReaderNonsense("模型的回答不合格式", self._usage) from None

    async def warm(self) -> None:
        """Do nothing: there is nothing to import."""

    async def aclose(self) -> None:
        """Note that it was closed."""
        self.is_closed = True


def claims(*rows: Iterable[Any]) -> dict[str, Any]:
    """Return an extract reply from rows of (quote, kind[, traits[, links]]); ids are c1, c2, …

    A link is "relation:target"; a target that is no id is taken as a quote from the previous note.
    """
    found = []
    for number, row in enumerate(rows, 1):
        quote, kind, traits, links = (*row, (), ())[:4] if len(tuple(row)) < 4 else tuple(row)[:4]
        edges = []
        for link in links:
            relation, _, target = link.partition(":")
            edges.append({"relation": relation, "target": target, "source": "text"})
        found.append(
            {"id": f"c{number}", "quote": quote, "kind": kind, "traits": list(traits), "links": edges}
        )
    return {"claims": found}
