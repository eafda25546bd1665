"""Figures that stand shortly before another, and what tells that two of them are states of one thing."""

import re
from collections.abc import Callable
from typing import NamedTuple

from service.core.arithmetic.interval import is_checkable
from service.core.arithmetic.passage import Passage
from service.core.lazy import lazy
from service.core.numbers.model import BaselineKind, Number, NumberKind

_REACH = 110  # characters looked back over
_FIGURES = 6
_LED = 16  # a verb of moving further from the first of two figures speaks of something else
# 上周, 原来, 旧版, 月初 but not 上线, 原因
EARLIER = lazy(
    r"上[一几俩两](?!线)[\u4e00-\u9fff]|上(?:个)?(?:周|月|礼拜|期|次|季|年|轮|批|场|届|回|版|学期)|前[一几俩两][\u4e00-\u9fff]|前(?:个)?(?:周|月|天|年|期|次|季|轮|批|场|晚|值)"
    r"|头(?:一|个)(?:周|月|回|次|季|年|天|轮|批|场)|去年|同期|昨|原(?:先|来|本|有|价|定)?(?!因|料|材)|之前|以前|此前|早先|起初|开始"
    r"|[改换装上线调训治]之?前|旧|老版|[年月期周季学]初(?![下定制])|月底前|往[年常期]|平[时日]|第一[周月次回]|首[周月日]"
)
_LATER = lazy(r"[本这今]|现|眼下|如今|目前|只[有剩]|之后|[改换装]后|新版|末")
# what makes the figure after it one to be met: 编制 30 人, 安全库存 600 盒 but not 超目标
AIM = lazy(
    r"(?<![超过离])(?:目标|任务|指标|计划|预算|预计|编制|定额|额度|配额|名额|定的|说好|应[\u4e00-\u9fff]|要求|合同|安全库存|安全线|满员|满座|额定|核定|需求?|标准|上限|红线|底线|门槛|排期|kpi|承诺|原定|保底|订[的了单]?|满[员编])"
    r"[^，。；\d差欠缺超剩]{0,4}$"
)
_MOVE = lazy(r"[到至成为]|→|->|=>|➡|—>|变|回落")
_DAY = lazy(
    r"周[一二三四五六日末]|\d ?[月号日周季]|[一二三四五六七八九十]月|第[\d一二三四五六]|W\d|[上中下]旬|"
    r"[上下]半|[上下]午|白班|夜班|早班|晚班|[Qq]\d",
    re.IGNORECASE,
)
# the number of another week or month: 720 人，第 26 周 850 人
_NUMBERED = lazy(r"第 ?\d{1,2} ?[周月期]|\d ?月|W\d", re.IGNORECASE)
_ASIDE = lazy(r"[(（][^()（）]*[)）]")
# ，上周 1,010 张 before another mark: a clause between two figures that tells one more
_CLAUSE = lazy(
    r"[，,；;/／](?:[^，；;/／、。\n,\d]|\d(?:,\d)?)*\d(?:[^，；;/／、。\n,]|,(?=\d))*(?=[，,；;/／、])"
)
_BROKEN = lazy(r"[。；;！!？?\n]")


class States(NamedTuple):
    """An earlier figure or an aim, the figure held against it, and which of both the first is."""

    base: Number
    value: Number
    kind: BaselineKind


def near(
    passage: Passage, at: int, fits: Callable[[Number], bool], most: int = _FIGURES, moved: bool = False
) -> list[int]:
    """Return the measures of the line before figure `at` that fit, nearest first, in no closed bracket.

    With `moved` what was taken or came counts too: 休掉 288 天.
    """
    start = passage.figures[at].span.start
    found: list[int] = []
    for i in passage.outer(at, 0):
        number = passage.figures[i]
        between = passage.view[number.span.end : start]
        if len(between) > _REACH or "\n" in between or len(found) == most:
            break
        told = number.kind is NumberKind.MEASURE or (
            moved and number.unit_kind in ("count", "duration", "money")
        )
        if told and is_checkable(number) and fits(number):
            found.append(i)
    return found


def own_time(passage: Passage, at: int) -> list[int]:
    """Return the measures before figure `at` of its own time, nearest first, in no closed bracket."""
    return [
        i
        for i in passage.outer(at, 0)
        if passage.figures[i].kind is NumberKind.MEASURE and not EARLIER.search(passage.label(i))
    ]


def link(passage: Passage, one: int, other: int) -> str:
    """Return the text between two figures without brackets and clauses that have figures of their own."""
    text = passage.between(one, other)
    return _CLAUSE.sub("", _ASIDE.sub("", text)) if other - one > 1 and len(text) <= _REACH else text


def is_parted(passage: Passage, one: int, other: int) -> bool:
    """Tell whether a sentence or a part of one ends between two figures."""
    return _BROKEN.search(passage.between(one, other)) is not None


def states(passage: Passage, first: int, second: int) -> States | None:
    """Return two neighbouring figures as before and after, or aim and outcome, None where nothing says so."""
    one, other = passage.figures[first], passage.figures[second]
    here, there = passage.label(first), passage.label(second)
    link = _ASIDE.sub("", passage.between(first, second))
    if AIM.search(here) is not None:
        return States(one, other, BaselineKind.TARGET)
    if AIM.search(there) is not None:
        return States(other, one, BaselineKind.TARGET)
    if len(link) <= _LED and "，" not in link and "、" not in link and _MOVE.search(link):
        return States(one, other, BaselineKind.START)
    earlier = EARLIER.search(here) is not None, EARLIER.search(there) is not None
    if earlier == (False, True):
        return States(other, one, BaselineKind.PREVIOUS)
    if earlier == (True, False):
        return States(one, other, BaselineKind.PREVIOUS)
    if _LATER.search(there) is not None and not any(earlier):
        return States(one, other, BaselineKind.PREVIOUS)
    if _LATER.search(here) is not None and not any(earlier) and _DAY.search(there):
        return States(other, one, BaselineKind.PREVIOUS)
    if _DAY.search(there) and not any(earlier) and not _LATER.search(there) and _NUMBERED.search(there):
        return States(
            other if not _DAY.search(here) else one,
            one if not _DAY.search(here) else other,
            BaselineKind.PREVIOUS,
        )
    if _DAY.search(here) and _DAY.search(there):
        return States(one, other, BaselineKind.PREVIOUS)
    return None
