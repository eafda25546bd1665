"""POST /v1/rewrites: fill the blanks of a rewrite with the author's answers."""

from typing import Any

from litestar import Request, Response, post
from litestar.di import NamedDependency

from service.api.exchange import exchange_of
from service.api.intake import take
from service.core.rewrite import Blank
from service.wire.offsets import Offsets
from service.wire.present import Presenter
from service.wire.requests import RewriteRequest
from service.wire.rewrites import RewriteAnswer
from service.wiring import Services


@post("/v1/rewrites", status_code=200, operation_id="createRewrite")
async def create_rewrite(
    request: Request[Any, Any, Any], services: NamedDependency[Services]
) -> Response[bytes]:
    """Fill and check one rewrite."""
    ask = await take(request, RewriteRequest)
    note = ask.note()
    exchange_of(request).facts["characters"] = len(note.text)
    rewrite = await services.fill(
        note,
        Offsets(note.text, ask.offset_encoding).span_in(ask.span.start, ask.span.end, "span"),
        ask.rewritten,
        [Blank(b.id, b.token, b.question) for b in ask.blanks],
        ask.answers,
    )
    answer = RewriteAnswer(rewrite=Presenter(note.text, note.previous, ask.offset_encoding).rewrite(rewrite))
    return Response(answer.model_dump_json().encode(), media_type="application/json")
