"""The one way to write: all or nothing, one at a time, whatever is cancelled and whatever fails."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.events import Event, ReportNoted, ReportStarted
from storage.core import database as database_module
from storage.core.database import Database, EventsWithoutEnd, Transaction
from storage.core.settings import get, put
from storage.core.trouble import TransactionLost, is_trouble
from tests.waiting import Gate, until


def keys(tx: Transaction) -> list[str]:
    return [row["key"] for row in tx.query("SELECT key FROM settings ORDER BY rowid")]


async def on_connection(database: Database, act: Callable[[sqlite3.Connection], object]) -> None:
    await database.run_in_database_thread(lambda: act(database.connection))


def stopping(tx: Transaction, gate: Gate, *words: str) -> None:
    """Write these words, and wait at the gate behind the first."""
    for word in words:
        put(tx, word, "")
        gate.wait()


async def all_have_gone_on() -> None:
    """Give every task that can go on some turns to do so."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_all_or_nothing(database: Database) -> None:
    def half(tx: Transaction) -> None:
        put(tx, "half", "")
        raise ValueError("no further")

    with pytest.raises(ValueError, match="no further"):
        await database.run(half)
    await database.run(put, "whole", "")
    assert await database.run(keys) == ["whole"]


@pytest.mark.parametrize("times", [1, 3])
async def test_a_cancelled_hop_ends_before_its_rollback(database: Database, times: int) -> None:
    """The thread cannot be stopped: its statements must neither come after the rollback nor stay."""
    gate = Gate()
    task = asyncio.create_task(database.run(stopping, gate, "a", "b", "c"))
    await gate.reached()
    for _ in range(times):
        task.cancel()
        await all_have_gone_on()
    assert not task.done(), "it waits for its thread"
    gate.open()
    with pytest.raises(asyncio.CancelledError):
        await task
    # A single use case cancelled on its way was whole when it ended: kept whole, or not at all.
    assert await database.run(keys) in ([], ["a", "b", "c"])


async def test_cancelled_while_it_begins(database: Database) -> None:
    """BEGIN waits for the file's lock when the cancellation comes: it must not stay open behind our back."""
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began: list[str] = []
    await on_connection(database, lambda connection: connection.set_trace_callback(began.append))

    task = asyncio.create_task(database.run(put, "late", ""))
    await until(lambda: "BEGIN IMMEDIATE" in began, "it to begin")
    task.cancel()
    await all_have_gone_on()
    other.execute("COMMIT")
    with pytest.raises(asyncio.CancelledError):
        await task
    other.execute("BEGIN IMMEDIATE")  # nobody else holds the file
    other.execute("COMMIT")
    other.close()
    await database.run(put, "next", "")
    assert await database.run(keys) == ["late", "next"], "what was cancelled ended whole"


async def test_signals_and_acts_of_what_was_committed_come_even_when_cancelled(database: Database) -> None:
    heard: list[str] = []
    gate = Gate()
    database.listen("outbox", lambda: heard.append("outbox"))

    def work(tx: Transaction) -> None:
        tx.signal("outbox")
        tx.after_commit.append(lambda: heard.append("act"))
        put(tx, "kept", "")
        gate.wait()

    task = asyncio.create_task(database.run(work))
    await gate.reached()
    task.cancel()
    await all_have_gone_on()
    gate.open()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await database.run(keys) == ["kept"]
    assert heard == ["outbox", "act"]


async def test_an_act_that_fails_after_the_commit_stops_nobody(database: Database) -> None:
    heard: list[str] = []

    def work(tx: Transaction) -> None:
        tx.after_commit.append(lambda: [][0])
        tx.after_commit.append(lambda: heard.append("second"))

    await database.run(work)
    assert heard == ["second"]


