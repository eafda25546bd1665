"""`notecoach serve`: starts the HTTP service."""

import click

from service.cli.style import ChineseHelp


@click.command(
    cls=ChineseHelp,
    options_metavar="[选项]",
    help="启动 HTTP 服务。绑定到本机以外的地址时必须设置 NOTECOACH_API_KEYS。",
)
@click.option("--host", help="监听地址，默认 127.0.0.1 或 NOTECOACH_HOST")
@click.option("--port", type=click.IntRange(0, 65535), metavar="PORT", help="端口，默认 8000，0 表示任选一个")
@click.option("--insecure", is_flag=True, default=None, help="没有密钥也允许对外监听（仅限可信网络）")
def command(host: str | None, port: int | None, insecure: bool | None) -> None:
    """Serve until told to stop; what is not given here comes from the settings."""
    from service.api.serve import run

    run(host=host, port=port, insecure=insecure)
