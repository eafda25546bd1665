"""Exit codes, and bad use of the command line said in Chinese."""

import click

BELOW_SCORE = 1
USAGE = 2
INTERRUPTED = 130  # 128 + SIGINT, as shells have it
PIPE_CLOSED = 141  # 128 + SIGPIPE


class BadInput(click.ClickException):
    """A note that can't be read; the message is whole and Chinese."""

    exit_code = USAGE


def explain(error: click.ClickException) -> str:
    """Return one Chinese line on what was wrong, and for bad use another on where help is."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.message  # the help page itself
    if not isinstance(error, click.UsageError):
        return f"notecoach：{error.format_message()}"
    path = error.ctx.command_path if error.ctx is not None else "notecoach"
    return f"notecoach：{_usage(error)}\n用法见：{path} --help"


def _usage(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            near = f"，是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            return f"没有选项 {error.option_name}{near}"
        case click.MissingParameter():
            name = error.param.make_metavar(error.ctx) if error.param and error.ctx else "参数"
            return f"缺少 {name}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 用法不对，它需要一个值"
        case click.BadParameter():
            return _bad_value(error)
        case click.exceptions.NoSuchCommand():
            near = f"，是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            return f"没有命令 {error.command_name}{near}"
    if error.message.startswith("Got unexpected extra argument"):
        return f"多余的参数 {error.message.partition('(')[2].rstrip(')')}"
    return error.message


def _bad_value(error: click.BadParameter) -> str:
    name = error.param.opts[0] if error.param else "参数"
    if error.param is not None and isinstance(error.param.type, click.Choice):
        return f"{name} 只能是：{'、'.join(error.param.type.choices)}"
    if error.param is not None and isinstance(error.param.type, click.FloatRange | click.IntRange):
        return f"{name} 应当在 {error.param.type.min} 到 {error.param.type.max} 之间"
    return f"{name}：{error.message}"
