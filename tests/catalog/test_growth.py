"""The catalog's work grows with the note, not with its square."""

import sys
from types import FrameType

from service.catalog import collect
from service.core.lexicon import load
from service.core.note import Note
from service.core.scoring.judge import judge
from service.rules.reader import RuleReader

PART = (
    "## 问题\n- 退款率从3%升到5%，主要是执行力不够\n- 夜班首响太慢\n- 成交额 12 万元\n"
    "## 下周\n- 继续优化退款流程\n- 周五前交部门通讯录\n\n"
)


def _calls(parts: int) -> int:
    """Count the Python and C calls that collecting the findings of a note takes."""
    reading = RuleReader(load()).read(Note(PART * parts))
    scores = judge(reading)
    count = 0

    def step(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    collect(reading, scores)  # imports and caches are not the note's
    sys.setprofile(step)
    try:
        collect(reading, scores)
    finally:
        sys.setprofile(None)
    return count


def test_twice_the_note_is_twice_the_work() -> None:
    """Within a quarter, from 20 parts to 40."""
    small, large = _calls(20), _calls(40)
    assert large < 2.5 * small
