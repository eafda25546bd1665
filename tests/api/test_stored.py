"""Analyses that are stored, read and dropped."""

from typing import Any

import pytest

from service.core.errors import StoreUnavailable
from tests.api.conftest import Client, Serve
from tests.api.test_problems import assert_problem
from tests.fakes.store import FakeStore

NOTE = {"text": "社群活动效果不错"}


async def test_a_stored_analysis_is_read_as_it_was_sent(client: Client) -> None:
    """`store: true` answers with where it is; there it is, the same."""
    sent = await client.post("/v1/analyses", json={**NOTE, "store": True, "author": "小王", "period": "W1"})
    read = await client.get(sent.headers["location"])
    assert sent.headers["location"] == f"/v1/analyses/{sent.json()['id']}"
    assert read.json() == sent.json()
    assert "no-store" in read.headers["cache-control"]


async def test_a_stream_is_stored_before_it_is_done(serve: Serve) -> None:
    """Whoever sees `done` can read it back."""
    store = FakeStore()
    client = await serve(store=store)
    sent = await client.post(
        "/v1/analyses", json={**NOTE, "store": True}, headers={"Accept": "text/event-stream"}
    )
    (kept,) = store.kept.values()
    assert kept.answer.decode() in sent.text
    assert sent.headers["location"].endswith(kept.id)


async def test_nothing_is_stored_unasked(serve: Serve) -> None:
    """Without `store` nothing is kept, author or not."""
    store = FakeStore()
    client = await serve(store=store)
    sent = await client.post("/v1/analyses", json={**NOTE, "author": "小王"})
    assert "location" not in sent.headers
    assert store.kept == {}


async def test_author_and_period_are_kept_with_it(serve: Serve) -> None:
    """They are what a history would be asked by."""
    store = FakeStore()
    client = await serve(store=store)
    await client.post("/v1/analyses", json={**NOTE, "store": True, "author": "小王", "period": "W1"})
    (kept,) = store.kept.values()
    assert (kept.author, kept.period) == ("小王", "W1")


async def test_what_is_deleted_is_gone(client: Client) -> None:
    """DELETE answers 204 once, then there is nothing."""
    where = (await client.post("/v1/analyses", json={**NOTE, "store": True})).headers["location"]
    assert (await client.delete(where)).status_code == 204
    for method in ("GET", "DELETE"):
        assert_problem(await client.request(method, where), 404, "not-found")


@pytest.mark.parametrize("analysis_id", ["an_1", "x", "an_" + "0" * 24, "an_" + "G" * 24])
async def test_an_id_of_nobody_s_is_a_404(client: Client, analysis_id: str) -> None:
    """Odd ids and unknown ones alike are not found."""
    assert_problem(await client.get(f"/v1/analyses/{analysis_id}"), 404, "not-found")


async def test_stored_analyses_need_the_key(serve: Serve) -> None:
    """Where keys are set, reading and dropping ask for one."""
    client = await serve(api_keys=("k",))
    for method in ("GET", "DELETE"):
        assert_problem(await client.request(method, f"/v1/analyses/an_{'0' * 24}"), 401, "unauthorized")


async def test_a_store_that_fails_is_told(serve: Serve, logs: Any) -> None:
    """Nobody believes kept what is not: the answer is a 503, and the log has the cause."""
    try:
        raise OSError("disk full at somewhere")
    except OSError as cause:
        error = StoreUnavailable("写不了")
        error.__cause__ = cause
    client = await serve(store=FakeStore(error))
    response = await client.post("/v1/analyses", json={**NOTE, "store": True})
    assert_problem(response, 503, "store-unavailable")
    assert (await client.post("/v1/analyses", json=NOTE)).status_code == 200
    line = next(line for line in logs if line["event"] == "store-unavailable")
    assert line["cause"]["error"] == "OSError"
    assert "somewhere" not in str(line)
