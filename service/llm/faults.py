"""What can go wrong with one attempt, sorted by what helps: waiting, other words, asking again, nothing."""

import json
from enum import StrEnum

from pydantic import BaseModel, ValidationError

from service.core.errors import ReaderError, ReaderNonsense, ReaderTimeout, ReaderUnavailable
from service.llm.dialects import Dialect, Mode

_RETRIED = frozenset({408, 409, 429})
_MAY_REFUSE = frozenset({400, 422, 500, 501})  # llama.cpp's Python server says 500 to what it can't parse
_REASONS = {
    400: "模型服务不接受这个请求（400）",
    401: "模型服务不认这个密钥（401）",
    402: "模型服务的余额不足（402）",
    403: "模型服务拒绝访问（403）",
    404: "模型服务没有这个地址或模型（404）",
    413: "周报太长，模型服务收不下（413）",
    429: "模型服务限流（429）",
}
MAX_ERRORS_TOLD = 5


class Kind(StrEnum):
    """What helps against a fault."""

    TRANSIENT = "transient"  # waiting
    DIALECT = "dialect"  # asking the same in another way
    INVALID = "invalid"  # telling the model what was wrong
    FATAL = "fatal"  # nothing


class Fault(Exception):  # noqa: N818  # a fault is mended or becomes a ReaderError
    """One failed attempt; its message is for people and holds neither note nor key.

    `retry_after_s` is what the server asked for, `complaint` what the model is told, `dialect` the next one.
    """

    def __init__(
        self,
        kind: Kind,
        reason: str,
        *,
        retry_after_s: float | None = None,
        complaint: str = "",
        dialect: Dialect | None = None,
        truncated: bool = False,
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.retry_after_s = retry_after_s
        self.complaint = complaint
        self.dialect = dialect
        self.truncated = truncated
        self.again = False
        self.wait_s = 0.0


def to_reader_error(fault: Fault) -> ReaderError:
    """Return the core error a caller sees once a fault is final."""
    if fault.kind is Kind.INVALID:
        return ReaderNonsense(fault.reason)
    return ReaderUnavailable(fault.reason)


def too_slow() -> ReaderTimeout:
    """Return the error for a question whose time ran out."""
    return ReaderTimeout("模型没有在限定时间内答完")


def classify(error: BaseException, dialect: Dialect) -> Fault:
    """Return the fault behind any exception an attempt may raise."""
    import openai

    if isinstance(error, Fault):
        return error
    if isinstance(error, ValidationError):
        return Fault(Kind.INVALID, "模型的回答不合格式", complaint=complaint(error))
    if isinstance(error, openai.APIStatusError):
        return _by_status(error, dialect)
    if isinstance(error, openai.APITimeoutError):
        return Fault(Kind.TRANSIENT, "模型服务没有及时响应")
    if isinstance(error, openai.APIConnectionError):
        return Fault(Kind.TRANSIENT, "连不上模型服务")
    return Fault(Kind.TRANSIENT, "模型服务的响应读不懂")


def _by_status(error: "openai.APIStatusError", dialect: Dialect) -> Fault:  # type: ignore[name-defined]  # noqa: F821
    status = error.status_code
    if status in _MAY_REFUSE:
        other = dialect.after_refusal(_said(error))
        if other is not None:
            return Fault(Kind.DIALECT, _REASONS[400], dialect=other)
    if status in _RETRIED or status >= 500:
        reason = _REASONS.get(status, f"模型服务出错（{status}）")
        return Fault(Kind.TRANSIENT, reason, retry_after_s=retry_after_s(error.response.headers))
    return Fault(Kind.FATAL, _REASONS.get(status, f"模型服务拒绝了请求（{status}）"))


def _said(error: object) -> str:
    body = getattr(error, "body", None)
    return body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, default=str)


def retry_after_s(headers: object) -> float | None:
    """Return the wait a server asks for in seconds; dates and nonsense count as not asked."""
    get = getattr(headers, "get", None)
    if get is None:
        return None
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            wait = float(get(name, "")) * scale
        except ValueError:
            continue
        if 0 <= wait < float("inf"):
            return wait
    return None


def complaint(error: ValidationError) -> str:
    """Say what was wrong with a reply by place and kind, quoting none of it."""
    told = [
        f"{'.'.join(str(p) for p in e['loc']) or '整体'}：{e['msg']}"
        for e in error.errors(include_input=False, include_url=False, include_context=False)[:MAX_ERRORS_TOLD]
    ]
    return "；".join(told)


def check_reply(raw: object, dialect: Dialect) -> None:
    """Raise the fault of a reply that holds nothing to parse; mend in place what can be mended."""
    choices = getattr(raw, "choices", None)
    if not choices:
        raise Fault(Kind.TRANSIENT, "模型服务的响应是空的")
    choice = choices[0]
    message = choice.message
    if message is None:
        raise Fault(Kind.TRANSIENT, "模型服务的响应是空的")
    if getattr(message, "refusal", None) or choice.finish_reason == "content_filter":
        raise Fault(Kind.FATAL, "模型拒绝阅读这篇周报")
    if choice.finish_reason == "length":
        told = "回答太长被截断了：只报最要紧的内容，写得更短。"
        raise Fault(Kind.INVALID, "模型的回答被截断", complaint=told, truncated=True)
    found = last_object(message.content or "")
    if dialect.mode is Mode.TOOLS:
        _mend_tool_call(message, found, dialect)
    elif found is None:
        if not (message.content or "").strip():
            raise Fault(Kind.DIALECT, "模型的回答是空的", dialect=dialect.step_down())
        raise Fault(
            Kind.INVALID, "模型的回答不是 JSON", complaint="没有找到 JSON 对象，只输出一个 JSON 对象。"
        )
    else:
        message.content = found


def _mend_tool_call(message: object, found: str | None, dialect: Dialect) -> None:
    calls = getattr(message, "tool_calls", None) or []
    if calls:
        arguments = calls[0].function.arguments
        if isinstance(arguments, str):
            calls[0].function.arguments = last_object(arguments) or arguments
        return
    if found is None:
        raise Fault(Kind.DIALECT, "模型没有按要求调用工具", dialect=dialect.step_down())
    message.tool_calls = [_Call(function=_Function(arguments=found))]  # type: ignore[attr-defined]


class _Function(BaseModel):
    name: str = "reply"
    arguments: str


class _Call(BaseModel):
    id: str = "call"
    function: _Function


def last_object(text: str, tries: int = 64) -> str | None:
    """Return the last complete top-level JSON object in a text (after reasoning, inside a fence), or None."""
    decoder = json.JSONDecoder()
    found, at = None, text.find("{")
    while at >= 0 and tries > 0:
        tries -= 1
        try:
            _, end = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError):
            at = text.find("{", at + 1)
            continue
        found, at = text[at:end], text.find("{", end)
    return found
