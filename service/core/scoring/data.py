"""数据颗粒度: how results and problems are told in figures."""

from service.core.reading import Claim
from service.core.score import DimensionKey
from service.core.scoring.features import DataFeatures
from service.core.scoring.scale import scale
from service.core.scoring.terms import data_terms
from service.core.scoring.verdict import Verdict, clamp

MISMATCHED = 4  # figures that contradict each other, and
CORE_VAGUE = 3  # a main result told without a figure, hold the level down to this


def level(f: DataFeatures) -> tuple[int, float]:
    """Return level 1 to 5 and the way to the next level."""
    if not f.numbered:
        return (2, 0.2) if f.workload else (1, clamp(len(f.outcomes) / 10))
    at, reach = scale(DimensionKey.DATA).place(data_terms(f))
    if at < 2:
        return 2, 0.0
    cap = CORE_VAGUE if f.is_core_vague else MISMATCHED if f.mismatches else at
    return (cap, 1.0) if at > cap else (at, reach)


def judge(f: DataFeatures) -> Verdict:
    """Return the verdict on data granularity with its reason in counts."""
    at, reach = level(f)
    told = len(f.numbered) + len(f.vague)
    advice, codes = _next(f, at)
    return Verdict(DimensionKey.DATA, at, reach, _reason(f, at, told), _grounds(f, at), advice, codes)


def _reason(f: DataFeatures, at: int, told: int) -> str:
    if at == 1:
        if f.vague:
            return f"{len(f.vague)} 处成果或问题只有评价、没有数字，也没有可核对的结果数字。"
        return (
            "没有可核对的结果数字，只写了做了什么。"
            if f.outcomes or f.workload
            else "没有读到成果或问题的数字。"
        )
    if at == 2:
        if not f.numbered:
            return f"数字都是工作量（{len(f.workload)} 处），没有说明带来了什么结果。"
        if not f.compared:
            lone = "都是" if len(f.numbered) > 1 else "是"
            return f"{len(f.numbered)} 处有数字，但{lone}孤立的绝对值，没有和上期、目标或同类对比。"
        if len(f.compared) == told:
            return f"只写了 {told} 处成果或问题的数字，带了对比。"
        return f"{told} 处成果和问题里，只有 {len(f.compared)} 处带对比。"
    is_all = len(f.compared) == told
    parts = [f"{told} 处成果和问题{'都' if is_all else f'里 {len(f.compared)} 处'}带对比"]
    parts.append(f"{len(f.segmented)} 处拆到了人群、渠道或环节" if f.segmented else "基本没有细分")
    if f.vague:
        parts.append(f"{len(f.vague)} 处只有评价没有数字")
    if at >= 4 and f.definitions:
        parts.append("口径有交代")
    elif at == 4:
        parts.append("口径没有交代")
    if f.mismatches:
        parts.append(f"有 {f.mismatches} 处数字互相对不上（最高 4 级）")
    if at == 3 and f.segmented and not f.numbered_problems:
        parts.append("问题没有用数字说明")
    if at == 3 and f.is_core_vague:
        parts.append("最主要的那项成果只有模糊词（最高 3 级）")
    return "，".join(parts) + "。"


def _grounds(f: DataFeatures, at: int) -> tuple[Claim, ...]:
    if at <= 1:
        return f.vague[:3] or f.outcomes[:2]
    if at == 2:
        return (f.numbered or f.workload)[:3]
    return tuple(dict.fromkeys((*f.segmented[:2], *f.compared[:3])))[:4]


def _next(f: DataFeatures, at: int) -> tuple[str, tuple[str, ...]]:
    if at == 1:
        return "给最主要的一项成果写上结果数字：做到了多少。", ("D101",)
    told = len(f.numbered) + len(f.vague)
    if at == 2 and f.numbered and len(f.compared) == told:
        return "再写一两项主要的成果或问题，同样带上数字和对比。", ("S402", "D102")
    if at == 2:
        return "给主要数字配上对比：上期是多少、目标是多少，或从多少到多少。", ("D102", "D101")
    if at == 3:
        if f.is_core_vague:
            return "先把最主要的那项成果写成数字。", ("D101",)
        if not f.numbered_problems:
            return "把问题也用数字说明，并把一个关键数字拆到人群、渠道或环节。", ("D103", "D101")
        if f.segmented and len(f.compared) < told:
            return "没有对比的数字也配上对比，再多拆开一个关键数字。", ("D102", "D103")
        if f.segmented:
            return "再拆开一个关键数字，并补一句口径：时间窗、分母和统计范围。", ("D103", "D104")
        return "挑一个关键数字拆开：是哪个人群、渠道、环节或单品在变。", ("D103",)
    if at == 4:
        if f.mismatches:
            return "先把对不上的数字核一遍。", ("D105",)
        if not f.definitions:
            return "补一句口径：时间窗、分母和统计范围。", ("D104",)
        return "剩下没有对比或细分的成果和问题，也补上。", ("D102", "D103", "D101")
    return "已经很完整；可以再标出哪个数字最值得决策者看。", ()
