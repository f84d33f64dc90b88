"""A file from before 0.2.0 is refused by whatever would open it, and stays as it lies, byte for byte."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.core import migrate
from storage.core.database import Database
from storage.core.inspection import inspect
from storage.core.migrate import SchemaTooOld, refuse_old
from tests.storage.old_files import WAYS, leave, seen

WORDS = "was made before 0.2.0; nothing was released then; start anew or use commit [0-9a-f]{7}$"


def open_it(path: Path) -> None:
    asyncio.run(Database(path, lambda: datetime(2026, 3, 2, tzinfo=UTC)).open())


@pytest.mark.parametrize("look", [refuse_old, inspect, open_it])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("version", [1, 13, 27])
def test_it_is_refused_and_not_touched(tmp_path: Path, version: int, way: str, look: object) -> None:
    path = tmp_path / "bot.db"
    leave(path, version, way)
    before = seen(tmp_path)
    assert ("bot.db-wal" in before) == way.startswith("killed")
    assert callable(look)
    with pytest.raises(SchemaTooOld, match=WORDS):
        look(path)
    assert seen(tmp_path) == before


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("version", [0, migrate.newest(), migrate.newest() + 1])
def test_every_other_version_is_let_through(tmp_path: Path, version: int, way: str) -> None:
    leave(tmp_path / "bot.db", version, way)
    refuse_old(tmp_path / "bot.db")


@pytest.mark.parametrize("content", [None, b"", b"Dear neighbours, this is no database. " * 50, b"SQLite format 3\0"])
def test_what_is_no_database_is_left_to_others(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "bot.db").write_bytes(content)
        (tmp_path / "bot.db-wal").write_bytes(content)
    refuse_old(tmp_path / "bot.db")


def test_one_that_grows_old_while_it_is_open_is_refused_as_well(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version=27")
        with pytest.raises(SchemaTooOld):
            migrate.migrate(connection, path)
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
