"""Stored analyses in a SQLite file."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from service.core.errors import NotFound, SettingsError, StoreUnavailable
from service.ports import StoredAnalysis

T = TypeVar("T")

_SCHEME = "sqlite:///"
_WAIT_S = 5.0  # for another process' write to end
_TABLE = """
CREATE TABLE IF NOT EXISTS analysis (
    id TEXT PRIMARY KEY,
    created_at TEXT NOT NULL,
    author TEXT,
    period TEXT,
    answer BLOB NOT NULL
) WITHOUT ROWID
"""
_BY_AUTHOR = "CREATE INDEX IF NOT EXISTS analysis_by_author ON analysis (author, period, created_at)"


class SqliteAnalyses:
    """One file, made when the first analysis is stored; each step has its own connection and thread."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def put(self, kept: StoredAnalysis) -> None:
        """Keep an answer under its id."""
        row = (kept.id, kept.created_at.isoformat(), kept.author, kept.period, kept.answer)

        def insert(database: sqlite3.Connection) -> None:
            database.execute(_TABLE)
            database.execute(_BY_AUTHOR)
            database.execute("INSERT INTO analysis VALUES (?, ?, ?, ?, ?)", row)

        await self._run(insert)

    async def get(self, analysis_id: str) -> StoredAnalysis:
        """Return what was kept; raises NotFound."""

        def select(database: sqlite3.Connection) -> tuple[str, str, str | None, str | None, bytes] | None:
            found: tuple[str, str, str | None, str | None, bytes] | None = database.execute(
                "SELECT id, created_at, author, period, answer FROM analysis WHERE id = ?", (analysis_id,)
            ).fetchone()
            return found

        row = await self._run(select) if self._path.exists() else None
        if row is None:
            raise _missing()
        return StoredAnalysis(row[0], datetime.fromisoformat(row[1]), *row[2:])

    async def delete(self, analysis_id: str) -> None:
        """Forget what was kept; raises NotFound."""

        def drop(database: sqlite3.Connection) -> int:
            # What is dropped is overwritten: somebody wanted it gone.
            database.execute("PRAGMA secure_delete = ON")
            return database.execute("DELETE FROM analysis WHERE id = ?", (analysis_id,)).rowcount

        if not self._path.exists() or not await self._run(drop):
            raise _missing()

    async def _run(self, step: Callable[[sqlite3.Connection], T]) -> T:
        def work() -> T:
            with closing(sqlite3.connect(self._path, timeout=_WAIT_S)) as database, database:
                return step(database)

        try:
            return await asyncio.to_thread(work)
        except sqlite3.Error as error:
            # Its message may name the file's place: that is for the log.
            raise StoreUnavailable("现在读写不了已保存的分析") from error


def open_analyses(url: str) -> SqliteAnalyses:
    """Return the store that NOTECOACH_DATABASE_URL names; raises SettingsError for any but SQLite."""
    path = url.removeprefix(_SCHEME)
    if not url.startswith(_SCHEME) or not path:
        raise SettingsError(
            "NOTECOACH_DATABASE_URL 要写成 sqlite:///文件路径，如 sqlite:///notecoach.db 或 sqlite:////data/notecoach.db"
        )
    return SqliteAnalyses(Path(path))


def _missing() -> NotFound:
    return NotFound("没有保存过这个编号的分析，或已经删除")
