"""`notecoach serve`: starts the HTTP service."""

import click

from service.cli.style import ChineseHelp


@click.command(
    cls=ChineseHelp,
    options_metavar="[选项]",
    help="启动 HTTP 服务。绑定到本机以外的地址时必须设置 NOTECOACH_API_KEYS。",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="端口，0 表示任选一个"
)
@click.option("--insecure", is_flag=True, help="没有密钥也允许对外监听（仅限可信网络）")
def command(host: str, port: int, insecure: bool) -> None:
    """Serve until told to stop."""
    from service.api.serve import run

    run(host=host, port=port, insecure=insecure)
