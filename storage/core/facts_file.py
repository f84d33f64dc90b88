"""The file beside the database in which figures keep facts of the days that are over (docs/measures.md).

It holds nothing that does not follow from the record of events, so no backup has it: what is missing or belongs to
another database is made anew. Code that reads the database has it as the schema `facts`; only the program that closes
days writes it, and never to the database itself.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from storage.core import left_behind
from storage.core.database import Database, Transaction

NAME = "figures.db"
VERSION = 1
"""Another one: all facts are made anew."""
WAITS_SECONDS = 30.0
PLACED = "category INTEGER, area INTEGER, department INTEGER, project INTEGER"
COLLECTED = f"""
    sent_at INTEGER NOT NULL, report INTEGER NOT NULL, known_from INTEGER NOT NULL, known_until INTEGER NOT NULL,
    {PLACED}, channel INTEGER NOT NULL, follows INTEGER NOT NULL, due_at INTEGER,
    answered_at INTEGER, answered INTEGER, handled_at INTEGER, handled_by INTEGER,
    overdue_at INTEGER, withdrawn_at INTEGER, pressing_at INTEGER"""
HAPPENED = f"""
    kind INTEGER NOT NULL, at INTEGER NOT NULL, report INTEGER NOT NULL, number INTEGER NOT NULL,
    known_from INTEGER NOT NULL, known_until INTEGER NOT NULL,
    {PLACED}, one_before INTEGER,
    seconds INTEGER, seconds_bucket INTEGER, working INTEGER, working_bucket INTEGER,
    outcome_at INTEGER, outcome INTEGER, content_at INTEGER, content INTEGER"""
COLLECTED_KEY = "sent_at, report, known_from"
HAPPENED_KEY = "kind, at, report, number, known_from"
HAPPENED_WHERE = "category, area, at, known_from, known_until, report"
_SCHEMA = (
    # How far it goes: all that was recorded up to an event, of what happened before `until`. And how far it is to go.
    "CREATE TABLE facts.closed (only INTEGER PRIMARY KEY CHECK (only = 1), hours TEXT NOT NULL, "
    "until INTEGER, event INTEGER, mark TEXT, next_until INTEGER, next_event INTEGER, next_mark TEXT, done TEXT)",
    # Codes of the community file and our own, by number.
    "CREATE TABLE facts.names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    # Reports between whose events the clock was set back: always counted from their events.
    "CREATE TABLE facts.unordered (report INTEGER PRIMARY KEY)",
    # Instants are microseconds of Unix time. A fact is known after `known_from`, up to and with `known_until`.
    f"CREATE TABLE facts.collected ({COLLECTED}, PRIMARY KEY ({COLLECTED_KEY})) WITHOUT ROWID",
    f"CREATE TABLE facts.happened ({HAPPENED}, PRIMARY KEY ({HAPPENED_KEY})) WITHOUT ROWID",
    f"CREATE INDEX facts.happened_where ON happened ({HAPPENED_WHERE}) WHERE kind = 3",
)


Writer = Callable[[Callable[[Transaction], bool]], bool]
"""Runs a function in a transaction of its own, and returns what it returned."""


def beside(database: Path) -> Path:
    """Where the facts of a database lie."""
    return database.with_name(NAME)


def attach(connection: sqlite3.Connection, database: Path) -> bool:
    """Let a connection read the facts, outside of a transaction; False where there are none that can be read."""
    path = beside(database)
    if not path.exists():
        return False
    try:
        connection.execute("ATTACH DATABASE ? AS facts", (f"{path.absolute().as_uri()}?mode=ro",))
        if connection.execute("PRAGMA facts.user_version").fetchone()[0] == VERSION:
            return True
    except sqlite3.Error:
        # A damaged one is made anew when days are closed; until then all is counted from events.
        pass
    with contextlib.suppress(sqlite3.Error):
        connection.execute("DETACH DATABASE facts")
    return False


@contextlib.contextmanager
def opened_to_write(database: Path, now: Callable[[], datetime]) -> Iterator[Writer]:
    """The file, made where there is none, beside the database, which can only be read. Gives what runs a function in a
    transaction of its own. Raises sqlite3.Error."""
    connection = sqlite3.connect(
        f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=WAITS_SECONDS, isolation_level=None
    )
    with contextlib.closing(connection):
        connection.row_factory = sqlite3.Row
        connection.execute("ATTACH DATABASE ? AS facts", (f"{beside(database).absolute().as_uri()}?mode=rwc",))
        connection.execute("PRAGMA facts.journal_mode=WAL")
        left_behind.overwrite(connection)
        # A power cut may take the last facts with it, never half of them.
        connection.execute("PRAGMA facts.synchronous=NORMAL")
        connection.execute("PRAGMA facts.cache_size=-32000")
        if connection.execute("PRAGMA facts.user_version").fetchone()[0] != VERSION:
            _make(connection)

        def write(function: Callable[[Transaction], bool]) -> bool:
            connection.execute("BEGIN")
            try:
                tx = Transaction(Database(database, now), connection)
                # First the lock on the file: another program that closes days waits here, and then sees what this did.
                tx.execute("UPDATE facts.closed SET only = 1")
                result = function(tx)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            return result

        yield write


def remove(database: Path) -> None:
    """Delete the file; nobody may write it."""
    path = beside(database)
    for suffix in ("-wal", "-shm", ""):
        path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    tables = connection.execute("SELECT name FROM facts.sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in tables:
        connection.execute(f'DROP TABLE facts."{name}"')
    for statement in _SCHEMA:
        connection.execute(statement)
    connection.execute(f"PRAGMA facts.user_version={VERSION}")
    connection.execute("COMMIT")
