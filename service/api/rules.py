"""GET /v1/rules, /v1/rules/{code} and /v1/rubric: what notes are judged by, open to everyone."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.wire.about import RuleList, rubric_answer, rule_answer, rule_summary
from service.wire.shape import Answer
from service.wiring import Services


def _json(answer: Answer) -> Response[bytes]:
    # These change only with a release: an hour in a browser's cache harms nobody.
    return Response(
        answer.model_dump_json().encode(),
        media_type="application/json",
        headers={"Cache-Control": "public, max-age=3600"},
    )


@get("/v1/rules", operation_id="listRules")
async def list_rules(services: NamedDependency[Services]) -> Response[bytes]:
    """List every rule in a line."""
    return _json(RuleList(rules=[rule_summary(rule) for rule in services.rulebook.rules]))


@get("/v1/rules/{code:str}", operation_id="getRule")
async def get_rule(code: FromPath[str], services: NamedDependency[Services]) -> Response[bytes]:
    """Show one rule, by code or by name."""
    return _json(rule_answer(services.rulebook.get(code)))


@get("/v1/rubric", operation_id="getRubric")
async def get_rubric(services: NamedDependency[Services]) -> Response[bytes]:
    """Show the scoring standard."""
    return _json(rubric_answer(services.rubric))
