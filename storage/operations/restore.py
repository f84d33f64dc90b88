"""Put a copy in the database's place; and what must be said and done once because of it."""

import contextlib
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from storage.core import dialect, left_behind, settings
from storage.core.backup import REPLACED, STAMP, copy_checked, read_only
from storage.core.database import Transaction
from storage.core.disk import flush, make_folder
from storage.core.instants import from_text, from_text_or_none, to_text
from storage.core.settings import SettingKey

_RESTORED = SettingKey.RESTORED_AT
_LINK = SettingKey.RESTORED_LINK
_NEEDED = SettingKey.TAKEN_AWAY_NEEDED
BOT_USERNAME = SettingKey.BOT_USERNAME
MARGIN = 1000
"""How many numbers a restore leaves out: more than are handed out between a backup and the need for it."""


def put_in_place(copy: Path, database: Path, at: datetime, noted: Mapping[str, str] | None = None) -> Path | None:
    """Replace `database` by a checked copy of `copy`; nobody may have it open. Returns where the replaced one lies.

    `noted`: settings by key that go into the copy beside the mark that it was restored.

    The new one gets its name last: whenever this is interrupted, it can be done again.
    Raises storage.backup.BackupFailed, sqlite3.Error or OSError.
    """
    prepared = database.with_name(f"{database.name}.restoring")
    copy_checked(copy, prepared)
    with contextlib.closing(sqlite3.connect(prepared, isolation_level=None)) as connection:
        left_behind.overwrite(connection)
        for key, value in {_RESTORED: to_text(at), **(noted or {})}.items():
            connection.execute(settings.PUT, (key, value))
    flush(prepared)
    aside = _set_aside(database, at)
    prepared.rename(database)
    flush(database.parent)
    return aside


def first_link(code: str) -> dict[str, str]:
    """What to note so that the code makes somebody the first admin after the restore."""
    return {_LINK: code}


def needing(key_name: str | None) -> dict[str, str]:
    """What to note so that the next start does not go on without the file's lines of that key; None: it may."""
    return {_NEEDED: key_name or ""}


def needs_lines_of(tx: Transaction) -> str | None:
    """The key whose lines a start must find in the file, when this database was restored since the last one."""
    return (settings.get(tx, _NEEDED) or None) if restored_at(tx) is not None else None


def take_first_link(tx: Transaction) -> str | None:
    """The code that was noted, once; None without one."""
    code = settings.get(tx, _LINK)
    settings.put(tx, _LINK, "")
    return code or None


def setting_in(file: Path, key: str) -> str | None:
    """What a database file has under a key; None when it has nothing there, or cannot be read."""
    try:
        with contextlib.closing(read_only(file)) as connection:
            row = connection.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
    except sqlite3.Error:
        return None
    return None if row is None else str(row[0])


def unwritten_in(file: Path) -> list[tuple[int, str, str, str]]:
    """What a database file has taken away and its file may not say yet: (number, when, kind, JSON)."""
    try:
        with contextlib.closing(read_only(file)) as connection:
            return list(connection.execute("SELECT id, at, kind, data FROM taken_away ORDER BY id"))
    except sqlite3.Error:
        return []


def last_in(file: Path) -> int:
    """The number of the last thing a database file has ever taken away; 0 when there is none, or it cannot be read."""
    try:
        with contextlib.closing(read_only(file)) as connection:
            row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'taken_away'").fetchone()
    except sqlite3.Error:
        return 0
    return 0 if row is None else int(row[0])


def restored_at(tx: Transaction) -> datetime | None:
    """When this database was put in place of another, as long as nothing was done about it."""
    return from_text_or_none(settings.get(tx, _RESTORED) or None)


def settled(tx: Transaction) -> None:
    """All was done about it."""
    settings.put(tx, _RESTORED, "")


def last_known(tx: Transaction) -> datetime | None:
    """The time of the newest thing this database knows of, or None when it knows of none."""
    row = tx.one(
        "SELECT max(at) AS at FROM (SELECT max(received_at) AS at FROM inbox UNION ALL SELECT max(done_at) FROM inbox "
        "UNION ALL SELECT max(at) FROM events UNION ALL SELECT max(finished_at) FROM outbox WHERE once IS NULL "
        "UNION ALL SELECT max(finished_at) FROM outbox WHERE once IS NOT NULL)"
    )
    return from_text(row["at"]) if row is not None and row["at"] is not None else None


def leave_gap(tx: Transaction, numbers: int) -> None:
    """Hand out none of the next numbers of any table that counts: people were told them after the copy was made."""
    for table in dialect.tables_that_count(tx):
        dialect.count_on_from(tx, table, dialect.last_number(tx, table) + numbers)


def _set_aside(database: Path, at: datetime) -> Path | None:
    """Move the file away with all that belongs to it: an old journal beside a new database would be played into it."""
    folder = database.parent / "backups"
    make_folder(folder)
    aside = folder / f"{REPLACED}-{at.astimezone(UTC).strftime(STAMP)}.db"
    there = database.exists()
    if there:
        # Takes what is still in its journal into the file. A damaged one is moved as it is.
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for suffix in ("-wal", "-shm", ""):
        path = database.with_name(f"{database.name}{suffix}")
        if path.exists():
            path.rename(aside.with_name(f"{aside.name}{suffix}"))
    flush(folder)
    # Before the new one has its name: it must not find the old journal beside it.
    flush(database.parent)
    return aside if there else None
