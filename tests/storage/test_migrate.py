"""Schemas: fresh, from an older one, half-way trouble, one from the future; and the backup made before."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.core import backup, migrate
from storage.core.migrate import SchemaTooNew, SchemaTooOld

FIRST = 28
"""The first schema that was released; it never changes."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_first.sql").write_text(
        "-- a comment; with a semicolon\nCREATE TABLE a (id INTEGER PRIMARY KEY, words TEXT DEFAULT ';');\n"
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  UPDATE a SET words = 'x;y' WHERE id = new.id;\nEND;\n"
        "INSERT INTO a (id) VALUES (1);\n-- the end"
    )
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    # Letters that mean something in a file address.
    place = tmp_path / "50% #1?"
    place.mkdir()
    return place / "bot.db"


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        yield connection


def tables(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_fresh(connection: sqlite3.Connection, path: Path, folder: Path) -> None:
    assert migrate.migrate(connection, path, folder) == [1]
    assert (tables(connection), version(connection)) == ({"a"}, 1)
    assert connection.execute("SELECT words FROM a").fetchone()[0] == "x;y"
    assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    assert not (path.parent / "backups").exists(), "there was nothing to back up"
    assert migrate.migrate(connection, path, folder) == []


def test_from_an_older_schema_with_a_backup_first(connection: sqlite3.Connection, path: Path, folder: Path) -> None:
    migrate.migrate(connection, path, folder)
    connection.execute("INSERT INTO a (id) VALUES (2)")
    (folder / "0002_second.sql").write_text("ALTER TABLE a ADD COLUMN more TEXT;")
    (folder / "0003_third.sql").write_text("UPDATE a SET more = 'yes'; ")
    assert migrate.migrate(connection, path, folder) == [2, 3]
    assert connection.execute("SELECT id, more FROM a").fetchall() == [(1, "yes"), (2, "yes")]
    (kept,) = (path.parent / "backups").iterdir()
    assert kept.name.startswith("before-schema-3-")
    with closing(sqlite3.connect(kept)) as copy:
        assert (version(copy), copy.execute("SELECT count(*) FROM a").fetchone()[0]) == (1, 2)


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE b (id INTEGER);\nINSERT INTO nowhere VALUES (1);",
        "CREATE TABLE b (id INTEGER);\nCREATE TABLE c (a INTEGER REFERENCES a(id));\nINSERT INTO c VALUES (99);",
        "CREATE TABLE b (id INTEGER);\nCREATE TABLE unfinished (",
    ],
    ids=["a statement fails", "a row points nowhere", "a statement is unfinished"],
)
def test_half_a_migration_leaves_nothing(connection: sqlite3.Connection, path: Path, folder: Path, script: str) -> None:
    migrate.migrate(connection, path, folder)
    (folder / "0002_second.sql").write_text(script)
    with pytest.raises(sqlite3.Error):
        migrate.migrate(connection, path, folder)
    assert (tables(connection), version(connection)) == ({"a"}, 1)
    assert not connection.in_transaction
    (folder / "0002_second.sql").write_text("CREATE TABLE b (id INTEGER);")
    assert migrate.migrate(connection, path, folder) == [2]


def test_a_full_disk_in_the_middle_leaves_nothing(connection: sqlite3.Connection, path: Path, folder: Path) -> None:
    migrate.migrate(connection, path, folder)
    (folder / "0002_second.sql").write_text(
        "CREATE TABLE b (x TEXT);\nINSERT INTO b WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE "
        "i < 2000) SELECT hex(randomblob(500)) FROM n;"
    )
    connection.execute("PRAGMA max_page_count=20")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        migrate.migrate(connection, path, folder)
    assert (tables(connection), version(connection)) == ({"a"}, 1)


def test_a_file_from_the_future_is_left_alone(connection: sqlite3.Connection, path: Path, folder: Path) -> None:
    migrate.migrate(connection, path, folder)
    connection.execute("PRAGMA user_version=7")
    with pytest.raises(SchemaTooNew, match="schema 7, this program knows 1"):
        migrate.migrate(connection, path, folder)
    assert version(connection) == 7


def test_our_own_files_are_numbered_without_gaps(connection: sqlite3.Connection, path: Path) -> None:
    assert migrate.migrate(connection, path) == list(range(FIRST, migrate.newest() + 1))


