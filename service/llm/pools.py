"""The SDK's connections, in pools so small that looking through one costs nothing.

A pool of httpx2 polls each idle socket twice a request: with 50 callers that was a quarter of a call's work.
Imports httpx2, so only `sdk` may import this, at the first question.
"""

import ssl
from collections.abc import AsyncIterator
from urllib.request import getproxies

import httpx2
import openai

WIDTH = 8  # requests at a time, and so connections, in one pool


def http_client() -> httpx2.AsyncClient | None:
    """Return what the SDK sends through; None for its own client, which knows the environment's proxies."""
    return None if getproxies() else openai.DefaultAsyncHttpxClient(transport=Pools())


class Pools(httpx2.AsyncBaseTransport):
    """Sends each request through the first pool that has room: one caller alone keeps to one connection."""

    def __init__(self) -> None:
        self.pools: list[_Pool] = []
        self._tls = httpx2.create_ssl_context()  # 35 ms of work, so one for all

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the response; its pool has room again once it is closed."""
        pool = self._with_room()
        pool.busy += 1
        try:
            response = await pool.transport.handle_async_request(request)
        except BaseException:
            pool.busy -= 1
            raise
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Body(response.stream, pool)
        return response

    async def aclose(self) -> None:
        """Close all connections."""
        for pool in self.pools:
            await pool.transport.aclose()

    def _with_room(self) -> "_Pool":
        for pool in self.pools:
            if pool.busy < WIDTH:
                return pool
        self.pools.append(_Pool(self._tls))
        return self.pools[-1]


class _Pool:
    def __init__(self, tls: ssl.SSLContext) -> None:
        limits = httpx2.Limits(max_connections=WIDTH, max_keepalive_connections=WIDTH)
        self.transport = httpx2.AsyncHTTPTransport(verify=tls, limits=limits)
        self.busy = 0


class _Body(httpx2.AsyncByteStream):
    """A response's body; closing it, once or more, makes room in its pool."""

    def __init__(self, inner: httpx2.AsyncByteStream, pool: _Pool) -> None:
        self._inner = inner
        self._pool: _Pool | None = pool

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._inner.__aiter__()

    async def aclose(self) -> None:
        pool, self._pool = self._pool, None
        try:
            await self._inner.aclose()
        finally:
            if pool is not None:
                pool.busy -= 1
