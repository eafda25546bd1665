"""`notecoach prompts`: the prompts that are packed in, or the words of one."""

import click

from service.cli.failure import BadInput
from service.cli.style import ChineseHelp
from service.llm.prompts import Prompt, catalog


@click.command(
    cls=ChineseHelp, options_metavar="", help="列出随包发布的提示词及其版本；给出任务名则显示它的全文。"
)
@click.argument("task", required=False, metavar="[任务]")
def command(task: str | None) -> None:
    """Print the list, or what a model is told for one task by its newest version."""
    if task is None:
        for prompt in catalog():
            click.echo(f"{prompt.id}  {prompt.name}")
    else:
        click.echo(_newest(task).system)


def _newest(task: str) -> Prompt:
    versions = [prompt for prompt in catalog() if prompt.id == task]
    if not versions:
        raise BadInput(f"没有任务 {task} 的提示词")
    return versions[-1]
