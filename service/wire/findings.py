"""Findings, as sent to callers."""

from pydantic import Field

from service.wire.names import DimensionName, SeverityName, SourceName
from service.wire.shape import Answer
from service.wire.spans import Span


class Edit(Answer, title="一处修改"):
    """Replace a range of the text as sent."""

    span: Span
    new_text: str


class Fix(Answer, title="改法"):
    """One way to mend a finding; its edits are disjoint and apply together."""

    title: str
    edits: list[Edit]


class Finding(Answer, title="发现"):
    """One thing that is weak, where it is and what to ask."""

    id: str = Field(examples=["f1"])
    rank: int = Field(description="1 到 3 是最值得先改的，其余依次往后。")
    fingerprint: str = Field(description="只要这段话没改就不变，可用于 rules.ignore。")
    code: str = Field(examples=["D101"])
    rule: str = Field(examples=["vague-quantifier"])
    severity: SeverityName
    dimension: DimensionName | None
    message: str
    source: SourceName = Field(description="span 和 quote 指本期（text）还是上一期（previous）。")
    quote: str | None = Field(description="逐字原文；针对整篇的发现为 null。")
    span: Span | None = Field(description="针对整篇的发现为 null。")
    claims: list[str] = Field(description="涉及的陈述 id。")
    question: str | None = Field(description="问作者什么才能补上。", examples=["社群日活从多少到多少？"])
    detail: dict[str, str] = Field(
        description="规则算出的细节，如 D105 的验算。",
        examples=[{"stated": "+50%", "computed": "+60%", "formula": "800/500-1"}],
    )
    fixes: list[Fix]
    help: str = Field(description="规则说明的地址。", examples=["/v1/rules/D101"])


class FindingRemoved(Answer, title="撤回的发现"):
    """A finding told before in the stream that no longer holds."""

    fingerprint: str
