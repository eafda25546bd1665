"""The family of "OpenAI-compatible" servers: every known quirk ends in a reading."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import SecretStr

from service.core.errors import ReaderNonsense, ReaderUnavailable, SettingsError
from service.core.note import Note
from service.core.reading import ClaimKind
from service.llm.client import Client
from service.llm.completion import Answer, Ask, Message
from service.llm.config import LlmSettings
from service.llm.dialects import Dialect, Mode, choose, presets
from service.llm.reader import LlmReader
from service.llm.replies import ExtractReply
from service.llm.retry import Policy
from tests.fakes.openai_server import Behaviour, Request, Response, completion, refused, serving
from tests.llm.notes import claim, reading

REPLY = {"claims": [{"id": "c1", "quote": "新客 300 人", "kind": "result"}]}
TEXT = json.dumps(REPLY, ensure_ascii=False)


def _ask() -> Ask[ExtractReply]:
    return Ask(
        [Message(role="system", content="读"), Message(role="user", content="新客 300 人")], ExtractReply, "k"
    )


def _mode(request: Request) -> Mode:
    """Tell in which mode a request was made."""
    if "tools" in request:
        return Mode.TOOLS
    shape = request.get("response_format", {}).get("type")
    return {"json_schema": Mode.JSON_SCHEMA, "json_object": Mode.JSON}.get(shape, Mode.MD_JSON)


async def _read(
    behaviour: Behaviour, preset: str | None = None, times: int = 1
) -> tuple[list[Answer[ExtractReply]], list[Request]]:
    async with serving(behaviour) as server:
        client = Client(
            LlmSettings(base_url=server.base_url, api_key=SecretStr("sk-x"), model="m", preset=preset),
            policy=Policy(base_s=0.0, cap_s=0.0),
        )
        try:
            return [await client.ask(_ask(), 60.0) for _ in range(times)], server.requests
        finally:
            await client.aclose()


def _only(mode: Mode, complaint: str) -> Behaviour:
    def behave(request: Request) -> Response:
        if _mode(request) is not mode:
            return refused(complaint)
        return completion(tool=TEXT) if mode is Mode.TOOLS else completion(TEXT)

    return behave


@pytest.mark.parametrize("mode", list(Mode))
async def test_ladder_finds_the_one_mode_a_server_takes(mode: Mode) -> None:
    """Whatever single mode a server knows, the first question finds it and the second starts there."""
    answers, requests = await _read(_only(mode, "'tools' / response_format not supported"), times=2)
    assert [a.value.claims[0].quote for a in answers] == ["新客 300 人"] * 2
    assert _mode(requests[-1]) is mode
    assert len(requests) == list(Mode).index(mode) + 2


async def test_schema_refused_with_a_500_steps_down_too() -> None:
    """llama.cpp's Python server answers 500 to an unknown response_format: the words count."""

    def behave(request: Request) -> Response:
        if _mode(request) is Mode.JSON_SCHEMA:
            return refused(
                "literal_error: response_format.type: Input should be 'text' or 'json_object'", 500
            )
        return completion(TEXT)

    answers, requests = await _read(behave, preset="llama.cpp")
    assert answers[0].value.claims[0].quote == "新客 300 人"
    assert [_mode(r) for r in requests] == [Mode.JSON_SCHEMA, Mode.JSON]


async def test_forced_tool_choice_refused_falls_back_to_auto() -> None:
    """A thinking model that takes tools but no forced choice is asked with `auto`."""

    def behave(request: Request) -> Response:
        if isinstance(request.get("tool_choice"), dict):
            return refused("Thinking mode does not support this tool_choice")
        return completion(tool=TEXT)

    _, requests = await _read(behave)
    assert requests[-1]["tool_choice"] == "auto"


@pytest.mark.parametrize("limit", ["max_tokens", "max_completion_tokens", None])
async def test_output_limit_is_named_as_the_server_wants(limit: str | None) -> None:
    """max_tokens and max_completion_tokens are swapped on refusal, and left out where neither is taken."""

    def behave(request: Request) -> Response:
        for name in ("max_tokens", "max_completion_tokens"):
            if name in request and name != limit:
                return refused(f"Unsupported parameter: '{name}' is not supported with this model.")
        return completion(tool=TEXT)

    _, requests = await _read(behave)
    assert {n for n in ("max_tokens", "max_completion_tokens") if n in requests[-1]} == ({limit} - {None})


async def test_fixed_temperature_is_left_alone() -> None:
    """A model that takes only its default temperature is asked without one."""

    def behave(request: Request) -> Response:
        if "temperature" in request:
            return refused("Unsupported value: 'temperature' does not support 0.0 with this model.")
        return completion(tool=TEXT)

    _, requests = await _read(behave)
    assert "temperature" not in requests[-1]


@pytest.mark.parametrize(
    "response",
    [
        completion(tool=TEXT),
        completion(tool=REPLY),
        completion(tool=f"```json\n{TEXT}\n```"),
        completion(TEXT),
        completion(f"好的，结果如下：\n```json\n{TEXT}\n```"),
        completion(f'<think>周报里有 {{"claims": []}} 吗？先想想 {{</think>\n{TEXT}'),
    ],
    ids=["tool", "arguments-object", "arguments-fenced", "text-instead", "text-fenced", "reasoning-first"],
)
async def test_tool_answers_in_every_form_are_read(response: Response) -> None:
    """Arguments as text, object or fenced, or JSON in the content where a call was due."""
    answers, requests = await _read(lambda _: response)
    assert answers[0].value.claims[0].quote == "新客 300 人"
    assert len(requests) == 1


