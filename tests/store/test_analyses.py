"""What the SQLite store keeps; its promises are the fake's, too."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.core.errors import NotFound, SettingsError, StoreUnavailable
from service.ports import AnalysisStore, StoredAnalysis
from service.store.analyses import SqliteAnalyses, open_analyses
from tests.fakes.store import FakeStore

KEPT = StoredAnalysis(
    "an_1", datetime(2026, 1, 5, 9, 30, tzinfo=UTC), "小王", None, '{"a": "周报😀"}'.encode()
)


@pytest.fixture(params=["sqlite", "fake"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> AnalysisStore:
    """Either store, empty."""
    made: dict[str, Callable[[], AnalysisStore]] = {
        "sqlite": lambda: SqliteAnalyses(tmp_path / "a.db"),
        "fake": FakeStore,
    }
    return made[request.param]()


async def test_what_is_put_is_got(store: AnalysisStore) -> None:
    """An answer comes back as it was, byte for byte."""
    await store.put(KEPT)
    assert await store.get("an_1") == KEPT


async def test_what_is_deleted_is_gone(store: AnalysisStore) -> None:
    """Once dropped, an answer is as if it had never been."""
    await store.put(KEPT)
    await store.delete("an_1")
    with pytest.raises(NotFound):
        await store.get("an_1")
    with pytest.raises(NotFound):
        await store.delete("an_1")


async def test_what_was_never_put_is_not_found(store: AnalysisStore) -> None:
    """An empty store knows nothing."""
    with pytest.raises(NotFound):
        await store.get("an_1")


async def test_no_file_is_made_for_asking(tmp_path: Path) -> None:
    """A service that stores nothing leaves no file behind."""
    path = tmp_path / "a.db"
    store = open_analyses(f"sqlite:///{path}")
    with pytest.raises(NotFound):
        await store.delete("an_1")
    assert not path.exists()


async def test_another_process_finds_it(tmp_path: Path) -> None:
    """What one store kept, another over the same file has."""
    await SqliteAnalyses(tmp_path / "a.db").put(KEPT)
    assert await SqliteAnalyses(tmp_path / "a.db").get("an_1") == KEPT


async def test_what_is_deleted_is_gone_from_the_file(tmp_path: Path) -> None:
    """Not even the file's free pages keep what somebody wanted gone."""
    path = tmp_path / "a.db"
    store = SqliteAnalyses(path)
    await store.put(KEPT)
    assert KEPT.answer in path.read_bytes()
    await store.delete("an_1")
    assert KEPT.answer not in path.read_bytes()


async def test_a_broken_database_is_told_as_such(tmp_path: Path) -> None:
    """A file that is no database is an error of ours that names no path."""
    path = tmp_path / "a.db"
    path.write_bytes(b"not a database" * 100)
    for step in (SqliteAnalyses(path).put(KEPT), SqliteAnalyses(path).get("an_1")):
        with pytest.raises(StoreUnavailable) as caught:
            await step
        assert str(tmp_path) not in str(caught.value)
        assert isinstance(caught.value.__cause__, sqlite3.Error)


@pytest.mark.parametrize("url", ["postgresql://db/notes", "sqlite:///", "notecoach.db", ""])
def test_another_database_is_refused_at_the_start(url: str) -> None:
    """What we can't speak to is told before the first request."""
    with pytest.raises(SettingsError, match="sqlite:///"):
        open_analyses(url)
