"""Streams that break off, end early or come in odd forms fare as whole answers do."""

from typing import Any

import pytest

from service.core.errors import ReaderNonsense, ReaderUnavailable
from service.core.reading import Reading
from tests.fakes.openai_server import Response, completion, streamed
from tests.llm.listened import PIECES, REPLY, SECOND, TEXT, ignore, read

HALF = streamed(TEXT[:SECOND], cut=True).pieces
BROKEN = {
    "cut": streamed(TEXT[:SECOND], cut=True),
    "ends-unsaid": streamed(TEXT[:SECOND], finish_reason=None),
    "error-event": Response(pieces=(*HALF, b'data: {"error": {"message": "x"}}\n\n')),
    "garbage": Response(pieces=(*HALF, b"data: {oops\n\n")),
    "empty": Response(pieces=(b"data: [DONE]\n\n",)),
}  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN)
async def test_stream_that_breaks_off_is_asked_again(broken: str) -> None:
    """What was heard is forgotten, the second answer counts, both attempts are billed."""
    answers = iter([BROKEN[broken], streamed(*PIECES)])
    told: list[Reading] = []
    (found,), requests = await read(lambda _: next(answers), told.append)
    (whole,), _ = await read(lambda _: completion(tool=TEXT))
    assert found.reading == whole.reading
    assert found.usage.attempts == len(requests) == 2
    assert told[-1].claims == found.reading.claims


async def test_stream_that_always_breaks_off_is_unavailable() -> None:
    """Retries are bounded, as for any other passing fault."""
    with pytest.raises(ReaderUnavailable, match="中途断了"):
        await read(lambda _: BROKEN["cut"], ignore, waits=2)


async def test_tokens_told_before_a_break_are_billed() -> None:
    """A server that counts as it goes is paid for what it counted."""
    counted = b'data: {"choices": [], "usage": {"prompt_tokens": 70, "completion_tokens": 9}}\n\n'
    answers = iter([Response(pieces=(counted,), cut=True), streamed(*PIECES)])
    (found,), _ = await read(lambda _: next(answers), ignore)
    assert (found.usage.input_tokens, found.usage.output_tokens) == (170, 29)


async def test_answer_cut_short_is_asked_again_with_more_room() -> None:
    """finish_reason length means in a stream what it means in a whole answer."""
    answers = iter([streamed(TEXT[:SECOND], finish_reason="length"), streamed(*PIECES)])
    (found,), requests = await read(lambda _: next(answers), ignore)
    assert requests[1]["max_tokens"] == 2 * requests[0]["max_tokens"]
    assert found.usage.output_tokens == 40


async def test_refusal_in_a_stream_is_final() -> None:
    """A model that declines piece by piece is not pressed."""
    with pytest.raises(ReaderUnavailable, match="拒绝"):
        await read(lambda _: streamed({"refusal": "I "}, {"refusal": "can't"}), ignore)


async def test_stream_of_prose_is_nonsense() -> None:
    """A model that chats is asked again, then given up on."""
    with pytest.raises(ReaderNonsense):
        await read(lambda _: streamed("写得", "不错！", as_tool=False), ignore)


ODD: dict[str, list[Any]] = {
    "object": [{"tool_calls": [{"function": {"name": "x", "arguments": REPLY}}]}],
    "no-index": [{"tool_calls": [{"function": {"arguments": p}}]} for p in PIECES],
    "chat-first": [{"content": "好的。"}, *PIECES],
    "role-first": [{"role": "assistant", "content": None}, *PIECES],
    "no-delta": [{}, *PIECES],
}


@pytest.mark.parametrize("odd", ODD)
async def test_tool_calls_in_every_form_are_put_together(odd: str) -> None:
    """Arguments as object, without index, after chatter: the reading is the same."""
    told: list[Reading] = []
    (found,), _ = await read(lambda _: streamed(*ODD[odd]), told.append)
    (whole,), _ = await read(lambda _: completion(tool=TEXT))
    assert found == whole
    assert told
