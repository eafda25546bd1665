"""Scores and highlights, as sent to callers."""

from pydantic import Field

from service.wire.names import DimensionName
from service.wire.shape import Answer
from service.wire.spans import Span


class Evidence(Answer, title="依据"):
    """Words of the note that a verdict rests on."""

    quote: str
    span: Span
    claim: str | None = Field(description="所属陈述的 id。")


class NextLevel(Answer, title="再上一级要什么"):
    """What the next level needs."""

    level: int = Field(ge=1, le=5)
    advice: str = Field(description="还差什么，一句话。")
    findings: list[str] = Field(description="相关发现的 id。", examples=[["f3"]])


class DimensionScore(Answer, title="一个维度的评分"):
    """Level and score of one dimension, with the reason."""

    key: DimensionName
    name: str = Field(examples=["数据颗粒度"])
    level: int = Field(ge=1, le=5)
    score: int = Field(ge=0, le=100)
    reason: str
    evidence: list[Evidence]
    next: NextLevel


class Overall(Answer, title="综合分"):
    """The verdict in one line."""

    level: int = Field(ge=1, le=5)
    score: int = Field(ge=0, le=100)


class Scores(Answer, title="评分"):
    """The whole verdict; the same claims always get the same one."""

    overall: Overall
    dimensions: list[DimensionScore]


class Highlight(Answer, title="亮点"):
    """Something done well."""

    dimension: DimensionName
    message: str = Field(description="写得好的地方，具体。")
    evidence: list[Evidence]