def next_version(tmp_path: Path) -> Path:
    """Our own migrations, and the one of a version to come."""
    folder = tmp_path / "of the next version"
    shutil.copytree(migrate.MIGRATIONS, folder)
    (folder / f"{migrate.newest() + 1:04}_next_version.sql").write_text(
        "ALTER TABLE people ADD COLUMN shoe_size INTEGER;\nUPDATE people SET shoe_size = 38;\n"
        "CREATE INDEX people_shoe_size ON people(shoe_size);\n"
    )
    return folder


def test_our_own_schema_goes_on_to_the_next_version(connection: sqlite3.Connection, path: Path, tmp_path: Path) -> None:
    migrate.migrate(connection, path)
    connection.execute("INSERT INTO people (name, language, created_at) VALUES ('Mei', 'en', '2026')")
    assert migrate.migrate(connection, path, next_version(tmp_path)) == [migrate.newest() + 1]
    assert connection.execute("SELECT name, shoe_size FROM people").fetchall() == [("Mei", 38)]
    with pytest.raises(SchemaTooNew):
        migrate.migrate(connection, path)  # the program that was there before


@pytest.mark.parametrize("statement", [1, 2, 3])
def test_killed_within_a_migration_nothing_is_lost_and_nothing_half_there(
    connection: sqlite3.Connection, path: Path, tmp_path: Path, statement: int
) -> None:
    migrate.migrate(connection, path)
    connection.execute("INSERT INTO people (name, language, created_at) VALUES ('Mei', 'en', '2026')")
    folder = next_version(tmp_path)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path), str(folder), str(statement)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert version(connection) == migrate.newest()
    assert [row["name"] for row in people(connection)] == ["Mei"]
    assert "shoe_size" not in people(connection)[0].keys()  # noqa: SIM118 - a row is no mapping
    assert migrate.migrate(connection, path, folder) == [migrate.newest() + 1]
    assert [(row["name"], row["shoe_size"]) for row in people(connection)] == [("Mei", 38)]


def people(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute("SELECT * FROM people").fetchall()


KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
from storage.core import migrate

path, folder, last = sys.argv[1:]
statements = migrate._statements

def until_killed(script):
    for number, statement in enumerate(statements(script), 1):
        yield statement
        if number == int(last):
            os.kill(os.getpid(), signal.SIGKILL)

migrate._statements = until_killed
migrate.migrate(sqlite3.connect(path, isolation_level=None), Path(path), Path(folder))
"""
"""Dies behind the n-th statement, as by a power cut."""


def test_a_file_from_before_the_first_migration_is_left_alone(
    connection: sqlite3.Connection, path: Path, folder: Path
) -> None:
    migrate.migrate(connection, path, folder)
    (folder / "0001_first.sql").rename(folder / "0004_first.sql")
    with pytest.raises(SchemaTooOld):
        migrate.migrate(connection, path, folder)
    assert (tables(connection), version(connection)) == ({"a"}, 1)


def test_a_backup_is_whole_while_somebody_writes(connection: sqlite3.Connection, path: Path, folder: Path) -> None:
    migrate.migrate(connection, path, folder)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO a (id) VALUES (2)")
    made = backup.back_up(path, path.parent / "backups", "nightly")
    connection.execute("COMMIT")
    with closing(sqlite3.connect(made)) as copy:
        assert copy.execute("SELECT count(*) FROM a").fetchone()[0] == 1
        assert copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert [each.name for each in made.parent.iterdir()] == [made.name]


def test_a_damaged_file_makes_no_backup(connection: sqlite3.Connection, path: Path, folder: Path) -> None:
    migrate.migrate(connection, path, folder)
    connection.executemany("INSERT INTO a (id) VALUES (?)", [(number,) for number in range(2, 50)])
    connection.execute("UPDATE a SET words = ?", ("x" * 3000,))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    content[3 * 4096 : 8 * 4096] = b"\xff" * (5 * 4096)
    path.write_bytes(content)
    with pytest.raises((sqlite3.Error, backup.BackupFailed)):
        backup.back_up(path, path.parent / "backups", "nightly")
    assert list((path.parent / "backups").iterdir()) == [], "what was begun is taken away"
