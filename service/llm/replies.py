"""The shapes a model's reply must have; anything beyond them is ignored, anything else is asked for again."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from service.core.reading import ClaimKind, Relation, Trait
from service.core.score import DimensionKey


def _words(value: Any) -> list[str]:
    """Take a list of words, one word, or nothing: models write all three."""
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    return [v for v in value if isinstance(v, str)] if isinstance(value, list | tuple) else []


def _known(allowed: frozenset[str]) -> BeforeValidator:
    """Keep only words the contract knows: an invented trait is no reason to ask again."""
    return BeforeValidator(
        lambda value: [w for w in (v.strip().lower() for v in _words(value)) if w in allowed]
    )


def _text(value: Any) -> str | None:
    """Take a non-empty string, else nothing."""
    return value.strip() or None if isinstance(value, str) else None


Words = Annotated[list[str], BeforeValidator(_words)]
Traits = Annotated[list[Trait], _known(frozenset(t.value for t in Trait))]
Optional = Annotated[str | None, BeforeValidator(_text)]


class _Reply(BaseModel):
    model_config = ConfigDict(extra="ignore")


class LinkReply(_Reply):
    """One edge: this claim's relation to another claim of the reply, or to one of the previous note."""

    relation: Relation
    target: str
    source: str = "text"


def _links(value: Any) -> list[Any]:
    """Drop edges that name no known relation or no target; the claim itself is still worth having."""
    if not isinstance(value, list):
        return []
    relations = {r.value for r in Relation}
    return [
        v
        for v in value
        if isinstance(v, dict) and v.get("relation") in relations and isinstance(v.get("target"), str)
    ]


class ClaimReply(_Reply):
    """One claim: words of the note, what they are, and what can be observed of them."""

    id: str
    quote: str = Field(min_length=1)
    kind: ClaimKind
    traits: Traits = Field(default_factory=list)
    links: Annotated[list[LinkReply], BeforeValidator(_links)] = Field(default_factory=list)
    deadline: Optional = None
    owner: Optional = None


class ExtractReply(_Reply):
    """Report the claims of the note, in the note's order."""

    claims: list[ClaimReply]


class BlankReply(_Reply):
    """A hole in a rewrite and the question that fills it."""

    token: str = Field(min_length=3)
    question: str = Field(min_length=2)


class DerivedReply(_Reply):
    """A figure worked out from the note's own."""

    text: str
    formula: str


Dimensions = Annotated[list[DimensionKey], _known(frozenset(k.value for k in DimensionKey))]


class RewriteItem(_Reply):
    """One passage of the note, and how it could be told."""

    quote: str = Field(min_length=2)
    rewritten: str = Field(min_length=2)
    dimensions: Dimensions = Field(default_factory=list)
    findings: Words = Field(default_factory=list)
    rationale: str = ""
    blanks: list[BlankReply] = Field(default_factory=list)
    derived: list[DerivedReply] = Field(default_factory=list)


class RewriteReply(_Reply):
    """Report the rewrites, most valuable first."""

    rewrites: list[RewriteItem]
