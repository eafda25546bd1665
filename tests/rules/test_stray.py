"""Plans that serve nothing told, and promises that came to nothing."""

from service.core.reading import ClaimKind, Reading, Trait
from tests.rules.notes import read

STORY = """退货率从 3% 升到 5%，尺码表没更新，12 个客户说穿着偏小。
下周：
- 周三前把尺码表换掉，退货率压到 3.5%
"""


def strays(reading: Reading) -> list[str]:
    """The plans marked as serving nothing."""
    return [reading.quote(c) for c in reading.of(ClaimKind.PLAN) if c.has(Trait.OFF_TOPIC)]


def test_a_task_about_something_else_is_a_stray() -> None:
    """A training about fire drills serves no return rate; the size table does."""
    assert strays(read(f"{STORY}- 参加消防培训")) == ["参加消防培训"]


def test_a_task_with_its_reason_is_none() -> None:
    """Who says why need not tie it to a problem."""
    assert "去消防队培训" not in "".join(strays(read(f"{STORY}- 因为年底要检查，去消防队培训")))
