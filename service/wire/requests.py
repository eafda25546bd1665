"""What callers send."""

from typing import Annotated, get_args

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from service.core.document.model import Format
from service.core.finding import Severity
from service.core.note import Note, RuleOptions
from service.wire.names import (
    PARTS,
    DimensionName,
    EngineName,
    FormatName,
    KindName,
    Part,
    RoleName,
    SeverityName,
)
from service.wire.offsets import Encoding
from service.wire.rewrites import Blank
from service.wire.shape import Ask
from service.wire.spans import Span
from service.wire.texts import NoteText, PassageText, PreviousText

MAX_REVISION = 2**53 - 1  # what a JavaScript number holds exactly
MAX_TIMEOUT_MS = 600_000

Code = Annotated[str, Field(pattern=r"^[A-Z][0-9]{3}$", examples=["D101"])]  # D101, not "d101" or "D1011"
Word = Annotated[str, Field(min_length=1, max_length=64)]


def _check_weights(weights: dict[DimensionName, float]) -> dict[DimensionName, float]:
    if weights and not any(weights.get(key, 1.0) > 0 for key in get_args(DimensionName)):
        raise PydanticCustomError("weights_zero", "至少要有一个维度的权重大于 0")
    return weights


Weights = Annotated[
    dict[DimensionName, Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]],
    AfterValidator(_check_weights),
]


class Vocabulary(Ask, title="补充词汇"):
    """Words of the caller's own trade."""

    metrics: list[Word] = Field(
        default=[],
        max_length=500,
        description="自家的指标名，识别数据时一并认得。",
        examples=[["北极星时长"]],
    )


class RuleSettings(Ask, title="规则设置"):
    """Which findings to hold back or weigh otherwise; scores stay the same."""

    disable: list[Code] = Field(default=[], max_length=100, description="不想看到的规则编号。")
    severity: dict[Code, SeverityName] = Field(default={}, max_length=100, description="改动规则的严重程度。")
    ignore: list[Word] = Field(
        default=[], max_length=1000, description="不想再看到的发现，写它的 fingerprint。"
    )
    vocabulary: Vocabulary | None = Field(default=None, description="补充的词汇。")

    def options(self) -> RuleOptions:
        """Return the same as the engine's options."""
        return RuleOptions(
            disable=frozenset(self.disable),
            severity={code: Severity(name) for code, name in self.severity.items()},
            ignore=frozenset(self.ignore),
            metrics=tuple(dict.fromkeys(self.vocabulary.metrics)) if self.vocabulary else (),
        )


class NoteRequest(Ask, title="一篇周报"):
    """A note and what is known of it."""

    text: NoteText
    format: FormatName = Field(default="auto", description="标记格式；auto 自动识别。")
    role: RoleName = Field(default="auto", description="作者的岗位；auto 从内容推断。")
    kind: KindName = Field(default="weekly", description="日报、周报、月报、季报或年报。")
    previous: PreviousText = None
    offset_encoding: Encoding = Field(
        default="utf-16",
        description="位置的计数单位：utf-16（JavaScript、LSP、Java）或 codepoint（Python）。",
    )

    def note(self) -> Note:
        """Return the note as the engine takes it."""
        return Note(
            text=self.text,
            format=Format(self.format),
            role=self.role,
            kind=self.kind,
            previous=self.previous,
        )


class CheckRequest(NoteRequest, title="快速检查的请求"):
    """A fast check while typing, by rule alone."""

    include: list[Part] = Field(
        default=list(PARTS), description="要返回的部分；快速检查只给 scores、findings、highlights。"
    )
    rules: RuleSettings | None = Field(default=None, description="规则设置。")
    weights: Weights | None = Field(
        default=None,
        description="综合分的权重，没写的维度按 1 算；默认三个维度相等。",
        examples=[{"data_granularity": 2, "root_cause_depth": 1, "plan_linkage": 1}],
    )
    revision: Annotated[int, Field(ge=-MAX_REVISION, le=MAX_REVISION)] | Word | None = Field(
        default=None, description="原样带回，编辑器据此丢弃过期的回答。"
    )
    author: Word | None = Field(default=None, description="作者，只在 store 为 true 时保存。")
    period: Word | None = Field(
        default=None, description="周期，只在 store 为 true 时保存。", examples=["2026-W47"]
    )

    def note(self) -> Note:
        """Return the note as the engine takes it, with the caller's rule settings and weights."""
        return Note(
            text=self.text,
            format=Format(self.format),
            role=self.role,
            kind=self.kind,
            previous=self.previous,
            rules=self.rules.options() if self.rules else RuleOptions(),
            weights={str(key): value for key, value in (self.weights or {}).items()},
        )


class AnalysisRequest(CheckRequest, title="分析请求"):
    """A note to be analysed."""

    include: list[Part] = Field(default=list(PARTS), description="要返回的部分，默认全部。")
    engine: EngineName = Field(
        default="auto", description="auto：配置了大模型就用，否则用规则；rules：只用规则；llm：只用大模型。"
    )
    timeout_ms: int = Field(
        default=60_000, ge=1, le=MAX_TIMEOUT_MS, description="愿意等多久；时间到了还没读完，就由规则作答。"
    )
    store: bool = Field(default=False, description="是否保存分析结果。")


class RewriteRequest(NoteRequest, title="补空请求"):
    """A rewrite with its blanks and the author's answers, to be filled and checked."""

    span: Span = Field(description="改写的是原文的哪一段，取自分析结果。")
    rewritten: PassageText = Field(max_length=20_000, description="带空格标记的改写稿。")
    blanks: list[Blank] = Field(max_length=100, description="改写稿里的空，取自分析结果。")
    answers: dict[Word, Annotated[PassageText, Field(max_length=2_000)]] = Field(
        max_length=100, description="按空的 id 给出的回答；没答的空保留原样。", examples=[{"b1": "10%"}]
    )
