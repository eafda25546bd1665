"""The role word that bears on a number: 上周 55%, 目标 80, 比女装 32.75 万."""

import re

from service.core.numbers import cues
from service.core.numbers.cues import Cue, CueHits
from service.core.numbers.frames import Frame

# 比女装 but not 比，
_COMPARED = re.compile(r"[比较][^，。；、,\d]{1,8}$")
_DATED = frozenset("一二三四五六日天末月号周前0123456789")
_EARLIER = frozenset(("previous", "year_ago", "peer"))
_LOOK_BACK = 16  # a role word further left than this says nothing about the number
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
        than = _COMPARED.search(view, max(left, current.value.span.end), start)
        if than:  # 男装 31 万比女装 32.75 万少 5.3%
            return Cue(than.start(), start, "peer")
    return cue


def _bears(view: str, cue: Cue, start: int) -> bool:
    between = view[cue.end : start]
    if cue.role == cues.FLAT or "，" in between or "、" in between or "," in between:
        return False
    if cue.role not in _EARLIER:
        return True
    # 周五之前 is a deadline, 之前 55% is not
    deadline = view[cue.start] in "之以" and view[cue.start - 1 : cue.start] in _DATED
    return len(between) <= NEAR and not (deadline and cue.end - cue.start == 2)
