"""Starting the server: `notecoach serve` comes here."""

import errno
import gc
import socket
from typing import Any

import structlog
import uvicorn
from litestar import Litestar

from service.api.app import create_app
from service.core.errors import SettingsError
from service.logs import configure, describe
from service.settings import Settings, load
from service.wiring import Services, build

log = structlog.get_logger("notecoach.serve")

GRACE_S = 10  # how long requests under way may take once we are told to stop


def run(settings: Settings | None = None, **overrides: Any) -> None:
    """Serve until told to stop; `overrides` are settings from the command line, None meaning not given.

    Raises SettingsError when the service must not or can't listen where it is told to.
    """
    # A flag that was not raised says nothing against the environment.
    settings = settings or load(
        **{name: None if value is False else value for name, value in overrides.items()}
    )
    refuse_exposure(settings)
    configure(settings.log_level)
    services = build(settings, lambda error: log.error("model_adapter_failed", **describe(error)))
    listener = listen(settings.host, settings.port)
    with listener:
        server = uvicorn.Server(server_config(application(services, settings)))
        log.info(
            "listening",
            url=address(listener),
            docs=f"{address(listener)}/docs",
            version=services.version,
            llm=services.model is not None,
            keys=len(settings.api_keys),
        )
        server.run(sockets=[listener])
    if not server.started:
        raise SettingsError("服务没有启动成功，原因见上面的日志")


def application(services: Services, settings: Settings) -> Litestar:
    """Return the application for a process that does nothing but serve it.

    Once it is warm, what lives as long as the process (modules, word lists, weights) is out of the garbage
    collector's way. Else a full collection goes through all of it in the middle of somebody's request: of 480
    checks of 300 characters the slowest took 138 to 177 ms, and takes 38 to 53.
    """

    def settle() -> None:
        gc.collect()
        gc.freeze()

    app = create_app(services, settings)
    app.on_startup.append(settle)  # these come after the lifespan's own start, which warms the rules
    return app


def refuse_exposure(settings: Settings) -> None:
    """Raise SettingsError when strangers could reach a service that asks for no key."""
    if settings.is_loopback or settings.api_keys or settings.insecure:
        return
    raise SettingsError(
        f"要在 {settings.host} 上监听，别的机器也能连上，但没有设置密钥。请设置 NOTECOACH_API_KEYS，"
        "或改为监听 127.0.0.1；确实要在可信网络里不设密钥，请加 --insecure。"
    )


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; raises SettingsError that says why there can't be one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server(
            (host, port),
            family=family,
            backlog=2048,
            dualstack_ipv6=host == "::" and socket.has_dualstack_ipv6(),
        )
    except OSError as error:
        why = {
            errno.EADDRINUSE: "端口已被占用，请换一个 --port，或先停掉占用它的程序",
            errno.EACCES: "没有权限，1024 以下的端口通常要管理员权限",
            errno.EADDRNOTAVAIL: "这台机器没有这个地址",
        }.get(error.errno or 0, "地址不可用")
        raise SettingsError(f"不能在 {host} 的 {port} 端口上监听：{why}。") from None


def server_config(app: Litestar) -> uvicorn.Config:
    """Return how uvicorn runs the application: silent but for our own logs, patient at the end."""
    return uvicorn.Config(
        app,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )


def address(listener: socket.socket) -> str:
    """Return the URL of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
