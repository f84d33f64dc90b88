"""Why the program cannot start, as a plain sentence that says how to mend it."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from storage.core.trouble import TransactionLost, is_trouble

# Errors of the disk or the folder; what is in the file may be sound.
NOT_THE_FILE = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_PERM")
MEND_FIRST = 2
"""The exit code when only the operator can help: starting again by itself would not."""
TRY_AGAIN = 1


class CannotStart(Exception):
    """Something is wrong that only the operator can mend; the text is a plain sentence that says how."""

    exit_code = MEND_FIRST


class DiskRefuses(CannotStart):
    """The disk or the folder takes nothing. It may pass, so whoever watches over the program should try again."""

    exit_code = TRY_AGAIN

    def __init__(self, path: Path, error: Exception) -> None:
        super().__init__(
            f"{path} cannot be written ({error}). See that the disk has room, that the folder belongs to the user this "
            "runs as, and that no other program has the file open."
        )


class Unreadable(CannotStart):
    """What is in the file is no database, or a damaged one."""

    def __init__(self, path: Path, error: Exception) -> None:
        super().__init__(
            f"{path} cannot be read as a database ({error}). Restore a backup: python -m bot restore "
            f"{path.parent}/backups/… --overwrite."
        )


@contextlib.contextmanager
def disk_trouble_told(path: Path) -> Iterator[None]:
    """Raises DiskRefuses or Unreadable for trouble with the database file at `path`; other errors as they are."""
    try:
        yield
    except (sqlite3.Error, TransactionLost, OSError) as error:
        if not is_trouble(error):
            raise
        name = getattr(error, "sqlite_errorname", "SQLITE_IOERR")
        raise (DiskRefuses if name.startswith(NOT_THE_FILE) else Unreadable)(path, error) from error
