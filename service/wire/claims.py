"""What a note claims, as sent to callers."""

from typing import Literal

from pydantic import Field

from service.core.reading import Trait
from service.wire.names import FormatName, KindName, SourceName
from service.wire.shape import Answer
from service.wire.spans import Span

SectionName = Literal["review", "results", "problems", "causes", "plans", "other"]
ClaimName = Literal["activity", "result", "problem", "cause", "evidence", "plan"]
PrecisionName = Literal["exact", "approx", "at_least", "at_most", "range"]
ChangeUnit = Literal["%", "pp", "abs"]


class Section(Answer, title="段落"):
    """A part of the note."""

    kind: SectionName = Field(description="这一部分是做什么的。")
    title: str = Field(description="标题原文，没有标题则为空。")
    span: Span


class NoteFrame(Answer, title="周报概貌"):
    """What the note turned out to be."""

    role: str = Field(description="作者的岗位，auto 时为推断结果。", examples=["user_ops"])
    kind: KindName
    format: FormatName = Field(description="识别出的标记格式。")
    sections: list[Section]


class Metric(Answer, title="指标"):
    """A number about the work, with what it is compared to."""

    name: str | None = Field(description="指标名。", examples=["付费转化率"])
    value: float | None
    value_max: float | None = Field(description="区间的上限。")
    precision: PrecisionName
    unit: str = Field(examples=["%"])
    direction: Literal["up_good", "down_good", "neutral"] = Field(description="变大是好事还是坏事。")
    baseline: float | None = Field(description="对比的基准值。")
    baseline_kind: Literal["target", "previous", "year_ago", "peer", "start"] | None
    change: float | None
    change_unit: ChangeUnit | None
    segment: str | None = Field(description="细分：人群、渠道、环节等。")
    period: str | None = Field(description="时间窗。")
    span: Span


class Link(Answer, title="陈述之间的联系"):
    """How a claim bears on another one."""

    relation: Literal["causes", "supports", "addresses", "carries_over"]
    target: str = Field(description="另一条陈述的 id。")
    source: SourceName = Field(description="target 在本期（text）还是上一期（previous）。")


class Claim(Answer, title="陈述"):
    """One thing the note says."""

    id: str = Field(examples=["c1"])
    kind: ClaimName
    quote: str = Field(description="逐字原文，总是等于 text[span]；html 为原始片段。")
    span: Span
    metrics: list[Metric]
    links: list[Link]
    traits: list[Trait] = Field(description="可观察的小判断，分数由它们算出。")
    deadline: str | None = Field(description="期限，原文写法。", examples=["下周二前"])
    owner: str | None = Field(description="负责人，原文写法。")
