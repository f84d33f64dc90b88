"""Reading beside the writer: connections that cannot write, on threads of their own, each read a second at most.

A reader that is held makes the write-ahead log grow (4 to 51 MB, measured), so none is. Whoever writes waits for no
reader, and no reader for whoever writes.
"""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from storage.core import facts_file
from storage.core.database import Database, Transaction
from storage.core.migrate import newest, version

P = ParamSpec("P")
R = TypeVar("R")
SECONDS = 1.0
STEPS = 2_000
"""So many steps of SQLite's machine between two looks at the time: some tens of microseconds."""
FEW_LOOKS = 200_000
"""The same where nobody waits for it: each look takes the interpreter from the thread that has it."""


class TooSlow(Exception):
    """It could not be read in a second."""


def read_beside(
    path: Path,
    now: Callable[[], datetime],
    function: Callable[[Transaction], R],
    stopped: Callable[[], bool] = lambda: False,
) -> R:
    """What `function(transaction)` returns, read on one moment of the database, on a connection of its own.

    It may take as long as it takes, until `stopped` says True; meanwhile the write-ahead log grows by what the bot
    writes. Raises sqlite3.Error, also where the file has another schema than the newest.
    """
    address = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=SECONDS, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.set_progress_handler(lambda: int(stopped()), FEW_LOOKS)
        facts_file.attach(connection, path)
        connection.execute("BEGIN")
        if (found := version(connection)) != newest():
            raise sqlite3.DatabaseError(f"its schema is {found}, and this program knows {newest()}: start the bot once")
        tx = Transaction(Database(path, now), connection)
        with tx.reading():
            return function(tx)


class Reader:
    """Runs functions that read, each on one moment of the database, `threads` of them at a time."""

    def __init__(self, database: Database, name: str, threads: int = 1) -> None:
        self._database = database
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._own = threading.local()

    async def run(self, function: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What `function(transaction, …)` returns. Raises TooSlow, sqlite3.Error."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: self._read(lambda tx: function(tx, *args, **kwargs)))

    def close(self) -> None:
        """Read nothing more; what is being read ends."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _read(self, function: Callable[[Transaction], R]) -> R:
        connection = self._connection()
        ends = time.monotonic() + SECONDS
        connection.set_progress_handler(lambda: time.monotonic() > ends, STEPS)
        try:
            connection.execute("BEGIN")
            tx = Transaction(self._database, connection)
            with tx.within(SECONDS):
                return function(tx)
        except TimeoutError as error:
            raise TooSlow from error
        except sqlite3.Error as error:
            # A connection that met trouble is not used again: the file may have been put in its place anew.
            self._own.connection = None
            connection.close()
            if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
                raise TooSlow from error
            raise
        finally:
            if self._own.connection is not None and connection.in_transaction:
                connection.execute("ROLLBACK")

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if found is None:
            address = f"{self._database.path.absolute().as_uri()}?mode=ro"
            found = sqlite3.connect(address, uri=True, timeout=SECONDS, isolation_level=None)
            found.row_factory = sqlite3.Row
            self._own.connection = found
            self._own.has_facts = False
        # They may be made for the first time while the program runs.
        if not self._own.has_facts:
            self._own.has_facts = facts_file.attach(found, self._database.path)
        return found
