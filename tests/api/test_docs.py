"""The OpenAPI document and the pages: complete, true, and readable with no internet."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from litestar.routes import HTTPRoute

from service.api.operations import OPERATIONS
from service.api.problems import kinds
from service.wire import about, analyses, rewrites
from service.wire.decode import decode
from service.wire.problems import Problem
from service.wire.shape import Answer
from tests.api.conftest import Client, Serve, app_with
from tests.api.test_problems import assert_problem

PAGES = ("/docs", "/docs/rules", "/problems/invalid-request")


@pytest.fixture
async def document(client: Client) -> dict[str, Any]:
    """The OpenAPI document as sent."""
    response = await client.get("/schema/openapi.json")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/vnd.oai.openapi+json"
    made: dict[str, Any] = response.json()
    return made


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)


def test_every_route_has_an_operation_id() -> None:
    """Generated clients get stable names: each handler has an id, and no two share one."""
    handlers = {
        handler
        for route in app_with().routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if "OPTIONS" not in handler.http_methods
    }
    ids = [handler.operation_id for handler in handlers]
    assert all(isinstance(name, str) for name in ids)
    assert len(set(ids)) == len(ids)
    assert {h.operation_id for h in handlers if h.resolve_include_in_schema()} == set(OPERATIONS)


async def test_the_document_is_whole(document: dict[str, Any]) -> None:
    """It is OpenAPI 3.1, every reference in it resolves, and every path parameter is described."""
    assert document["openapi"] == "3.1.0"
    assert document["info"]["version"] == "0.1.0"
    for node in _walk(document):
        if isinstance(ref := node.get("$ref"), str):
            target: Any = document
            for part in ref.removeprefix("#/").split("/"):
                target = target[part]
    for path, methods in document["paths"].items():
        for operation in methods.values():
            described = {p["name"] for p in operation.get("parameters", [])}
            assert described == set(re.findall(r"{(\w+)}", path))
            assert any(operation["responses"].get(status) for status in ("200", "204"))
            assert not operation["summary"].isascii()


async def test_the_document_tells_how_requests_fail(document: dict[str, Any]) -> None:
    """Each operation with a body tells its problems, each with an example of the right shape."""
    for path in ("/v1/analyses", "/v1/checks", "/v1/rewrites"):
        told = set(document["paths"][path]["post"]["responses"])
        assert {"200", "400", "401", "413", "415", "422", "429"} <= told
    assert {"502", "503"} <= set(document["paths"]["/v1/analyses"]["post"]["responses"])
    for response in document["components"]["responses"].values():
        for example in response["content"]["application/problem+json"]["examples"].values():
            Problem.model_validate(example["value"])


async def test_examples_of_requests_are_taken(client: Client, document: dict[str, Any]) -> None:
    """What the document shows as a request is answered with what it shows as the answer."""
    shapes: dict[str, type[Answer]] = {
        "/v1/analyses": analyses.Analysis,
        "/v1/checks": analyses.Check,
        "/v1/rewrites": rewrites.RewriteAnswer,
    }
    for path, answer in shapes.items():
        operation = document["paths"][path]["post"]
        examples = operation["requestBody"]["content"]["application/json"]["examples"]
        assert examples
        for example in examples.values():
            response = await client.post(path, json=example["value"])
            assert response.status_code == 200, response.text
            decode(response.content, answer)
        answer.model_validate(operation["responses"]["200"]["content"]["application/json"]["example"])


async def test_the_document_knows_the_shapes_limits(document: dict[str, Any]) -> None:
    """Enumerations, defaults and bounds of the contract are in the schemas."""
    fields = document["components"]["schemas"]["AnalysisRequest"]["properties"]
    assert document["components"]["schemas"]["AnalysisRequest"]["required"] == ["text"]
    assert document["components"]["schemas"]["AnalysisRequest"]["additionalProperties"] is False
    assert (fields["text"]["minLength"], fields["text"]["maxLength"]) == (1, 50_000)
    assert fields["offset_encoding"]["enum"] == ["utf-16", "codepoint"]
    assert fields["timeout_ms"]["default"] == 60_000
    assert "user_ops" in fields["role"]["enum"]
    assert document["components"]["schemas"]["Claim"]["title"] == "陈述"


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.followed: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("src", "href", "action", "data", "srcset"):
                (self.followed if tag == "a" else self.loaded).append(value or "")


def _links(html: str) -> _Links:
    parser = _Links()
    parser.feed(html)
    return parser


@pytest.mark.parametrize("path", PAGES)
async def test_pages_load_nothing_from_anywhere(client: Client, path: str) -> None:
    """A page fetches no script, style, font or image, and its policy would not let it."""
    response = await client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in response.headers["content-security-policy"]
    links = _links(response.text)
    assert links.loaded == []
    assert "<script" not in response.text
    assert "url(" not in response.text
    assert "@import" not in response.text
    assert [link for link in links.followed if "://" in link or link.startswith("//")] == []


@pytest.mark.parametrize("path", PAGES)
async def test_links_lead_somewhere(client: Client, path: str) -> None:
    """Every link on a page leads to a page or to a place on it."""
    links = _links((await client.get(path)).text)
    assert len(links.ids) == len(set(links.ids))
    for link in set(links.followed):
        if link.startswith("#"):
            assert link[1:] in links.ids
        else:
            assert (await client.get(link)).status_code == 200, link


async def test_the_page_tells_of_every_operation(client: Client) -> None:
    """What the document has, the page shows."""
    page = (await client.get("/docs")).text
    assert set(OPERATIONS) <= set(_links(page).ids)
    assert {f"#{name}" for name in OPERATIONS} <= set(_links(page).followed)
    assert "周报原文" in page


async def test_rules_are_the_same_on_the_page_and_by_request(client: Client) -> None:
    """Both come from the rules themselves."""
    listed = (await client.get("/v1/rules")).json()["rules"]
    page = (await client.get("/docs/rules")).text
    assert [rule["code"] for rule in listed] == ["D101", "P301", "P306", "S403"]
    for rule in listed:
        shown = (await client.get(rule["help"])).json()
        about.Rule.model_validate(shown)
        assert shown["what"] in page
        assert shown["bad"][0]["text"] in page
        assert rule["code"] in _links(page).ids


async def test_every_problem_has_a_page(client: Client) -> None:
    """The type of a problem is the address of its page."""
    for kind in kinds():
        page = await client.get(f"/problems/{kind.name}")
        assert page.status_code == 200
        assert kind.advice in page.text
    assert_problem(await client.get("/problems/nonsense"), 404, "not-found")


async def test_pages_are_open_where_keys_are_set(serve: Serve) -> None:
    """Reading about the service needs no key."""
    client = await serve(api_keys=("k",))
    for path in (*PAGES, "/schema/openapi.json", "/schema"):
        assert (await client.get(path)).status_code == 200


async def test_the_rubric_is_served(client: Client) -> None:
    """Dimensions, levels and their bands of scores are told."""
    rubric = (await client.get("/v1/rubric")).json()
    assert (rubric["id"], rubric["version"]) == ("weekly-note", "1")
    assert [d["key"] for d in rubric["dimensions"]] == [
        "data_granularity", "root_cause_depth", "plan_linkage",
    ]  # fmt: skip
    for dimension in rubric["dimensions"]:
        bands = [(level["level"], level["score_min"], level["score_max"]) for level in dimension["levels"]]
        assert bands == [(1, 0, 19), (2, 20, 39), (3, 40, 59), (4, 60, 79), (5, 80, 100)]


async def test_capabilities_tell_how_the_service_is_set(serve: Serve) -> None:
    """Limits, lists of names and the model are as configured."""
    plain = (await (await serve()).get("/v1/capabilities")).json()
    about.Capabilities.model_validate(plain)
    assert plain["llm"] == {"enabled": False, "model": None}
    assert plain["limits"]["text_characters"] == 50_000
    assert plain["limits"]["body_bytes"] == 1_048_576
    assert plain["kinds"] == ["daily", "weekly", "monthly", "quarterly", "annual"]


async def test_the_root_leads_to_the_pages(client: Client) -> None:
    """Who opens the address that the start-up line shows gets something to read."""
    response = await client.get("/", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (302, "/docs")
