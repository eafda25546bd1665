"""Keys, rates, origins and ids."""

import pytest

from tests.api.conftest import Client, Serve
from tests.api.test_problems import assert_problem

KEYS = ("first-key", "second-key")
NOTE = {"text": "本周效果不错"}


def bearer(key: str) -> dict[str, str]:
    """Return the header that shows a key."""
    return {"Authorization": f"Bearer {key}"}


async def test_without_keys_everything_is_open(client: Client) -> None:
    """Where no key is set, none is asked for."""
    assert (await client.post("/v1/checks", json=NOTE)).status_code == 200
    assert (await client.get("/v1/capabilities")).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/analyses"),
        ("POST", "/v1/checks"),
        ("POST", "/v1/rewrites"),
        ("GET", "/v1/capabilities"),
        ("GET", "/metrics"),
    ],
)
async def test_with_keys_one_must_be_shown(serve: Serve, method: str, path: str) -> None:
    """No key, a wrong one and a wrong scheme are 401s that say how; each right key is let in."""
    client = await serve(api_keys=KEYS)
    wrong = [{}, bearer("first-key2"), bearer(""), {"Authorization": "Basic Zmlyc3Q="}, bearer("first-kéy")]
    for headers in wrong:
        encoded = {name: value.encode() for name, value in headers.items()}
        response = await client.request(method, path, json=NOTE, headers=encoded)
        assert_problem(response, 401, "unauthorized")
        assert response.headers["www-authenticate"].startswith("Bearer ")
    for key in KEYS:
        response = await client.request(method, path, json=NOTE, headers=bearer(key))
        assert response.status_code in (200, 422)


@pytest.mark.parametrize(
    "path", ["/health/live", "/health/ready", "/v1/rules", "/v1/rules/D101", "/v1/rubric"]
)
async def test_some_pages_are_open_to_all(serve: Serve, path: str) -> None:
    """Health and the rules need no key."""
    assert (await (await serve(api_keys=KEYS)).get(path)).status_code == 200


async def test_a_stranger_s_body_is_not_read(serve: Serve) -> None:
    """Without a key the answer is 401, however bad the body."""
    response = await (await serve(api_keys=KEYS)).post("/v1/checks", content=b"{" * 2_000_000)
    assert_problem(response, 401)


async def test_a_rate_is_told_and_kept(serve: Serve) -> None:
    """Each answer says what is left; one too many is a 429 that says when to come back."""
    client = await serve(rate_checks_per_minute=3)
    left = [(await client.post("/v1/checks", json=NOTE)).headers["ratelimit"] for _ in range(3)]
    assert [part.split(";")[1] for part in left] == ["r=2", "r=1", "r=0"]
    response = await client.post("/v1/checks", json=NOTE)
    assert_problem(response, 429, "too-many-requests")
    assert 1 <= int(response.headers["retry-after"]) <= 20
    assert response.headers["ratelimit-policy"] == '"checks";q=3;w=60'
    assert response.headers["ratelimit"].startswith('"checks";r=0;')


async def test_checks_and_analyses_are_counted_apart(serve: Serve) -> None:
    """Typing does not eat up what analyses may cost, nor the other way round."""
    client = await serve(rate_checks_per_minute=1, rate_analyses_per_minute=1)
    for path in ("/v1/checks", "/v1/analyses"):
        assert (await client.post(path, json=NOTE)).status_code == 200
        assert (await client.post(path, json=NOTE)).status_code == 429


async def test_callers_are_counted_apart(serve: Serve) -> None:
    """One key's zeal is not another's loss."""
    client = await serve(rate_checks_per_minute=1, api_keys=KEYS)
    for key in KEYS:
        assert (await client.post("/v1/checks", json=NOTE, headers=bearer(key))).status_code == 200
    assert (await client.post("/v1/checks", json=NOTE, headers=bearer(KEYS[0]))).status_code == 429


async def test_a_rate_of_nought_is_no_limit(serve: Serve) -> None:
    """0 turns the limit off, header and all."""
    client = await serve(rate_checks_per_minute=0)
    response = await client.post("/v1/checks", json=NOTE)
    assert "ratelimit" not in response.headers


async def test_a_decent_request_id_is_kept(client: Client) -> None:
    """A caller's own id comes back, on success and on failure."""
    for path in ("/v1/rules", "/nowhere"):
        response = await client.get(path, headers={"X-Request-ID": "req-1.a_B"})
        assert response.headers["x-request-id"] == "req-1.a_B"


@pytest.mark.parametrize("offered", ["", "a b", "é", "x" * 65, "a;b"])
async def test_an_odd_request_id_is_replaced(client: Client, offered: str) -> None:
    """What could break a log or a header is not repeated."""
    response = await client.get("/v1/rules", headers=[(b"X-Request-ID", offered.encode())])
    assert response.headers["x-request-id"] != offered
    assert len(response.headers["x-request-id"]) == 16


async def test_no_origin_is_allowed_by_default(client: Client) -> None:
    """Without the setting, no page of another site may read an answer."""
    response = await client.post("/v1/checks", json=NOTE, headers={"Origin": "https://a.example"})
    assert "access-control-allow-origin" not in response.headers


async def test_only_origins_set_are_allowed(serve: Serve) -> None:
    """A page of an allowed site may ask, with a key, and read ids and rates, errors included."""
    client = await serve(cors_origins=("https://a.example",), api_keys=KEYS)
    preflight = await client.options(
        "/v1/checks",
        headers={
            "Origin": "https://a.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization, content-type",
        },
    )
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "https://a.example"
    assert "authorization" in preflight.headers["access-control-allow-headers"].lower()
    refused = await client.post("/v1/checks", json=NOTE, headers={"Origin": "https://a.example"})
    assert refused.status_code == 401
    assert refused.headers["access-control-allow-origin"] == "https://a.example"
    assert "x-request-id" in refused.headers["access-control-expose-headers"].lower()
    stranger = await client.post("/v1/checks", json=NOTE, headers={"Origin": "https://b.example"})
    assert "access-control-allow-origin" not in stranger.headers
