"""Whether the service takes requests: it warms up before, and winds down after."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import structlog
from litestar import Litestar

from service.logs import describe
from service.wiring import Services

log = structlog.get_logger("notecoach.lifespan")

Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]


@dataclass(slots=True)
class Readiness:
    """True between the end of the start and the beginning of the end."""

    is_ready: bool = False


def lifespan(services: Services, readiness: Readiness) -> Lifespan:
    """Return what the application does around its life: warm up, be ready, let go."""

    @asynccontextmanager
    async def live(_: Litestar) -> AsyncGenerator[None, None]:
        try:
            await services.warm_rules()
        except Exception as error:
            log.error("start_failed", **describe(error))
            raise
        # The model's imports take a second: requests are answered meanwhile, at worst by a cold client.
        warming = asyncio.create_task(_warm_model(services))
        readiness.is_ready = True
        try:
            yield
        finally:
            readiness.is_ready = False
            warming.cancel()
            await asyncio.wait({warming})
            await services.aclose()

    return live


async def _warm_model(services: Services) -> None:
    try:
        await services.warm_model()
    except Exception as error:
        # Not fatal: the model may be back by the first request, and the rules answer until then.
        log.warning("model_not_warm", **describe(error))
