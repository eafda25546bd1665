"""Rewrites, as sent to callers; blanks come back from them."""

from pydantic import Field

from service.wire.names import DimensionName
from service.wire.shape import Answer, Ask
from service.wire.spans import Span


class Blank(Ask, title="待补的空"):
    """A hole that only the author can fill."""

    id: str = Field(min_length=1, max_length=64, examples=["b1"])
    token: str = Field(min_length=1, max_length=200, examples=["【待补：目标值】"])
    question: str = Field(default="", max_length=500, examples=["目标是多少？"])


class Derived(Answer, title="算出来的数字"):
    """A figure worked out from the note's own figures."""

    text: str = Field(examples=["+60%"])
    formula: str = Field(examples=["800/500-1"])


class FactCheck(Answer, title="事实核对"):
    """What a rewrite adds and drops, and what it does to the levels."""

    new_facts: list[str] = Field(description="原文和回答都没有的内容；返回的改写里总是空的。")
    lost_facts: list[str] = Field(description="原文有而改写丢掉的内容。")
    derived: list[Derived] = Field(description="由原文数字算出来的数字，附算式。")
    scores_before: dict[DimensionName, int] = Field(description="原文各维度的等级。")
    scores_after: dict[DimensionName, int] = Field(description="改写后的等级，空按缺失算。")
    scores_if_answered: dict[DimensionName, int] = Field(description="补上空之后的等级。")


class Rewrite(Answer, title="改写"):
    """A better wording of one passage that invents nothing."""

    id: str = Field(examples=["r1"])
    span: Span
    original: str
    rewritten: str
    dimensions: list[DimensionName]
    rationale: str
    findings: list[str] = Field(description="改掉的发现的 id。")
    blanks: list[Blank]
    check: FactCheck


class RewriteAnswer(Answer, title="补空结果"):
    """The rewrite with its blanks filled, checked against the note and the answers."""

    rewrite: Rewrite
