"""Rates, shares and attainment against the two counts nearest to them: 36 份到期，续了 27 份，续签率 75%."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import permutations

from service.core.arithmetic.interval import is_checkable
from service.core.arithmetic.nearby import AIM, EARLIER, is_parted, near
from service.core.arithmetic.passage import Passage, is_count, is_rate, thing_of
from service.core.arithmetic.rate import compare, is_near
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number, NumberKind, Precision

_ADVERBS = (
    r"(?:是|为|约|才|只有|只|仅有?|有|到|达到?|近|将近|大概|接近|差不多|高达|做到|写着|了|出头|已|已经|"
    r"刚){0,3}[ :：]?$"
)
_SHARE = lazy(
    r"(?P<subject>[^，。；]{0,10}?)占(?:了|到|比|去|全部|总数|总量|整体|其中|总[\u4e00-\u9fff]{1,3}|全[\u4e00-\u9fff]{1,3})?的?"
    + _ADVERBS
)
_DONE = lazy(
    r"(?:^|[^间序时])(?:完成|达成|进度|执行|兑现|落实|达标|实现|做到|履约|交付|消化|进展)(?:率|度|比例|进度|了)?(?:任务|目标|计划|全年|的)?"
    + _ADVERBS
)
_NAMED = lazy(
    r"(?:(?P<stem>[\u4e00-\u9fff]{2,3}?)(?:率|比例)|(?P<deal>转化))(?:[(（][^()（）]{1,8}[)）])?" + _ADVERBS
)
# rates that are made of other figures than two counts, or of another time's
_FOREIGN = lazy(
    r"毛利|净利|利润|增长|同比|环比|折扣|汇|税|(?<!续)(?<!缴)费率|利率|首次|一次|次[日月周]|首[日月周]|\d|满意|周转|同期|去年|上[周月]|行业|目标|时间|序时|平均|提升|下降|留存|收益|回报|贡献|误差|波动|收缩|复合|单"
)
_KIN = (
    ("成交转化下单签约报名购", "买签下单成交付掏定扫到注购开转"),
    ("到岗出勤课场诊签参与席", "到来实出席参在"),
    ("废品不良次缺陷报瑕疵", "不良扔废次坏返瑕"),
    ("破损耗坏", "破损碎坏烂漏"),
    ("通过合格达标及", "过合格达标及"),
    ("完成办结销号解决闭环关整改", "完办销解关做交修处改"),
    ("入住上座出租使用占利", "住坐租用客"),
    ("续费约签复购报", "续回再复"),
    ("打开点击阅读", "点开看读"),
    ("回复响应答接通起", "回接应复"),
    ("流失退货款订费漏", "漏走退流"),
    ("准时及按履约", "按准及"),
    ("逾期超延误迟到晚", "逾超晚迟误延"),
    ("录取用中签命", "录中"),
    ("接受", "点应"),
    ("正确", "对"),
)
_SPENT = lazy(r"执行|使用|进度|消化")
_MADE = lazy(
    r"[率占例化]|核销|使用|完成|达成|进度|执行|兑现|落实|达标|实现|做到|履约|交付|消化|进展|是|为|约|才|只|仅|有|到|近|大概|接近|差不多|了|出头|已|刚"
)
_MOVED = lazy(r"→|->|=>")
_BACK = 24  # characters before two counts in which the subject of their rate may be told
_OVERALL = ("整体", "综合", "总体", "本周", "本月", "最终", "实际")
_ALL_OF = lazy(r"[全总](?!部|数|量|体|额)(?P<whole>[\u4e00-\u9fff]{1,2})")
_AHEAD = lazy(r" ?(?:[:：(（]|——) ?[^，。；\d]{0,8}")  # between a rate and its counts
_COMMON = frozenset("率数人用户的了化成")
_REACH = 24  # characters between a part and its rate
_AROUND = 6  # figures before a rate, in brackets too, of which some two may make it
_APART = 30  # and between the whole and the part
_OFF = 2.0  # a rate so many times off is another's
_MOST_COUNTS = 8  # of a funnel told before its rates
_FEWEST = 2  # rates told one after the other
_DONE_OFF = 1.6
_UNSURE_OFF = 1.4  # and where only its place ties it to the counts
_AFTER = 6


def check_proportions(passage: Passage) -> Iterable[Mismatch]:
    """Yield rates, shares and attainments that the two counts nearest before them contradict."""
    figures = passage.figures
    for at in range(2, len(figures)):
        stated = figures[at]
        if stated.kind is not NumberKind.MEASURE or stated.unit not in ("%", "‰") or not is_checkable(stated):
            continue
        label = passage.label(at)
        if EARLIER.search(label):
            continue
        yield from _check(passage, at, stated, label)
    for at in range(len(figures) - 2):
        yield from _ahead(passage, at)
    for first, last in passage.groups:
        yield from _listed(passage, first, last)


def _listed(passage: Passage, first: int, last: int) -> Iterable[Mismatch]:
    """Check 私信 1,200 条、加微信 360 个、成交 54 单，加微率 30%，成交率 15%: each by the count before."""
    figures = passage.figures
    rates = [i for i in range(first + 2, last) if figures[i].unit == "%"]
    if len(rates) < _FEWEST or rates != list(range(rates[0], last)):
        return
    counts = [i for i in range(first, rates[0]) if is_count(figures[i])]
    if len(counts) > _MOST_COUNTS or counts != list(range(first, rates[0])):
        return
    now = [i for i in counts if not EARLIER.search(passage.label(i))]  # 加微 360 个，上周 300 个
    for at in rates:
        stated, named = figures[at], _NAMED.search(passage.label(at))
        if named is None or stated.kind is not NumberKind.MEASURE or _FOREIGN.search(passage.label(at)):
            continue
        own = [k for k in range(1, len(now)) if (named["stem"] or named["deal"])[:2] in passage.label(now[k])]
        if len(own) != 1 or any(is_rate(stated, figures[a], figures[b]) for a, b in permutations(counts, 2)):
            continue
        part, whole = figures[now[own[0]]], figures[now[own[0] - 1]]
        if part.value < whole.value and 1 / _OFF <= part.value / whole.value * 100 / stated.value <= _OFF:
            yield from compare(passage, stated, part, whole)


def _ahead(passage: Passage, at: int) -> Iterable[Mismatch]:
    """Check 良品率 96%：一共 850 片，挑出坏的 51 片."""
    stated = passage.figures[at]
    if stated.unit != "%" or stated.kind is not NumberKind.MEASURE or not _NAMED.search(passage.label(at)):
        return
    one, other = passage.figures[at + 1 : at + 3]
    if (
        not is_checkable(stated)
        or _FOREIGN.search(passage.label(at))
        or not _AHEAD.fullmatch(passage.gap(at + 1))
    ):
        return
    if not (_is_amount(one) and is_count(other)) or thing_of(passage.view, one) != thing_of(
        passage.view, other
    ):
        return
    link = passage.gap(at + 2)
    if len(link) > _APART or re.search(r"[。；\n]", link) or EARLIER.search(passage.label(at + 1)):
        return
    small, big = sorted((one, other), key=lambda n: n.value)
    if small.value == big.value or is_rate(stated, small, big):
        return
    got = small.value / big.value * 100
    told = min(stated.value, 100 - stated.value), min(got, 100 - got)
    if min(told) > 0 and max(told) / min(told) <= _OFF:
        rest = (stated.value > 50) != (got > 50)
        part = replace(small, value=big.value - small.value) if rest else small
        yield from compare(passage, stated, part, big, rest=small if rest else None)


def _check(passage: Passage, at: int, stated: Number, label: str) -> Iterable[Mismatch]:
    if stated.unit == "‰":
        stated = replace(stated, value=stated.value / 10, step=stated.step / 10, unit="%")
    if _FOREIGN.search(label):
        return
    places = near(passage, at, _is_amount, moved=True)
    places = [i for i in places if not EARLIER.search(passage.label(i))]  # 1,150 张，上周 1,010 张
    if len(places) < 2 or (places[0] < at - 1 and _has_rate_between(passage, places[0], at)):
        return
    pair = _pair(passage, at, places, label)
    if pair is None:
        return
    part, whole = pair
    counts = [n for n in passage.figures[max(0, at - _AROUND) : at + 2] if _is_amount(n)]
    if any(
        is_rate(stated, a, b)
        for a, b in permutations(counts, 2)
        if _may_be_of(passage, a, b) and _may_be_of(passage, a, part)
    ):
        return
    got = part.value / whole.value * 100
    sure = (
        _DONE.search(label) is not None
        or _SHARE.search(label) is not None
        or _is_carried(passage, at, places, label)
    )
    off = (_DONE_OFF if _DONE.search(label) else _OFF) if sure else _UNSURE_OFF
    if 1 / off <= got / stated.value <= off and is_near(stated, part, whole):
        yield from compare(passage, stated, part, whole)


def _is_amount(number: Number) -> bool:
    """Tell whether a figure may be a part or a whole: a count, or so many days of so many."""
    days = number.unit_kind == "duration" and number.precision is Precision.EXACT
    moved = number.kind is NumberKind.CHANGE and number.unit_kind in ("count", "money") and number.value > 0
    return is_count(number) or moved or (days and number.value > 1)


def _has_rate_between(passage: Passage, part: int, at: int) -> bool:
    """Tell whether anything but what stands in a bracket lies between a part and its rate."""
    text = re.sub(r"[(（][^()（）]*[)）]", "", passage.between(part, at))
    return re.search(r"\d", text) is not None


def _pair(passage: Passage, at: int, places: Sequence[int], label: str) -> tuple[Number, Number] | None:
    """Return the part and the whole a rate is of by its words, None where that isn't sure."""
    figures = passage.figures
    one, other = figures[places[0]], figures[places[1]]
    if len(passage.between(places[0], at)) > _REACH or len(passage.between(places[1], places[0])) > _APART:
        return None
    if _has_own_share(passage, places[1]) or (one.unit and not other.unit and one.unit_kind != "money"):
        return None
    dealt = _is_carried(passage, at, places, label) and "money" not in (one.unit_kind, other.unit_kind)
    if not (dealt or _is_same(passage, one, other)):
        return None
    share = _SHARE.fullmatch(label)
    if share is not None:
        # a share may be of a whole told in the sentence before
        if is_parted(passage, places[0], at) or (
            is_parted(passage, places[1], at) and (not one.unit or places[1] != places[0] - 1)
        ):
            return None
        every = _ALL_OF.search(label)
        if every is not None and re.search("[全总共]|" + every["whole"], passage.label(places[1])) is None:
            return None  # 260 单，占全天 62%
        subject = share["subject"].strip().rstrip("的")
        end = one.span.end
        told = re.split(r"[，。；、,;]", passage.view[end : end + len(subject) + 2])[0]
        foreign = len(subject) > 1 and subject not in told
        parallel = re.match(r" ?[、和与+]", passage.view[other.span.end :][:2]) is not None
        return None if foreign or parallel or one.value >= other.value else (one, other)
    if is_parted(passage, places[1], at):
        return None
    if _DONE.search(label) is not None:
        if "预算" in passage.label(places[1]) and _SPENT.search(label) is None:
            return None  # 预算 20 万，已用 16 万，完成率 92%
        return (one, other) if _is_told_last(passage, places, one, other) else (other, one)
    if any(AIM.search(passage.label(i)) for i in places[:2]) or _is_own(passage, at, places, label):
        return None
    exact = figures[at].precision is Precision.EXACT and _NAMED.search(label) is None
    small, big = (places[0], places[1]) if one.value <= other.value else (places[1], places[0])
    if one.value == other.value or not (
        _is_carried(passage, at, places, label) or _is_next(places, at, one, other, exact)
    ):
        return None
    return figures[small], figures[big]


