"""Whole answers."""

from datetime import datetime

from pydantic import Field

from service.wire.claims import Claim, NoteFrame
from service.wire.findings import Finding
from service.wire.rewrites import Rewrite
from service.wire.scores import Highlight, Scores
from service.wire.shape import Answer


class Engine(Answer, title="由谁读的"):
    """Who read the note."""

    name: str = Field(description="rules 或 llm。", examples=["rules"])
    version: str
    model: str | None
    degraded: bool = Field(description="配置了大模型，但这次只能由规则作答。")
    degraded_reason: str | None
    prompts: dict[str, str] = Field(description="用到的提示词版本。", examples=[{"extract": "v1@1a2b3c4d"}])


class RubricRef(Answer, title="评分标准"):
    """The standard the scores were given by."""

    id: str = Field(examples=["weekly-note"])
    version: str = Field(examples=["1"])


class Unsupported(Answer, title="原文不支持的说法"):
    """Something a model claimed that the note does not bear out, left out of the rest."""

    kind: str
    quote: str
    reason: str


class Usage(Answer, title="用量"):
    """What the analysis cost."""

    llm_calls: int
    attempts: int
    input_tokens: int
    output_tokens: int
    cached: bool
    elapsed_ms: float


class Analysis(Answer, title="分析结果"):
    """Everything said of one note; parts that `include` leaves out are absent."""

    id: str = Field(examples=["an_01hzy3k4m5n6p7q8"])
    created_at: datetime
    revision: int | str | None
    engine: Engine
    rubric: RubricRef
    note: NoteFrame
    claims: list[Claim] | None = None
    scores: Scores | None = None
    highlights: list[Highlight] | None = None
    findings: list[Finding] | None = None
    rewrites: list[Rewrite] | None = None
    unsupported: list[Unsupported]
    usage: Usage

    def to_json(self) -> bytes:
        """Return the answer as JSON, without the parts nobody asked for."""
        return self.model_dump_json(exclude=_absent(self)).encode()


class Check(Answer, title="快速检查结果"):
    """What a fast check finds; parts that `include` leaves out are absent."""

    note: NoteFrame
    scores: Scores | None = None
    highlights: list[Highlight] | None = None
    findings: list[Finding] | None = None
    revision: int | str | None

    def to_json(self) -> bytes:
        """Return the answer as JSON, without the parts nobody asked for."""
        return self.model_dump_json(exclude=_absent(self)).encode()


def _absent(answer: Answer) -> set[str]:
    # Only a part can be left out: other fields say null where there is nothing.
    parts = ("claims", "scores", "highlights", "findings", "rewrites")
    return {name for name in parts if getattr(answer, name, None) is None}
