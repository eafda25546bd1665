"""The report as tables for a terminal."""

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from service.core.score import DimensionKey
from service.evaluation.dataset import Half, Standing
from service.evaluation.figures import Figure
from service.evaluation.floors import Floor
from service.evaluation.measure import CODES, KINDS
from service.evaluation.report import Block, Report
from service.evaluation.worst import Case

HALF = {Half.TUNING: "调参半数", Half.TESTING: "测试半数"}
DIMENSION = {
    DimensionKey.DATA: "数据颗粒度",
    DimensionKey.CAUSE: "根因深度",
    DimensionKey.PLAN: "计划关联性",
}
LEVEL = {"qwk": "QWK", "mae": "平均差", "exact": "完全一致", "within_1": "差一级内"}
BASELINE = {"ridge": "岭回归 QWK", "count": "数词 QWK"}


def show(report: Report, console: Console) -> None:
    """Print every block, what holds over all notes, and the worst notes if any were asked for."""
    for block in report.blocks:
        _block(block, report.engine, console)
    console.print(
        f"全部周报：D105 误报 {cell(report.false_alarms, 2)} 次/千个数字", soft_wrap=True, highlight=False
    )
    console.print(
        "[dim]方括号内是 95% 自助法区间（按周报重抽样，种子固定）；— 表示无法计分，不作猜测。\n"
        "岭回归、数词是只数关键词的基线，岭回归只用调参半数训练。"
        "测试半数只给汇总，不展示单篇。[/dim]",
        soft_wrap=True,
    )
    for case in report.worst:
        _case(case, console)


def show_floors(
    missed: Sequence[Floor], figures: Mapping[str, Mapping[str, Figure]], console: Console
) -> None:
    """Print which floors were missed, or that none was."""
    if not missed:
        console.print("下限：全部达到（容一篇之差）")
        return
    table = Table("数据集", "指标", "下限", "实际", "去掉一篇后最好", title="未达下限（调参半数）")
    for floor in missed:
        figure = figures[floor.dataset][floor.figure]
        sign = "≥" if floor.side == "at_least" else "≤"
        spread = figure.without_one or (figure.value, figure.value)
        best = spread[1] if floor.side == "at_least" else spread[0]
        table.add_row(
            floor.dataset, floor.figure, f"{sign} {floor.bound:g}", number(figure.value, 3), number(best, 3)
        )
    console.print(table)


def number(value: float | None, digits: int = 2) -> str:
    """Return a figure for people, "—" for unscored."""
    return "—" if value is None else f"{value:.{digits}f}"


def cell(figure: Figure, digits: int = 2) -> str:
    """Return a figure with its interval."""
    if figure.value is None or figure.low is None:
        return number(figure.value, digits)
    interval = f"[{number(figure.low, digits)}, {number(figure.high, digits)}]"
    return f"{number(figure.value, digits)} [dim]{escape(interval)}[/dim]"


def _block(block: Block, engine: str, console: Console) -> None:
    console.rule(f"{block.dataset} · {HALF[block.half]} · {block.notes} 篇 · 引擎 {engine}")
    standing = "" if block.standing is Standing.HEADLINE else "（只供调参，不计入对外数字）"
    console.print(
        f"[dim]评分者：{escape(block.rated_by or '见 CARD.md')}{standing}[/dim]",
        soft_wrap=True,
        highlight=False,
    )
    console.print(_levels(block))
    console.print(_matches("发现", "findings", CODES, block))
    if block.annotated:
        console.print(f"[dim]{block.annotated} 篇标了陈述；对每位标注者分别计算后取平均[/dim]")
        console.print(_matches("陈述", "claims", (*KINDS, "micro"), block))
    figures = block.figures
    console.print(
        f"D105 误报 {cell(figures['findings.D105.false_alarms_per_1000_numbers'])} 次/千个数字"
        f" · 有维度 ≤3 级的周报得到改写 {cell(figures['rewrites.reached'])}"
        f" · 改写里的新事实 {number(figures['rewrites.new_facts'].value, 0)}"
        f" · 不精确的引文 {number(figures['spans.inexact'].value, 0)}"
        f"/{number(figures['spans.checked'].value, 0)}",
        soft_wrap=True,
        highlight=False,
    )


def _levels(block: Block) -> Table:
    table = Table("级别", *DIMENSION.values())
    for metric, title in LEVEL.items():
        table.add_row(title, *(cell(block.figures[f"{d.value}.{metric}"]) for d in DIMENSION))
    for name, title in BASELINE.items():
        if figures := block.baselines.get(name):
            table.add_row(f"[dim]{title}[/dim]", *(cell(figures[f"{d.value}.qwk"]) for d in DIMENSION))
    return table


def _matches(title: str, family: str, labels: Iterable[str], block: Block) -> Table:
    table = Table(title, "准确率", "召回率", "F1")
    for label in labels:
        table.add_row(
            label, *(cell(block.figures[f"{family}.{label}.{m}"]) for m in ("precision", "recall", "f1"))
        )
    return table


def _case(case: Case, console: Console) -> None:
    console.rule(f"{case.id} · 偏差 {case.distance:g} · 漏与多 {case.slips}")
    for dimension, name in DIMENSION.items():
        if dimension in case.rated:
            predicted, rated = case.predicted[dimension], case.rated[dimension]
            colour = "green" if predicted == rated else "red"
            console.print(
                f"[{colour}]{name}：判 {predicted} 级，评 {rated:g} 级[/{colour}]"
                f" · 判：{escape(case.judged_because.get(dimension, ''))}"
                f" · 评：{escape(' / '.join(case.rated_because.get(dimension, ())))}",
                soft_wrap=True,
                highlight=False,
            )
    for label in (*CODES, *KINDS):
        for mark, quotes in (("漏", case.missed.get(label, ())), ("多", case.extra.get(label, ()))):
            for quote in quotes:
                console.print(f"  {mark} {label} 「{escape(quote)}」", soft_wrap=True, highlight=False)
    for line in case.features:
        console.print(f"    [dim]{escape(line)}[/dim]", soft_wrap=True, highlight=False)
