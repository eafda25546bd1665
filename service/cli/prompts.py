"""`notecoach prompts`: the prompts that are packed in, one as a model sees it, two versions side by side."""

import difflib
from typing import TextIO

import click

from service.cli.failure import BadInput
from service.cli.style import ChineseGroup
from service.llm import prompts
from service.llm.prompts import Prompt, catalog


@click.group(
    cls=ChineseGroup,
    invoke_without_command=True,
    subcommand_metavar="命令 …",
    options_metavar="",
    help="列出随包发布的提示词及其版本；render 显示模型读一篇周报时看到的全文，diff 比较两个版本。",
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Print the list where nothing further is asked."""
    if ctx.invoked_subcommand is None:
        used = {prompts.EXTRACT, prompts.REWRITE}
        for prompt in catalog():
            mark = "  使用中" if (prompt.id, prompt.version) in used else ""
            click.echo(f"{prompt.id}  {prompt.name}{mark}")


@command.command(options_metavar="", help="显示模型读 NOTE（文件，或 - 读标准输入）时看到的全部消息。")
@click.argument("note", type=click.File(encoding="utf-8"), metavar="NOTE")
def render(note: TextIO) -> None:
    """Print every message of the reading, with how long it is."""
    from service.core.note import Note
    from service.llm.show import windows
    from service.wiring import rooms

    reading = rooms().reader.read(Note(note.read()))
    prompt = prompts.load(*prompts.EXTRACT)
    for number, shown in enumerate(windows(reading.document), 1):
        for message in prompt.render(note=shown, previous=None, earlier=None, nonce="0" * 16):
            content = message["content"]
            click.echo(f"── 第 {number} 问 · {message['role']} · {len(content)} 字")
            click.echo(content)


@command.command(options_metavar="", help="显示一个任务在用版本的全文，如 show extract。")
@click.argument("task", metavar="任务")
def show(task: str) -> None:
    """Print what a model is told for one task before it sees a note."""
    versions = [prompt for prompt in catalog() if prompt.id == task]
    if not versions:
        raise BadInput(f"没有任务 {task} 的提示词")
    click.echo(versions[-1].system)


@command.command(options_metavar="", help="比较两个版本，如 diff rewrite/v1 rewrite/v2。")
@click.argument("first", metavar="V1")
@click.argument("second", metavar="V2")
def diff(first: str, second: str) -> None:
    """Print what changed from one version to the other, examples and shared wording included."""
    one, other = _named(first), _named(second)
    told = difflib.unified_diff(_text(one), _text(other), first, second, lineterm="", n=1)
    click.echo("\n".join(told) or "两个版本一样")


def _text(prompt: Prompt) -> list[str]:
    return [*prompt.system.splitlines(), *prompt.source.splitlines()]


def _named(name: str) -> Prompt:
    known = {f"{p.id}/{p.version}": p for p in catalog()}
    if name not in known:
        raise BadInput(f"没有提示词 {name}，现有：{'、'.join(known)}")
    return known[name]
