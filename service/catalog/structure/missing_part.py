"""S402: a note without results, or without anything that fell short."""

from collections.abc import Iterator

from service.catalog.log import log_of
from service.catalog.wording import this
from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import ClaimKind, Reading

_SAYS_SOMETHING = 3  # claims from which on a note is long enough to be missed a part in


def check(reading: Reading) -> Iterator[Draft]:
    """Yield at most one draft, on the first of results and problems that is missing; plans are P301's."""
    if not reading.is_note or reading.kind == "daily":
        return
    if len(reading.claims) < _SAYS_SOMETHING or log_of(reading) is not None:
        return
    results, problems = reading.of(ClaimKind.RESULT), reading.of(ClaimKind.PROBLEM)
    if not results and not problems:
        yield Draft(
            message="有做了什么、要做什么，中间少了结果和问题。",
            question=f"{this(reading)}最花时间的那件事，做成了什么，卡在哪里？",
        )
    elif not results:
        yield Draft(
            message="写了问题，没写这段时间做成了什么。",
            question=f"{this(reading)}最拿得出手的一个结果是什么，数是多少？",
            severity=Severity.INFO,
        )
    elif not problems:
        yield Draft(
            message="成果都写了，不顺的地方一处没提。",
            question=f"{this(reading)}离预期最远的一件事是什么，差多少？",
            severity=Severity.INFO,
        )


RULE = Rule(
    code="S402",
    name="missing-part",
    dimension=None,
    severity=Severity.WARNING,
    since="0.1.0",
    title="缺一块",
    what="通篇没有结果，或者没有一处问题。没有计划由 P301 指出；日报不要求写全。",
    why="结果、问题、下一步三样齐了，读的人才不用回头来问。",
    bad=(
        Example(
            "本周新增用户1200人，上周1000人。\n复购率 31%，上周29%。\n下周三前上线新海报，复购率做到33%。"
        ),
        Example("本周整理了客户名单，对接了设计部。\n下周计划：\n1. 周三前出方案\n2. 周五前约3位客户"),
    ),
    good=(
        Example(
            "本周新增用户1200人，上周1000人。\n退款率从3%升到5%，因为尺码表标错了。\n下周三前重写尺码表，退款率回到3%。"
        ),
        Example("今天新增用户120人，昨天100人。\n复购12单，昨天11单。\n明天上线新海报。", kind="daily"),
    ),
    check=check,
)
