"""The gaps that SQLite leaves in pages are filled with zeros, and nothing else is touched."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.core import left_behind
from storage.core.left_behind import Gaps

Rows = dict[int, str]


def word(chance: random.Random) -> str:
    return "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=12))


def write(connection: sqlite3.Connection, chance: random.Random, changes: int) -> tuple[Rows, set[str]]:
    """Rows of many lengths come, are changed and go; returns those that are there, and words that are not any more."""
    rows: Rows = {}
    gone: set[str] = set()
    connection.execute("BEGIN")
    for number in range(1, changes):
        said = word(chance)
        text = f"{said} {'-' * chance.randrange(30, 500)}"
        if chance.random() < 0.5 or not rows:
            rows[number] = said
            connection.execute("INSERT INTO said VALUES (?, ?, ?)", (number, said, text))
            continue
        old = chance.choice(list(rows))
        gone.add(rows[old])
        if chance.random() < 0.3:
            connection.execute("DELETE FROM said WHERE id = ?", (old,))
            del rows[old]
        else:
            rows[old] = said
            connection.execute("UPDATE said SET word = ?, text = ? WHERE id = ?", (said, text, old))
    connection.execute("COMMIT")
    return rows, gone


def dirty(gaps: Gaps) -> list[int]:
    found: list[int] = []
    first = 0
    while (some := gaps.dirty(first, 64)) is not None:
        found += some
        first += 64
    return found


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "said.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        left_behind.overwrite(connection)
        connection.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, word TEXT, text TEXT)")
        connection.execute("CREATE INDEX said_word ON said(word)")
        yield connection


def test_no_word_that_was_deleted_is_left(connection: sqlite3.Connection, tmp_path: Path) -> None:
    path = tmp_path / "said.db"
    rows, gone = write(connection, random.Random(0), 3000)
    assert left_behind.empty_log(path)
    gaps = Gaps(path)
    left = [word for word in gone if word.encode() in path.read_bytes()]
    assert left, "SQLite leaves copies of rows that moved: else all this is for nothing"
    pages = dirty(gaps)
    assert gaps.fill(connection, pages)
    content = path.read_bytes()
    assert [word for word in gone if word.encode() in content] == [] and dirty(gaps) == []
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert dict(connection.execute("SELECT id, word FROM said").fetchall()) == rows
    # What the connection knew of these pages it does not write back.
    connection.execute("UPDATE said SET word = upper(word) WHERE id % 3 = 0")
    assert left_behind.empty_log(path)
    assert [word for word in gone if word.encode() in path.read_bytes()] == []
    connection.close()
    gaps.close()


def test_nothing_is_filled_while_pages_may_be_copied_into_the_file(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    path = tmp_path / "said.db"
    write(connection, random.Random(5), 2000)
    assert left_behind.empty_log(path)
    gaps = Gaps(path)
    pages = dirty(gaps)
    assert pages
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)) as reading:
        connection.execute("DELETE FROM said WHERE id < 20")
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM said").fetchone()
        connection.execute("DELETE FROM said WHERE id < 40")
        assert not gaps.fill(connection, pages) and not left_behind.empty_log(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not gaps.fill(connection, pages)
        assert dirty(gaps)
        other.execute("ROLLBACK")
    assert gaps.fill(connection, pages)
    connection.close()
    gaps.close()


def test_a_file_with_pages_of_other_kinds_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "moving.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA auto_vacuum=FULL")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, word TEXT, text TEXT)")
        write(connection, random.Random(5), 2000)
        gaps = Gaps(path)
        assert gaps.dirty(0, 64) is None
    gaps.close()
