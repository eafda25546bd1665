"""根因深度: how far what fell short (or jumped) is traced."""

from service.core.reading import Claim, ClaimKind, Trait
from service.core.score import DimensionKey
from service.core.scoring.features import LOCATED, Attribution, CauseFeatures
from service.core.scoring.scale import scale
from service.core.scoring.terms import cause_terms
from service.core.scoring.verdict import Verdict

EMPTY = 2  # causes that nobody could check, and
UNPROVEN = 3  # causes without any proof, hold the level down to this
ASKED = 4  # so many said so


def level(f: CauseFeatures) -> tuple[int, float]:
    """Return level 1 to 5 and the way to the next level."""
    if not f.causes:
        return _placed(f), 0.0
    at, reach = scale(DimensionKey.CAUSE).place(cause_terms(f))
    cap = UNPROVEN if not f.hard else at if f.solid or f.best >= UNPROVEN else EMPTY
    return (cap, 1.0) if at > cap else (at, reach) if at > 1 else (EMPTY, 0.0)


def _placed(f: CauseFeatures) -> int:
    """Return the level of a note that tells no cause; proofs alone take a problem apart.

    None is 1, one a beginning (2), several place it (3), and so many people's words tell the reason (4).
    """
    if f.best >= ASKED:
        return ASKED
    if len(f.hard) >= LOCATED:
        return UNPROVEN
    return EMPTY if f.hard else 1


def judge(f: CauseFeatures) -> Verdict:
    """Return the verdict on root-cause depth with its reason."""
    at, reach = level(f)
    best = max(f.main, key=lambda a: a.grade, default=None)
    return Verdict(DimensionKey.CAUSE, at, reach, _reason(f, at), _grounds(f, best), *_next(f, at))


def _grounds(f: CauseFeatures, best: Attribution | None) -> tuple[Claim, ...]:
    if best is None:
        return f.causes[:2]
    return (best.target, *best.causes[:2], *best.proofs[:2])


def _reason(f: CauseFeatures, at: int) -> str:
    problems = sum(a.target.kind is ClaimKind.PROBLEM for a in f.found)
    solid, hard = len(f.solid), len(f.hard)
    if at == 1:
        if not problems:
            return "没有写到问题或异动，也就没有归因。"
        return f"写到了 {problems} 个问题，但只有现象，没有说为什么。"
    if not f.causes:
        if at == EMPTY:
            return f"写到了 {problems} 个问题，查到 {hard} 处数字或原话，还没有点明为什么。"
        if at == ASKED:
            return "问过的人已经说了原因，还差自己点明一句。"
        return "把问题拆到了具体环节或人群，但还没有回答“为什么”。"
    left = _unexplained(f)
    rest = f"，还有 {left} 个问题没说为什么" if left else ""
    if at == 2:
        if not solid:
            return "给出的原因没法验证，换个场景也说得通。"
        share = f"{len(f.causes)} 处原因里有 {solid} 处" if solid < len(f.causes) else "原因"
        return f"{share}落到了具体的点上，但没有查证{rest}。"
    if at == 3:
        if hard:
            return f"指到了具体的环节或因素，证据还单薄（{hard} 处）。"
        guess = any(c.has(Trait.HYPOTHESIS) for c in f.causes)
        lack = "但还是推测，没有证据" if guess else "但没有给出证据"
        return f"指到了具体的环节或因素，{lack}{rest}。"
    told = f"原因落到了具体环节，有 {hard} 处证据可以复核"
    if at == 4:
        return told + "。"
    chain = "，因果链不止一层" if any(len(a.causes) > 1 for a in f.found) else ""
    both = (
        "，数据和原话互相印证"
        if {Trait.MEASURABLE, Trait.QUOTED} <= set().union(*(p.traits for p in f.hard))
        else ""
    )
    return f"{told}{chain}{both}。"


def _unexplained(f: CauseFeatures) -> int:
    return sum(a.target.kind is ClaimKind.PROBLEM and not a.causes for a in f.found)


def _next(f: CauseFeatures, at: int) -> tuple[str, tuple[str, ...]]:
    if at == 1 and not f.main:
        return "写一个本期没达到预期的地方，或者涨跌最大的一个数，说说为什么。", ("S402", "R207")
    if not f.causes and f.hard and at != UNPROVEN:
        return "查到的这些指向什么原因，用一句话点明。", ("R201", "R207")
    if at == 1:
        return "挑影响最大的一个问题，写出你认为的原因，以及从哪看出来的。", ("R201", "R207")
    if not f.causes:
        return "已经知道问题在哪一段，再补一句那一段为什么会这样。", ("R201", "R206")
    if at == 2 and len(f.solid) == len(f.causes):
        rest = "，还没说为什么的问题也写上原因" if _unexplained(f) else ""
        return f"给原因补一条依据：一个数字、几句原话，或一次对照{rest}。", ("R203", "R204", "R201")
    if at == 2 and f.solid:
        return "给落到点上的原因补一条依据，其余的换成能去核实的说法。", ("R203", "R202", "R205")
    if at == 2:
        return "把原因换成能去核实的说法：哪个环节、哪群人、哪个动作出了问题。", ("R202", "R205")
    if at == 3:
        return "给原因补一条证据：一个数字、几句原话，或一次对照。", ("R203", "R204")
    if at == 4:
        return "再往下问一层：这个直接原因又是怎么来的；没把握的写明是推测、打算怎么验。", (
            "R206",
            "R203",
            "R204",
        )
    return "归因已经扎实；可以写一句这个根因还会影响哪些地方。", ()
