"""Where the service listens, and where it refuses to."""

import gc
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from litestar.testing import AsyncTestClient
from pydantic import SecretStr

from service.api.serve import address, application, listen, refuse_exposure, run
from service.core.errors import SettingsError
from service.settings import Settings
from service.wiring import assemble
from tests.fakes.rooms import FakeReader, rooms, rulebook
from tests.fakes.store import FakeStore


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com", ""])
def test_strangers_are_not_let_in_without_keys(host: str) -> None:
    """Off loopback there must be keys, or the word that none are wanted."""
    with pytest.raises(SettingsError, match="NOTECOACH_API_KEYS"):
        refuse_exposure(Settings(host=host))
    refuse_exposure(Settings(host=host, api_keys=(SecretStr("k"),)))
    refuse_exposure(Settings(host=host, insecure=True))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_loopback_needs_no_key(host: str) -> None:
    """On this machine alone the service is open."""
    refuse_exposure(Settings(host=host))


def test_a_port_in_use_is_told() -> None:
    """The message says what to do instead of showing a stack."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match="--port"):
            listen("127.0.0.1", port)


def test_an_address_of_another_machine_is_told() -> None:
    """An address that is not ours can't be listened on."""
    with pytest.raises(SettingsError, match="没有这个地址"):
        listen("192.0.2.1", 0)


def test_any_port_is_found_and_told() -> None:
    """Port 0 means any; the address says which."""
    with listen("127.0.0.1", 0) as listener:
        assert address(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_the_service_starts_answers_and_ends_when_told(tmp_path: Path) -> None:
    """A process of its own says where it listens, answers a request, and ends in peace at SIGTERM."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from service.api.serve import run; run(port=0, insecure=False)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stderr is not None
        started = json.loads(process.stderr.readline())
        assert started["event"] == "listening"
        ask = urllib.request.Request(
            started["url"] + "/v1/checks",
            data='{"text": "本周社群日活 1,200，上周 1,000。"}'.encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(ask) as response:
            assert json.load(response)["scores"]["overall"]["level"] >= 1
            assert response.headers["X-Content-Type-Options"] == "nosniff"
        process.send_signal(signal.SIGTERM)
        rest = [json.loads(line) for line in process.stderr]
    assert [line["event"] for line in rest] == ["request"]
    assert process.returncode in (0, -signal.SIGTERM)
    assert list(tmp_path.iterdir()) == []


async def test_what_lives_with_the_process_is_out_of_the_collectors_way() -> None:
    """Once warm, a full collection goes through nothing that was there: not the note of warming up."""
    reader, chosen = FakeReader(), Settings()
    app = application(assemble(rooms(reader), rulebook(), chosen, FakeStore()), chosen)
    try:
        async with AsyncTestClient(app):
            assert not any(one is reader.notes[0] for one in gc.get_objects())
    finally:
        gc.unfreeze()
    assert any(one is reader.notes[0] for one in gc.get_objects())


def test_a_process_that_may_not_listen_says_why() -> None:
    """Off loopback without keys, the refusal comes before anything is opened."""
    with pytest.raises(SettingsError, match="--insecure"):
        run(host="0.0.0.0", port=0, insecure=False)