@pytest.mark.parametrize(
    "content",
    [
        TEXT,
        f"```json\n{TEXT}\n```",
        f"```\n{TEXT}\n```\n以上。",
        f"<think>嗯 {{}}</think>{TEXT}",
        f"\n\n {TEXT}",
    ],
    ids=["bare", "fenced", "fenced-with-tail", "reasoning-first", "blank-lead"],
)
@pytest.mark.parametrize("mode", [Mode.JSON_SCHEMA, Mode.JSON, Mode.MD_JSON])
async def test_text_answers_in_every_form_are_read(mode: Mode, content: str) -> None:
    """The last complete JSON object counts, whatever stands round it."""

    def behave(request: Request) -> Response:
        return completion(content) if _mode(request) is mode else refused("tools, response_format: no")

    answers, _ = await _read(behave)
    assert answers[0].value.claims[0].quote == "新客 300 人"


async def test_blank_json_content_steps_down() -> None:
    """A server whose JSON mode answers with blanks is asked for fenced JSON instead."""

    def behave(request: Request) -> Response:
        if _mode(request) is Mode.TOOLS:
            return refused("tools are not supported")
        return completion(TEXT) if _mode(request) is Mode.MD_JSON else completion("   \n ")

    _, requests = await _read(behave)
    assert _mode(requests[-1]) is Mode.MD_JSON


async def test_truncation_is_asked_again_with_more_room() -> None:
    """finish_reason length doubles the limit and says to be brief; both attempts are billed."""

    def behave(request: Request) -> Response:
        if request["max_tokens"] < 10_000:
            return completion(tool=TEXT[:20], finish_reason="length", tokens=(100, 8000))
        return completion(tool=TEXT)

    answers, requests = await _read(behave)
    assert "截断" in requests[1]["messages"][-1]["content"]
    assert (answers[0].usage.attempts, answers[0].usage.output_tokens) == (2, 8020)


@pytest.mark.parametrize(
    "response",
    [completion(refusal="I can't help with that."), completion("", finish_reason="content_filter")],
)
async def test_refusal_is_final(response: Response) -> None:
    """A model that declines is not pressed."""
    with pytest.raises(ReaderUnavailable, match="拒绝"):
        await _read(lambda _: response)


@pytest.mark.parametrize("preset", sorted(presets()))
async def test_every_preset_speaks_to_a_plain_server(preset: str) -> None:
    """Each preset's first rung gets an answer from a server that takes everything."""

    def behave(request: Request) -> Response:
        return completion(tool=TEXT) if _mode(request) is Mode.TOOLS else completion(TEXT)

    answers, requests = await _read(behave, preset)
    assert len(requests) == 1
    assert _mode(requests[0]) is presets()[preset].mode
    assert answers[0].value.claims


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://api.deepseek.com/v1", "deepseek"),
        ("https://dashscope.aliyuncs.com/compatible-mode/v1", "dashscope"),
        ("https://api.openai.com/v1", "openai"),
        ("http://127.0.0.1:11434/v1", "ollama"),
        ("https://llm.example.com/v1", "generic"),
        ("https://notapi.openai.com.example.com/v1", "generic"),
    ],
)
def test_preset_is_known_by_its_host(url: str, name: str) -> None:
    """The host tells the family; anything else is generic."""
    assert choose(url, None) == presets()[name]


def test_unknown_preset_is_a_settings_error_that_lists_the_known() -> None:
    """A typo in the preset is told at start-up, with what there is."""
    with pytest.raises(SettingsError, match="deepseek"):
        Client(LlmSettings(base_url="http://x/v1", model="m", preset="deepsick"))


@pytest.mark.parametrize(
    ("message", "changed"),
    [
        ("Invalid model id", False),
        ("This model's maximum context length is 8192 tokens", False),
        ("tool_choice is not supported", True),
        ("response_format.type: json_schema is unavailable", True),
        ("Unknown parameter: max_tokens", True),
    ],
)
def test_only_a_refusal_that_names_a_feature_changes_the_dialect(message: str, changed: bool) -> None:
    """A 400 about anything else is final."""
    dialect = Dialect(tuple(Mode))
    assert (dialect.after_refusal(message) is not None) is changed


async def test_bottom_of_the_ladder_is_told_as_unavailable() -> None:
    """A server that refuses every mode ends the question, without going round."""
    with pytest.raises(ReaderUnavailable):
        await _read(lambda _: refused("tools and response_format are not supported"))


@pytest.mark.parametrize("quote", ["300 new customers", "新規顧客 300 人", "새 고객 300명"])
async def test_answer_in_another_language_is_told_and_not_taken(quote: str) -> None:
    """A model that translates what it should quote has no claim accepted: each is told as not found."""
    text = "新客 300 人，上周 250 人。"
    reply = json.dumps({"claims": [{"id": "c1", "quote": quote, "kind": "result"}]}, ensure_ascii=False)
    by_rule = reading(text, claim(text, "c1", ClaimKind.RESULT, "新客 300 人"))
    async with serving(lambda _: completion(tool=reply)) as server:
        reader = LlmReader(Client(LlmSettings(base_url=server.base_url, model="m")))
        with pytest.raises(ReaderNonsense) as raised:
            await reader.read(Note(text), by_rule, 60.0)
        await reader.aclose()
    assert [u.reason for u in raised.value.unsupported] == ["not_found"]


async def test_prose_without_json_is_nonsense() -> None:
    """A model that chats instead of answering is asked again, then given up on."""
    prose: Callable[[Any], Response] = lambda _: completion("I think this is a great report!")  # noqa: E731
    with pytest.raises(ReaderNonsense):
        await _read(prose)
