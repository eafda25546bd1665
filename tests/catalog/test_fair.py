"""Findings that an author would call unfair: what is told already, can't be better, or was never claimed."""

import pytest

from service.catalog import collect
from service.core.finding import Finding
from service.core.lexicon import load
from service.core.note import Note
from service.core.scoring.judge import judge
from service.rules.reader import RuleReader

READER = RuleReader(load())


def findings(text: str, code: str) -> list[Finding]:
    """Return a note's findings of one code."""
    reading = READER.read(Note(text))
    return [f for f in collect(reading, judge(reading))[0] if f.code == code]


@pytest.mark.parametrize("text", ["本周培训考核合格率100%。", "家长问卷回收率 100%。"])
def test_what_cannot_be_better_is_not_asked_for_a_comparison(text: str) -> None:
    """A full rate speaks for itself; the same rate below 100% is asked about."""
    assert not findings(text, "D102")
    assert findings(text.replace("100%", "97%"), "D102")


def test_a_basis_in_brackets_is_a_basis() -> None:
    """Who wrote the counts behind a rate is not asked for its denominator; a target there is none."""
    note = (
        "本周出勤率 91.2%（{}），上周 94.7%。\n大班入园率 88%，上周 85%，其中新生 70%。\n"
        "晨检合格率 97%，上周 95%，其中小班 99%。\n迟到 4 人，上周 9 人。"
    )
    told = [f.quote or "" for f in findings(note.format("30人，5天，缺勤13人次"), "D104")]
    assert not any("出勤率" in quote for quote in told)


def test_a_guess_is_not_said_to_be_proven() -> None:
    """R206 asks what stands behind a proven cause; a guess is R204's."""
    text = (
        "## 问题\n- 缓存命中率从92%掉到38%，疑似客户端 DNS 没刷新，日志里 40 次请求有 31 次打到旧地址\n"
        "## 下周\n- 周四演练一次"
    )
    assert not [f for f in findings(text, "R206") if "疑似" in (f.quote or "")]


@pytest.mark.parametrize(
    ("plan", "told", "asked"),
    [
        ("看看新版本的特性", "没说看完用在哪", "手上哪个问题"),
        ("提升粘性", "改", "先做哪件事"),
        ("优化退款流程", "改", "先改哪一处"),
        ("看看退款率", "盯哪个数", "到多少就动手"),
    ],
)
def test_a_vague_plan_is_asked_what_fits_its_object(plan: str, told: str, asked: str) -> None:
    """A novelty is asked what for, a figure what to do for it, a process which place to change."""
    (found,) = findings(f"本周退款率从3%升到5%。\n下周计划：\n- 继续{plan}", "P303")
    assert told in found.message
    assert asked in (found.question or "")
