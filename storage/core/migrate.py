"""Bring a database file to the schema this program speaks: numbered `.sql` files, each in one transaction.

The first of them makes the whole schema of 0.2.0. What was made before was never released, and is refused untouched.

`executescript` commits before it runs, so half a migration could stay; the files are split into statements here and
`user_version` moves in the same transaction.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from storage.core.backup import BEFORE_SCHEMA, back_up

MIGRATIONS = Path(__file__).parents[1] / "migrations"
LAST_BEFORE = "b0bc9ec"
"""The last commit that reads what was made before 0.2.0."""


class SchemaTooNew(Exception):
    """The file was written by a newer program than this one."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(f"the database has schema {found}, this program knows {known}")
        self.found = found
        self.known = known


class SchemaTooOld(Exception):
    """The file was made before the first schema that was released; the text says what to do."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was made before 0.2.0; nothing was released then; start anew or use commit {LAST_BEFORE}"
        )


def newest(folder: Path = MIGRATIONS) -> int:
    """The number of the newest migration in `folder`."""
    return max(number for number, _ in _files(folder))


def refuse_old(path: Path) -> None:
    """Raise SchemaTooOld for a file from before the first schema; pass whatever else is there, or nothing.

    The bytes are read as they lie: SQLite leaves files beside a database that it opens, even to read it.
    """
    oldest = min(number for number, _ in _files(MIGRATIONS))
    if any(0 < version < oldest for version in _versions(path)):
        raise SchemaTooOld(path)


def version(connection: sqlite3.Connection) -> int:
    """The number of the last migration that was applied to an open database; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(
    connection: sqlite3.Connection, path: Path, folder: Path = MIGRATIONS, public_key: str | None = None
) -> list[int]:
    """Apply what is missing to the open database at `path`; the numbers applied are returned.

    A database that already holds something is backed up first, beside it in `backups/`; sealed for `public_key`.
    Raises SchemaTooNew when the file is ahead of this program, SchemaTooOld when it is from before the first migration,
    sqlite3.Error when a statement fails (nothing of that migration stays then).
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    files = sorted(_files(folder))
    known = files[-1][0]
    if version > known:
        raise SchemaTooNew(version, known)
    if 0 < version < files[0][0]:
        raise SchemaTooOld(path)
    missing = [(number, file) for number, file in files if number > version]
    if missing and version > 0:
        back_up(path, path.parent / "backups", f"{BEFORE_SCHEMA}-{missing[-1][0]}", public_key=public_key)
    # The pragma does nothing inside a transaction, and a table can only be rebuilt with the checks off.
    connection.execute("PRAGMA foreign_keys=OFF")
    try:
        for number, file in missing:
            _apply(connection, number, file.read_text("utf-8"))
    finally:
        connection.execute("PRAGMA foreign_keys=ON")
    return [number for number, _ in missing]


def _apply(connection: sqlite3.Connection, number: int, script: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in _statements(script):
            connection.execute(statement)
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise sqlite3.IntegrityError(f"migration {number} leaves {len(broken)} rows pointing nowhere")
        connection.execute(f"PRAGMA user_version={number}")
        connection.execute("COMMIT")
    except BaseException:
        # A full disk has rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _files(folder: Path) -> Iterator[tuple[int, Path]]:
    for file in folder.glob("[0-9]*.sql"):
        yield int(file.name.split("_")[0]), file


def _statements(script: str) -> Iterator[str]:
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        # Comments may trail; anything else is an unfinished statement and fails loudly when executed.
        yield pending


def _versions(path: Path) -> Iterator[int]:
    """The `user_version` in the file's header, and those in its journal: there it is while nothing was copied back."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        yield _version(file.read(100))
    with contextlib.suppress(OSError), path.with_name(f"{path.name}-wal").open("rb") as journal:
        head = journal.read(32)
        size, salts = int.from_bytes(head[8:12], "big"), head[16:24]
        while len(frame := journal.read(24)) == 24 and frame[8:16] == salts:
            page = journal.read(size)
            if frame[:4] == b"\0\0\0\1":
                yield _version(page)


def _version(first_page: bytes) -> int:
    return int.from_bytes(first_page[60:64], "big") if first_page.startswith(b"SQLite format 3\0") else 0