async def test_two_tasks_never_mix(database: Database) -> None:
    """One aiosqlite connection used from two tasks mixes their transactions: here they take turns."""

    def work(tx: Transaction, name: str, fail: bool) -> None:
        for number in range(5):
            put(tx, f"{name}{number}", "")
        if fail:
            raise ValueError

    results = await asyncio.gather(
        *(database.run(work, name, fail) for name, fail in [("a", False), ("b", True), ("c", False), ("d", True)]),
        *(database.run(put, f"single{number}", "") for number in range(10)),
        return_exceptions=True,
    )
    assert sum(isinstance(result, ValueError) for result in results) == 2
    found = await database.run(keys)
    assert {key[0] for key in found} == {"a", "c", "s"}
    assert len(found) == 20


async def test_events_are_published_in_the_savepoint_that_emitted_them(database: Database) -> None:
    published: list[tuple[str, list[str]]] = []

    def publisher(tx: Transaction, event: Event) -> None:
        published.append((event.kind, keys(tx)))
        put(tx, f"notice of {event.kind}", "")
        if event.kind == "report.noted":
            raise RuntimeError("a notice that cannot be written")

    database.publisher = publisher

    def work(tx: Transaction) -> None:
        tx.emit(ReportStarted(report=1))
        try:
            with tx.savepoint():
                put(tx, "inner", "")
                tx.emit(ReportNoted(report=1, part=1))
        except RuntimeError:
            put(tx, "after", "")

    await database.run(work)
    assert published == [("report.noted", ["inner"]), ("report.started", ["after"])]
    # The outer part's notice is not lost with the inner part.
    assert await database.run(keys) == ["after", "notice of report.started"]
    assert [row["kind"] for row in await database.run(lambda tx: tx.query("SELECT kind FROM events"))] == [
        "report.started"
    ]


async def test_every_savepoint_publishes_before_it_is_released(database: Database) -> None:
    """Whoever opens it, and events of the publisher's own too; undone with it, in the database and in memory."""
    order: list[str] = []

    def publisher(tx: Transaction, event: Event) -> None:
        order.append(event.kind)
        if event.kind == "report.started":
            tx.emit(ReportNoted(report=1, part=1))

    database.publisher = publisher
    acts: list[str] = []

    def work(tx: Transaction) -> None:
        with tx.savepoint():
            tx.emit(ReportStarted(report=1))
        order.append("released")
        try:
            with tx.savepoint():
                tx.emit(ReportStarted(report=2))
                tx.after_commit.append(lambda: acts.append("undone"))
                raise ValueError
        except ValueError:
            tx.after_commit.append(lambda: acts.append("kept"))
        assert tx.happened == ["report.started report:1", "report.noted report:1"]

    await database.run(work)
    assert order == ["report.started", "report.noted", "released"]
    assert acts == ["kept"]


async def test_what_an_event_causes_comes_after_all_that_was_there_before(database: Database) -> None:
    """First in, first out: an event passes by everybody before the next is looked at."""
    order: list[str] = []

    def publisher(tx: Transaction, event: Event) -> None:
        order.append(f"{event.subject} begins")
        if event.subject in ("report:1", "report:2"):
            tx.emit(ReportNoted(report=10 * int(event.subject[-1]), part=1))
        order.append(f"{event.subject} ends")

    database.publisher = publisher

    def work(tx: Transaction) -> None:
        tx.emit(ReportStarted(report=1))
        tx.emit(ReportStarted(report=2))

    await database.run(work)
    assert order == [f"report:{number} {what}" for number in (1, 2, 10, 20) for what in ("begins", "ends")]


def in_a_circle(length: int) -> Callable[[Transaction, Event], None]:
    """One that emits another event because of each, until there are so many behind each other."""

    def publisher(tx: Transaction, event: Event) -> None:
        assert isinstance(event, ReportStarted | ReportNoted)
        if event.report < length:
            of = (ReportStarted(report=event.report + 1), ReportNoted(report=event.report + 1, part=1))
            tx.emit(of[event.report % 2])

    return publisher


