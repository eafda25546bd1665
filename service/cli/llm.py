"""`notecoach llm check`: is the model that the settings name there, and does it read a note as asked?"""

import asyncio
from contextlib import aclosing
from time import perf_counter

import click

from service.cli.failure import BadInput
from service.cli.style import ChineseGroup
from service.core.analysis import Analysis
from service.core.errors import ReaderError
from service.core.note import Note
from service.llm.reader import LlmReader
from service.settings import Settings, load
from service.usecases.analyze import Wish, whole
from service.wiring import build

_SAMPLE = (
    "本周付费转化率 8%，上周 12%，掉了 4 个百分点，因为支付页改版后按钮被遮住。\n下周二前把按钮移回首屏。"
)
# Signs in the reason of a failure, and what mends it.
_MENDS = {
    "（401）": "请检查 NOTECOACH_LLM_API_KEY",
    "（403）": "请检查 NOTECOACH_LLM_API_KEY 有没有这个模型的权限",
    "（402）": "请充值，或换一个服务",
    "（404）": "请检查 NOTECOACH_LLM_BASE_URL（多半以 /v1 结尾）和 NOTECOACH_LLM_MODEL",
    "连不上模型服务": "请检查 NOTECOACH_LLM_BASE_URL，服务是否开着",
    "限定时间": "请调大 NOTECOACH_LLM_TIMEOUT_S，或换一个快些的模型",
    "（400）": "请检查 NOTECOACH_LLM_PRESET 和 NOTECOACH_LLM_MODEL",
}


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
    try:
        analysis, mode = asyncio.run(_ask(settings))
    except ReaderError as error:
        raise type(error)(f"{error}{_mend(str(error))}") from None
    usage = analysis.usage
    prompts = "、".join(f"{task} {name}" for task, name in analysis.engine.prompts.items())
    click.echo(f"耗时　{perf_counter() - started:.1f} 秒，请求 {usage.attempts} 次")
    click.echo(f"用量　输入 {usage.input_tokens} token，输出 {usage.output_tokens} token")
    click.echo(f"方式　{mode or '没有经过网络'}")
    click.echo(f"提示词　{prompts}")
    click.echo(
        f"读出　{len(analysis.reading.claims)} 条陈述，{len(analysis.unsupported)} 条没有原文支持，已丢弃"
    )
    for claim in analysis.reading.claims[:1]:
        click.echo(f"例如　{claim.kind.value}：{analysis.reading.quote(claim)}")


def _mend(reason: str) -> str:
    """Return what to look at, for reasons that settings can mend."""
    return next((f"；{what}" for sign, what in _MENDS.items() if sign in reason), "")


async def _ask(settings: Settings) -> tuple[Analysis, str | None]:
    """Return the analysis, and the mode in which the model answered."""
    async with aclosing(build(settings)) as services:
        wish = Wish("llm", rewrites=False, timeout_s=settings.llm_timeout_s)
        analysis = await whole(services.analyze.events(Note(_SAMPLE), wish))
        return analysis, services.model.mode if isinstance(services.model, LlmReader) else None
