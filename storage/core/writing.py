"""Writing beside the running bot, by a program of its own: a few rows in one transaction, and no messages."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from storage.core import events
from storage.core.database import Database, Transaction
from storage.core.migrate import newest, version

R = TypeVar("R")
SECONDS = 10.0
"""So long it waits for its turn; the bot waits for it as it does for a slow disk."""


def write_beside(path: Path, now: Callable[[], datetime], function: Callable[[Transaction], R]) -> R:
    """What `function(transaction)` returns, once what it wrote is kept; all of it or nothing.

    What it emits is kept, and nobody hears of it: events with subscribers belong to the bot. Raises sqlite3.Error, also
    where the file has another schema than the newest.
    """
    with closing(sqlite3.connect(path, timeout=SECONDS, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("BEGIN IMMEDIATE")
        try:
            if (found := version(connection)) != newest():
                raise sqlite3.DatabaseError(
                    f"its schema is {found}, and this program knows {newest()}: start the bot once"
                )
            database = Database(path, now)
            database.record = events.record
            result = function(Transaction(database, connection))
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return result
