"""What the service says of itself: capabilities, health, metrics."""

from typing import get_args

from litestar import Response, get
from litestar.di import NamedDependency

from service.api.intake import MAX_BODY_BYTES
from service.api.metrics import Meters
from service.api.problems import Refused
from service.api.readiness import Readiness
from service.core.note import MAX_CHARACTERS
from service.settings import Settings
from service.wire.about import Capabilities, Health, Limits, Model
from service.wire.analyses import RubricRef
from service.wire.names import EngineName, FormatName, KindName, Part, RoleName
from service.wire.offsets import Encoding
from service.wire.requests import MAX_TIMEOUT_MS
from service.wiring import Services


@get("/v1/capabilities", operation_id="getCapabilities")
async def get_capabilities(
    services: NamedDependency[Services], settings: NamedDependency[Settings]
) -> Response[bytes]:
    """Say what this service can do as it is configured."""
    answer = Capabilities(
        version=services.version,
        rubric=RubricRef(id=services.rubric.id, version=services.rubric.version),
        llm=Model(enabled=services.model is not None, model=services.model_name),
        limits=Limits(
            text_characters=MAX_CHARACTERS,
            body_bytes=MAX_BODY_BYTES,
            timeout_ms=MAX_TIMEOUT_MS,
            checks_per_minute=settings.rate_checks_per_minute,
            analyses_per_minute=settings.rate_analyses_per_minute,
        ),
        roles=list(get_args(RoleName)),
        kinds=list(get_args(KindName)),
        formats=list(get_args(FormatName)),
        engines=list(get_args(EngineName)),
        include=list(get_args(Part)),
        offset_encodings=list(get_args(Encoding)),
        store=True,
    )
    return Response(answer.model_dump_json().encode(), media_type="application/json")


@get("/health/live", operation_id="getLiveness")
async def get_liveness() -> Response[bytes]:
    """Say that the process answers."""
    return _health()


@get("/health/ready", operation_id="getReadiness")
async def get_readiness(readiness: NamedDependency[Readiness]) -> Response[bytes]:
    """Say whether requests may be sent here: after the start, until the end begins."""
    if not readiness.is_ready:
        raise Refused(503, "服务正在启动或关闭", {"Retry-After": "1"})
    return _health()


def _health() -> Response[bytes]:
    return Response(
        Health(status="ok").model_dump_json().encode(),
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


@get("/metrics", operation_id="getMetrics")
async def get_metrics(meters: NamedDependency[Meters]) -> Response[bytes]:
    """Show the metrics in Prometheus' text format."""
    return Response(meters.exposition(), media_type="text/plain; version=0.0.4")
