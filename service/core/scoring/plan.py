"""计划关联性: whether the next steps take up this period's problems, and can be held to."""

from service.core.reading import Claim, Trait
from service.core.score import DimensionKey
from service.core.scoring.features import PlanFeatures
from service.core.scoring.scale import scale
from service.core.scoring.terms import plan_terms
from service.core.scoring.verdict import Verdict

VAGUE = 2  # without a concrete step for anything told
CLOSED = 5
BROKEN = 4  # promises of last period left out hold the level down to this


def level(f: PlanFeatures) -> tuple[int, float]:
    """Return level 1 to 5 and the way to the next level."""
    if len(f.off_topic) == len(f.plans):
        return 1, 0.0  # none, or none that serves anything told
    at, reach = scale(DimensionKey.PLAN).place(plan_terms(f))
    if not f.solid and at > VAGUE:
        return VAGUE, 1.0
    if f.is_closed and at < CLOSED:
        at, reach = CLOSED, 0.0  # the rubric's own words for it, however short the note
    return (BROKEN, 1.0) if f.missed and at > BROKEN else (at, reach)


def judge(f: PlanFeatures) -> Verdict:
    """Return the verdict on plan linkage with its reason in counts."""
    at, reach = level(f)
    advice, codes = _next(f, at)
    return Verdict(DimensionKey.PLAN, at, reach, _reason(f, at), _grounds(f, at), advice, codes)


def _grounds(f: PlanFeatures, at: int) -> tuple[Claim, ...]:
    if at == 1:
        return (f.off_topic or f.plans)[:3]
    return (f.solid or f.linked)[:4]


def _reason(f: PlanFeatures, at: int) -> str:
    if not f.plans:
        return "没有写下一步计划。"
    problems = len(f.matters(f.problems))
    if at == 1:
        loose = len(f.plans) - len(f.linked)
        if loose == len(f.plans):
            return f"{len(f.plans)} 项计划都和本期写到的问题对不上。"
        return f"{len(f.plans)} 项计划里 {loose} 项和本期写到的问题对不上，其余的也看不出具体做什么。"
    if at == 2 and not f.solid:
        touched = len(f.matters(f.touched))
        if any(p.has(Trait.SPECIFIC) for p in f.unlinked):
            return f"{len(f.plans)} 项计划里有具体的事，但看不出是冲着本期哪个问题去的。"
        if not touched:
            return "计划只有方向，没有落到本期的哪个问题上，看不出具体做什么。"
        return f"{touched} 个问题提到了下一步，但动作空泛，看不出具体做什么。"
    parts = [_covered(problems, problems - _left(f))]
    loose = len(f.solid) - len(f.held)
    if loose:
        parts.append(f"{loose} 项既没有时间也没有量化标准")
    open_ended = len(f.held) - len(f.closed)
    if at >= 4 and open_ended > 0:
        parts.append(f"{open_ended} 项只写了期限或目标值里的一样")
    elif at == 5:
        parts.append("期限和目标值都写了")
    if f.missed:
        parts.append(f"上期承诺的 {len(f.missed)} 项没有交代（最高 4 级）")
    return "，".join(parts) + "。"


def _left(f: PlanFeatures) -> int:
    """Return how many problems no concrete step takes up."""
    return len(f.matters(f.problems) - f.matters(f.covered))


def _covered(problems: int, covered: int) -> str:
    if not problems:
        return "计划有具体动作"
    if covered == problems:
        return f"{problems} 个问题都有具体动作" if problems > 1 else "写到的问题有具体动作"
    if not covered:
        return "具体动作接的是写到的结果，" + (
            "问题还没有动作" if problems == 1 else f"{problems} 个问题都还没有动作"
        )
    return f"{problems} 个问题里 {covered} 个有具体动作"


def _next(f: PlanFeatures, at: int) -> tuple[str, tuple[str, ...]]:
    if not f.plans:
        return "写一项下一步：针对本期最大的问题，谁、什么时候、做什么。", ("P301",)
    if at == 1:
        return "先给本期最主要的问题安排一个动作，再写其他任务。", ("P302", "P307")
    if at == 2 and not f.solid and any(p.has(Trait.SPECIFIC) for p in f.unlinked):
        return "写明这些事是冲着哪个问题去的；没有来由的往后放。", ("P302", "P307")
    if at == 2 and f.solid:
        if f.missed:
            return "交代上期承诺事项的结果，或重新排期。", ("S403", "P304", "P303")
        return "给具体的动作写明期限或目标值，还是方向的写成一件事。", ("P304", "P305", "P303")
    if at == 2:
        return "把“优化、加强、关注”换成具体动作：改什么、找谁、什么时候。", ("P303", "P302")
    if at == 3:
        if not _left(f):
            return "给每个动作写明期限或目标值。", ("P304", "P305", "P303")
        return "给每个主要问题配一个动作，并写明期限或目标值。", ("P302", "P304", "P305", "P303")
    if at == 4 and f.missed:
        return "交代上期承诺事项的结果，或重新排期。", ("S403", "P305", "P304")
    if _left(f):
        return "还没有动作的问题也配一步，或写明为什么先放一放。", ("P302", "P305", "P304", "P307")
    if at == 4:
        return "每个动作补齐“到哪天、做到多少、怎么验证”。", ("P305", "P304", "P302", "P307")
    return "闭环已经完整；可以写明如果没做到，下一步怎么办。", ()
