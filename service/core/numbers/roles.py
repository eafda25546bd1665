"""The role word that bears on a number: 上周 55%, 目标 80, 比女装 32.75 万."""

import re

from service.core.numbers import cues
from service.core.numbers.cues import Cue, CueHits
from service.core.numbers.frames import Frame

# 比女装 but not 比，
_COMPARED = re.compile(r"[比较][^，。；、,\d]{1,8}$")
# 低于分行平均 68%, 全公司平均 12 单 but not 平均 12 单, 日平均
_AVERAGE = re.compile(
    r"(?:[低高优劣少多大小]于|超过|超出|不及|不如|好过|赶不上)[^，。；、,\d]{0,6}(?:平均|均值|中位)[^，。；、,\d]{0,3}$"
    r"|(?:[全各本同分总大][行区店组司部校院站国网省市县线]|行业|集团|公司|部门|同业|同行|片区|条线)(?:的)?(?:平均|均值|中位)[^，。；、,\d]{0,3}$"
)
_DATED = frozenset("一二三四五六日天末月号周前0123456789")
_EARLIER = frozenset(("previous", "year_ago", "peer"))
_LOOK_BACK = 16  # a role word further left than this says nothing about the number
_DEFINED = 6  # characters before a role word in which 括号 makes it a definition
NEAR = 8  # 上周 and the like bear on a number at most this far right


def role_of(
    view: str, roles: CueHits, between: tuple[int, int], current: Frame | None, dated: bool
) -> Cue | None:
    """Return the role word nearest to the end of a gap, None where a comma or another word parts them.

    A period's name or a mark right before a number (`dated`) makes it an earlier one.
    """
    first, start = between
    left = max(first, start - _LOOK_BACK)
    cue = roles.last(left, start)
    if cue is not None and not _bears(view, cue, start):
        cue = None
    if cue is None and dated:
        return Cue(start, start, "previous")
    if cue is None and current is not None and current.value is not None:
        floor = max(left, current.value.span.end)
        than = _COMPARED.search(view, floor, start)
        if than is None and _has_average(view, floor, start):
            than = _AVERAGE.search(view, floor, start)
        if than:  # 男装 31 万比女装 32.75 万少 5.3%
            return Cue(than.start(), start, "peer")
    return cue


def _has_average(view: str, start: int, end: int) -> bool:
    return view.find("均", start, end) >= 0 or view.find("中位", start, end) >= 0


def _bears(view: str, cue: Cue, start: int) -> bool:
    between = view[cue.end : start]
    if "括号" in view[max(0, cue.start - _DEFINED) : cue.start]:
        return False  # 括号里是上周：邀请 38.3%(38.0%)
    if cue.role in (cues.FLAT, cues.ZERO) or "，" in between or "、" in between or "," in between:
        return False
    if cue.role not in _EARLIER:
        return True
    # 周五之前 is a deadline, 之前 55% is not
    deadline = view[cue.start] in "之以" and view[cue.start - 1 : cue.start] in _DATED
    return len(between) <= NEAR and not (deadline and cue.end - cue.start == 2)
