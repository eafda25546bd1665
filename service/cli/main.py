"""The command `notecoach`: finds the subcommand, imports only its module, turns errors into exit codes."""

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

import click

from service import __version__
from service.cli.failure import INTERRUPTED, PIPE_CLOSED, USAGE, explain
from service.cli.style import ChineseGroup
from service.core.errors import NotecoachError


class Entry(NamedTuple):
    """Where a subcommand lives (its module exposes `command`), its line in `--help`, if it ends at once."""

    module: str
    summary: str
    is_brief: bool = False


COMMANDS = {
    "analyze": Entry("service.cli.analyze", "读一篇工作笔记，打分、指出问题、给出改写", is_brief=True),
    "serve": Entry("service.cli.serve", "启动 HTTP 服务"),
    "eval": Entry("service.cli.eval", "用评过分的样本衡量引擎"),
    "rules": Entry("service.cli.rules", "列出全部规则，或查看一条规则", is_brief=True),
    "prompts": Entry("service.cli.prompts", "列出随包发布的提示词及其版本"),
    "llm": Entry("service.cli.llm", "检查大模型的配置与连通"),
}


class LazyGroup(ChineseGroup):
    """A group whose `--help` imports no subcommand, and whose subcommands import only themselves."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the subcommands in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one subcommand; None for a name that is none."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        if entry.is_brief:
            _leave_garbage()
        command = import_module(entry.module).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand that the arguments ask for; the error for a typo knows what there is."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.exceptions.NoSuchCommand(
                error.command_name, possibilities=COMMANDS, ctx=ctx
            ) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of subcommands from `COMMANDS` alone."""
        with formatter.section("命令"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


def _leave_garbage() -> None:
    """Collect no garbage, nor at exit: nearly all there is are modules, and going through them is a tenth."""
    gc.disable()
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"notecoach {__version__}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    help="周报教练：逐句读懂工作笔记，按评分标准打分，指出最值得改的地方，改写时不编造任何事实。",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="命令 …",
    options_metavar="[选项]",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="显示版本"
)
def cli() -> None:
    """Hold the subcommands."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 ok, 1 below the asked score, 2 bad use or input."""
    try:
        outcome = cli.main(
            None if arguments is None else list(arguments), prog_name="notecoach", standalone_mode=False
        )
        sys.stdout.flush()
    except click.ClickException as error:
        click.echo(explain(error), err=True)
        return USAGE
    except NotecoachError as error:
        click.echo(f"notecoach：{error}", err=True)
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) left early: nothing is wrong, and Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    finally:
        gc.enable()  # for a caller that lives on
    return outcome if isinstance(outcome, int) else 0
