"""A fake OpenAI-compatible server on loopback: a function of the test says what it does with each request."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

Request = dict[str, Any]
DRIP_S = 0.05


@dataclass(frozen=True, slots=True)
class Response:
    """What goes over the wire. `declared` lies about the length, `cut` resets the connection after the body,
    `hang` sends what there is and then nothing more, `drip` sends byte by byte. With `pieces` the body comes
    as a stream of events, held back at an asyncio.Event until the test sets it."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    declared: int | None = None
    cut: bool = False
    hang: bool = False
    mute: bool = False
    drip: bool = False
    pieces: Sequence[bytes | asyncio.Event] = ()


Behaviour = Callable[[Request], Response]


def completion(
    content: str | None = None,
    *,
    tool: Any = None,
    finish_reason: str = "stop",
    refusal: str | None = None,
    tokens: tuple[int, int] = (100, 20),
) -> Response:
    """Return a chat completion: text content, or a tool call with arguments `tool` (text or object)."""
    message: dict[str, Any] = {"role": "assistant", "content": content}
    if tool is not None:
        function = {"name": "ExtractReply", "arguments": tool}
        message["tool_calls"] = [{"id": "call_1", "type": "function", "function": function}]
    if refusal is not None:
        message["refusal"] = refusal
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "fake",
        "choices": [{"index": 0, "finish_reason": finish_reason, "message": message}],
        "usage": {
            "prompt_tokens": tokens[0],
            "completion_tokens": tokens[1],
            "total_tokens": sum(tokens),
        },
    }
    return Response(body=json.dumps(body, ensure_ascii=False).encode())


Piece = str | Mapping[str, Any] | asyncio.Event


def streamed(
    *pieces: Piece,
    as_tool: bool = True,
    finish_reason: str | None = "stop",
    tokens: tuple[int, int] | None = (100, 20),
    cut: bool = False,
) -> Response:
    """Return a stream: each text is a delta of the tool call's arguments, or of the content; a mapping is a
    delta as it stands; an event holds back what follows. `finish_reason` None leaves the end unsaid."""
    sent: list[bytes | asyncio.Event] = []
    for number, piece in enumerate(pieces):
        if isinstance(piece, asyncio.Event):
            sent.append(piece)
        elif isinstance(piece, Mapping):
            sent.append(_chunk([{"index": 0, "delta": piece}]))
        else:
            sent.append(_chunk([{"index": 0, "delta": _delta(piece, as_tool, is_first=not number)}]))
    if not cut:
        if finish_reason is not None:
            sent.append(_chunk([{"index": 0, "delta": {}, "finish_reason": finish_reason}]))
        if tokens is not None:
            sent.append(_chunk([], {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]}))
        sent.append(b"data: [DONE]\n\n")
    return Response(pieces=tuple(sent), cut=cut)


def _delta(text: str, as_tool: bool, is_first: bool) -> dict[str, Any]:
    if not as_tool:
        return {"content": text}
    call: dict[str, Any] = {"index": 0, "function": {"arguments": text}}
    if is_first:
        call |= {"id": "call_1", "type": "function"}
        call["function"]["name"] = "ExtractReply"
    return {"tool_calls": [call]}


def _chunk(choices: list[dict[str, Any]], usage: dict[str, int] | None = None) -> bytes:
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "fake",
        "choices": choices,
        "usage": usage,
    }
    return b"data: " + json.dumps(body, ensure_ascii=False).encode() + b"\n\n"


def refused(message: str, status: int = 400, **headers: str) -> Response:
    """Return an error in the API's own form."""
    body = json.dumps({"error": {"message": message, "type": "invalid_request_error"}}).encode()
    return Response(status, body, {k.replace("_", "-"): v for k, v in headers.items()})


class Server:
    """One listening fake; `requests` are the bodies it was sent, `open` the connections alive now."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.requests: list[Request] = []
        self.authorizations: list[str] = []
        self.open = 0
        self.base_url = ""
        self._changed = asyncio.Condition()

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until either side closes it."""
        try:
            await self._count(1)
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            await self._count(-1)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds of this server's requests or connections."""
        async with self._changed:
            await self._changed.wait_for(holds)

    async def _count(self, change: int = 0) -> None:
        async with self._changed:
            self.open += change
            self._changed.notify_all()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        request: Request = json.loads(body) if body else {}
        self.requests.append(request)
        self.authorizations.append(headers.get("authorization", ""))
        await self._count()
        response = self.behaviour(request)
        if response.mute:
            await reader.read()  # until the caller gives up
            return False
        writer.write(_head(response))
        if response.pieces:
            if not await self._send_pieces(response, reader, writer):
                return False
        elif response.drip:
            for at in range(len(response.body)):
                writer.write(response.body[at : at + 1])
                if await _hung_up(reader):
                    return False
        else:
            writer.write(response.body)
        await writer.drain()
        if response.hang:
            await reader.read()
        if response.cut:
            writer.transport.abort()
        return not (response.cut or response.hang)

    async def _send_pieces(
        self, response: Response, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Send the stream; tell whether the caller was there to the end."""
        for piece in response.pieces:
            if isinstance(piece, asyncio.Event):
                waits, leaves = asyncio.ensure_future(piece.wait()), asyncio.ensure_future(reader.read(1))
                try:
                    await asyncio.wait({waits, leaves}, return_when=asyncio.FIRST_COMPLETED)
                    if leaves.done():
                        return False
                finally:
                    for task in (waits, leaves):
                        task.cancel()
                    await asyncio.gather(waits, leaves, return_exceptions=True)
            else:
                writer.write(b"%x\r\n%b\r\n" % (len(piece), piece))
                await writer.drain()
        if not response.cut:
            writer.write(b"0\r\n\r\n")
        return True


async def _hung_up(reader: asyncio.StreamReader) -> bool:
    """Wait a moment, as a slow server does, and tell whether the caller went away meanwhile."""
    try:
        return await asyncio.wait_for(reader.read(1), DRIP_S) == b""
    except TimeoutError:
        return False


def _head(response: Response) -> bytes:
    length = response.declared if response.declared is not None else len(response.body)
    lines = [f"HTTP/1.1 {response.status} X"]
    if response.pieces:
        lines += ["content-type: text/event-stream", "transfer-encoding: chunked"]
    else:
        lines += ["content-type: application/json", f"content-length: {length}"]
    lines += [f"{name}: {value}" for name, value in response.headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


@asynccontextmanager
async def serving(behaviour: Behaviour) -> AsyncIterator[Server]:
    """Run a fake for the body of the block."""
    server = Server(behaviour)
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(server.handle(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        task.add_done_callback(lambda _: writer.close())  # also where the task was cancelled before it began

    listener = await asyncio.start_server(accept, "127.0.0.1", 0)
    host, port = listener.sockets[0].getsockname()[:2]
    server.base_url = f"http://{host}:{port}/v1"
    try:
        yield server
    finally:
        listener.close()
        while tasks:
            for task in list(tasks):
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        await listener.wait_closed()
