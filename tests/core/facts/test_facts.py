"""What a text states: figures, dates, names, status, negations, guesses and causes."""

import pytest

from service.core.facts import FactKind, derivations, facts
from service.core.facts.missing import without_blanks
from service.core.facts.tokens import mask, put, tokens
from service.core.numbers import scan


def stated(text: str, kind: FactKind) -> list[str]:
    """Return the facts of one kind as compared."""
    return [fact.key for fact in facts(text).of(kind)]


@pytest.mark.parametrize(
    ("text", "kind", "keys"),
    [
        ("新增 1.2w 人，涨了 20%", FactKind.NUMBER, ["12000人", "20%"]),
        ("周三前交，月底上线", FactKind.DATE, ["周三", "月底"]),
        ("给 iOS 用户发《掌灯》的券", FactKind.NAME, ["ios", "掌灯"]),
        ("方案取消了，海报已上线", FactKind.STATUS, ["取消", "已上线"]),
        ("客户没来，效果不错，差不多", FactKind.NEGATION, ["没来"]),
        ("好像是仓库漏发", FactKind.GUESS, ["好像"]),
        ("退款多了，因为尺码表标错了", FactKind.CAUSE, ["尺码表标错了"]),
        ("尺码表标错导致退款变多", FactKind.CAUSE, ["尺码表标错"]),
    ],
)
def test_a_fact_is_found(text: str, kind: FactKind, keys: list[str]) -> None:
    """Each kind of fact is read out of a plain sentence, and nothing else of its kind."""
    assert stated(text, kind) == keys


def test_a_blank_states_nothing() -> None:
    """What a token asks for counts neither as figure nor as date, name, status or cause."""
    found = facts("人数【待补：3 月 5 日完成的 120 人】，因为【待补：直接原因】")
    assert found.items == ()


def test_other_brackets_are_no_blanks() -> None:
    """A title in the same brackets is text like any other."""
    assert tokens("【第42周 果品上行】【待补：目标值】") == ["【待补：目标值】"]
    assert mask("【待补：甲】和【待核：乙】") == "□和□"


def test_answers_go_in_at_once() -> None:
    """An answer is never searched for further tokens."""
    text = "【待补：甲】、【待补：乙】"
    assert put(text, {"【待补：甲】": "【待补：乙】", "【待补：乙】": "2"}) == "【待补：乙】、2"


@pytest.mark.parametrize(
    ("value", "unit", "formula"),
    [(60.0, "%", "800人/500人-1"), (300.0, "人", "800人-500人")],
)
def test_a_derivation_shows_its_sum(value: float, unit: str, formula: str) -> None:
    """500 to 800 is +60 % and +300, each with the sum that gives it."""
    view = "从500人到800人"
    found = {(round(d.value, 6), d.unit, d.formula) for d in derivations(scan(view), view) if d.sign > 0}
    assert (value, unit, formula) in found


def test_percentages_differ_in_points() -> None:
    """The difference of two rates is told in percentage points, never in per cent."""
    view = "从3%到5%"
    units = {d.unit for d in derivations(scan(view), view) if d.formula == "5%-3%"}
    assert units == {"pp"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("投诉 46 件，是因为【待补：直接原因】（依据：【待补：看了什么】）", "投诉 46 件"),
        ("售后61单（上周【待补：上周单数】单），都回了", "售后61单，都回了"),
        ("短信点击从1.3%提到【待补：目标】", "短信点击从1.3%提到□"),
        ("没有空的一句。", "没有空的一句。"),
    ],
)
def test_a_frame_goes_with_its_blank(text: str, left: str) -> None:
    """Only the author's own words are left of a clause that waits for an answer."""
    assert without_blanks(text) == left
