"""Taking a request in: what it may be made of, before its fields are looked at."""

from typing import Any, TypeVar

from litestar import Request
from litestar.exceptions import InternalServerException
from pydantic import BaseModel

from service.api.problems import Refused
from service.wire.decode import decode

Shape = TypeVar("Shape", bound=BaseModel)

MAX_BODY_BYTES = 1024 * 1024


async def take(request: Request[Any, Any, Any], shape: type[Shape]) -> Shape:
    """Return the request's body in the given shape; raises what the problem table knows."""
    _require_json(request)
    try:
        body = await request.body()
    except InternalServerException:
        raise Refused(400, "请求正文没有发完，连接就断了") from None
    return decode(body, shape)


def _require_json(request: Request[Any, Any, Any]) -> None:
    # No Content-Type at all is let pass; a form's or a text's is not, which also keeps web pages of strangers
    # from posting here without the browser asking us first.
    kind, options = request.content_type
    if (
        kind
        and kind != "application/json"
        and not (kind.startswith("application/") and kind.endswith("+json"))
    ):
        raise Refused(
            415, "请求正文要是 JSON，请用 Content-Type: application/json", {"Accept": "application/json"}
        )
    if options.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise Refused(415, "请求正文要是 UTF-8 编码", {"Accept": "application/json"})
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Refused(415, "请求正文不要压缩", {"Accept-Encoding": "identity"})
