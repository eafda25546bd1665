"""The application on a real uvicorn, on a port of loopback: what a test client would hide is seen here."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import uvicorn
from litestar import Litestar

from service.api.serve import address, listen, server_config


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs, and a client of it."""

    url: str
    client: httpx.AsyncClient
    uvicorn: uvicorn.Server

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.url.rpartition(":")[2])


class _Server(uvicorn.Server):
    """A server that says when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so, whether or not it worked."""
        try:
            await super().startup(sockets)
        finally:
            self.up.set()


@asynccontextmanager
async def serving(app: Litestar) -> AsyncIterator[Server]:
    """Run the application until the block ends."""
    with listen("127.0.0.1", 0) as listener:
        server = _Server(server_config(app))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        await server.up.wait()
        url = address(listener)
        try:
            async with httpx.AsyncClient(base_url=url, timeout=30) as client:
                yield Server(url, client, server)
        finally:
            server.should_exit = True
            await task


def events(body: str) -> list[tuple[str, str]]:
    """Return the events of a stream as (name, data); comments are left out."""
    found = []
    for frame in body.split("\n\n"):
        lines = [line for line in frame.split("\n") if line and not line.startswith(":")]
        if lines:
            fields = dict(line.split(": ", 1) for line in lines)
            found.append((fields["event"], fields["data"]))
    return found
