"""A copy is whole, of one moment, and nobody's words that were forgotten live on in it."""

import os
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.core import backup


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "bot.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE a (id INTEGER PRIMARY KEY, words TEXT)")
        connection.execute("CREATE TABLE b (a INTEGER)")
        for number in range(3000):
            connection.execute("INSERT INTO a VALUES (?, ?)", (number, "x" * 500))
    return path


def counts(path: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute("SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b)").fetchone()
        return row[0], row[1]


def test_made_while_another_writes_all_the_time(path: Path) -> None:
    """Each transaction adds one row to each table: a copy of two moments would show it."""
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as connection:
            while not stop.is_set():
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("INSERT INTO a (words) VALUES ('new')")
                connection.execute("INSERT INTO b VALUES (1)")
                connection.execute("COMMIT")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backup.back_up(path, path.parent / "backups", "manual") for _ in range(5)]
    finally:
        stop.set()
        writer.join()
    found = [counts(each) for each in made]
    assert all(first == second + 3000 for first, second in found)
    assert found[-1] > found[0], "it was written meanwhile"


def test_forgotten_words_are_not_in_the_copy(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("INSERT INTO a (words) VALUES ('the words somebody wanted forgotten')")
        connection.execute("DELETE FROM a WHERE words LIKE 'the words%'")
    made = backup.back_up(path, path.parent / "backups", "manual")
    assert b"wanted forgotten" not in made.read_bytes()
    assert made.stat().st_mode & 0o077 == 0, "nobody else on the machine can read it"


def test_missing_rows_are_noticed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, int]] = []
    count = backup._counts

    def one_more(connection: sqlite3.Connection) -> dict[str, int]:
        seen.append(count(connection))
        return {**seen[-1], "a": seen[-1]["a"] + len(seen)}

    monkeypatch.setattr(backup, "_counts", one_more)
    with pytest.raises(backup.BackupFailed, match="lacks rows"):
        backup.back_up(path, path.parent / "backups", "manual")
    assert list((path.parent / "backups").iterdir()) == []


def test_given_up_when_the_program_stops(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "PAGES", 10)
    asked: list[bool] = []

    def stopped() -> bool:
        asked.append(len(asked) > 0)
        return asked[-1]

    with pytest.raises((backup.BackupFailed, sqlite3.OperationalError)):
        backup.back_up(path, path.parent / "backups", "nightly", stopped=stopped)
    assert list((path.parent / "backups").iterdir()) == []


def test_nightly_ones_are_told_by_their_names(tmp_path: Path) -> None:
    for name in ("nightly-20261123T193000000000.db", "manual-20261123T193000000000.db", "nightly-of-mine.db"):
        (tmp_path / name).touch()
    assert backup.made(tmp_path, backup.NIGHTLY) == {
        datetime(2026, 11, 23, 19, 30, tzinfo=UTC): tmp_path / "nightly-20261123T193000000000.db"
    }


def test_what_a_killed_program_left_goes_after_a_day(tmp_path: Path) -> None:
    (tmp_path / "nightly-1.partial").touch()
    (tmp_path / "nightly-2.partial").touch()
    os.utime(tmp_path / "nightly-1.partial", (0, 0))
    backup.sweep(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["nightly-2.partial"]
