"""A copy of the database, made while it is in use, checked before it counts."""

import contextlib
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path


class BackupFailed(Exception):
    """The copy does not pass SQLite's own check; nothing was kept."""


def back_up(database: Path, folder: Path, label: str) -> Path:
    """Copy `database` to `folder/<label>-<UTC time>.db` and return that path.

    VACUUM INTO on a read-only connection sees one consistent moment and needs no pause of the writer. The copy is
    checked, flushed to disk and only then given its name, so a file with that name is always whole.
    Raises BackupFailed or sqlite3.Error.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    final = folder / f"{label}-{stamp}.db"
    partial = final.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    try:
        with contextlib.closing(_read_only(database)) as source:
            source.execute("VACUUM INTO ?", (str(partial),))
        with contextlib.closing(_read_only(partial)) as copy:
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            raise BackupFailed(f"the copy of {database.name} is damaged: {verdict}")
        _flush(partial)
        partial.rename(final)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    _flush(folder)
    return final


def _read_only(path: Path) -> sqlite3.Connection:
    # as_uri() escapes what means something in an address: a folder may be called "50% #1?".
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