async def test_a_chain_of_events_has_an_end(database: Database) -> None:
    def work(tx: Transaction, *, deeper: bool) -> None:
        put(tx, "before", "")
        try:
            with tx.savepoint():
                put(tx, "inside", "")
                tx.emit(ReportStarted(report=1))
        except EventsWithoutEnd as error:
            assert str(error).endswith(" report.noted, report.started, report.noted, report.started.")
            assert deeper
            put(tx, "raised", "")
        tx.emit(ReportStarted(report=49))  # what others emitted is no cause of it

    database.publisher = in_a_circle(50)
    await database.run(lambda tx: work(tx, deeper=False))
    assert await database.run(keys) == ["before", "inside"]
    kinds = await database.run(lambda tx: tx.query("SELECT kind FROM events"))
    assert len(kinds) == 50 + 2

    database.publisher = in_a_circle(51)
    await database.run(lambda tx: work(tx, deeper=True))
    assert "raised" in await database.run(keys)
    assert len(await database.run(lambda tx: tx.query("SELECT kind FROM events"))) == 52 + 3, "the chain was undone"


async def test_many_events_of_one_use_case_are_no_chain(database: Database) -> None:
    def work(tx: Transaction) -> None:
        for number in range(200):
            tx.emit(ReportStarted(report=number))

    database.publisher = lambda tx, event: (
        tx.emit(ReportNoted(report=1, part=1)) if event.kind != "report.noted" else None
    )
    await database.run(work)
    assert len(await database.run(lambda tx: tx.query("SELECT kind FROM events"))) == 400


async def test_a_chain_has_an_end_where_each_part_publishes_for_itself(database: Database) -> None:
    def publisher(tx: Transaction, _event: Event) -> None:
        with tx.savepoint():
            tx.emit(ReportStarted(report=1))

    database.publisher = publisher
    with pytest.raises(EventsWithoutEnd, match=r"The last kinds: report\.started, "):
        await database.run(lambda tx: tx.emit(ReportStarted(report=1)))
    assert await database.run(lambda tx: tx.query("SELECT kind FROM events")) == []