def _is_own(passage: Passage, at: int, places: Sequence[int], label: str) -> bool:
    """Tell whether a percentage has a name that the counts before it do not: 62 家、52 家，复购 83%."""
    name = _MADE.sub("", label).strip()
    start = passage.figures[min(places[:2])].span.start
    told = passage.view[max(0, start - _BACK) : passage.figures[at - 1].span.end]
    if _is_carried(passage, at, places, label):
        return False
    moved = _MOVED.search(passage.between(places[1], places[0])) is not None  # 6,718 次→8,125 次
    return moved or (len(name) > 1 and name[:2] not in told)


def _is_carried(passage: Passage, at: int, places: Sequence[int], label: str) -> bool:
    """Tell whether the smaller of two counts goes by the name of a rate."""
    named = _NAMED.search(label)
    if named is None:
        return False
    subject = label[: named.start()]
    start = passage.figures[min(places[:2])].span.start
    told = passage.view[max(0, start - _BACK) : passage.figures[at - 1].span.end]
    if len(subject) > 1 and subject not in _OVERALL and subject[:2] not in told:
        return False  # 新客转化 12%
    small = min(places[:2], key=lambda i: passage.figures[i].value)
    return _carries(passage, small, (named["stem"] or named["deal"])) or _carries(
        passage, at - 1, (named["stem"] or named["deal"])
    )


