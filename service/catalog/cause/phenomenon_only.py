"""R201: a problem that is stated and left at that."""

from collections.abc import Iterator

from service.catalog.passage import trimmed
from service.catalog.tracing import Gap, gaps
from service.catalog.wording import Turns, called, clause_around, metric_name, said
from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import Claim, Reading, Trait
from service.core.score import DimensionKey

AT_MOST = 2
_SHOWN = 22  # characters that a quotation has room for
_TELLS = ("{said}说了是什么，没说为什么。", "{said}后面少一句“因为”。")
_LOCATED = ("{said}已经拆到是哪一块了，就差那一块为什么会这样。", "{said}定位到了地方，还没说原因。")
_LOOKED = "{said}查到了{proof}，还没点明它说明什么原因。"
_ASK_LOOKED = "{proof}说明问题出在哪一步、哪个做法上？"
_ASKS = ("你判断是哪一步出的问题，从哪看出来的？", "最可能的原因是哪一个，怎么看出来的？")
_ASK_LOCATED = ("这一块和别处有什么不一样？", "这一块那几天有什么变动？")


def check(reading: Reading) -> Iterator[Draft]:
    """Yield a draft for the one or two problems that most deserve a reason and have none."""
    turns = Turns()
    for gap in gaps(reading, "R201", AT_MOST):
        claim = gap.target
        yield Draft(
            message=_message(reading, gap, turns),
            span=trimmed(reading.document.view, claim.span),
            claims=(claim.id,),
            question=_question(reading, gap, turns),
        )


def _message(reading: Reading, gap: Gap, turns: Turns) -> str:
    told = _told(reading, gap.target)
    if gap.is_located or gap.proof is None:
        return turns.pick(_LOCATED if gap.is_located else _TELLS).format(said=told)
    return _LOOKED.format(said=told, proof=said(reading, gap.proof.span, _SHOWN))


def _told(reading: Reading, claim: Claim) -> str:
    """Return the words to be explained: the figure that fell short, where a plan or goal stands before it."""
    short = next((m for m in claim.metrics if m.polarity < 0 and m.baseline_kind == "target"), None)
    value = short.figure("value") if short is not None else None
    whole = trimmed(reading.document.view, claim.span)
    if value is None or claim.has(Trait.ROW) or value.span.end - whole.start <= _SHOWN:
        return called(reading, claim)
    return said(reading, clause_around(reading, claim, value.span.start), _SHOWN)


def _question(reading: Reading, gap: Gap, turns: Turns) -> str:
    if gap.is_located:
        return turns.pick(_ASK_LOCATED)
    if gap.proof is not None:
        return _ASK_LOOKED.format(proof=said(reading, gap.proof.span, _SHOWN))
    names = [n for m in gap.target.metrics if m.polarity and (n := metric_name(reading, m))]
    if names:
        name = names[0].removeprefix("计划").removeprefix("目标")
        return f"{name}为什么会这样，最先变的是哪一步？"
    return turns.pick(_ASKS)


RULE = Rule(
    code="R201",
    name="phenomenon-only",
    dimension=DimensionKey.CAUSE,
    severity=Severity.WARNING,
    since="0.1.0",
    title="只有现象没有原因",
    what="写了问题，但没有任何原因；或者已经定位到某一块，没说那一块为什么会这样。一篇最多指出两处。",
    why="“转化率低”谁都看得见；你的价值在后面那句为什么。",
    bad=(
        Example(
            "## 问题\n- 夜班客服排队太久，投诉了5次\n## 下周\n- 周三前排出夜班表",
            marks="夜班客服排队",
        ),
        Example("新群没人说话，老群退群的也变多了。下周一拉运营例会。", marks="新群没人说话"),
    ),
    good=(
        Example(
            "## 问题\n- 夜班客服首次响应超过5分钟，因为夜班只排了1个人，工单后台显示22点后积压40单\n"
            "## 下周\n- 周三前夜班加到2人"
        ),
        Example("本周新增用户1200人，上周1180人。下周三前上线新海报。"),
    ),
    check=check,
)
