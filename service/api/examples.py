"""Example answers for the documentation: what this very version answers to the example requests."""

import json
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import BaseModel

from service.api.operations import OPERATIONS
from service.core.rewrite import Blank
from service.usecases.analyze import Wish, whole
from service.wire.about import RuleList, rubric_answer, rule_answer, rule_summary
from service.wire.answers import Stamp, analysis_answer, check_answer
from service.wire.decode import decode
from service.wire.offsets import Offsets
from service.wire.present import Presenter
from service.wire.requests import AnalysisRequest, CheckRequest, RewriteRequest
from service.wire.rewrites import RewriteAnswer
from service.wiring import Services

Shape = TypeVar("Shape", bound=BaseModel)


async def example_answers(services: Services) -> dict[str, Any]:
    """Return one answer for each operation that has one worth showing, by operation id."""
    first = services.rulebook.rules[0]
    return {
        "createAnalysis": await _analysis(services),
        "createCheck": await _check(services),
        "createRewrite": await _rewrite(services),
        "listRules": _value(RuleList(rules=[rule_summary(first)])),
        "getRule": _value(rule_answer(first)),
        "getRubric": _value(rubric_answer(services.rubric)),
        "getLiveness": {"status": "ok"},
        "getReadiness": {"status": "ok"},
    }


async def _analysis(services: Services) -> Any:
    ask = _example("createAnalysis", AnalysisRequest)
    note = ask.note()
    analysis = await whole(services.analyze.events(note, Wish(engine="rules")))
    stamp = Stamp(
        "an_5d41402abc4b2a76b9719d91", datetime(2026, 1, 5, 9, 30, tzinfo=UTC), None, services.rubric
    )
    present = Presenter(note.text, None, ask.offset_encoding)
    return json.loads(analysis_answer(analysis, present, ask.include, stamp, 4.1).to_json())


async def _check(services: Services) -> Any:
    ask = _example("createCheck", CheckRequest)
    note = ask.note()
    found = await services.check(note)
    present = Presenter(note.text, None, ask.offset_encoding)
    answer = check_answer(
        found.reading, found.scores, found.highlights, found.findings, present, ask.include, ask.revision
    )
    return json.loads(answer.to_json())


async def _rewrite(services: Services) -> Any:
    ask = _example("createRewrite", RewriteRequest)
    note = ask.note()
    span = Offsets(note.text, ask.offset_encoding).span_in(ask.span.start, ask.span.end, "span")
    blanks = [Blank(b.id, b.token, b.question) for b in ask.blanks]
    rewrite = await services.fill(note, span, ask.rewritten, blanks, ask.answers)
    return _value(RewriteAnswer(rewrite=Presenter(note.text, None, ask.offset_encoding).rewrite(rewrite)))


def _example(operation_id: str, shape: type[Shape]) -> Shape:
    return decode(json.dumps(OPERATIONS[operation_id].examples[0][1]).encode(), shape)


def _value(answer: BaseModel) -> Any:
    return answer.model_dump(mode="json")
