"""What each operation takes and gives, in words: the half of the OpenAPI document that types can't say."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from service.wire.about import Capabilities, Health, Rubric, Rule, RuleList
from service.wire.analyses import Analysis, Check
from service.wire.requests import AnalysisRequest, CheckRequest, RewriteRequest
from service.wire.rewrites import RewriteAnswer

NOTE = (
    "## 本周成果\n社群日活 1,200，上周 1,000，+20%，主要来自新人群（+35%）。\n直播三场，整体反馈很好。\n"
    "## 问题\n付费转化率 8%，目标 12%，新用户在支付页流失多。\n## 下周计划\n继续优化支付流程。\n"
)
_REWRITE = {
    "text": NOTE,
    "offset_encoding": "codepoint",
    "span": {"start": NOTE.index("直播三场"), "end": NOTE.index("\n## 问题")},
    "rewritten": "直播三场，观看人数【待补：本周观看人数】。",
    "blanks": [{"id": "b1", "token": "【待补：本周观看人数】", "question": "三场一共多少人看？"}],
    "answers": {"b1": "3,400 人"},
}

TAKEN_IN = (400, 413, 415, 422, 429)  # what any request with a body may be refused for


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, under the id its handler has."""

    summary: str
    description: str
    tag: str
    answer: type[BaseModel] | None
    request: type[BaseModel] | None = None
    examples: tuple[tuple[str, dict[str, Any]], ...] = ()  # of the request: name and value
    problems: tuple[int, ...] = ()
    keyed: bool = False
    streams: bool = False
    media_type: str = "application/json"
    status: int = 200


OPERATIONS: dict[str, Operation] = {
    "createAnalysis": Operation(
        summary="分析一篇周报",
        description=(
            "读一篇周报，返回陈述、评分、亮点、发现和改写。\n\n"
            "`Accept: text/event-stream` 时逐步返回事件：`note`、`claim`（id 相同就替换）、`highlight`、"
            "`finding`（fingerprint 相同就替换）、`finding_removed`、`scores`（替换）、`rewrite`，"
            "最后是 `done`（整个结果）或 `error`（错误）。规则的发现最先到；大模型写完一条陈述就发一条，"
            "之后改了的按 id 重发，最终以 `done` 为准；等待大模型时以注释行保持连接。"
        ),
        tag="周报",
        request=AnalysisRequest,
        answer=Analysis,
        examples=(
            ("最少只要原文", {"text": NOTE}),
            (
                "只用规则，只要评分和发现",
                {
                    "text": NOTE,
                    "engine": "rules",
                    "include": ["scores", "findings"],
                    "rules": {"disable": ["P306"]},
                },
            ),
        ),
        problems=(*TAKEN_IN, 502, 503),
        keyed=True,
        streams=True,
    ),
    "createCheck": Operation(
        summary="边写边查",
        description="只用规则，几毫秒返回评分、亮点和发现，适合每次停顿时调用；`revision` 原样带回。",
        tag="周报",
        request=CheckRequest,
        answer=Check,
        examples=(("停顿时检查", {"text": NOTE, "revision": 42}),),
        problems=TAKEN_IN,
        keyed=True,
    ),
    "createRewrite": Operation(
        summary="补上改写里的空",
        description="把作者的回答填进改写，再按原文加回答核对一遍：两者都没有的内容不会返回。",
        tag="周报",
        request=RewriteRequest,
        answer=RewriteAnswer,
        examples=(("补一个空", _REWRITE),),
        problems=TAKEN_IN,
        keyed=True,
    ),
    "getAnalysis": Operation(
        summary="查看保存的分析",
        description="返回 `store: true` 时保存的结果，和当时返回的一样；原文不保存，只保存结果里引用的部分。",
        tag="周报",
        answer=Analysis,
        problems=(404, 503),
        keyed=True,
    ),
    "deleteAnalysis": Operation(
        summary="删除保存的分析",
        description="删除后不能恢复。",
        tag="周报",
        answer=None,
        problems=(404, 503),
        keyed=True,
        status=204,
    ),
    "listRules": Operation("列出全部规则", "每条规则一行。", "标准", RuleList),
    "getRule": Operation(
        "查看一条规则", "查什么、为什么要紧、反例和正例；可以用编号或名称。", "标准", Rule, problems=(404,)
    ),
    "getRubric": Operation("查看评分标准", "三个维度、五个等级和封顶的情形。", "标准", Rubric),
    "getCapabilities": Operation(
        "查看服务能力", "版本、限额、岗位、周期、是否有大模型、评分标准。", "服务", Capabilities, keyed=True
    ),
    "getLiveness": Operation("是否活着", "进程能应答。", "服务", Health),
    "getReadiness": Operation(
        "是否就绪", "可以接收请求；启动和关闭过程中为 503。", "服务", Health, problems=(503,)
    ),
    "getMetrics": Operation(
        "监控指标", "Prometheus 文本格式。", "服务", None, keyed=True, media_type="text/plain"
    ),
}
