"""Neighbouring clauses are joined while they say one thing."""

from tests.rules.notes import read, told


def test_a_fragment_joins_the_figure_before_it() -> None:
    """上周 70% belongs to 到课率 62%."""
    assert told(read("到课率 62%，上周 70%")) == [("problem", "到课率 62%，上周 70%")]


def test_another_metric_after_a_compared_one_is_a_claim_of_its_own() -> None:
    """Two metrics, each with its comparison, are two results."""
    assert len(told(read("到店人数 320 人，上周 280 人，客单价 46 元，上周 44 元"))) == 2


def test_two_evaluations_are_two_claims() -> None:
    """出餐慢了 and 客人也少了 are two things."""
    assert told(read("出餐慢了，客人也少了")) == [("problem", "出餐慢了"), ("problem", "客人也少了")]


def test_two_vague_plans_are_two_claims() -> None:
    """Neighbouring intentions without figure or date stand alone."""
    assert len(told(read("下周\n- 优化退货流程，加强客服培训"))) == 2


def test_a_cause_takes_all_its_clauses() -> None:
    """What goes on about a cause is part of it."""
    found = told(read("退货 40 单，因为尺码表没更新，客服也不知道"))

    assert [k for k, _ in found] == ["problem", "cause"]


def test_plain_praise_is_no_problem() -> None:
    """Whatever stands round it, 满意度还不错 is not taken for bad news."""
    text = "跌倒 2 例，目标 0，都在夜里。\n静脉炎 5 例，46 周 3 例。\n满意度还不错。\n"
    text += "接下来：\n1. 周一修好地灯"

    assert ("problem", "满意度还不错") not in told(read(text))
