"""What every test may ask for."""

import os

import pytest
from hypothesis import HealthCheck, settings

# Two shared cores: a slow example is no bug, so nothing is timed.
settings.register_profile("offline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("offline")


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a developer's own NOTECOACH_ variables out of every test."""
    for name in list(os.environ):
        if name.startswith("NOTECOACH_"):
            monkeypatch.delenv(name)
