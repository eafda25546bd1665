"""`notecoach rules`: the list of rules, or one rule's page."""

import click
from rich.cells import cell_len

from service.catalog import rules
from service.cli.style import ChineseHelp
from service.core.finding import Rule
from service.report.labels import SEVERITIES
from service.report.rule_page import page
from service.usecases.rulebook import Rulebook


@click.command(
    cls=ChineseHelp,
    options_metavar="",
    help="列出全部规则；给出代码（如 D101）或名称（如 vague-quantifier）则显示说明与正反例。",
)
@click.argument("code", required=False, metavar="[代码]")
def command(code: str | None) -> None:
    """Print the list, or the page of one rule."""
    if code is None:
        for rule in rules():
            click.echo(_row(rule))
    else:
        click.echo(page(Rulebook(rules()).get(code)), nl=False)


def _row(rule: Rule) -> str:
    title = rule.title + " " * max(0, 28 - cell_len(rule.title))
    return f"{rule.code}  {SEVERITIES[rule.severity]}  {title}  {rule.name}"
