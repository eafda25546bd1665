"""Pairs of claims: the fast score is the sum of the signs that training sees."""

from random import Random

import pytest

from service.core.lexicon import load
from service.rules import learned
from service.rules.logit import BIAS, logit
from service.rules.pairs import BEARS_ON, Candidates, Pairs, Told
from service.rules.reader import RuleReader
from service.rules.unit import Unit

_NOTE = """## 本周成果
- 新客首购转化率 {a}%，上周 {b}%
- 做了 {c} 场直播，效果不错
## 问题与原因
- 新客首购转化率只有 {a}%，主要是支付页报错，查日志发现 {c} 次
- 退货 {b} 单，因为包装太薄；回访 {c} 人里有 3 人说摔坏了
- 老客沉默，可能和活动少有关
| 门店 | 问题 | 原因 | 措施 |
|---|---|---|---|
| 甲店 | 退货 {c} 单 | 包装薄 | 换包装 |
| 乙店 | 客诉 {b} 单 | 排队久 | 加一个收银台 |
## 下周计划
- 周三前修好支付页，新客首购转化率做到 {b}%
- 换加厚包装，小陈负责
- 继续优化运营
"""


def _units(seed: int) -> list[Unit]:
    dice = Random(seed)
    text = _NOTE.format(a=dice.randint(11, 30), b=dice.randint(31, 60), c=dice.randint(2, 9))
    return RuleReader(load()).draft(text, "weekly").units


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", BEARS_ON)
def test_scores_are_what_the_signs_add_up_to(kind: str, seed: int) -> None:
    """By the packaged weights, and by weights made up for every sign that occurs."""
    units = _units(seed)
    pairs, near = Pairs(units), Candidates(units)
    dice = Random(seed)
    made = {BIAS: dice.randint(-300, 300)}
    asked = {
        at: {other: Told.of(units[other]) for other in near.of(at)}
        for at, unit in enumerate(units)
        if unit.kind is kind
    }
    assert any(asked.values())
    for at, told in asked.items():
        for signs in pairs.signs(at, told).values():
            made.update({sign: dice.randint(-300, 300) for sign in signs if sign not in made})

    for at, told in asked.items():
        for table in (learned.load().questions[kind], made):
            written = {other: logit(table, signs) for other, signs in pairs.signs(at, told).items()}
            assert pairs.scores(at, told, table) == written
