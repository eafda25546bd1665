"""Key, note and answers stay out of logs, errors and representations, whatever goes wrong."""

import json
import logging

import pytest
from pydantic import SecretStr

from service.core.errors import ReaderError
from service.core.note import Note
from service.core.reading import ClaimKind
from service.llm.client import Client
from service.llm.config import LlmSettings
from service.llm.reader import LlmReader
from service.llm.retry import Policy
from tests.fakes.openai_server import Response, completion, refused, serving
from tests.llm.notes import claim, reading

KEY = "sk-SECRET-KEY-0042"
TEXT = "机密字样：新客 300 人"
ANSWER = "ANSWER-THAT-MUST-NOT-BE-LOGGED"
SECRETS = (KEY, "机密字样", "新客 300", ANSWER)


def _chain(error: BaseException) -> str:
    told, at = [], error
    while at is not None:
        told += [str(at), repr(at)]
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)  # type: ignore[assignment]
    return "\n".join(told)


@pytest.mark.parametrize(
    "response",
    [
        completion(tool=json.dumps({"claims": [{"id": "c1", "quote": TEXT, "kind": ANSWER}]})),
        completion(ANSWER),
        completion(tool='{"claims": [{"id": "' + ANSWER),
        refused(f"bad key {KEY} for {TEXT}", 401),
        refused(f"boom {TEXT}", 500),
        Response(200, ANSWER.encode()),
        Response(200, b"", declared=10, cut=True),
    ],
    ids=["wrong-shape", "prose", "cut", "401", "500", "garbage", "reset"],
)
async def test_nothing_secret_is_logged_or_told(response: Response, caplog: pytest.LogCaptureFixture) -> None:
    """With every logger at DEBUG, neither the log nor the error a caller sees holds key, note or answer."""
    with caplog.at_level(logging.DEBUG):
        async with serving(lambda _: response) as server:
            settings = LlmSettings(base_url=server.base_url, api_key=SecretStr(KEY), model="m")
            reader = LlmReader(Client(settings, policy=Policy(base_s=0.0, cap_s=0.0)))
            with pytest.raises(ReaderError) as raised:
                await reader.read(
                    Note(TEXT), reading(TEXT, claim(TEXT, "c1", ClaimKind.RESULT, "新客 300 人")), 60.0
                )
            await reader.aclose()
            assert server.authorizations[0] == f"bearer {KEY}".lower()

    logged = "\n".join(r.getMessage() for r in caplog.records)
    told = _chain(raised.value)
    for secret in SECRETS:
        assert secret not in logged
        assert secret not in told


def test_settings_do_not_show_the_key() -> None:
    """A printed settings object is safe to log."""
    assert KEY not in repr(LlmSettings(base_url="http://x/v1", api_key=SecretStr(KEY), model="m"))
