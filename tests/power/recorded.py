"""`python -m bot run` as a program whose doings with its files are recorded: started by recording.py."""

import functools
import os
from pathlib import Path

import bot.kit.private_files
import storage.core.migrate
from bot.__main__ import app
from storage.core.database import Database


def _flush_seldom() -> None:
    """A promise taken out: the journal is flushed when it is copied back, and no commit waits for it."""
    prepare = Database._prepare

    def prepared(database: Database) -> list[int]:
        applied = prepare(database)
        database.connection.execute("PRAGMA synchronous=NORMAL")
        return applied

    Database._prepare = prepared  # type: ignore[method-assign]


def _names_unflushed() -> None:
    """A promise taken out: folders are never flushed by us."""
    flush = os.fsync

    def files_alone(handle: int) -> None:
        if not Path(f"/proc/self/fd/{handle}").is_dir():
            flush(handle)

    os.fsync = files_alone


SABOTAGE = {"commits": _flush_seldom, "names": _names_unflushed}


def main() -> None:
    """Be the bot; what it starts is recorded, too."""
    bot.kit.private_files._KEPT += ("LD_PRELOAD", "POWER_FOLDER", "POWER_TAPE")
    os.chdir(os.environ["POWER_FOLDER"])  # no .env of anybody
    migrations = os.environ.get("MIGRATIONS")
    if migrations is not None:
        storage.core.migrate.migrate = functools.partial(storage.core.migrate.migrate, folder=Path(migrations))
    if os.environ.get("SABOTAGE"):
        SABOTAGE[os.environ["SABOTAGE"]]()
    app(["run", "--json-logs"])


if __name__ == "__main__":
    main()
