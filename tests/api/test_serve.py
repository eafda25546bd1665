"""Where the service listens, and where it refuses to."""

import socket

import pytest

from service.api.serve import address, listen, refuse_exposure
from service.core.errors import SettingsError
from service.settings import Settings


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com", ""])
def test_strangers_are_not_let_in_without_keys(host: str) -> None:
    """Off loopback there must be keys, or the word that none are wanted."""
    with pytest.raises(SettingsError, match="NOTECOACH_API_KEYS"):
        refuse_exposure(Settings(host=host))
    refuse_exposure(Settings(host=host, api_keys=("k",)))
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
