"""The production completions: AsyncOpenAI through instructor, one retry loop, one bill a question."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from service.core.analysis import Usage
from service.core.errors import ReaderError, ReaderUnavailable
from service.llm import sdk
from service.llm.breaker import Breaker
from service.llm.completion import Answer, Ask, Reply
from service.llm.config import LlmSettings
from service.llm.dialects import Dialect, Memory, Mode
from service.llm.faults import Fault, Kind, check_reply, classify, to_reader_error, too_slow
from service.llm.gate import Gate
from service.llm.ledger import Ledger, Tab
from service.llm.retry import Policy, Turn, retrying

if TYPE_CHECKING:
    import httpx
    import openai

Create = Callable[..., Awaitable[Any]]


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
        self._creates: dict[Mode, Create] = {}
        self._wrapped: dict[type[BaseModel], type[BaseModel]] = {}

    @property
    def model(self) -> str:
        """The model's name as configured."""
        return self._settings.model or ""

    @property
    def breaker_state(self) -> str:
        """Where the breaker stands: closed, open or half_open."""
        return self.breaker.state.value

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

        async def send(**request: Any) -> Any:
            tab.attempts += 1
            raw = await self._connected().chat.completions.create(**_adapted(request, dialect))
            tab.add(raw)
            check_reply(raw, dialect)
            return raw

        arguments: dict[str, Any] = {"model": self.model, "messages": turn.to_send(), "timeout": timeout_s}
        if dialect.temperature:
            arguments["temperature"] = question.temperature
        if dialect.limit is not None:
            arguments[dialect.limit] = turn.max_tokens
        if not self.breaker.admit():
            raise Fault(Kind.FATAL, "模型服务连续出错，暂停请求")
        try:
            reply: Reply = await sdk.structured(send, dialect.mode)(
                response_model=self._reply_model(question.reply), max_retries=0, strict=False, **arguments
            )
        except asyncio.CancelledError:
            self._book_cancelled(timeout_s, asyncio.get_running_loop().time() - began)
            raise
        except Exception as error:  # instructor wraps whatever went wrong; the cause tells
            fault = classify(_cause(error), dialect)
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

    def _reply_model(self, reply: type[BaseModel]) -> type[BaseModel]:
        if reply not in self._wrapped:
            self._wrapped[reply] = sdk.wrap(reply)
        return self._wrapped[reply]

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


def _adapted(request: dict[str, Any], dialect: Dialect) -> dict[str, Any]:
    """Return an instructor-shaped request in the words this server takes."""
    if dialect.mode is Mode.TOOLS and dialect.tool_choice != "forced":
        request["tool_choice"] = dialect.tool_choice
    # as extra body they skip the SDK's walk over every node of the schema: 0.7 ms a call
    schema = {name: request.pop(name) for name in ("tools", "response_format") if name in request}
    return {**request, "extra_body": schema} if schema else request


def _cause(error: Exception) -> BaseException:
    from instructor.core.exceptions import InstructorRetryException

    if isinstance(error, InstructorRetryException) and error.__cause__ is not None:
        return error.__cause__
    return error
