"""`notecoach llm check`: is the model that the settings name there, and does it read a note as asked?"""

import asyncio
from contextlib import aclosing
from time import perf_counter

import click

from service.cli.failure import BadInput
from service.cli.style import ChineseGroup
from service.core.analysis import Analysis
from service.core.note import Note
from service.settings import Settings, load
from service.usecases.analyze import Wish, whole
from service.wiring import build

_SAMPLE = (
    "本周付费转化率 8%，上周 12%，掉了 4 个百分点，因为支付页改版后按钮被遮住。\n下周二前把按钮移回首屏。"
)


@click.group(
    cls=ChineseGroup, subcommand_metavar="命令 …", options_metavar="", help="检查大模型的配置与连通。"
)
def command() -> None:
    """Hold the subcommands."""


@command.command(options_metavar="", help="请大模型读两句话，看它答不答得来，花多久、多少 token。")
def check() -> None:
    """Ask once and tell how it went; a failure is told by the error that the analysis would give."""
    settings = load()
    if not settings.has_llm:
        raise BadInput(
            "没有配置大模型，一切靠规则工作；要用的话请设置 NOTECOACH_LLM_BASE_URL 和 NOTECOACH_LLM_MODEL"
        )
    click.echo(f"模型　{settings.llm_model}")
    click.echo(f"地址　{settings.llm_base_url}")
    started = perf_counter()
    analysis = asyncio.run(_ask(settings))
    usage = analysis.usage
    prompts = "、".join(f"{task} {name}" for task, name in analysis.engine.prompts.items())
    click.echo(f"耗时　{perf_counter() - started:.1f} 秒，请求 {usage.attempts} 次")
    click.echo(f"用量　输入 {usage.input_tokens} token，输出 {usage.output_tokens} token")
    click.echo(f"提示词　{prompts}")
    click.echo(
        f"读出　{len(analysis.reading.claims)} 条主张，{len(analysis.unsupported)} 条没有原文支持，已丢弃"
    )


async def _ask(settings: Settings) -> Analysis:
    async with aclosing(build(settings)) as services:
        wish = Wish("llm", rewrites=False, timeout_s=settings.llm_timeout_s)
        return await whole(services.analyze.events(Note(_SAMPLE), wish))
