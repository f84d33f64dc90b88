"""Database files from before 0.2.0, and how they are left behind; and a look at whether somebody touched them."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

WAYS = ("closed", "killed", "killed early", "copied")


def leave(path: Path, version: int, way: str) -> None:
    """Put a file of that schema at `path`, as the program left it.

    closed: with what is left of a clean end; killed: with a journal beside it; killed early: all of it is still in the
    journal; copied: a backup.
    """
    work = path.parent / "work"
    work.mkdir(parents=True)
    with closing(sqlite3.connect(work / "bot.db", isolation_level=None)) as connection:
        if way != "copied":
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
        connection.execute("INSERT INTO settings VALUES ('bot_id', '4242')")
        connection.execute(f"PRAGMA user_version={version}")
        connection.execute("COMMIT")
        if way == "killed":
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("INSERT INTO settings VALUES ('later', 'words')")
        if way.startswith("killed"):
            _move(work, path)
    if not way.startswith("killed"):
        _move(work, path)
    shutil.rmtree(work)


def _move(work: Path, path: Path) -> None:
    for suffix in ("", "-wal"):
        if (file := work / f"bot.db{suffix}").exists():
            shutil.copy(file, path.with_name(path.name + suffix))


def seen(folder: Path) -> dict[str, bytes]:
    """Every file in the folder, byte for byte; but for the lock, which everybody takes who looks in."""
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.name != "lock"}
