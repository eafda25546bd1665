"""The OpenAPI document, made from the routes, the shapes on the wire and the words in `operations`."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from service.api.operations import OPERATIONS, Operation
from service.api.problems import BY_ERROR, BY_STATUS, MEDIA_TYPE, Kind
from service.wire.problems import Problem

REF = "#/components/schemas/{model}"
_DESCRIPTION = (
    "读运营周报，按评分标准打分，指出最值得改的地方，改写时不编造任何事实。\n\n"
    "位置默认按 UTF-16 计数（JavaScript 的下标），Python 请用 `offset_encoding: codepoint`；"
    "任何 `quote` 都逐字等于 `text` 在 `span` 处的内容。出错时返回 `application/problem+json`（RFC 9457）。"
)
_EVENTS = 'event: finding\ndata: {"id": "f1", …}\n\nevent: done\ndata: {"id": "an_…", …}\n\n'
_PARAMETERS = {"code": "规则编号或名称，如 D101 或 vague-quantifier。", "analysis_id": "分析的 id。"}


def document(app: Litestar, version: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document of an application; `answers` are example answers by operation id."""
    paths: dict[str, dict[str, Any]] = {}
    for route, handler in _described(app):
        operation_id = str(handler.operation_id)
        for method in sorted(handler.http_methods):
            paths.setdefault(route.path_format, {})[method.lower()] = _operation(
                operation_id, OPERATIONS[operation_id], route, answers.get(operation_id)
            )
    return {
        "openapi": "3.1.0",
        "info": {"title": "notecoach", "version": version, "description": _DESCRIPTION},
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in dict.fromkeys(o.tag for o in OPERATIONS.values())],
        "paths": {path: paths[path] for path in sorted(paths)},
        "components": {
            "schemas": _schemas(),
            "responses": {f"Problem{s}": _problem(s) for s in sorted(_statuses())},
            "headers": {
                "X-Request-ID": {"description": "请求编号，可由调用方指定。", "schema": {"type": "string"}}
            },
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "没有设置密钥的服务不需要。"}
            },
        },
    }


def _described(app: Litestar) -> Iterator[tuple[HTTPRoute, HTTPRouteHandler]]:
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in dict.fromkeys(route.route_handlers):
                if handler.operation_id and handler.resolve_include_in_schema():
                    yield route, handler


def _operation(operation_id: str, words: Operation, route: HTTPRoute, answer: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": operation_id,
        "summary": words.summary,
        "description": words.description,
        "tags": [words.tag],
    }
    if route.path_parameters:
        told["parameters"] = [
            {
                "name": name,
                "in": "path",
                "required": True,
                "description": _PARAMETERS[name],
                "schema": {"type": "string"},
            }
            for name in route.path_parameters
        ]
    if words.request:
        told["requestBody"] = {
            "required": True,
            "content": {
                "application/json": {
                    "schema": _ref(words.request),
                    "examples": {name: {"value": value} for name, value in words.examples},
                }
            },
        }
    problems = (*words.problems, *((401,) if words.keyed else ()))
    told["responses"] = {
        str(words.status): _answer(words, answer),
        **{str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in sorted(problems)},
    }
    # Either with a key or, where the service has none, without.
    told["security"] = [{"key": []}, {}] if words.keyed else []
    return told


def _answer(words: Operation, example: Any) -> dict[str, Any]:
    if words.status == HTTPStatus.NO_CONTENT:
        return {"description": "成功。"}
    content: dict[str, Any] = {"schema": _ref(words.answer) if words.answer else {"type": "string"}}
    if example is not None:
        content["example"] = example
    media = {words.media_type: content}
    if words.streams:
        media["text/event-stream"] = {"schema": {"type": "string"}, "example": _EVENTS}
    return {
        "description": "成功。",
        "headers": {"X-Request-ID": {"$ref": "#/components/headers/X-Request-ID"}},
        "content": media,
    }


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": REF.format(model=model.__name__)}


def _statuses() -> set[int]:
    return {s for o in OPERATIONS.values() for s in (*o.problems, *((401,) if o.keyed else ()))}


def _problem(status: int) -> dict[str, Any]:
    kinds: list[Kind] = sorted(
        {k for k in (*BY_ERROR.values(), *BY_STATUS.values()) if k.status == status}, key=lambda k: k.name
    )
    return {
        "description": "；".join(k.title for k in kinds) + "。",
        "headers": {"X-Request-ID": {"$ref": "#/components/headers/X-Request-ID"}},
        "content": {
            MEDIA_TYPE: {
                "schema": _ref(Problem),
                "examples": {
                    k.name: {
                        "value": {
                            "type": f"/problems/{k.name}",
                            "title": k.title,
                            "status": k.status,
                            "detail": k.advice,
                            "instance": "/v1/analyses",
                            "request_id": "3f2a9c1b7d5e4f60",
                        }
                    }
                    for k in kinds
                },
            }
        },
    }


def _schemas() -> dict[str, Any]:
    shapes = [m for o in OPERATIONS.values() for m in (o.request, o.answer) if m] + [Problem]
    _, made = models_json_schema([(m, "validation") for m in dict.fromkeys(shapes)], ref_template=REF)
    schemas: dict[str, Any] = made["$defs"]
    for schema in schemas.values():
        # Docstrings speak to those who read the code; pydantic's titles of fields only repeat their names.
        schema.pop("description", None)
        for field in schema.get("properties", {}).values():
            field.pop("title", None)
    return dict(sorted(schemas.items()))
