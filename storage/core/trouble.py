"""Which errors mean that the disk or the file is in trouble, and not the update that met them."""

import errno
import sqlite3

NUMBERS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})
NAMES = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_NOMEM", "SQLITE_BUSY", "SQLITE_READONLY", "SQLITE_CORRUPT",
         "SQLITE_CANTOPEN", "SQLITE_NOTADB", "SQLITE_PROTOCOL")  # fmt: skip


class TransactionLost(Exception):
    """SQLite rolled the whole transaction back behind our back, as it does when the disk is full.

    The next statement would commit by itself, so nothing more may be executed in it.
    """


def is_trouble(error: BaseException) -> bool:
    """True when `error` says that storage fails: the batch is abandoned and tried again later, no update is blamed."""
    if isinstance(error, TransactionLost):
        return True
    if isinstance(error, OSError):
        # A file to be sent is written beside the database, on the same disk.
        return error.errno in NUMBERS
    name = getattr(error, "sqlite_errorname", None)
    return isinstance(error, sqlite3.Error) and isinstance(name, str) and name.startswith(NAMES)
