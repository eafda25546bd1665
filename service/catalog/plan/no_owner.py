"""P308: a team's plans without a name."""

from collections.abc import Iterator

from service.catalog.passage import one_fix, trimmed
from service.catalog.pledge import blanks
from service.catalog.wording import listed, said
from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import Claim, ClaimKind, Reading, Trait
from service.core.score import DimensionKey

AT_MOST = 3
_SEVERAL = 2  # names from which on a note speaks for a team


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft for all plans without an owner, in notes of a team only."""
    plans = [p for p in reading.of(ClaimKind.PLAN) if not p.has(Trait.OFF_TOPIC)]
    if not _is_team(reading, plans):
        return
    nobody = [p for p in plans if p.owner is None and not p.has(Trait.OWNED)]
    if not nobody:
        return
    first = nobody[0]
    if len(nobody) == 1:
        message = f"{said(reading, first.span)}没写谁负责。"
    else:
        message = f"{listed(reading, nobody, AT_MOST)}这 {len(nobody)} 件没写谁负责。"
    yield Draft(
        message=message,
        span=trimmed(reading.document.view, first.span),
        claims=tuple(p.id for p in nobody),
        question="交给谁？一件事写一个名字就够。" if len(nobody) == 1 else "各交给谁？一件事写一个名字就够。",
        fixes=one_fix("补上负责人", blanks(reading, nobody, "（负责人：【待补：姓名】）")),
    )


def _is_team(reading: Reading, plans: list[Claim]) -> bool:
    if reading.role == "ops_manager":
        return bool(plans)
    return len({c.owner for c in reading.claims if c.owner}) >= _SEVERAL


RULE = Rule(
    code="P308",
    name="no-owner",
    dimension=DimensionKey.PLAN,
    severity=Severity.INFO,
    since="0.1.0",
    title="没有负责人",
    what="团队的周报（运营经理的，或写了几个人名的）里，任务没写谁负责。几项都缺，合成一条。",
    why="两个人都以为对方在做，是团队里最常见的漏；一件事写一个名字。",
    bad=(
        Example(
            "本周退款率从3%升到5%。\n下周计划：\n1. 周三前把退款短信改成实时发送，退款率降到3.5%",
            marks="周三前把退款短信",
            role="ops_manager",
        ),
        Example(
            "本周退款率从3%升到5%。\n下周计划：\n1. 周三前把退款短信改成实时发送 @小林\n"
            "2. 周四前抽30单退款回访 @阿宁\n3. 周五前重写退款页的尺码表",
            marks="重写退款页的尺码表",
        ),
    ),
    good=(
        Example(
            "本周退款率从3%升到5%。\n下周计划：\n1. 周三前把退款短信改成实时发送 @小林",
            role="ops_manager",
        ),
        Example("本周退款率从3%升到5%。\n下周计划：\n1. 周三前把退款短信改成实时发送，退款率降到3.5%"),
    ),
    check=check,
)
