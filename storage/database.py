"""The one writing connection, and the only way to write: `async with database.transaction() as tx`.

A use case is a plain function whose first argument is the open transaction. It runs whole on the connection's thread
(`await tx.run(function, …)`), so there is nothing to interleave and one hop between threads per use case.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import aiosqlite

from domain.events import Event
from storage import migrate
from storage.trouble import TransactionLost

P = ParamSpec("P")
R = TypeVar("R")
Parameters = tuple[Any, ...] | dict[str, Any]
Publisher = Callable[["Transaction", Event], None]


class Transaction:
    """One open transaction. Its methods are synchronous and belong to the connection's thread; `run` gets there."""

    def __init__(self, database: "Database", connection: sqlite3.Connection) -> None:
        self._database = database
        self._connection = connection
        self._events: list[Event] = []
        self.now: datetime = database.now()
        self.signals: set[str] = set()
        self.after_commit: list[Callable[[], None]] = []

    async def run(self, function: Callable[Concatenate["Transaction", P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `function(transaction, …)` on the connection's thread and return what it returns."""
        return await self._database.hop(function, self, *args, **kwargs)

    def execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Execute one statement. Raises TransactionLost when SQLite has rolled back by itself."""
        if not self._connection.in_transaction:
            raise TransactionLost
        return self._connection.execute(sql, parameters)

    def query(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """All rows of a SELECT (or of a RETURNING clause)."""
        return self.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """The first row, or None."""
        row: sqlite3.Row | None = self.execute(sql, parameters).fetchone()
        return row

    def insert(self, sql: str, parameters: Parameters = ()) -> int:
        """Execute an INSERT and return the new row's id."""
        row_id = self.execute(sql, parameters).lastrowid
        assert row_id is not None
        return row_id

    def emit(self, event: Event) -> None:
        """Say that something happened. It is kept, and published before the savepoint or transaction ends."""
        self._database.record(self, event)
        self._events.append(event)

    def signal(self, name: str) -> None:
        """Wake whoever waits for `name` (`outbox`, `due`) once this is committed."""
        self.signals.add(name)

    def publish(self) -> None:
        """Hand every event not yet published to the publisher, which writes the outbox rows they cause."""
        while self._events:
            self._database.publisher(self, self._events.pop(0))

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """All that happens inside happens, or none of it. Events are published before it is released."""
        mark = self.open_savepoint()
        try:
            yield
            self.close_savepoint()
        except BaseException:
            self.undo_savepoint(mark)
            raise

    def open_savepoint(self) -> tuple[int, int]:
        """Begin a savepoint that outlives one function; returns the mark `undo_savepoint` needs."""
        self.execute("SAVEPOINT part")
        return len(self._events), len(self.after_commit)

    def close_savepoint(self) -> None:
        """Publish and keep what happened since `open_savepoint`."""
        self.publish()
        self.execute("RELEASE part")

    def undo_savepoint(self, mark: tuple[int, int]) -> None:
        """Undo what happened since `open_savepoint`, in the database and in memory."""
        del self._events[mark[0] :]
        del self.after_commit[mark[1] :]
        self.execute("ROLLBACK TO part")
        self.execute("RELEASE part")


class Database:
    """The file, its one writing connection, and the lock by which tasks take turns at it."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self.path = path
        self.now = now
        self.publisher: Publisher = lambda _tx, _event: None
        self.record: Publisher = lambda _tx, _event: None
        self._listeners: dict[str, list[Callable[[], None]]] = {}
        self._turn = asyncio.Lock()
        self._connection: aiosqlite.Connection | None = None

    async def open(self) -> list[int]:
        """Open the file (making it when absent), bring it to the newest schema; returns the migrations applied.

        Raises storage.migrate.SchemaTooNew or sqlite3.Error.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = await aiosqlite.connect(self.path, isolation_level=None, check_same_thread=True)
        return await self.hop(self._prepare)

    def _prepare(self) -> list[int]:
        connection = self.connection
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA busy_timeout=5000")
        connection.execute("PRAGMA journal_mode=WAL")
        # NORMAL lost up to 594 acknowledged rows in a power cut (measured; docs/architecture.md).
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA journal_size_limit=16777216")
        connection.execute("PRAGMA cache_size=-16384")
        return migrate.migrate(connection, self.path)

    async def close(self) -> None:
        """Wait for whoever is writing, then close the file."""
        async with self._turn:
            if self._connection is not None:
                await self._connection.close()
                self._connection = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The raw connection; to be touched on its own thread only."""
        assert self._connection is not None, "the database is not open"
        return self._connection._conn

    async def hop(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function on the connection's thread. The one place that leans on aiosqlite's private `_execute`.

        A cancelled caller still waits for the function to end: its rollback must not overtake it.
        """
        assert self._connection is not None, "the database is not open"
        work: asyncio.Future[R] = asyncio.ensure_future(self._connection._execute(function, *args, **kwargs))  # type: ignore[no-untyped-call]
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            await asyncio.wait({work})
            if not work.cancelled():
                work.exception()
            raise

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Open a transaction for several hops. Rolled back on every exception and on cancellation."""
        async with self._turn:
            tx = Transaction(self, self.connection)
            await self.hop(self._begin)
            try:
                yield tx
                await self.hop(self._commit, tx)
            except BaseException:
                await self.hop(self._rollback)
                raise
        self._committed(tx)

    async def run(self, function: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """One use case in a transaction of its own, in one hop."""
        async with self._turn:
            tx = Transaction(self, self.connection)

            def whole() -> R:
                self._begin()
                try:
                    result = function(tx, *args, **kwargs)
                    self._commit(tx)
                except BaseException:
                    self._rollback()
                    raise
                return result

            result = await self.hop(whole)
        self._committed(tx)
        return result

    def listen(self, name: str, listener: Callable[[], None]) -> None:
        """Call `listener` on the event loop after each commit that signalled `name`."""
        self._listeners.setdefault(name, []).append(listener)

    def _begin(self) -> None:
        self.connection.execute("BEGIN IMMEDIATE")

    def _commit(self, tx: Transaction) -> None:
        tx.publish()
        tx.execute("COMMIT")

    def _rollback(self) -> None:
        # A full disk has rolled back already; a second ROLLBACK would raise and hide the reason.
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def _committed(self, tx: Transaction) -> None:
        for name in tx.signals:
            for listener in self._listeners.get(name, ()):
                listener()
        for act in tx.after_commit:
            act()
