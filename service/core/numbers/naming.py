"""Names of metrics: the vocabulary's, or the noun phrase left of the number."""

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from service.core.numbers.frames import NameHit
from service.core.numbers.model import Direction

_LONGEST_PHRASE = 12
# the run of letters and Chinese right before the number: 私信进线 342, GMV 30 but not ，342
_PHRASE = re.compile(r"[A-Za-z0-9㐀-鿿/+·-]{1,12}[ :：为是约共有达到了「『“\"]{0,4}$")
# what a phrase sheds on the left and right: 本周, 的, 是 but not 周活
_LEADING = re.compile(
    r"^(?:本周|这周|上周|本月|上月|本期|上期|目前|当前|今天|昨天|今年|去年|其中|另有|还有|以及|然后|同时|截至|累计|总共|一共|合计|日均|总计|共计|平均|大概|从|由|把|在|对|和|与|及|的|了|也|都|又|是|到)+"
)
_TRAILING = re.compile(
    r"(?:只|才|就|有|是|为|达到|达|到|共|约|了|从|由|在|做|完成|还|仅|涨到|降到|升至|提升|增长|下降|下滑|减少|增加|上涨|提高|降低|涨|降|跌|掉|回|给|发|开|至|和|及|的|环比|同比|较|比|[:： 「『“\"])+$"
)
_DOWN = re.compile(
    r"流失|退款|退货|退订|退卡|退费|投诉|差评|跳出|损耗|故障|逾期|缺货|差错|错误|延迟|取关|卸载|违规|成本|时长|耗时|用时|等待|超时|破损|丢件|客诉|弃单|坏账|报废|积压|拒收|空置|离职|缺陷|崩溃|工单量|返工|晚到|漏发|错发|CPA|CPC|CPM|CAC|CPL"
)
_UP = re.compile(
    r"转化|留存|复购|增购|续约|续费|成交|新增|收入|营收|利润|毛利|阅读|播放|点击|互动|参与|报名|签约|注册|下单|订单|粉丝|好评|满意|活跃|达成|完成|完播|曝光|涨粉|回收|到店|核销|通过|命中|召回|打开|回复率|GMV|ROI|NPS"
)


class Term(Protocol):
    """A metric of the vocabulary."""

    @property
    def name(self) -> str: ...
    @property
    def direction(self) -> Direction: ...
    @property
    def unit(self) -> str: ...
    @property
    def kind(self) -> str: ...


def phrase_left(view: str, start: int, end: int) -> str | None:
    """Return the noun phrase that ends at `end`, at most twelve characters, or None."""
    found = _PHRASE.search(view[max(start, end - _LONGEST_PHRASE - 4) : end])
    if not found:
        return None
    phrase = _TRAILING.sub("", _LEADING.sub("", found[0]))
    phrase = _LEADING.sub("", phrase)
    return phrase if len(phrase) >= 2 and not phrase.isdigit() else None


def direction_of(name: str | None, terms: Mapping[str, Term]) -> Direction:
    """Return whether more of the named thing is good; NEUTRAL where nothing tells."""
    if name is None:
        return Direction.NEUTRAL
    term = terms.get(name.lower())
    if term is not None:
        return term.direction
    if _DOWN.search(name):
        return Direction.DOWN_GOOD
    return Direction.UP_GOOD if _UP.search(name) else Direction.NEUTRAL


def hits_within(hits: Sequence[NameHit], start: int, end: int) -> list[NameHit]:
    """Return the name hits wholly inside the range."""
    return [h for h in hits if h.start >= start and h.end <= end]