def _is_next(places: Sequence[int], at: int, one: Number, other: Number, exact: bool) -> bool:
    """Tell whether two counts of one unit and a rate stand side by side."""
    return places[0] == at - 1 and exact and places[1] == at - 2 and one.unit == other.unit != ""


def _has_own_share(passage: Passage, at: int) -> bool:
    """Tell whether a count is a part with a share of its own: 7,488 件，占 60%；求助 3,120 件，占 25%."""
    after = passage.figures[at + 1]
    return after.unit == "%" and after.kind is NumberKind.MEASURE and len(passage.gap(at + 1)) <= 6


def _is_told_last(passage: Passage, places: Sequence[int], one: Number, other: Number) -> bool:
    """Tell whether the later of two counts is what was reached: the smaller, unless the aim is told last."""
    return one.value <= other.value or re.search(r"目标|计划|任务|定", passage.label(places[0])) is None


def _is_same(passage: Passage, one: Number, other: Number) -> bool:
    """Tell whether two counts are of one thing by their units: 50 张 of 1,250 张床, 203 of 212 单."""
    if one.unit == other.unit or not one.unit or not other.unit:
        return True
    if "money" in (one.unit_kind, other.unit_kind):
        return False
    return passage.text(other).rstrip().endswith(one.unit) or one.unit in passage.text(other)


def _may_be_of(passage: Passage, one: Number, other: Number) -> bool:
    """Tell whether an amount may be a part of another by their units: no 人 of 元."""
    if "money" in (one.unit_kind, other.unit_kind) and "none" not in (one.unit_kind, other.unit_kind):
        return one.unit_kind == other.unit_kind
    return not one.unit or not other.unit or _is_same(passage, one, other)


def _carries(passage: Passage, at: int, stem: str) -> bool:
    """Tell whether a count's words on either side are those that a rate is named by."""
    end = passage.figures[at].span.end
    after = re.split(r"[，。；、,;:：(（\n]", passage.view[end : end + _AFTER])[0]
    words = passage.label(at) + after
    if any(char in words for char in stem if char not in _COMMON):
        return True
    return any(
        any(char in names for char in stem) and any(char in words for char in told) for names, told in _KIN
    )