async def test_a_chain_that_branches_has_an_end(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be as wide as the world long before it is fifty deep."""
    monkeypatch.setattr(database_module, "MOST_CAUSED", 300)

    def publisher(tx: Transaction, _event: Event) -> None:
        tx.emit(ReportStarted(report=1))
        tx.emit(ReportStarted(report=2))

    database.publisher = publisher
    with pytest.raises(EventsWithoutEnd):
        await database.run(lambda tx: tx.emit(ReportStarted(report=1)))


# -- a disk that is full or fails: real SQLite errors


def fill(tx: Transaction) -> None:
    for number in range(2000):
        put(tx, f"row {number}", "x" * 1000)


async def full_disk(database: Database) -> None:
    await on_connection(database, lambda each: each.execute("PRAGMA max_page_count=1"))  # means: as large as it is


async def test_a_full_disk_is_trouble_and_leaves_nothing(database: Database) -> None:
    await full_disk(database)
    acts: list[str] = []

    def work(tx: Transaction) -> None:
        tx.after_commit.append(lambda: acts.append("sent"))
        tx.signal("outbox")
        put(tx, "small", "")
        fill(tx)

    with pytest.raises(sqlite3.OperationalError) as caught:
        await database.run(work)
    assert is_trouble(caught.value)
    assert acts == []
    await on_connection(database, lambda each: each.execute("PRAGMA max_page_count=1000000"))
    assert await database.run(keys) == []


async def test_whoever_swallows_a_full_disk_cannot_go_on(database: Database) -> None:
    await full_disk(database)

    def work(tx: Transaction) -> None:
        try:
            with tx.savepoint():
                fill(tx)
        except Exception:
            put(tx, "alone", "")

    with pytest.raises(TransactionLost):
        await database.run(work)
    assert await database.run(keys) == []


async def test_whoever_swallows_any_error_of_the_disk_cannot_go_on(database: Database) -> None:
    """Also where SQLite itself has rolled nothing back: half an update must not be committed."""

    def work(tx: Transaction) -> None:
        put(tx, "half", "")
        database.connection.execute("PRAGMA query_only=1")
        try:
            put(tx, "other half", "")
        except sqlite3.OperationalError as error:
            assert is_trouble(error)
        database.connection.execute("PRAGMA query_only=0")

    with pytest.raises(TransactionLost):
        await database.run(work)
    assert await database.run(keys) == []


def refuse(action: int, word: str) -> Callable[..., int]:
    def authorizer(code: int, first: str | None, *_rest: object) -> int:
        return sqlite3.SQLITE_DENY if code == action and first == word else sqlite3.SQLITE_OK

    return authorizer


async def test_a_commit_that_fails_keeps_nothing_and_tells_nobody(database: Database) -> None:
    acts: list[str] = []

    def work(tx: Transaction) -> None:
        put(tx, "lost", "")
        tx.after_commit.append(lambda: acts.append("sent"))

    await on_connection(database, lambda each: each.set_authorizer(refuse(sqlite3.SQLITE_TRANSACTION, "COMMIT")))
    with pytest.raises(sqlite3.DatabaseError):
        await database.run(work)
    await on_connection(database, lambda each: each.set_authorizer(None))
    assert (await database.run(keys), acts) == ([], [])


async def test_a_part_that_cannot_be_undone_takes_the_whole_with_it(database: Database) -> None:
    def work(tx: Transaction) -> None:
        put(tx, "first", "")
        try:
            with tx.savepoint():
                put(tx, "second", "")
                raise ValueError
        except TransactionLost:
            put(tx, "third", "")

    await on_connection(database, lambda each: each.set_authorizer(refuse(sqlite3.SQLITE_SAVEPOINT, "ROLLBACK")))
    with pytest.raises(TransactionLost):
        await database.run(work)
    await on_connection(database, lambda each: each.set_authorizer(None))
    assert await database.run(keys) == []


async def test_a_rollback_that_fails_is_made_up_for(database: Database) -> None:
    def work(tx: Transaction) -> None:
        put(tx, "lost", "")
        raise ValueError("the reason")

    await on_connection(database, lambda each: each.set_authorizer(refuse(sqlite3.SQLITE_TRANSACTION, "ROLLBACK")))
    with pytest.raises(ValueError, match="the reason"):
        await database.run(work)
    await on_connection(database, lambda each: each.set_authorizer(None))
    await database.run(put, "next", "")
    assert await database.run(keys) == ["next"]


async def test_nothing_is_written_after_the_time_is_up(database: Database) -> None:
    def endless(tx: Transaction) -> None:
        with tx.savepoint(), tx.within(0.1):
            number = 0
            while True:
                with tx.savepoint():
                    put(tx, f"row {number}", "")
                number += 1

    def work(tx: Transaction) -> None:
        with pytest.raises(TimeoutError):
            endless(tx)
        put(tx, "after", "")

    await database.run(work)
    assert await database.run(keys) == ["after"]


async def test_the_file_is_as_durable_as_promised(database: Database) -> None:
    def pragmas(tx: Transaction) -> list[object]:
        return [tx.query(f"PRAGMA {name}")[0][0] for name in ("synchronous", "journal_mode", "foreign_keys")]

    assert await database.run(pragmas) == [2, "wal", 1]


async def test_a_file_that_cannot_be_opened_leaves_no_thread_behind(tmp_path: Path) -> None:
    """The thread would keep the program from ending."""
    path = tmp_path / "bot.db"
    path.write_bytes(b"this is no database" * 100)
    before = threading.active_count()
    database = Database(path, lambda: None)  # type: ignore[arg-type, return-value]
    with pytest.raises(sqlite3.DatabaseError):
        await database.open()
    await until(lambda: threading.active_count() <= before, "the thread to end")


async def test_what_is_kept_is_there_after_opening_again(database: Database) -> None:
    await database.run(put, "bot_id", "42")
    await database.close()
    await database.open()
    assert await database.run(get, "bot_id") == "42"
