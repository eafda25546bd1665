"""What the service says of itself: rules, rubric, capabilities, health."""

from pydantic import Field

from service.core import finding as core_finding
from service.core import rubric as core_rubric
from service.wire.analyses import RubricRef
from service.wire.names import DimensionName, EngineName, FormatName, KindName, Part, RoleName, SeverityName
from service.wire.offsets import Encoding
from service.wire.shape import Answer


class RuleExample(Answer, title="规则的例子"):
    """A short note in which the rule speaks up (bad) or keeps silent (good)."""

    text: str
    marks: str | None = Field(description="被指出的那几个字；针对整篇时为 null。")
    previous: str | None = Field(description="上一期的周报，规则需要对照时才有。")


class RuleSummary(Answer, title="规则一行"):
    """One rule in a line."""

    code: str = Field(examples=["D101"])
    name: str = Field(examples=["vague-quantifier"])
    title: str
    dimension: DimensionName | None
    severity: SeverityName
    since: str = Field(description="从哪个版本开始有。")
    help: str = Field(examples=["/v1/rules/D101"])


class Rule(RuleSummary, title="规则"):
    """One rule with what it finds, why it matters, and its cases."""

    what: str
    why: str
    bad: list[RuleExample]
    good: list[RuleExample]


class RuleList(Answer, title="规则列表"):
    """All rules, by code."""

    rules: list[RuleSummary]


class Level(Answer, title="等级"):
    """One level of a dimension."""

    level: int
    name: str
    criterion: str
    score_min: int
    score_max: int


class Dimension(Answer, title="维度"):
    """One dimension of the rubric."""

    key: DimensionName
    name: str
    question: str
    levels: list[Level]
    caps: list[str] = Field(description="封顶的情形和补充说明。")


class Rubric(Answer, title="评分标准全文"):
    """The standard the scores are given by."""

    id: str
    version: str
    title: str
    overall: str
    dimensions: list[Dimension]


class Limits(Answer, title="限额"):
    """How much can be sent."""

    text_characters: int
    body_bytes: int
    timeout_ms: int
    checks_per_minute: int = Field(description="0 表示不限。")
    analyses_per_minute: int = Field(description="0 表示不限。")


class Model(Answer, title="大模型"):
    """Whether a model reads notes here."""

    enabled: bool
    model: str | None


class Capabilities(Answer, title="服务能力"):
    """What this service can do as it is configured."""

    version: str
    rubric: RubricRef
    llm: Model
    limits: Limits
    roles: list[RoleName]
    kinds: list[KindName]
    formats: list[FormatName]
    engines: list[EngineName]
    include: list[Part]
    offset_encodings: list[Encoding]
    store: bool = Field(description="能否保存分析结果。")


class Health(Answer, title="健康状态"):
    """Whether the service lives, or can take requests."""

    status: str = Field(examples=["ok"])


def rule_summary(rule: core_finding.Rule) -> RuleSummary:
    """Return a rule in a line."""
    return RuleSummary(
        code=rule.code,
        name=rule.name,
        title=rule.title,
        dimension=rule.dimension.value if rule.dimension else None,
        severity=rule.severity.value,
        since=rule.since,
        help=f"/v1/rules/{rule.code}",
    )


def rule_answer(rule: core_finding.Rule) -> Rule:
    """Return a rule with its docs and cases."""
    return Rule(
        **dict(rule_summary(rule)),
        what=rule.what,
        why=rule.why,
        bad=[_example(e) for e in rule.bad],
        good=[_example(e) for e in rule.good],
    )


def _example(example: core_finding.Example) -> RuleExample:
    return RuleExample(text=example.text, marks=example.marks, previous=example.previous)


def rubric_answer(rubric: core_rubric.Rubric) -> Rubric:
    """Return the rubric with the band of scores of each level."""
    return Rubric(
        id=rubric.id,
        version=rubric.version,
        title=rubric.title,
        overall=rubric.overall,
        dimensions=[
            Dimension(
                key=d.key.value,
                name=d.name,
                question=d.question,
                levels=[
                    Level(
                        level=level.level,
                        name=level.name,
                        criterion=level.criterion,
                        score_min=rubric.bands[level.level - 1][0],
                        score_max=rubric.bands[level.level - 1][1],
                    )
                    for level in d.levels
                ],
                caps=list(d.caps),
            )
            for d in rubric.dimensions
        ],
    )
