"""D107: “the A/B test shows it is better” with neither group sizes nor duration."""

from collections.abc import Iterator

from service.catalog.cues import any_of, cues
from service.catalog.passage import clauses, one_fix
from service.catalog.wording import Turns, said
from service.core.finding import Draft, Edit, Example, Rule, Severity
from service.core.lexicon import Hits
from service.core.numbers.model import Number, NumberKind
from service.core.reading import ClaimKind, Reading
from service.core.score import DimensionKey
from service.core.span import Span

_TELLS = ("{said}下了结论，没写每组多少人、跑了几天。", "{said}的结论缺样本量和时长。")
_GROUP_UNITS = frozenset(
    [
        "人",
        "位",
        "名",
        "户",
        "家",
        "个",
        "单",
        "次",
        "UV",
        "PV",
        "条",
        "台",
        "店",
        "组",
        "场",
        "篇",
        "例",
        "份",
        "万",
    ]
)


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft for each experiment whose verdict stands on its line without sample or duration."""
    if not any_of(reading.document.folded, "find_trial"):
        return
    hits, turns = cues(reading), Turns()
    done: set[int] = set()
    for claim in reading.claims:
        if claim.kind is ClaimKind.PLAN or claim.line in done:
            continue
        line = reading.document.lines[claim.line].span
        # What names the experiment may claim nothing itself, and stand before the claim in its line.
        trial = hits.first("find_trial", line.start, claim.span.end)
        if trial is None:
            continue
        done.add(claim.line)
        if not hits.has("find_verdict", trial.end, line.end) or _is_based(reading, line, hits):
            continue
        told = Span(min(claim.span.start, trial.start), claim.span.end)
        span = _passage(reading, told, trial.start, hits)
        end = reading.document.source(span).end
        yield Draft(
            message=turns.pick(_TELLS).format(said=said(reading, span)),
            span=span,
            claims=(claim.id,),
            question="两组各多少人，跑了几天，差异过没过显著性？",
            fixes=one_fix(
                "补上实验条件",
                (Edit(Span(end, end), "（每组【待补：样本量】，跑了【待补：天数】天）"),),
            ),
        )


def _is_based(reading: Reading, line: Span, hits: Hits) -> bool:
    """Tell whether the line gives a group's size, or how long the experiment ran."""
    if hits.has("find_basis", *line):
        return True
    return any(_is_size(n) for n in reading.numbers if line.covers(n.span))


def _is_size(number: Number) -> bool:
    if number.kind is not NumberKind.MEASURE:
        return False
    return number.unit_kind == "duration" or (number.unit in _GROUP_UNITS and number.value >= 10)


def _passage(reading: Reading, span: Span, at: int, hits: Hits) -> Span:
    """Return the clause that names the experiment, with the next where that holds the verdict."""
    parts = clauses(reading.document.view, span)
    for i, part in enumerate(parts):
        if part.start <= at < part.end:
            if not hits.has("find_verdict", at, part.end) and i + 1 < len(parts):
                return Span(part.start, parts[i + 1].end)
            return part
    return span


RULE = Rule(
    code="D107",
    name="experiment-without-basis",
    dimension=DimensionKey.DATA,
    severity=Severity.WARNING,
    since="0.1.0",
    title="实验结论没有依据",
    what="写了“A/B 测试显示更好”，同一处没有分组样本量，也没有跑了多久。",
    why="20 个人跑一天也叫实验；样本和时长写出来，别人才知道这个结论能不能照着做。",
    bad=(
        Example("本周A/B测试显示新落地页效果更好，报名转化率提升到9%。", marks="A/B测试显示新落地页"),
        Example("本周改版：标题做了AB测试，B版点击率更高。", marks="标题做了AB测试"),
    ),
    good=(
        Example("本周A/B测试显示新落地页更好：两组各2,400人，跑了7天，报名转化率9%对7.2%。"),
        Example("下周三起对标题做AB测试，看点击率能不能到5%。"),
    ),
    check=check,
)
