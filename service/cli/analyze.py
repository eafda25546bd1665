"""`notecoach analyze`: one note, as a report to read or as the API's answer."""

import math
import os
import sys
from time import perf_counter
from typing import Any, Literal

import click

from service.cli.engine import analyse
from service.cli.failure import BELOW_SCORE
from service.cli.source import read_note
from service.cli.style import ChineseHelp
from service.core.analysis import Analysis
from service.core.document.model import Format
from service.core.note import INCLUDES, KINDS, ROLES, Note
from service.usecases.analyze import Wish


class _Score(click.FloatRange):
    """A number within a range; "nan" is none, though no bound catches it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number: float = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail("nan", param, ctx)
        return number


@click.command(
    cls=ChineseHelp,
    options_metavar="[选项]",
    help="读一篇工作笔记：打分、标出问题、给出改写。FILE 为 - 时读标准输入。",
)
@click.argument("file", metavar="FILE|-")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，与 POST /v1/analyses 的返回一致")
@click.option(
    "--engine",
    type=click.Choice(["auto", "rules", "llm"]),
    default="auto",
    show_default=True,
    help="由谁来读",
)
@click.option("--previous", metavar="FILE", help="同一作者上一期的笔记，用来核对承诺的事项")
@click.option(
    "--role", type=click.Choice(["auto", *ROLES]), default="auto", metavar="ROLE", help="岗位，默认从内容推断"
)
@click.option("--kind", type=click.Choice(KINDS), default="weekly", show_default=True, help="笔记的周期")
@click.option(
    "--format", "markup", type=click.Choice([f.value for f in Format]), default="auto", help="标记格式"
)
@click.option("--fail-under", type=_Score(0, 100), metavar="SCORE", help="综合分低于它时退出码为 1")
@click.option("--full", is_flag=True, help="列出全部问题、全部改写和全文")
def command(
    file: str,
    as_json: bool,
    engine: Literal["auto", "rules", "llm"],
    previous: str | None,
    role: str,
    kind: str,
    markup: str,
    fail_under: float | None,
    full: bool,
) -> int:
    """Analyse one note and print it."""
    note = Note(
        text=read_note(file),
        format=Format(markup),
        role=role,
        kind=kind,
        previous=read_note(previous) if previous else None,
    )
    started = perf_counter()
    analysis = analyse(note, Wish(engine))
    if as_json:
        _print_json(note, analysis, (perf_counter() - started) * 1000)
    else:
        _print_report(analysis, full=full)
    is_below = fail_under is not None and analysis.scores.overall_score < fail_under
    return BELOW_SCORE if is_below else 0


def _print_json(note: Note, analysis: Analysis, elapsed_ms: float) -> None:
    import secrets
    from datetime import UTC, datetime

    from service.core.rubric import rubric
    from service.wire.answers import Stamp, analysis_answer
    from service.wire.present import Presenter

    stamp = Stamp(f"an_{secrets.token_hex(12)}", datetime.now(UTC), None, rubric())
    present = Presenter(note.text, note.previous, "utf-16")
    click.echo(analysis_answer(analysis, present, INCLUDES, stamp, elapsed_ms).to_json())


def _print_report(analysis: Analysis, *, full: bool) -> None:
    from rich.console import Console

    from service.catalog import rules
    from service.report.terminal import render

    plain = not sys.stdout.isatty() or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    console = Console(color_system=None if plain else "auto", force_terminal=not plain)
    render(analysis, {rule.code: rule.title for rule in rules()}, console, full=full)
