"""Facts: the things a text states that nobody may make up."""

from dataclasses import dataclass
from enum import StrEnum

from service.core.numbers.model import Number


class FactKind(StrEnum):
    """What a fact is; the value is its Chinese name for messages."""

    NUMBER = "数字"
    DATE = "时间"
    NAME = "名称"
    STATUS = "状态"
    NEGATION = "否定"
    GUESS = "推测语气"
    CAUSE = "原因"
    WORD = "说法"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing stated: `text` as written, `key` what it is compared by; `number` for figures alone."""

    kind: FactKind
    key: str
    text: str
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one text in order of kind and place, and the text they were read from.

    `plain` is the view in lower case without spaces and blank tokens: what a word or date is looked up in.
    """

    items: tuple[Fact, ...]
    plain: str
    pairs: frozenset[str]

    def of(self, kind: FactKind) -> list[Fact]:
        """Return the facts of one kind, in text order."""
        return [fact for fact in self.items if fact.kind is kind]
