"""The bill: all attempts summed, and a daily budget that ends with the day."""

from datetime import date
from types import SimpleNamespace

import pytest

from service.core.analysis import Usage
from service.core.errors import ReaderUnavailable
from service.llm.client import Client
from service.llm.completion import Ask, Message
from service.llm.config import LlmSettings
from service.llm.ledger import Ledger, Tab
from service.llm.replies import ExtractReply


def test_tab_sums_every_attempt_and_ignores_nonsense() -> None:
    """Replies without usage, or with usage that is no number, cost nothing we know of."""
    tab = Tab(attempts=3)
    tab.add(SimpleNamespace(usage=SimpleNamespace(prompt_tokens=10, completion_tokens=4)))
    tab.add(SimpleNamespace(usage=None))
    tab.add(SimpleNamespace(usage=SimpleNamespace(prompt_tokens="many", completion_tokens=-1)))
    assert tab.usage() == Usage(llm_calls=1, attempts=3, input_tokens=10, output_tokens=4)


def test_budget_is_spent_and_comes_back_with_the_day() -> None:
    """Once the day's tokens are gone it is exhausted, until tomorrow."""
    day = [date(2026, 1, 5)]
    ledger = Ledger(100, today=lambda: day[0])
    ledger.record(Usage(llm_calls=1, attempts=1, input_tokens=90, output_tokens=10))
    assert ledger.is_exhausted
    day[0] = date(2026, 1, 6)
    assert not ledger.is_exhausted
    assert ledger.total.input_tokens == 90


async def test_exhausted_budget_degrades_before_a_call() -> None:
    """With no budget left the model is not asked."""
    client = Client(LlmSettings(base_url="http://127.0.0.1:9/v1", model="m", daily_tokens=0))
    with pytest.raises(ReaderUnavailable, match="额度"):
        await client.ask(Ask([Message(role="user", content="x")], ExtractReply, "k"), 1.0)
