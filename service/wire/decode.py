"""From bytes to a request."""

from codecs import BOM_UTF8
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from service.wire.refusals import NotJson, refuse

Shape = TypeVar("Shape", bound=BaseModel)


def parse_json(body: bytes) -> Any:
    """Return the JSON value; raises NotJson for what RFC 8259 does not allow, NaN and lone surrogates too.

    A byte order mark in front, as PowerShell and some editors write, is passed over.
    """
    body = body.removeprefix(BOM_UTF8)
    if not body.strip():
        raise NotJson("请求正文是空的，要发送一个 JSON 对象")
    try:
        body.decode()
    except UnicodeDecodeError as error:
        raise NotJson(f"请求正文不是 UTF-8 编码（第 {error.start} 个字节处）") from None
    try:
        return from_json(body, allow_inf_nan=False, cache_strings=False)
    except ValueError as error:
        raise NotJson(_why(str(error))) from None


def decode(body: bytes, shape: type[Shape]) -> Shape:
    """Return the request that the bytes hold; raises NotJson or FieldsRefused."""
    value = parse_json(body)
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        raise refuse(error.errors(include_url=False, include_input=False)) from None


def _why(parser: str) -> str:
    # The parser says "<what> at line 1 column 7": the place is kept, the words are ours.
    what, _, place = parser.rpartition(" at line ")
    line, _, column = place.partition(" column ")
    where = f"第 {line} 行第 {column} 列" if line.isdigit() and column.isdigit() else "某处"
    match what:
        case "recursion limit exceeded":
            return f"JSON 嵌套太深（{where}）"
        case "number out of range":
            return f"数字太大（{where}）"
        case _ if "hex escape" in what or "unicode code point" in what or "surrogate" in what:
            return f"字符串里有落单的 UTF-16 代理码（lone surrogate）或写错的 \\u 转义（{where}）"
        case _ if what.startswith("control character"):
            return f"字符串里有没转义的控制字符（{where}）"
        case _ if what.startswith("EOF"):
            return f"JSON 没写完（{where}）"
        case _:
            return f"不是合法的 JSON（{where}）"
