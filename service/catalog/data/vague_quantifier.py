"""D101: an evaluation where a figure should stand."""

from collections.abc import Iterator

from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import ClaimKind, Reading, Trait
from service.core.score import DimensionKey


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft for every result or problem that is told by evaluation alone."""
    for claim in reading.of(ClaimKind.RESULT, ClaimKind.PROBLEM):
        if not claim.has(Trait.VAGUE):
            continue
        words = reading.document.slice(claim.span).strip()
        yield Draft(
            message=f"“{words[:24]}{'…' if len(words) > 24 else ''}”是评价，读的人不知道到了什么程度。",
            span=claim.span,
            claims=(claim.id,),
            question="具体是多少？上期是多少？"
            if claim.kind is ClaimKind.RESULT
            else "从多少变到了多少？影响了多少人或多少单？",
        )


RULE = Rule(
    code="D101",
    name="vague-quantifier",
    dimension=DimensionKey.DATA,
    severity=Severity.WARNING,
    since="0.1.0",
    title="用评价代替数字",
    what="“效果不错、有所提升、反馈很好、没什么人”这类评价，附近又没有数字支撑。",
    why="评价没法核对，也没法和下一期比；换成数字，成绩才算得到你头上。",
    bad=(
        Example("本周社群活动效果不错，大家反馈很好。", marks="效果不错"),
        Example("老用户回流一般般。", marks="老用户回流一般般"),
    ),
    good=(
        Example("本周社群活动效果不错，参与人数从120人涨到180人。"),
        Example("老用户回流 230 人，上周 310 人，少了 80 人。"),
    ),
    check=check,
)
