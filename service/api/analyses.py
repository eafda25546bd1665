"""/v1/analyses: analyse one note, as one answer or as a stream of events; read and drop what was stored."""

import re
import secrets
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import UTC, datetime
from functools import partial
from time import perf_counter
from typing import Any

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from service.api import stream
from service.api.exchange import exchange_of
from service.api.intake import take
from service.api.metrics import Meters
from service.api.problems import problem_of
from service.core import analysis as core
from service.core.errors import NotFound
from service.ports import StoredAnalysis
from service.usecases.analyze import Wish, whole
from service.wire.answers import Narrator, Stamp, analysis_answer
from service.wire.present import Presenter
from service.wire.requests import AnalysisRequest
from service.wiring import Services

# X-Accel-Buffering tells nginx to pass events on as they come.
_STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

_ID = re.compile(r"an_[0-9a-f]{24}")  # an_5d41402abc4b2a76b9719d91, not an_1 or ../x


class _Answering:
    """One request for an analysis on its way to an answer."""

    def __init__(
        self, request: Request[Any, Any, Any], services: Services, meters: Meters, ask: AnalysisRequest
    ) -> None:
        self._started = perf_counter()
        self._facts = exchange_of(request).facts
        self._services = services
        self._meters = meters
        self._ask = ask
        self.stamp = Stamp(f"an_{secrets.token_hex(12)}", datetime.now(UTC), ask.revision, services.rubric)
        self.note = ask.note()
        self.present = Presenter(self.note.text, self.note.previous, ask.offset_encoding)
        self.answer = b""
        self._facts["characters"] = len(self.note.text)

    async def events(self, *, live: bool) -> AsyncGenerator[core.Event, None]:
        """Yield the analysis' events; at the last, `answer` is made, counted and, if wished, stored."""
        ask = self._ask
        live = live and "claims" in ask.include
        wish = Wish(ask.engine, "rewrites" in ask.include, ask.timeout_ms / 1000, live)
        async with aclosing(self._services.analyze.events(self.note, wish)) as events:
            async for event in events:
                if isinstance(event, core.Done):
                    await self._finish(event.analysis)
                yield event

    async def _finish(self, analysis: core.Analysis) -> None:
        self._meters.analysed(analysis)
        self._facts.update(
            engine=analysis.engine.name, degraded=analysis.engine.degraded, findings=len(analysis.findings)
        )
        elapsed_ms = (perf_counter() - self._started) * 1000
        ask, stamp = self._ask, self.stamp
        self.answer = analysis_answer(analysis, self.present, ask.include, stamp, elapsed_ms).to_json()
        if ask.store:
            await self._services.store.put(
                StoredAnalysis(stamp.id, stamp.created_at, ask.author, ask.period, self.answer)
            )


@post("/v1/analyses", status_code=200, operation_id="createAnalysis")
async def create_analysis(
    request: Request[Any, Any, Any], services: NamedDependency[Services], meters: NamedDependency[Meters]
) -> Response[Any]:
    """Analyse one note."""
    ask = await take(request, AnalysisRequest)
    answering = _Answering(request, services, meters, ask)
    services.rulebook.check(answering.note.rules)
    where = {"Location": f"/v1/analyses/{answering.stamp.id}"} if ask.store else {}
    live = wants_stream(request)
    events = answering.events(live=live)
    if not live:
        await whole(events)
        return Response(answering.answer, media_type="application/json", headers=where)
    first = await anext(events)  # an error before it still gets a status of its own
    narrator = Narrator(answering.present, ask.include, lambda: answering.answer)
    return Stream(
        stream.tell(first, events, narrator, partial(problem_of, request=request)),
        media_type="text/event-stream",
        headers={**_STREAM_HEADERS, **where},
    )


def wants_stream(request: Request[Any, Any, Any]) -> bool:
    """Tell whether the caller would rather have events than one answer."""
    return request.accept.best_match(["application/json", "text/event-stream"]) == "text/event-stream"


@get("/v1/analyses/{analysis_id:str}", operation_id="getAnalysis")
async def get_analysis(analysis_id: FromPath[str], services: NamedDependency[Services]) -> Response[bytes]:
    """Show an analysis that was stored, as it was sent."""
    kept = await services.store.get(_checked(analysis_id))
    return Response(
        kept.answer, media_type="application/json", headers={"Cache-Control": "private, no-store"}
    )


@delete("/v1/analyses/{analysis_id:str}", operation_id="deleteAnalysis")
async def delete_analysis(analysis_id: FromPath[str], services: NamedDependency[Services]) -> None:
    """Drop an analysis that was stored."""
    await services.store.delete(_checked(analysis_id))


def _checked(analysis_id: str) -> str:
    if not _ID.fullmatch(analysis_id):
        raise NotFound("分析编号的写法是 an_ 加 24 位十六进制数字")
    return analysis_id
