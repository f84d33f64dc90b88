"""The one writing connection, and the only way to write: `await database.run(function, …)`.

A use case is a plain function whose first argument is the open transaction. It runs whole on the connection's thread,
so there is nothing to interleave and one hop between threads per use case.
"""

import asyncio
import contextlib
import logging
import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import aiosqlite

from domain.events import Event
from domain.people.limits import NO_LIMITS
from storage.core import left_behind, migrate
from storage.core.disk import make_folder
from storage.core.trouble import TransactionLost, is_trouble

P = ParamSpec("P")
R = TypeVar("R")
Parameters = tuple[Any, ...] | dict[str, Any]
log = logging.getLogger(__name__)
_WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
_SCRATCH = re.compile(
    r"(CREATE TEMP TABLE IF NOT EXISTS|CREATE INDEX IF NOT EXISTS|INSERT INTO|DELETE FROM) scratch_\w+"
)
Publisher = Callable[["Transaction", Event], None]
Fold = Callable[["Transaction", int, int], bool]
"""Whether one more message that a person causes in a group (chat, person) waits until somebody wants to read it."""
LONGEST_CHAIN = 50
"""So many events may each be the cause of the next."""
MOST_CAUSED = 10_000
"""So many events may follow from those of one savepoint."""


class EventsWithoutEnd(Exception):
    """What happens because of an event makes it happen again; the text names the last kinds."""


class WroteWhileReading(Exception):
    """Something was to be written where a transaction may only be read (`Transaction.reading`)."""


