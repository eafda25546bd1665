"""Every way to fail is a problem with a status of its own, and none is a 500."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.testing import TestClient

from service.api.problems import BY_ERROR, BY_STATUS, kind_of, kinds
from service.core import errors
from service.wire import refusals
from tests.api.conftest import Client, Serve, app_with
from tests.fakes.model import FakeModel

ROUTES = ("/v1/analyses", "/v1/checks", "/v1/rewrites")


def assert_problem(response: Any, status: int, kind: str | None = None) -> dict[str, Any]:
    """Return a problem after looking at what every problem has."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert {"type", "title", "status", "detail", "instance", "request_id"} <= set(problem)
    assert problem["status"] == status
    assert problem["instance"] == response.request.url.path
    assert problem["request_id"] == response.headers["x-request-id"]
    assert not problem["title"].isascii()
    assert not problem["detail"].isascii()
    if kind:
        assert problem["type"] == f"/problems/{kind}"
    return problem


def _subclasses(error: type[Exception]) -> set[type[Exception]]:
    return {error}.union(*(_subclasses(kind) for kind in error.__subclasses__()))


def test_every_error_of_ours_is_in_the_table() -> None:
    """Each class of the tree, the wire's included, has an entry of its own or of an ancestor but the root."""
    ours = {e for e in _subclasses(errors.NotecoachError) if e.__module__.startswith("service.")}
    assert refusals.NotJson in ours
    for error in ours - {errors.NotecoachError}:
        ancestry = [kind for kind in error.__mro__ if kind in BY_ERROR]
        assert ancestry[0] is not errors.NotecoachError, f"{error.__name__} has no entry"


def test_kinds_have_names_of_their_own() -> None:
    """No two kinds of problem share a type."""
    names = [kind.name for kind in kinds()]
    assert len(names) == len(set(names))
    assert all(BY_STATUS[status].status == status for status in BY_STATUS)


def test_what_nobody_foresaw_is_internal() -> None:
    """An exception of anybody's else is a 500."""
    assert kind_of(KeyError("x")).status == 500


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null and void",
        b'{"text": "\xff\xfe"}',
        b'{"text": "\\ud800"}',
        b'{"text": NaN}',
        b"[" * 100_000,
    ],
)
async def test_what_is_not_json_is_a_400(client: Client, route: str, body: bytes) -> None:
    """Broken JSON, broken UTF-8, lone surrogates, NaN and absurd nesting are told as such."""
    response = await client.post(route, content=body, headers={"Content-Type": "application/json"})
    assert_problem(response, 400, "not-json")


@pytest.mark.parametrize("body", [b"null", b"[]", b'"text"', b"1"])
async def test_json_of_another_shape_is_a_422(client: Client, body: bytes) -> None:
    """JSON that is no object is JSON all the same."""
    response = await client.post("/v1/checks", content=body, headers={"Content-Type": "application/json"})
    assert assert_problem(response, 422, "invalid-request")["errors"][0]["field"] == "(body)"


@pytest.mark.parametrize("route", ["/v1/analyses", "/v1/checks"])
async def test_a_note_of_one_character_too_many_is_a_422(client: Client, route: str) -> None:
    """50,001 characters are told by field; 50,000 are taken."""
    problem = assert_problem(await client.post(route, json={"text": "字" * 50_001}), 422, "invalid-request")
    assert [e["field"] for e in problem["errors"]] == ["text"]
    assert problem["errors"][0]["pointer"] == "/text"
    taken = await client.post(route, json={"text": "字" * 50_000, "include": ["scores"]})
    assert taken.status_code == 200


async def test_a_body_over_a_mebibyte_is_a_413(client: Client) -> None:
    """The limit holds for all of the body; over a real connection see test_server."""
    body = json.dumps({"text": "x" * (1024 * 1024)}).encode()
    headers = {"Content-Type": "application/json"}
    assert_problem(await client.post("/v1/checks", content=body, headers=headers), 413, "body-too-large")


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json; charset=gbk"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ],
)
async def test_what_is_sent_as_something_else_is_a_415(client: Client, headers: dict[str, str]) -> None:
    """Only JSON in plain UTF-8 is taken."""
    response = await client.post("/v1/checks", content=b'{"text": "x"}', headers=headers)
    assert_problem(response, 415, "unsupported-media-type")


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=UTF-8", "application/merge-patch+json"]
)
async def test_json_may_be_called_by_all_its_names(client: Client, kind: str) -> None:
    """A charset of utf-8 and a +json type are JSON."""
    response = await client.post("/v1/checks", content=b'{"text": "x"}', headers={"Content-Type": kind})
    assert response.status_code == 200


@pytest.mark.parametrize("path", ["/v1", "/v1/analyse", "/v1/rules/D101/x", "/%00", "/v1/rules/%2e%2e"])
async def test_no_such_path_is_a_404(client: Client, path: str) -> None:
    """An unknown path is a problem, too."""
    response = await client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


async def test_no_such_rule_is_a_404(client: Client) -> None:
    """An unknown rule is told with the nearest one."""
    problem = assert_problem(await client.get("/v1/rules/D1011"), 404, "not-found")
    assert "D101" in problem["detail"]


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [("GET", "/v1/analyses", {"POST", "OPTIONS"}), ("DELETE", "/v1/rules/D101", {"GET", "HEAD", "OPTIONS"})],
)
async def test_another_method_is_a_405_with_allow(
    client: Client, method: str, path: str, allow: set[str]
) -> None:
    """What the path does take is said in Allow."""
    response = await client.request(method, path)
    assert_problem(response, 405, "method-not-allowed")
    assert set(response.headers["allow"].split(", ")) == allow


async def test_head_is_a_get_without_its_body(client: Client) -> None:
    """HEAD works wherever GET does."""
    response = await client.head("/v1/rules")
    assert (response.status_code, response.content) == (200, b"")


async def test_a_fault_of_ours_tells_nothing_but_its_id(serve: Serve, logs: Any) -> None:
    """A bug is a 500 that shows neither message nor stack, and a log line with the same id."""
    client = await serve(FakeModel(error=MemoryError("secret-of-the-house")))
    response = await client.post("/v1/analyses", json={"text": "x", "engine": "llm"})
    problem = assert_problem(response, 502, "model-nonsense")
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert problem["request_id"]
    assert "secret-of-the-house" not in str(logs)


_app = app_with()


@given(
    route=st.sampled_from(ROUTES), body=st.binary(max_size=64), kind=st.sampled_from(["", "application/json"])
)
def test_garbage_is_never_our_fault(route: str, body: bytes, kind: str) -> None:
    """No bytes at all make a 500."""
    with TestClient(_app, raise_server_exceptions=True) as client:
        response = client.post(route, content=body, headers={"Content-Type": kind} if kind else {})
    assert response.status_code in (400, 415, 422)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("format", "role", "kind", "previous", "engine", "include", "rules", "weights", "offset_encoding")


@given(text=st.text(min_size=1, max_size=30), field=st.sampled_from(FIELDS), value=VALUES)
def test_no_field_makes_a_500(text: str, field: str, value: Any) -> None:
    """A note with any value in any field is analysed or refused."""
    with TestClient(_app, raise_server_exceptions=True) as client:
        response = client.post("/v1/analyses", json={"text": text, field: value})
    assert response.status_code in (200, 400, 422)


async def test_the_instance_is_a_uri_reference(client: Client) -> None:
    """A path is told as it was sent: percent-encoded, whatever it decodes to."""
    response = await client.get("/v1/rules/%E5%91%A8%00%20")
    assert response.json()["instance"] == "/v1/rules/%E5%91%A8%00%20"
