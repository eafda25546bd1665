"""D105: figures in the note that can't all be right."""

from collections.abc import Iterator

from service.core.finding import Draft, Edit, Example, Fix, Rule, Severity
from service.core.reading import Reading
from service.core.score import DimensionKey


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft for every pair of figures that the arithmetic finds apart."""
    document = reading.document
    for found in reading.mismatches:
        yield Draft(
            message=found.message,
            span=found.span,
            claims=tuple(c.id for c in reading.claims if c.span.overlaps(found.span)),
            question=f"哪个数是对的：文中的 {found.stated}，还是按其他数字算出来的 {found.computed}？",
            severity=Severity.WARNING if found.kind == "point_percent" else None,
            detail={"stated": found.stated, "computed": found.computed, "formula": found.formula},
            fixes=tuple(
                Fix(title, tuple(Edit(document.source(span), text) for span, text in edits))
                for title, edits in found.mends
            ),
        )


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
