"""Every error as problem details (RFC 9457): one table from error to status, title and page."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from service.api.exchange import exchange_of
from service.core.errors import (
    InvalidNote,
    InvalidRequest,
    NotecoachError,
    NotFound,
    ReaderError,
    ReaderNonsense,
    ReaderTimeout,
    ReaderUnavailable,
    SettingsError,
    StoreUnavailable,
)
from service.logs import describe
from service.wire.problems import FieldProblem, Problem
from service.wire.refusals import FieldsRefused, NotJson

log = structlog.get_logger("notecoach.problems")

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: the last part of its type, its status, its title, and what a caller can do."""

    name: str
    status: int
    title: str
    advice: str


INTERNAL = Kind("internal", 500, "服务内部出错", "请稍后再试；一直如此请把 request_id 告诉服务的维护者。")

# The nearest class of an error's ancestry decides; a test walks the tree to see that none is left out.
BY_ERROR: dict[type[NotecoachError], Kind] = {
    NotecoachError: INTERNAL,
    SettingsError: Kind("misconfigured", 500, "服务的设置不可用", "请服务的维护者查看启动日志。"),
    NotJson: Kind("not-json", 400, "请求正文不是合法的 JSON", "正文要是 UTF-8 编码的 JSON 对象。"),
    InvalidNote: Kind("invalid-note", 422, "周报原文不能接受", "请按 detail 修改 text 后重发。"),
    InvalidRequest: Kind(
        "invalid-request", 422, "请求里有不能接受的字段", "请按 errors 逐个修改字段后重发。"
    ),
    NotFound: Kind("not-found", 404, "没有找到", "请检查编号或路径。"),
    StoreUnavailable: Kind("store-unavailable", 503, "保存的分析现在读写不了", "请稍后再试，或去掉 store。"),
    ReaderError: Kind(
        "model-failed", 502, "大模型没能读完这篇周报", "请改用 engine=auto 或 rules，或稍后再试。"
    ),
    ReaderNonsense: Kind(
        "model-nonsense", 502, "大模型的答复不可用", "请改用 engine=auto 或 rules，或稍后再试。"
    ),
    ReaderUnavailable: Kind(
        "model-unavailable", 503, "大模型现在不可用", "请改用 engine=auto 或 rules，或稍后再试。"
    ),
    ReaderTimeout: Kind(
        "model-timeout", 503, "大模型没有按时答完", "请加大 timeout_ms，或改用 engine=auto 或 rules。"
    ),
}

BY_STATUS: dict[int, Kind] = {
    400: Kind("bad-request", 400, "请求不合法", "请检查请求的写法。"),
    401: Kind("unauthorized", 401, "需要密钥", "请在 Authorization 头里写 Bearer 和密钥。"),
    403: Kind("forbidden", 403, "没有权限", "请换一个有权限的密钥。"),
    404: Kind("no-such-path", 404, "没有这个路径", "请对照 /docs 检查路径。"),
    405: Kind("method-not-allowed", 405, "这个路径不支持该方法", "可用的方法见 Allow 头。"),
    413: Kind("body-too-large", 413, "请求正文太大", "正文最多 1 MiB；多篇周报请分开发送。"),
    415: Kind("unsupported-media-type", 415, "不支持的正文类型", "请用 Content-Type: application/json。"),
    503: Kind("not-ready", 503, "服务还没准备好", "请等 Retry-After 里的秒数再试。"),
    429: Kind("too-many-requests", 429, "请求太频繁", "请等 Retry-After 里的秒数再试。"),
}


class Refused(HTTPException):
    """A request refused for its frame rather than its content; `detail` is Chinese and meant to be sent."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail=detail, status_code=status, headers=headers)


def kinds() -> list[Kind]:
    """Return every kind of problem once, by status."""
    return sorted({*BY_ERROR.values(), *BY_STATUS.values()}, key=lambda kind: (kind.status, kind.name))


def kind_of(error: Exception) -> Kind:
    """Return the kind of an error; anything unforeseen is an internal one."""
    if isinstance(error, HTTPException):
        unforeseen = INTERNAL if error.status_code >= INTERNAL.status else BY_STATUS[400]
        return BY_STATUS.get(error.status_code, unforeseen)
    return next((BY_ERROR[kind] for kind in type(error).__mro__ if kind in BY_ERROR), INTERNAL)


def problem_of(error: Exception, request: Request[Any, Any, Any]) -> Problem:
    """Return what a caller is told of an error; of one that is our own fault, nothing but its request id."""
    kind = kind_of(error)
    request_id = exchange_of(request).request_id
    if kind.status == HTTPStatus.INTERNAL_SERVER_ERROR or isinstance(error, StoreUnavailable):
        log.error(kind.name, request_id=request_id, **describe(error))
    errors = None
    if isinstance(error, FieldsRefused):
        errors = [
            FieldProblem(field=r.field, pointer=r.pointer, code=r.code, message=r.message)
            for r in error.refusals
        ]
    elif isinstance(error, InvalidRequest) and error.field:
        pointer = "/" + error.field.replace(".", "/")
        errors = [FieldProblem(field=error.field, pointer=pointer, code="invalid", message=str(error))]
    elif isinstance(error, InvalidNote):
        errors = [FieldProblem(field="text", pointer="/text", code="invalid", message=str(error))]
    return Problem(
        type=f"/problems/{kind.name}",
        title=kind.title,
        status=kind.status,
        detail=_detail(error, kind),
        instance=quote(request.url.path, safe="/:@!$&'()*+,;=~"),
        request_id=request_id,
        errors=errors,
    )


def _detail(error: Exception, kind: Kind) -> str:
    # The framework's own details are English and may repeat what was sent: only ours are passed on.
    if isinstance(error, Refused):
        return error.detail
    if isinstance(error, NotecoachError) and kind.status != HTTPStatus.INTERNAL_SERVER_ERROR:
        return str(error) or kind.advice
    return kind.advice


def _answer(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    problem = problem_of(error, request)
    headers = {}
    if isinstance(error, HTTPException):
        headers = {name.title(): value for name, value in (error.headers or {}).items()}
    if "GET" in headers.get("Allow", ""):
        headers["Allow"] += ", HEAD"  # which `Observed` answers wherever there is a GET
    exchange_of(request).facts["problem"] = problem.type.rpartition("/")[2]
    return Response(problem.to_json(), status_code=problem.status, media_type=MEDIA_TYPE, headers=headers)


HANDLERS: ExceptionHandlersMap = {Exception: _answer, HTTPException: _answer}
