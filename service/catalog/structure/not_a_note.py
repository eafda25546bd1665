"""S404: a text that reports on no work."""

from collections.abc import Iterator

from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import Reading


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft for a text in which nothing is done, reached, missed or planned, or not at work."""
    if not reading.is_note:
        nothing = "没读到工作内容：没有做了什么、结果、问题，也没有计划。"
        yield Draft(
            message="看不出这段写的是哪项工作。" if reading.claims else nothing,
            question="要看的是哪一段工作？写上这段时间最主要的一个结果就可以开始。",
        )


RULE = Rule(
    code="S404",
    name="not-a-note",
    dimension=None,
    severity=Severity.WARNING,
    since="0.1.0",
    title="不像工作笔记",
    what="整段文字没有写到工作：没有做了什么、结果、问题或计划。",
    why="三个维度都会是 1 级；多半是贴错了内容。",
    bad=(Example("床前明月光，疑是地上霜。"), Example("？！……——")),
    good=(Example("本周新增用户1200人。"), Example("下周三前上线新海报。")),
    check=check,
)
