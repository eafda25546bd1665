"""根因深度: how far what fell short (or jumped) is traced."""

from collections.abc import Sequence

from service.core.reading import Claim, ClaimKind, Trait
from service.core.score import DimensionKey
from service.core.scoring.features import Attribution
from service.core.scoring.verdict import Verdict, clamp

PROVEN_SHARE = 0.5  # of the problems that are gone into, this share must be proven for level 5


def main_of(found: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions that count: problems gone into, or all where none is."""
    gone_into = [a for a in found if a.causes or a.proofs]
    return gone_into or [a for a in found if a.target.kind is ClaimKind.PROBLEM]


def level(found: Sequence[Attribution]) -> tuple[int, float]:
    """Return level 1 to 5 and the way to the next level."""
    main = main_of(found)
    if not main:
        return 1, 0.0
    best = max(a.grade for a in main)
    share = sum(a.grade >= best for a in main) / len(main)
    if best <= 3:
        return best, clamp(share)
    proven = sum(a.grade >= 4 or _is_open_guess(a) for a in main) / len(main)
    if best == 5 and proven >= PROVEN_SHARE:
        return 5, clamp(proven)
    return 4, clamp(proven)


def _is_open_guess(a: Attribution) -> bool:
    """Tell whether a cause is called a guess: honest, so that it does not count against a proven one."""
    return bool(a.causes) and all(c.has(Trait.HYPOTHESIS) for c in a.causes)


def judge(found: Sequence[Attribution]) -> Verdict:
    """Return the verdict on root-cause depth with its reason."""
    at, reach = level(found)
    main = main_of(found)
    best = max(main, key=lambda a: a.grade, default=None)
    return Verdict(
        DimensionKey.CAUSE, at, reach, _reason(found, main, best, at), _grounds(best), *_next(main, best, at)
    )


def _grounds(best: Attribution | None) -> tuple[Claim, ...]:
    if best is None:
        return ()
    return (best.target, *best.causes[:2], *best.proofs[:2])


def _reason(found: Sequence[Attribution], main: list[Attribution], best: Attribution | None, at: int) -> str:
    problems = sum(a.target.kind is ClaimKind.PROBLEM for a in found)
    if best is None:
        return "没有写到问题或异动，也就没有归因。"
    if at == 1:
        return f"写到了 {problems} 个问题，但只有现象，没有说为什么。"
    if at == 2:
        return "给出的原因没法验证，换个场景也说得通。"
    if at == 3 and not best.causes:
        return "把问题拆到了具体环节或人群，但还没有回答“为什么”。"
    if at == 3:
        guess = any(c.has(Trait.HYPOTHESIS) for c in best.causes)
        return "指到了具体的环节或因素，" + ("但还是推测，没有证据。" if guess else "但没有给出证据。")
    proofs = len(best.proofs)
    if at == 4:
        return f"至少一个问题的原因落到了具体环节，有 {proofs} 处证据可以复核。"
    return f"主要问题的原因有 {proofs} 处证据，因果链不止一层，定量和定性互相印证。"


def _next(main: list[Attribution], best: Attribution | None, at: int) -> tuple[str, tuple[str, ...]]:
    if best is None:
        return "写一个本期没达到预期的地方，或者涨跌最大的一个数，说说为什么。", ("S402", "R207")
    if at == 1:
        return "挑影响最大的一个问题，写出你认为的原因，以及从哪看出来的。", ("R201", "R207")
    if at == 2:
        return "把原因换成能去核实的说法：哪个环节、哪群人、哪个动作出了问题。", ("R202", "R205")
    if at == 3:
        if not best.causes:
            return "已经知道问题在哪一段，再补一句那一段为什么会这样。", ("R201", "R206")
        return "给原因补一条证据：一个数字、几条用户原话，或一次对照。", ("R203", "R204")
    if at == 4:
        return "再往下问一层：这个直接原因又是怎么来的；没把握的写明是推测、打算怎么验。", (
            "R206",
            "R203",
            "R204",
        )
    return "归因已经扎实；可以写一句这个根因还会影响哪些地方。", ()
