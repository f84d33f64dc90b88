"""A copy of the database, made while it is in use, checked before it counts."""

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from storage.core import sealed, taken_away_file
from storage.core.disk import flush, make_folder

NIGHTLY = "nightly"
REPLACED = "replaced"
BEFORE_SCHEMA = "before-schema"
STAMP = "%Y%m%dT%H%M%S%f"
PAGES = 1000
"""How much is copied between two looks at whether to go on."""
ABANDONED = 1800.0
"""Seconds after which nobody writes a copy any more that is not whole. Words that were erased lie in it."""


class BackupFailed(Exception):
    """The copy does not pass SQLite's own check, or lacks rows; nothing was kept."""


def back_up(
    database: Path, folder: Path, label: str, at: datetime | None = None, stopped: Callable[[], bool] = lambda: False,
    *, public_key: str | None = None,
) -> Path:  # fmt: skip
    """Copy `database` to `folder/<label>-<UTC time>.db` and return that path.

    The copy is checked, flushed to disk and only then given its name, so a file with that name is always whole. Beside
    it lies a copy of the file of what was taken away (`companion`).
    `stopped` is asked while copying; once it says True the copy is given up.
    With `public_key` it is sealed for that key once it was checked (`….db.age`), and none stays that can be read.
    Raises BackupFailed, sqlite3.Error, OSError or sealed.WrongKey.
    """
    make_folder(folder)
    stamp = (at or datetime.now(UTC)).astimezone(UTC).strftime(STAMP)
    plain = folder / f"{label}-{stamp}.partial"
    ending = sealed.SUFFIX if public_key else ""
    partial, final = plain.with_name(f"{plain.name}{ending}"), folder / f"{label}-{stamp}.db{ending}"
    try:
        copy_checked(database, plain, stopped)
        if public_key:
            sealed.seal(plain, partial, public_key)
            _remove(plain)
        flush(partial)
        taken = taken_away_file.beside(database)
        if taken.exists():
            taken_away_file.copy(taken, companion(final))
        partial.rename(final)
    except BaseException:
        _remove(plain)
        _remove(partial)
        raise
    flush(folder)
    return final


def companion(copy: Path) -> Path:
    """Where the file of what was taken away is copied to, beside a copy of the database, sealed or not.

    It is not sealed itself: it holds numbers and keyed hashes alone, and the key is in the database.
    """
    return copy.with_name(f"{_name(copy)}.{taken_away_file.NAME}")


def copies(folder: Path, label: str = "") -> Iterator[Path]:
    """The copies in a folder whose names begin so, sealed or not."""
    for path in folder.glob(f"{label}*.db*"):
        if path.name.removesuffix(sealed.SUFFIX).endswith(".db"):
            yield path


def _name(copy: Path) -> str:
    return copy.name.removesuffix(sealed.SUFFIX).removesuffix(".db")


def copy_checked(source: Path, target: Path, stopped: Callable[[], bool] = lambda: False) -> None:
    """Copy a database as it is at one moment, and check the copy: SQLite's own check, and every table's rows counted.

    The rows are counted and the pages copied within one read transaction, so both see the same moment and the writer
    need not pause. (VACUUM INTO would not run inside one: what it copied could not be compared with anything.) Then
    the copy is packed, so that words which were forgotten do not live on in its free pages.
    Raises BackupFailed or sqlite3.Error.
    """
    _remove(target)
    target.touch(mode=0o600)
    with contextlib.closing(read_only(source)) as original, contextlib.closing(sqlite3.connect(target)) as copy:
        copy.isolation_level = None
        for connection in (original, copy):
            connection.set_progress_handler(lambda: int(stopped()), 100_000)

        def going_on(*_progress: int) -> None:
            if stopped():
                raise BackupFailed("it was stopped")

        original.execute("BEGIN")
        rows = _counts(original)
        original.backup(copy, pages=PAGES, progress=going_on)
        original.execute("ROLLBACK")
        # Flushed once, at the end; a copy that is interrupted is thrown away.
        copy.execute("PRAGMA synchronous=OFF")
        copy.execute("PRAGMA journal_mode=DELETE")
        _check(copy, source)
        copy.execute("VACUUM")
    with contextlib.closing(read_only(target)) as written:
        written.set_progress_handler(lambda: int(stopped()), 100_000)
        _check(written, source)
        if _counts(written) != rows:
            raise BackupFailed(f"the copy of {source.name} lacks rows")


def made(folder: Path, label: str) -> dict[datetime, Path]:
    """The copies of that label in `folder`, by the instant they were made at."""
    found = {}
    for path in copies(folder, f"{label}-"):
        with contextlib.suppress(ValueError):
            at = datetime.strptime(_name(path).rpartition("-")[2], STAMP)
            found[at.replace(tzinfo=UTC)] = path
    return found


def remove(copy: Path) -> None:
    """Delete a copy with all that lies beside it and belongs to it."""
    for path in (copy, companion(copy), *(copy.with_name(f"{copy.name}{suffix}") for suffix in ("-wal", "-shm"))):
        path.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove copies begun by a program that was killed."""
    for path in folder.glob("*.partial*"):
        # Another program may be making one by hand just now.
        if time.time() - path.stat().st_mtime > ABANDONED:
            path.unlink(missing_ok=True)


def read_only(path: Path) -> sqlite3.Connection:
    """Open a database that must not be changed."""
    # as_uri() escapes what means something in an address: a folder may be called "50% #1?".
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _check(connection: sqlite3.Connection, source: Path) -> None:
    verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if verdict != "ok":
        raise BackupFailed(f"the copy of {source.name} is damaged: {verdict}")


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in _tables(connection)}


def _tables(connection: sqlite3.Connection) -> Iterator[str]:
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
        yield name


def _remove(partial: Path) -> None:
    for path in (partial, partial.with_name(f"{partial.name}-journal")):
        path.unlink(missing_ok=True)
