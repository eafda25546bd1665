"""D105: figures in the note that can't all be right."""

from bisect import bisect_left
from collections.abc import Iterator

from service.catalog.outcome import IMPLAUSIBLE
from service.catalog.wording import spaced
from service.core.finding import Draft, Edit, Example, Fix, Rule, Severity
from service.core.numbers.model import Mismatch
from service.core.reading import Claim, Reading
from service.core.score import DimensionKey

_NESTED = 3  # claims looked at beyond the last that does not touch


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft for every pair of figures that the arithmetic finds apart."""
    document = reading.document
    starts = [c.span.start for c in reading.claims]
    for found in reading.mismatches:
        if found.kind == IMPLAUSIBLE:
            continue
        yield Draft(
            message=found.message,
            span=found.span,
            claims=tuple(c.id for c in _touched(reading, starts, found)),
            question=_question(found),
            severity=Severity.WARNING if found.kind == "point_percent" else None,
            detail={"stated": found.stated, "computed": found.computed, "formula": found.formula},
            fixes=tuple(
                Fix(title, tuple(Edit(document.source(span), text) for span, text in edits))
                for title, edits in found.mends
            ),
        )


def _touched(reading: Reading, starts: list[int], found: Mismatch) -> list[Claim]:
    """Return the claims that a mismatch runs over; a claim of a row may hold those of its cells."""
    out: list[Claim] = []
    misses = 0
    for at in range(bisect_left(starts, found.span.end) - 1, -1, -1):
        if reading.claims[at].span.overlaps(found.span):
            out.append(reading.claims[at])
        elif (misses := misses + 1) > _NESTED:
            break
    return out[::-1]


def _question(found: Mismatch) -> str:
    if found.kind == "point_percent":
        return spaced(f"这里说的是 {found.computed} 吗？")
    return f"以哪个为准：写的 {found.stated}，还是另外几个数（算出来是 {found.computed}）？"


RULE = Rule(
    code="D105",
    name="arithmetic-mismatch",
    dimension=DimensionKey.DATA,
    severity=Severity.ERROR,
    since="0.1.0",
    title="数字对不上",
    what="把文中的增幅、差值、合计、比率、达成率、ROI、单价重新算一遍，指出互相对不上的数字；百分比和百分点混用给警告。",
    why="一个数对不上，读的人就会怀疑其他的数；数据颗粒度也会因此封顶在 4 级。",
    bad=(
        Example("本周新增用户从500涨到800，增长50%。", marks="从500涨到800，增长50%"),
        Example("续费率62%，上周55%，提升了7%。", marks="提升了7%"),
    ),
    good=(
        Example("本周新增用户从500涨到800，增长60%。"),
        Example("续费率62%，上周55%，提升了7个百分点。"),
    ),
    check=check,
)
