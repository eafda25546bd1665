"""Parts told in running text after their total: 60 单退票里晚点 37、改期 14、错购 7，别的一单没有."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from service.core.arithmetic.interval import is_checkable
from service.core.arithmetic.passage import Passage, thing_of
from service.core.lazy import lazy
from service.core.numbers.model import Number, NumberKind

_REACH = 160  # a list longer than this is not followed
_MOST_PARTS = 24
_LEAST = 0.75  # two parts that come to less of a total are not all of it
_ALIKE = 0.15  # parts told in one unit throughout that come this close are meant for the total
_NEARLY = 0.95  # and so are two parts that miss this little
_MOST = 1.3  # parts that come to more than this times the total belong to something else
# between a total and its first part: "里晚点 ", "，上菜慢 ", "(18)，摔破 " but not "，比上周 "
_LEAD = lazy(r"[^，。；、,;:：\n\d]{0,8}(?P<link>[里中]|[，,:：])(?P<name>[^，。；、,;:：\n\d]{1,8})")
# a bracket with nothing but an earlier figure in it
BRACKET = lazy(r" ?[(（][^()（）\n]{1,12}[)）]")
# "、" or "，" with the next part's name, perhaps after words on the part before: 起、水管
_NEXT = lazy(r"(?P<link>[^，。；、,;:：\n\d]{0,4}[、，,]|)(?P<name>[^，。；、,;:：\n\d]{0,8})")
# said of a list that is complete: 别的一单没有, 没有别的, 其余 but not 其中
_CLOSED = lazy(
    r"(?:别的|其他|其它|另外|其余)[^，。；\n]{0,8}(?:没有|为零|是零(?![散星碎])|都是 ?0)"
    r"|没有?[^，。；\n]{0,2}(?:别|其他|其它)的?|就这[些几两三四五六]|[全都]在这"
)
_THING = lazy(r" ?[\u4e00-\u9fff]{1,6}[，：,:(（里中]")  # 300 枝玫瑰，: counted in a word of its own
# who and what goes through steps: 到店 34 人，试驾 21 人，下单 9 人 are no parts
_STEPPING = frozenset("人单户家位组个条次")
# the names of all there is of a thing, in any order
KINDS = (
    ("上半", "下半"), ("男", "女"), ("新", "老"), ("线上", "线下"), ("白班", "夜班"), ("早班", "晚班"),
    ("上午", "下午"), ("国内", "国外"), ("国内", "海外"), ("城区", "郊区"), ("短途", "长途"), ("城", "乡"),
    ("堂食", "外卖"), ("纸质", "电子"), ("直营", "加盟"), ("自营", "加盟"),
    ("自营", "外包"), ("成人", "儿童"), ("大人", "小孩"), ("初诊", "复诊"), ("会员", "散客"),
    ("进口", "国产"), ("住宿", "走读"),
    ("早场", "晚场"), ("直客", "代理"), ("本地", "外地"), ("赞成", "反对"), ("移动", "pc"), ("ios", "安卓"),
    ("自然", "付费"), ("按时", "逾期"), ("按期", "延期"), ("在用", "闲置"), ("在岗", "请假"),
    ("好评", "中评", "差评"), ("赞成", "反对", "弃权"), ("同意", "反对", "弃权"), ("优", "良", "差"),
    ("高", "中", "低"), ("老", "中", "青"), ("早", "中", "晚"), ("满意", "一般", "不满意"),
)  # fmt: skip
_MYRIADS = 100.0  # the last digit of 18.6 万, which is told of money or heads, whatever unit is left off
_MORE = lazy(r"[^，。；\n]{0,4}[，,、；](?:其余|其他|其它|另|还有|剩)")
_BACK = 12  # characters before a total in which it is said of how many parts
_FOLLOW = 20  # characters after a list in which it is said to be complete
_REST = lazy(r"^ ?(?:其余|剩下?的?|还剩|其他|其它|别的)[^，。；\d]{0,4}$")
# 两店合计 86 人: how many parts there are
_BOTH = lazy(r"[两俩]个?[\u4e00-\u9fff]{0,2}(?:合计|一共|总共|共)[^，。；\d]{0,4}$")
_SUMMED = lazy(r"(?:合计|一共|总共|总计|共计|共)[^，。；\d]{0,4}$")
# a name that makes a figure no part: another time's, a target's, a share, or one of a kind
_NO_PART = lazy(
    r"其中|主要|最|目标|计划|上周|上月|上期|去年|前(?![端台厅锋门道置院])|同期|环比|同比|平均|均|占|率"
    r"|比|→|每|含|到|涨|降|多|共|净|等 ?$|人均|又|再|另|新[进收入增]|补[进入充]|退回"
)
# 不合格, 非会员, 没到
_NOT = lazy(r"(?:不|非|无|没有?|未)(?P<what>[\u4e00-\u9fff]{1,4})[ :：]?$")


class Listed(NamedTuple):
    """The parts of a total with the text they stand in and whether nothing else is said to be."""

    parts: list[Number]
    text: str
    closed: bool


def listed(passage: Passage, at: int) -> Listed | None:
    """Return the parts that run on after figure `at`, None where what follows is no list of parts.

    Only 、 or one unit throughout holds a list together, and a list that may go on proves only that its parts
    are too many; whether it is complete is told by a rest (其余 12) or by words such as 别的没有.
    """
    view, figures = passage.view, passage.figures
    end = figures[at].span.end
    aside = BRACKET.match(view, end)
    here = aside.end() if aside else end
    lead = _LEAD.match(view, here)
    if lead is None or _NO_PART.search(lead["name"]):
        return None
    first = next((i for i in range(at + 1, min(at + 4, len(figures))) if figures[i].span.start >= here), None)
    if first is None or lead.end() != figures[first].span.start:
        return None
    parts, links, rest, end = _run(passage, first, here)
    start = figures[at].span.start
    follow = view[end : end + _FOLLOW]
    closed = rest or _CLOSED.search(follow) is not None
    labels = [passage.label(i) for i in range(first, first + len(parts))]
    series = len(parts) > 2 and all(parallel(a, b) for a, b in pairwise(labels))  # 城东, 城西, 城北
    closed = closed or (_MORE.match(follow) is None and (series or are_all(labels)))
    closed = closed or (len(parts) == 2 and _BOTH.search(view[max(0, start - _BACK) : start]) is not None)
    if len(parts) == 2 and _MORE.match(follow) is None and re.match(r"[，。；\n]|$", follow):
        share = sum(p.value for p in parts) / figures[at].value
        near = links == "、" and (1 < share <= 1 + _ALIKE or _NEARLY <= share < 1)
        closed = closed or parallel(*labels) or near
    if rest and len(parts) == 2 and "剩" in labels[1]:
        return None  # 预算 80 万，已花 52 万，剩 28 万: the rest is in doubt, and not the whole
    if len(parts) < (2 if closed else 3) or not _is_bound(passage, at, parts, links, closed):
        return None
    share = sum(p.value for p in parts) / figures[at].value
    if share > _MOST or (len(parts) == 2 and share < _LEAST):
        return None
    return Listed(parts, view[here:end], closed)


def parallel(one: str, other: str) -> bool:
    """Tell whether two names differ in one character: 周六, 周日; 东区, 西区; 左撇子, 右撇子."""
    same = sum(a == b for a, b in zip(one, other, strict=False))
    return len(one) == len(other) >= 2 and same == len(one) - 1


def are_opposed(one: str, other: str) -> bool:
    """Tell whether the second of two names denies the first: 合格, 不合格; 有效, 无效; 到账, 没到."""
    no = _NOT.search(other)
    return no is not None and (no["what"][:1] in one or (no[0][0] == "无" and one.startswith("有")))


def are_all(labels: Sequence[str]) -> bool:
    """Tell whether names are those of all there is: 有效, 无效; 新客, 老客; 好评, 中评, 差评."""
    told = [label.lower().replace(" ", "") for label in labels]
    if len(told) == 2 and (are_opposed(*told) or are_opposed(*told[::-1])):
        return True
    return any(
        all(any(kind in name for name in told) for kind in kinds)
        and all(any(kind in name for kind in kinds) for name in told)
        for kinds in KINDS
        if len(kinds) == len(told)
    )


def _run(passage: Passage, first: int, start: int) -> tuple[list[Number], str, bool, int]:
    """Return the parts from figure `first` on, the marks between them, if a rest ends them, and where."""
    view, figures = passage.view, passage.figures
    parts, links, rest = [figures[first]], "", False
    end = figures[first].span.end
    for number in islice(figures, first + 1, first + _MOST_PARTS):
        found = _NEXT.match(view, end)
        if found is None or found.end() != number.span.start or end - start > _REACH:
            break
        rest = _REST.search(found["name"]) is not None or (len(parts) > 1 and found["name"].strip() == "还有")
        if not rest and _NO_PART.search(found["name"]):
            break
        parts.append(number)
        links += found["link"][-1:] or "·"
        end = number.span.end
        if rest:
            break
    return parts, links, rest, end


def _is_bound(passage: Passage, at: int, parts: Sequence[Number], links: str, closed: bool) -> bool:
    total = passage.figures[at]
    if not all(_is_part(total, part) for part in parts):
        return False
    if set(links) <= {"、"} or closed:
        return True
    things = {thing_of(passage.view, n) for n in (total, *parts)}
    share = sum(p.value for p in parts) / total.value
    if (
        len(parts) >= 3
        and things.isdisjoint(_STEPPING)
        and len(things) <= 2
        and (len(things - {""}) == 1 or all(passage.text(n).endswith("万") for n in (total, *parts)))
        and (len(things) == 1 or _bare(passage, parts))
        and abs(share - 1) <= _ALIKE
    ):
        return True  # 96 把椅子，办公 54 把，会议 36 把，培训室 12 把
    summed = _SUMMED.search(passage.label(at)) is not None
    return summed and all(part.unit in ("", total.unit) for part in parts)


def _bare(passage: Passage, parts: Sequence[Number]) -> bool:
    return not any(thing_of(passage.view, part) for part in parts)


def _is_part(total: Number, part: Number) -> bool:
    if part.kind is not NumberKind.MEASURE or part.unit_kind not in ("count", "money", "none"):
        return False
    return is_checkable(part) and part.unit in ("", total.unit) and 0 < part.value < total.value


def lists(passage: Passage) -> Iterator[tuple[Number, Listed]]:
    """Yield the totals of a note that parts run on after, with these; a part of one is no total itself."""
    taken = 0
    for at, number in enumerate(passage.figures[:-2]):
        if number.span.start < taken or number.kind is not NumberKind.MEASURE or number.value <= 0:
            continue
        if not is_checkable(number):
            continue
        bare = number.unit_kind == "none" and (
            number.step >= _MYRIADS or _THING.match(passage.view, number.span.end) is not None
        )
        if number.unit_kind not in ("count", "money") and not bare:
            continue
        found = listed(passage, at)
        if found is not None:
            taken = found.parts[-1].span.end
            yield number, found
