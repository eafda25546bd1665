"""Alive, ready, warm, and closed at the end."""

from litestar.testing import AsyncTestClient

from service.api.app import create_app
from service.settings import Settings
from service.wiring import assemble
from tests.api.conftest import Client
from tests.api.test_problems import assert_problem
from tests.fakes.model import FakeModel
from tests.fakes.rooms import FakeReader, rooms, rulebook
from tests.fakes.store import FakeStore


async def test_health_is_open_and_never_cached(client: Client) -> None:
    """Both checks answer ok once the service runs."""
    for path in ("/health/live", "/health/ready"):
        response = await client.get(path)
        assert (response.status_code, response.json()) == (200, {"status": "ok"})
        assert response.headers["cache-control"] == "no-store"


async def test_the_service_is_warm_before_and_not_ready_after() -> None:
    """The rules have read a note before the first caller's; at the end the model is let go."""
    reader, model, chosen = FakeReader(), FakeModel(), Settings()
    app = create_app(assemble(rooms(reader), rulebook(), chosen, FakeStore(), model), chosen)
    client = AsyncTestClient(app)
    assert_problem(await client.get("/health/ready"), 503, "not-ready")
    async with client:
        assert len(reader.notes) == 1
        assert (await client.get("/health/ready")).status_code == 200
        assert model.is_warm
    assert model.is_closed