class Transaction:
    """One open transaction. Its methods are synchronous and belong to the connection's thread."""

    def __init__(self, database: "Database", connection: sqlite3.Connection) -> None:
        self._database = database
        self._connection = connection
        self._events: list[tuple[Event, tuple[str, ...]]] = []  # each with the kinds that led to it, and its own
        self._causes: tuple[str, ...] = ()  # of what is emitted now
        self._caused = 0
        self._first_event = 0  # of the innermost savepoint: an event is published in the savepoint it was emitted in
        self._lost = False
        self._only_reads = False
        self._deadline: float | None = None
        self.committed = False
        self.now: datetime = database.now()
        self.answering: int | None = None  # the person whose message or press is handled; None: the clock's doing
        self.own_chat: int | None = None  # their private chat, where it came from there
        self.on_behalf: int | None = None  # whose words are carried on where nobody's message or press is handled
        self.limits = database.limits  # of each person
        self.folds: Callable[[int, int], bool] = lambda chat, person: database.fold(self, chat, person)
        self.thread: tuple[int, int] | None = None  # the chat of what is handled, and its topic, where a person has any
        self.holds = False  # what is written to be sent waits for the file of what was taken away
        self.signals: set[str] = set()
        self.after_commit: list[Callable[[], None]] = []
        self.happened: list[str] = []  # 'report.taken report:12': what was emitted, for the log

    def execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Execute one statement. Raises TimeoutError when what `within` allowed is over.

        Raises TransactionLost when SQLite has rolled back by itself, or an earlier statement met a failing disk:
        whoever swallowed that error must not go on with half a transaction. Raises WroteWhileReading within `reading`.
        """
        if self._only_reads and not _is_read(sql):
            raise WroteWhileReading(sql.split(None, 1)[0])
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise TimeoutError
        return self._execute(sql, parameters)

    def _execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        if self._lost or not self._connection.in_transaction:
            raise TransactionLost
        try:
            return self._connection.execute(sql, parameters)
        except sqlite3.Error as error:
            self._lost = is_trouble(error)
            raise

    def many(self, sql: str, parameters: Sequence[Parameters]) -> None:
        """Execute one statement for each of many parameters: at a fraction of what a call for each costs."""
        if self._only_reads:
            raise WroteWhileReading(sql.split(None, 1)[0])
        if not parameters:
            return
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise TimeoutError
        if self._lost or not self._connection.in_transaction:
            raise TransactionLost
        try:
            self._connection.executemany(sql, parameters)
        except sqlite3.Error as error:
            self._lost = is_trouble(error)
            raise

    def scratch(self, sql: str, rows: Sequence[Parameters] = ((),)) -> None:
        """Write to a table of this connection alone, whose name begins with `scratch_`: also while only reading, for
        nobody else sees it, and it ends with the connection."""
        assert _SCRATCH.match(sql), sql
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise TimeoutError
        for row in rows:
            self._connection.execute(sql, row)

    def query(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """All rows of a SELECT (or of a RETURNING clause)."""
        return self.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """The first row, or None."""
        row: sqlite3.Row | None = self.execute(sql, parameters).fetchone()
        return row

    def one_as(self, read: Callable[[sqlite3.Row], R], sql: str, parameters: Parameters = ()) -> R | None:
        """The first row as `read` makes it, or None."""
        row = self.one(sql, parameters)
        return None if row is None else read(row)

    def query_as(self, read: Callable[[sqlite3.Row], R], sql: str, parameters: Parameters = ()) -> list[R]:
        """All rows as `read` makes them."""
        return [read(row) for row in self.query(sql, parameters)]

    def ids(self, sql: str, parameters: Parameters = ()) -> list[int]:
        """The `id` of each row."""
        return [int(row["id"]) for row in self.query(sql, parameters)]

    def number(self, sql: str, parameters: Parameters = ()) -> int:
        """What a SELECT of one number gives, such as a count."""
        return int(self.query(sql, parameters)[0][0])

    def insert(self, sql: str, parameters: Parameters = ()) -> int:
        """Execute an INSERT of one row and return its id."""
        return int(self.query(f"{sql} RETURNING id", parameters)[0]["id"])

    def emit(self, event: Event) -> None:
        """Say that something happened. It is kept, and published before the savepoint or transaction ends.

        Raises EventsWithoutEnd, which undoes the savepoint, when subscribers go on emitting.
        """
        if self._only_reads:
            raise WroteWhileReading(event.kind)
        causes = (*self._causes, event.kind)
        self._caused += len(causes) > 1
        if len(causes) > LONGEST_CHAIN or self._caused > MOST_CAUSED:
            raise EventsWithoutEnd(f"Subscribers go on emitting events. The last kinds: {', '.join(causes[-6:])}.")
        self._database.record(self, event)
        self._events.append((event, causes))
        self.happened.append(f"{event.kind} {event.subject}")

    def signal(self, name: str) -> None:
        """Wake whoever waits for `name` (such as `outbox`) once this is committed."""
        if self._only_reads:
            raise WroteWhileReading(name)
        self.signals.add(name)

    def publish(self) -> None:
        """Hand every event of this savepoint not yet published to the publisher, which writes what they cause.

        First in, first out: what subscribers emit comes after all that was emitted before it.
        """
        outer = self._causes
        if not outer:
            self._caused = 0
        try:
            while len(self._events) > self._first_event:
                event, self._causes = self._events.pop(self._first_event)
                self._database.publisher(self, event)
        finally:
            self._causes = outer

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """All that happens inside happens, or none of it. Events are published before it is released.

        Raises TransactionLost when it cannot be undone: nothing of the transaction may be kept then.
        """
        self.execute("SAVEPOINT part")
        outer, self._first_event = self._first_event, len(self._events)
        acts, happened = len(self.after_commit), len(self.happened)
        try:
            yield
            self.publish()
            self.execute("RELEASE part")
        except BaseException:
            del self._events[self._first_event :]
            del self.after_commit[acts:], self.happened[happened:]
            self._undo()
            raise
        finally:
            self._first_event = outer

    @contextmanager
    def carrying(self, person: int) -> Iterator[None]:
        """What is written inside, by the clock, carries that person's words on: it takes its turn as theirs."""
        self.on_behalf = person
        try:
            yield
        finally:
            self.on_behalf = None

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """No statement of the block begins later than that. Nobody can stop a thread; this stops what it writes."""
        outer, ends = self._deadline, time.monotonic() + seconds
        self._deadline = ends if outer is None else min(outer, ends)
        try:
            yield
        finally:
            self._deadline = outer

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Whoever is called inside may only read: what would write, and an event, raises WroteWhileReading.

        By the words of a statement: SQLite's own switch (`query_only`) has every statement prepared anew.
        """
        outer, self._only_reads = self._only_reads, True
        try:
            yield
        finally:
            self._only_reads = outer

    def _undo(self) -> None:
        try:
            self._execute("ROLLBACK TO part")
            self._execute("RELEASE part")
        except sqlite3.Error as error:
            self._lost = True
            raise TransactionLost from error


class Database:
    """The file, its one writing connection, and the lock by which tasks take turns at it."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self.path = path
        self.now = now
        self.publisher: Publisher = lambda _tx, _event: None
        self.record: Publisher = lambda _tx, _event: None
        self.limits = NO_LIMITS
        self.fold: Fold = lambda _tx, _chat, _person: False
        self._listeners: dict[str, list[Callable[[], None]]] = {}
        self._turn = asyncio.Lock()
        self._connection: aiosqlite.Connection | None = None
        self.public_key: str | None = None  # for which the copy before a migration is sealed
        self.after_close: list[Callable[[], None]] = []

    async def open(self) -> list[int]:
        """Open the file (making it when absent), bring it to the newest schema; returns the migrations applied.

        Raises storage.migrate.SchemaTooNew, SchemaTooOld or sqlite3.Error.
        """
        migrate.refuse_old(self.path)
        make_folder(self.path.parent)
        self._connection = await aiosqlite.connect(self.path, isolation_level=None, check_same_thread=True)
        try:
            return await self.run_in_database_thread(self._prepare)
        except BaseException:
            # Its thread would keep the program from ending.
            await self.close()
            raise

    def _prepare(self) -> list[int]:
        connection = self.connection
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA busy_timeout=5000")
        connection.execute("PRAGMA journal_mode=WAL")
        # NORMAL lost up to 594 acknowledged rows in a power cut (measured; docs/decisions/0001-a-road-of-our-own.md).
        connection.execute("PRAGMA synchronous=FULL")
        left_behind.overwrite(connection)
        connection.execute("PRAGMA journal_size_limit=16777216")
        connection.execute("PRAGMA cache_size=-12288")
        return migrate.migrate(connection, self.path, public_key=self.public_key)

    async def close(self) -> None:
        """Wait for who is writing, then close the file."""
        async with self._turn:
            if self._connection is not None:
                await self._connection.close()
                self._connection = None
            for act in self.after_close:
                act()

    @property
    def connection(self) -> sqlite3.Connection:
        """The raw connection; to be touched on its own thread only."""
        assert self._connection is not None, "the database is not open"
        return self._connection._conn

    async def run_in_database_thread(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function on the connection's thread. The one place that leans on aiosqlite's private `_execute`.

        A cancelled caller still waits for the function to end: its rollback must not overtake it.
        """
        assert self._connection is not None, "the database is not open"
        try:
            result: R = await self._connection._execute(function, *args, **kwargs)  # type: ignore[no-untyped-call]
        except asyncio.CancelledError:
            await self._caught_up(self._connection)
            raise
        return result

    async def _caught_up(self, connection: aiosqlite.Connection) -> None:
        """Wait, however often cancelled, until the thread has done all it was given: it works in order."""
        last = asyncio.ensure_future(connection._execute(lambda: None))  # type: ignore[no-untyped-call]
        while not last.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait({last})

    async def run(self, function: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """One use case in a transaction of its own, in one hop."""
        async with self._turn:
            tx = Transaction(self, self.connection)
            try:
                return await self.run_in_database_thread(self._transact, tx, lambda: function(tx, *args, **kwargs))
            finally:  # also when the caller was cancelled while it was being committed
                self._announce(tx)

    async def read(self, function: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """One use case that only reads; also while nothing can be written (disk full or read-only, file locked)."""
        async with self._turn:
            tx = Transaction(self, self.connection)
            return await self.run_in_database_thread(self._in_read, lambda: function(tx, *args, **kwargs))

    def _in_read(self, function: Callable[[], R]) -> R:
        self._abandon()
        self.connection.execute("BEGIN")
        try:
            return function()
        finally:
            self._abandon()

    def _transact(self, tx: Transaction, function: Callable[[], R]) -> R:
        self._begin()
        try:
            result = function()
            self._commit(tx)
            return result
        except BaseException:
            self._abandon()
            raise

    def listen(self, name: str, listener: Callable[[], None]) -> None:
        """Call `listener` on the event loop after each commit that signalled `name`."""
        self._listeners.setdefault(name, []).append(listener)

    def _begin(self) -> None:
        # What a failed rollback left behind must not become a part of this.
        self._abandon()
        self.connection.execute("BEGIN IMMEDIATE")

    def _commit(self, tx: Transaction) -> None:
        tx.publish()
        tx.execute("COMMIT")
        tx.committed = True

    def _abandon(self) -> None:
        """Roll back whatever is open; on the connection's thread.

        A full disk has rolled back already, and a failing one may refuse: neither may hide why we came here. What is
        left open then is rolled back before the next transaction.
        """
        if self.connection.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK")

    def _announce(self, tx: Transaction) -> None:
        """Tell whoever waits for what was committed. It is too late to undo: a failing act is logged, and no more."""
        if not tx.committed:
            return
        acts = [listener for name in tx.signals for listener in self._listeners.get(name, ())] + tx.after_commit
        for act in acts:
            try:
                act()
            except Exception:
                log.exception("after_commit_failed")


def _is_read(sql: str) -> bool:
    first = sql.split(None, 1)[0].upper() if sql.strip() else ""
    return first == "SELECT" or (first == "WITH" and _WRITES.search(sql) is None)
