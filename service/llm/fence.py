"""The fence round a note in a prompt: a new mark for each request, never one that the note holds."""

import secrets
from collections.abc import Callable


def new_nonce() -> str:
    """Return twelve random hex digits."""
    return secrets.token_hex(6)


def fresh(nonce: Callable[[], str], *texts: str | None) -> str:
    """Return a nonce that none of the texts holds, so that no text can close its own fence."""
    while True:
        made = nonce()
        if not any(made in text for text in texts if text):
            return made
