"""Long notes are read in windows: every word is shown once, links reach back, the bill is one."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.document import parse
from service.core.errors import ReaderTimeout
from service.core.note import Note
from service.core.reading import ClaimKind, Relation
from service.llm.completion import Message
from service.llm.reader import LlmReader
from service.llm.scripted import Scripted
from service.llm.show import WINDOW, show, windows
from tests.llm.notes import claim, plain, reading

PROBLEM = "首屏加载要 6 秒，用户等不及就走了"
PLAN = "下周三前压缩首屏图片到 200KB"


def _long() -> str:
    filler = "\n".join(f"第 {n} 天巡检记录，设备运行正常，没有新增工单。" for n in range(WINDOW // 20))
    return f"{PROBLEM}\n{filler}\n{PLAN}"


@given(st.text(alphabet="周报新客。；\n 12", max_size=400), st.integers(20, 80))
def test_windows_hold_every_word_once_and_in_order(text: str, limit: int) -> None:
    """Joined, the windows are the shown note; none is over its limit."""
    document = plain(text)
    parts = windows(document, limit)
    assert all(len(part) <= limit for part in parts)
    assert re.sub(r"\s", "", "".join(parts)) == re.sub(r"\s", "", show(document))


def test_window_opens_with_a_heading_where_it_can() -> None:
    """A part of the note is not torn from its heading."""
    document = parse("## 结果\n" + "新客很多。" * 12 + "\n## 计划\n" + "继续投放。" * 6)
    assert windows(document, 80)[1].startswith("## 计划")


def test_whole_report_on_one_line_is_cut_between_sentences() -> None:
    """A line longer than a window ends its windows with sentences."""
    parts = windows(plain("本周新客 300 人，上周 250 人。" * 40), 100)
    assert len(parts) > 1
    assert all(part.endswith("。") for part in parts)


async def test_link_across_windows_is_kept() -> None:
    """A plan in the last window can serve a problem of the first, by the id it was told."""

    def answer(messages: list[Message]) -> dict[str, Any]:
        user = messages[-1]["content"]
        if PROBLEM in user.split("<周报")[1]:
            return {"claims": [{"id": "c1", "quote": PROBLEM, "kind": "problem"}]}
        if PLAN in user:
            told = re.search(r"^(\S+) problem ", user, re.M)
            assert told is not None
            links = [{"relation": "addresses", "target": told.group(1)}]
            return {"claims": [{"id": "c1", "quote": PLAN, "kind": "plan", "links": links}]}
        return {"claims": []}

    text = _long()
    by_rule = reading(
        text, claim(text, "c1", ClaimKind.PROBLEM, PROBLEM), claim(text, "c2", ClaimKind.PLAN, PLAN)
    )
    scripted = Scripted(answer)
    found = await LlmReader(scripted).read(Note(text), by_rule, 60.0)

    assert len(scripted.asked) >= 2
    assert [(k.relation, k.target) for k in found.reading.claims[-1].links] == [(Relation.ADDRESSES, "c1")]
    assert found.usage.llm_calls == len(scripted.asked)


async def test_bill_of_the_windows_read_is_told_when_a_later_one_fails() -> None:
    """What was spent before the failure is not forgotten."""
    text = _long()
    scripted = Scripted({"claims": []}, ReaderTimeout("慢"))
    with pytest.raises(ReaderTimeout) as raised:
        await LlmReader(scripted).read(Note(text), reading(text), 60.0)
    assert raised.value.usage is not None
    assert raised.value.usage.input_tokens == 100
