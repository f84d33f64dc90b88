"""Writing beside the running bot: one short transaction of a program of its own.

The bot is the one who writes. This is the exception, for what must be kept whether it runs or not: that somebody took
personal data out on the server. It waits for the bot's turn to end, and holds the file for a moment.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from storage.core import events, left_behind
from storage.core.database import Database, Transaction
from storage.core.migrate import newest, version

R = TypeVar("R")
PATIENCE = 30.0
"""Seconds to wait for others who write."""


def write_beside(path: Path, now: Callable[[], datetime], function: Callable[[Transaction], R]) -> R:
    """What `function(transaction)` returns, once it is safe on the disk.

    Events are kept, and nobody hears of them: what is to follow from one is planned as a task. Raises sqlite3.Error,
    also where the file has another schema than the newest.
    """
    address = f"{path.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        left_behind.overwrite(connection)
        connection.execute("BEGIN IMMEDIATE")
        if (found := version(connection)) != newest():
            raise sqlite3.DatabaseError(f"its schema is {found}, and this program knows {newest()}: start the bot once")
        database = Database(path, now)
        database.record = events.record
        result = function(Transaction(database, connection))
        connection.execute("COMMIT")
        return result
