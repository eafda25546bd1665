"""GET /schema/openapi.json, /docs, /docs/rules and /problems/{kind}: for programs and for people."""

import json
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from service.api.handbook import Handbook

# No script, no request to anywhere: the pages are text.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
    "Cache-Control": "public, max-age=3600",
}


@get("/schema/openapi.json", operation_id="getOpenapi", include_in_schema=False)
async def get_openapi(
    request: Request[Any, Any, Any], handbook: NamedDependency[Handbook]
) -> Response[bytes]:
    """Send the OpenAPI document."""
    content = json.dumps(await handbook.openapi(request.app), ensure_ascii=False)
    return Response(content.encode(), media_type="application/vnd.oai.openapi+json", headers=_HEADERS)


@get(["/", "/schema"], operation_id="getSchemaPage", include_in_schema=False)
async def get_schema_page() -> Redirect:
    """Lead to the page about the API, from the address that the start-up line shows too."""
    return Redirect("/docs")


@get("/docs", operation_id="getApiPage", include_in_schema=False)
async def get_api_page(request: Request[Any, Any, Any], handbook: NamedDependency[Handbook]) -> Response[str]:
    """Send the page about the API."""
    return _page(await handbook.api_page(request.app))


@get("/docs/rules", operation_id="getRulesPage", include_in_schema=False)
async def get_rules_page(handbook: NamedDependency[Handbook]) -> Response[str]:
    """Send the page about the rules."""
    return _page(handbook.rules_page())


@get("/problems/{kind:str}", operation_id="getProblemPage", include_in_schema=False)
async def get_problem_page(kind: FromPath[str], handbook: NamedDependency[Handbook]) -> Response[str]:
    """Send the page about a kind of problem."""
    return _page(handbook.problem_page(kind))


def _page(html: str) -> Response[str]:
    return Response(html, media_type="text/html", headers=_HEADERS)
