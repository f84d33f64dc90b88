"""A look at a database file from outside: read only, so that it may be done beside the running bot."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from storage.core.migrate import refuse_old


@dataclass(frozen=True)
class Inspection:
    """What was found. `damage` is SQLite's own words, None when the file is whole."""

    version: int
    damage: str | None = None
    bot_id: int | None = None
    staff_chat: int | None = None
    """Telegram's id of the chat where staff work."""
    admins: int = 0


class UnreadableError(Exception):
    """The file cannot be opened; `damaged` tells a broken file from one that may not be read."""

    def __init__(self, words: str, damaged: bool) -> None:
        super().__init__(words)
        self.damaged = damaged


def inspect(path: Path) -> Inspection:
    """Check the whole file at `path` and read what it says of itself; raises UnreadableError, SchemaTooOld."""
    refuse_old(path)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
            damage = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
            return Inspection(
                version=int(connection.execute("PRAGMA user_version").fetchone()[0]),
                damage=None if damage == "ok" else damage.splitlines()[-1],
                bot_id=_number(connection, "SELECT value FROM settings WHERE key = 'bot_id'"),
                staff_chat=_number(
                    connection,
                    "SELECT telegram_id FROM chats"
                    " WHERE id = (SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'staff_chat')",
                ),
                admins=_number(connection, "SELECT count(*) FROM roles WHERE role = 'admin'") or 0,
            )
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "")
        raise UnreadableError(str(error), name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT"))) from error


def updates_in(path: Path) -> dict[int, str]:
    """The updates in the inbox of the file at `path`, by Telegram's number, with their states; raises UnreadableError.

    One that is done counts as `sending` while something that was written in its transaction is still to be sent.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1)) as connection:
            rows = connection.execute(
                "SELECT update_id, CASE WHEN state = 'done' AND done_at IN "
                "(SELECT created_at FROM outbox WHERE state = 'pending' "
                "UNION SELECT created_at FROM outbox WHERE state = 'sending') THEN 'sending' ELSE state END FROM inbox"
            )
            return dict(rows.fetchall())
    except sqlite3.DatabaseError as error:
        raise UnreadableError(str(error), damaged=False) from error


def _number(connection: sqlite3.Connection, query: str) -> int | None:
    try:
        found = connection.execute(query).fetchone()
    except sqlite3.OperationalError:
        # Older or newer files may lack the table; that is told by the version.
        return None
    return int(found[0]) if found else None
