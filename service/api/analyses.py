"""POST /v1/analyses: analyse one note, as one answer or as a stream of events."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from time import perf_counter
from typing import Any

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.response import Stream

from service.api import stream
from service.api.exchange import exchange_of
from service.api.intake import take
from service.api.metrics import Meters
from service.api.problems import problem_of
from service.core import analysis as core
from service.core.errors import InvalidRequest
from service.usecases.analyze import Wish, whole
from service.wire.analyses import Analysis
from service.wire.answers import Narrator, Stamp, analysis_answer
from service.wire.present import Presenter
from service.wire.requests import AnalysisRequest
from service.wiring import Services

# X-Accel-Buffering tells nginx to pass events on as they come.
_STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@post("/v1/analyses", status_code=200, operation_id="createAnalysis")
async def create_analysis(
    request: Request[Any, Any, Any], services: NamedDependency[Services], meters: NamedDependency[Meters]
) -> Response[Any]:
    """Analyse one note."""
    started = perf_counter()
    ask = await take(request, AnalysisRequest)
    if ask.store:
        raise InvalidRequest("这个服务不保存分析结果，请去掉 store 或设为 false", "store")
    note = ask.note()
    services.rulebook.check(note.rules)
    present = Presenter(note.text, note.previous, ask.offset_encoding)
    exchange_of(request).facts["characters"] = len(note.text)
    finish = _finisher(request, services, meters, ask, present, started)
    wish = Wish(ask.engine, "rewrites" in ask.include, ask.timeout_ms / 1000)
    events = services.analyze.events(note, wish)
    if not wants_stream(request):
        return Response(finish(await whole(events)).to_json(), media_type="application/json")
    first = await anext(events)  # an error before it still gets a status of its own
    narrator = Narrator(present, ask.include, finish)
    return Stream(
        stream.tell(first, events, narrator, partial(problem_of, request=request)),
        media_type="text/event-stream",
        headers=_STREAM_HEADERS,
    )


def wants_stream(request: Request[Any, Any, Any]) -> bool:
    """Tell whether the caller would rather have events than one answer."""
    return request.accept.best_match(["application/json", "text/event-stream"]) == "text/event-stream"


def _finisher(
    request: Request[Any, Any, Any],
    services: Services,
    meters: Meters,
    ask: AnalysisRequest,
    present: Presenter,
    started: float,
) -> Callable[[core.Analysis], Analysis]:
    def finish(analysis: core.Analysis) -> Analysis:
        meters.analysed(analysis)
        exchange_of(request).facts.update(
            engine=analysis.engine.name, degraded=analysis.engine.degraded, findings=len(analysis.findings)
        )
        stamp = Stamp(f"an_{secrets.token_hex(12)}", datetime.now(UTC), ask.revision, services.rubric)
        return analysis_answer(analysis, present, ask.include, stamp, (perf_counter() - started) * 1000)

    return finish
