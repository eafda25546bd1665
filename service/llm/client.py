"""The production completions: AsyncOpenAI through instructor, one retry loop, one bill a question."""

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from service.core.analysis import Usage
from service.core.errors import ReaderError, ReaderUnavailable
from service.llm import sdk
from service.llm.breaker import Breaker
from service.llm.completion import Answer, Ask, Listener, Reply
from service.llm.config import LlmSettings
from service.llm.dialects import Dialect, Memory, Mode
from service.llm.faults import Fault, Kind, check_reply, classify, to_reader_error, too_slow
from service.llm.gate import Gate
from service.llm.ledger import Ledger, Tab
from service.llm.retry import Policy, Turn, retrying
from service.llm.written import Written, completion

if TYPE_CHECKING:
    import httpx
    import openai
    from openai.types.chat import ChatCompletion


_PATH = "/chat/completions"


class Client:
    """Asks one model at one base URL; the SDK is imported and connected on first use."""

    def __init__(
        self,
        settings: LlmSettings,
        *,
        http_client: "httpx.AsyncClient | None" = None,
        policy: Policy | None = None,
        breaker: Breaker | None = None,
    ) -> None:
        self._settings = settings
        self._base_url = settings.base_url or ""
        self._http_client = http_client
        self._policy = policy or Policy()
        self._memory = Memory()
        self._memory.recall(self._base_url, self.model, settings.preset)  # a wrong preset fails at start-up
        self.ledger = Ledger(settings.daily_tokens)
        self.breaker = breaker or Breaker()
        self._gate = Gate(settings.concurrency, settings.queue)
        self._sdk: openai.AsyncOpenAI | None = None
        self._shapes: dict[tuple[type[BaseModel], Mode], sdk.Shape[Any]] = {}

    @property
    def model(self) -> str:
        """The model's name as configured."""
        return self._settings.model or ""

    @property
    def breaker_state(self) -> str:
        """Where the breaker stands: closed, open or half_open."""
        return self.breaker.state.value

    @property
    def mode(self) -> str:
        """The mode that worked last, or that will be tried first."""
        return self.dialect.mode.value

    @property
    def dialect(self) -> Dialect:
        """The dialect the next question starts in."""
        return self._memory.recall(self._base_url, self.model, self._settings.preset)

    async def warm(self) -> None:
        """Import the SDK off the event loop and connect the client."""
        await asyncio.to_thread(sdk.load)
        self._connected()

    async def aclose(self) -> None:
        """Close the SDK's connections."""
        if self._sdk is not None:
            await self._sdk.close()
            self._sdk = None

    async def ask(self, question: Ask[Reply], timeout_s: float) -> Answer[Reply]:
        """Return a reply of the asked shape within `timeout_s`, retries included."""
        if self.ledger.is_exhausted:
            raise ReaderUnavailable("今天的模型用量额度已用完")
        tab = Tab()
        deadline = asyncio.get_running_loop().time() + timeout_s
        try:
            async with asyncio.timeout_at(deadline), self._gate.enter():
                value = await self._converse(question, tab, deadline)
        except TimeoutError:
            raise self._told(too_slow(), tab) from None
        except Fault as fault:
            raise self._told(to_reader_error(fault), tab) from None
        return Answer(value, self._booked(tab))

    def _told(self, error: ReaderError, tab: Tab) -> ReaderError:
        error.usage = self._booked(tab)
        return error

    def _booked(self, tab: Tab) -> Usage:
        usage = tab.usage()
        self.ledger.record(usage)
        return usage

    async def _converse(self, question: Ask[Reply], tab: Tab, deadline: float) -> Reply:
        loop = asyncio.get_running_loop()
        turn = Turn(self.dialect, question.messages, question.max_tokens, self._policy)
        async for attempt in retrying(lambda: deadline - loop.time()):
            with attempt:
                reply = await self._once(question, turn, tab, deadline - loop.time())
                self._memory.learn(self._base_url, self.model, turn.dialect)
                return reply
        raise AssertionError("the loop either returns or raises")

    async def _once(self, question: Ask[Reply], turn: Turn, tab: Tab, timeout_s: float) -> Reply:
        dialect = turn.dialect
        began = asyncio.get_running_loop().time()
        if not self.breaker.admit():
            raise Fault(Kind.FATAL, "模型服务连续出错，暂停请求")
        try:
            shape = self._shape(question.reply, dialect.mode)
            tab.attempts += 1
            request = {
                "model": self.model,
                **_worded(shape.request(turn.to_send()), question, turn),
            }
            if question.listener is not None and dialect.streams:
                raw = await self._listen(request, question.listener, turn, tab, timeout_s)
            else:
                raw = await self._send(request, timeout_s)
                tab.add(raw)
            check_reply(raw, dialect)
            reply = shape.parse(raw)
        except asyncio.CancelledError:
            self._book_cancelled(timeout_s, asyncio.get_running_loop().time() - began)
            raise
        except Exception as error:
            fault = classify(error, dialect)
            if fault.kind in (Kind.TRANSIENT, Kind.FATAL):
                self.breaker.fail()
            else:
                self.breaker.succeed()
            raise turn.after(fault) from None
        self.breaker.succeed()
        return reply

    def _book_cancelled(self, allowed_s: float, took_s: float) -> None:
        """Hold a deadline that ran out against the provider, a caller that hung up against nobody."""
        if took_s >= allowed_s * 0.9:
            self.breaker.fail()
        else:
            self.breaker.release()

    async def _send(self, request: dict[str, Any], timeout_s: float) -> "ChatCompletion":
        # the SDK's `create` without its walk over every node of messages and schema: 1.6 ms a call
        body = await self._connected().post(
            _PATH, cast_to=object, body=request, options={"timeout": timeout_s}
        )
        return completion(json.loads(body) if isinstance(body, str) else body)  # sent as text/plain

    async def _listen(
        self, request: dict[str, Any], listener: Listener, turn: Turn, tab: Tab, timeout_s: float
    ) -> "ChatCompletion":
        """Return the whole answer, its listener told of each piece; leaving in the middle ends the call."""
        from openai import AsyncStream
        from openai.types.chat import ChatCompletion, ChatCompletionChunk

        body = {**request, "stream": True}
        if turn.dialect.usage_in_stream:
            body["stream_options"] = {"include_usage": True}
        stream = await self._connected().post(
            _PATH,
            cast_to=ChatCompletion,
            body=body,
            options={"timeout": timeout_s},
            stream=True,
            stream_cls=AsyncStream[ChatCompletionChunk],
        )
        written = Written(listener)
        async with stream:
            if "json" in stream.response.headers.get("content-type", ""):  # a server that knows no streams
                whole = completion(json.loads(await stream.response.aread()))
                tab.add(whole)
                turn.dialect = replace(turn.dialect, streams=False)
                return whole
            try:
                return await written.read(stream)
            finally:
                tab.add(written)

    def _shape(self, reply: type[Reply], mode: Mode) -> "sdk.Shape[Reply]":
        key = (reply, mode)
        if key not in self._shapes:
            self._shapes[key] = sdk.Shape(reply, mode)
        return self._shapes[key]

    def _connected(self) -> "openai.AsyncOpenAI":
        if self._sdk is None:
            key = self._settings.api_key
            self._sdk = sdk.connect(
                self._base_url,
                key.get_secret_value() if key is not None else "none",  # local servers ask for no key
                self._settings.timeout_s,
                self._http_client,
            )
        return self._sdk


def _worded(request: dict[str, Any], question: Ask[Reply], turn: Turn) -> dict[str, Any]:
    """Return an instructor-shaped request with the rest of the question, in the words this server takes."""
    dialect = turn.dialect
    worded = dict(request)
    if dialect.mode is Mode.TOOLS and dialect.tool_choice != "forced":
        worded["tool_choice"] = dialect.tool_choice
    if dialect.temperature:
        worded["temperature"] = question.temperature
    if dialect.limit is not None:
        worded[dialect.limit] = turn.max_tokens
    return worded
