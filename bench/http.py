"""Requests a second of a real uvicorn on loopback, driven by a client that costs next to nothing."""

import asyncio
import contextlib
import json
import os
import socket
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.notes import make_note
from bench.process import COMMAND

START_LIMIT_S = 30.0


@dataclass(frozen=True)
class Load:
    """What one run of requests came to."""

    connections: int
    requests: int
    seconds: float
    latencies_ms: list[float]

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds

    def at(self, share: float) -> float:
        """The latency that `share` of all requests stay under."""
        return sorted(self.latencies_ms)[min(self.requests - 1, int(self.requests * share))]


def post(path: str, body: dict[str, object]) -> bytes:
    """Return a POST request as sent on the wire."""
    payload = json.dumps(body, ensure_ascii=False).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload


CHECKS = [post("/v1/checks", {"text": make_note(seed, 1000)}) for seed in range(200)]
LIVENESS = [b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"]


@contextlib.asynccontextmanager
async def server(home: Path) -> AsyncIterator[int]:
    """Run `notecoach serve` in a folder of its own and yield its port; it is ended on the way out."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("NOTECOACH_", "PYTHON"))}
    environment |= {"NOTECOACH_RATE_CHECKS_PER_MINUTE": "0", "NOTECOACH_LOG_LEVEL": "warning"}
    child = await asyncio.create_subprocess_exec(
        *(str(COMMAND), "serve", "--port", str(port)),
        cwd=home,
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await _answers(port, child)
        yield port
    finally:
        with contextlib.suppress(ProcessLookupError):  # it may have ended by itself
            child.terminate()
            try:
                await asyncio.wait_for(child.wait(), 10)
            except TimeoutError:
                child.kill()
                await child.wait()


async def _answers(port: int, child: asyncio.subprocess.Process) -> None:
    deadline = time.perf_counter() + START_LIMIT_S
    while time.perf_counter() < deadline and child.returncode is None:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
            continue
        writer.close()
        return
    raise RuntimeError("the server did not start")


async def drive(port: int, requests: Sequence[bytes], connections: int, seconds: float) -> Load:
    """Send the requests round and round on that many connections; every answer must be a 200."""
    latencies: list[float] = []
    start = time.perf_counter()
    deadline = start + seconds
    await asyncio.gather(
        *(_caller(port, requests[at:] or requests, deadline, latencies) for at in range(connections))
    )
    return Load(connections, len(latencies), time.perf_counter() - start, latencies)


async def _caller(port: int, requests: Sequence[bytes], deadline: float, latencies: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while True:
            for request in requests:
                start = time.perf_counter()
                if start >= deadline:
                    return
                writer.write(request)
                await _answer(reader)
                latencies.append((time.perf_counter() - start) * 1000)
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise RuntimeError(head.partition(b"\r\n")[0].decode())
    length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
    await reader.readexactly(length)


async def measure(home: Path, seconds: float) -> list[tuple[str, Load]]:
    """Return the load figures of the bare liveness route and of checks, at one and at eight connections."""
    async with server(home) as port:
        await drive(port, CHECKS, 1, 1.0)  # warm: lazily built patterns, first allocation
        return [
            ("GET /health/live", await drive(port, LIVENESS, 1, seconds)),
            ("POST /v1/checks", await drive(port, CHECKS, 1, seconds)),
            ("POST /v1/checks", await drive(port, CHECKS, 8, seconds)),
        ]
