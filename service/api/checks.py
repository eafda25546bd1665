"""POST /v1/checks: a fast check for every pause in typing."""

from typing import Any

from litestar import Request, Response, post
from litestar.di import NamedDependency

from service.api.exchange import exchange_of
from service.api.intake import take
from service.wire.answers import check_answer
from service.wire.present import Presenter
from service.wire.requests import CheckRequest
from service.wiring import Services


@post("/v1/checks", status_code=200, operation_id="createCheck")
async def create_check(
    request: Request[Any, Any, Any], services: NamedDependency[Services]
) -> Response[bytes]:
    """Check one note by rule."""
    ask = await take(request, CheckRequest)
    note = ask.note()
    services.rulebook.check(note.rules)
    exchange_of(request).facts.update(characters=len(note.text), engine="rules")
    found = await services.check(note)
    answer = check_answer(
        found.reading,
        found.scores,
        found.highlights,
        found.findings,
        Presenter(note.text, note.previous, ask.offset_encoding),
        ask.include,
        ask.revision,
    )
    return Response(answer.to_json(), media_type="application/json")
