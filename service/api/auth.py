"""Who may ask: static keys in `Authorization: Bearer`, none needed where none is set."""

import hashlib
import hmac
from collections.abc import Sequence
from typing import Any

from litestar.connection import ASGIConnection
from litestar.types import Guard
from pydantic import SecretStr

from service.api.exchange import exchange_of
from service.api.problems import Refused

_CHALLENGE = 'Bearer realm="notecoach"'


class KeyRing:
    """The keys callers may show."""

    def __init__(self, keys: Sequence[SecretStr]) -> None:
        # Digests are of one length, so that comparing tells nothing of a key's.
        self._digests = [_digest(key.get_secret_value()) for key in keys]

    def guard(self) -> Guard:
        """Return the check as a function: the framework deep-copies any other guard."""
        return lambda connection, _: self.check(connection)

    def check(self, connection: ASGIConnection[Any, Any, Any, Any]) -> None:
        """Let a request pass, noting whose it is; raises 401 with what is missing."""
        exchange = exchange_of(connection)
        if not self._digests:
            exchange.caller = f"host:{connection.client.host if connection.client else '?'}"
            return
        scheme, _space, key = connection.headers.get("authorization", "").partition(" ")
        if not key or scheme.lower() != "bearer":
            raise Refused(401, "请在 Authorization 头里写 Bearer 和密钥", {"WWW-Authenticate": _CHALLENGE})
        shown = _digest(key.strip())
        matches = [hmac.compare_digest(shown, digest) for digest in self._digests]  # all, whichever fits
        if not any(matches):
            raise Refused(401, "密钥不对", {"WWW-Authenticate": f'{_CHALLENGE}, error="invalid_token"'})
        exchange.caller = f"key:{self._digests[matches.index(True)].hex()[:16]}"


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).digest()
