"""What is worded only when it is sent: whoever words it only reads, and an error in wording loses no message."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.kit.alarm import Alarm
from bot.kit.request import Request
from bot.sending.delivery import Delivery
from bot.sending.limits import Limiter
from bot.sending.marking import WORDING_TRIES
from bot.sending.row_to_call import Author, Words
from domain.events import MessageUnwanted
from handlers.kit.update_context import Setup
from storage.core import outbox, sends, settings
from storage.core.database import Database, Transaction
from storage.core.outbox import Outgoing
from tests.bot.sending.test_delivery import becomes, events_of, person, put, row
from tests.bot.stand_in import Drop, Late, No, StandIn
from tests.support import Clock
from tests.waiting import until

HOUR = timedelta(hours=1)
With = Callable[[dict[str, Author | Words]], Awaitable[Delivery]]


@pytest.fixture
async def with_authors(database: Database, request_: Request, setup: Setup, tmp_path: Path) -> Any:
    """Start a delivery whose messages are worded by these."""
    running: list[tuple[Delivery, asyncio.Task[None]]] = []

    async def begin(authors: dict[str, Author | Words]) -> Delivery:
        delivery = Delivery(
            database, request_, Limiter(0, time.monotonic), tmp_path, Alarm(database, request_, setup), authors=authors
        )
        running.append((delivery, asyncio.create_task(delivery.run())))
        return delivery

    yield begin
    for delivery, task in running:
        delivery.stop()
        await task


async def unworded(database: Database, chat: int, by: str = "list") -> int:
    return await put(database, chat, "", action="worded", content={"by": by}, subject="person:1")


async def fails(database: Database, number: int, times: int) -> dict[str, Any]:
    """Wait until nobody could word it so many times."""

    async def look() -> dict[str, Any] | None:
        found = await row(database, number)
        return found if found["failures"] == times and found["state"] == "waiting" else None

    return await until(look, f"{times} failures")


async def an_hour_later(database: Database, clock: Clock) -> None:
    clock.advance(hours=1)
    await database.run(sends.promote)


# -- a renderer that raises


async def test_one_that_raises_costs_no_message_and_holds_up_nobody(
    telegram: StandIn, database: Database, clock: Clock, with_authors: With
) -> None:
    chat = await person(database)
    broken = [True]

    def words(_tx: Transaction, _subject: str, _content: dict[str, Any]) -> dict[str, Any]:
        if broken[0]:
            raise LookupError("a promise with a plan nobody foresaw")
        return {"text": "the list"}

    number, after = await unworded(database, chat), await put(database, chat, "after")
    await with_authors({"list": words})
    await becomes(database, after, "sent")
    for times in range(1, WORDING_TRIES + 1):
        await fails(database, number, times)
        if times < WORDING_TRIES:
            await an_hour_later(database, clock)
    broken[0] = False
    assert "the list" not in telegram.texts
    await an_hour_later(database, clock)
    await becomes(database, number, "sent")
    assert telegram.texts == ["after", "the list"]
    assert await events_of(database, "work.given_up") == []


async def test_one_that_goes_on_raising_ends_after_three_hours_and_admins_hear_of_it_once(
    telegram: StandIn, database: Database, clock: Clock, with_authors: With
) -> None:
    chat = await person(database)
    tried: list[datetime] = []

    def words(tx: Transaction, _subject: str, _content: dict[str, Any]) -> dict[str, Any]:
        tried.append(tx.now)
        raise ZeroDivisionError

    began = clock.now()
    number = await unworded(database, chat)
    await with_authors({"list": words})
    for times in range(1, WORDING_TRIES + 1):
        await fails(database, number, times)
        await database.run(sends.hurry, chat)  # it is no matter of the chat
        await database.run(sends.promote)  # not before an hour is over
        assert (await row(database, number))["state"] == "waiting"
        await an_hour_later(database, clock)
    assert "ZeroDivisionError" in (await becomes(database, number, "failed"))["error"]
    assert tried == [began + times * HOUR for times in range(WORDING_TRIES + 1)]
    assert len(await events_of(database, "work.given_up")) == 1
    assert telegram.texts == []


async def test_nobody_words_it_any_more(database: Database, with_authors: With) -> None:
    """A stored name that the program has lost is not found in an hour either: it fails at once, and is told once."""
    number = await unworded(database, await person(database), "renamed")
    await with_authors({})
    await becomes(database, number, "failed")
    assert len(await events_of(database, "work.given_up")) == 1


# -- a renderer that writes


def _add(tx: Transaction) -> None:
    outbox.add(tx, Outgoing(chat=1, action="message", content={"text": "beside"}))


def _with(tx: Transaction) -> None:
    tx.execute("WITH one AS (SELECT 1 AS n) INSERT INTO settings (name, value) SELECT 'x', n FROM one")


WRITES: dict[str, Callable[[Transaction], object]] = {
    "statement": lambda tx: tx.execute("UPDATE people SET name = 'Nobody'"),
    "returning": lambda tx: tx.query("DELETE FROM people RETURNING id"),
    "with": _with,
    "many": lambda tx: tx.many("UPDATE people SET name = ?", [("Nobody",)]),
    "service": lambda tx: settings.put(tx, "x", "y"),
    "outbox": _add,
    "event": lambda tx: tx.emit(MessageUnwanted(outbox=1)),
    "signal": lambda tx: tx.signal("outbox"),
    "savepoint": lambda tx: tx.savepoint().__enter__(),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
async def test_one_that_writes_is_refused_and_nothing_is_written(
    telegram: StandIn, database: Database, with_authors: With, write: Callable[[Transaction], object]
) -> None:
    chat = await person(database)

    def words(tx: Transaction, _subject: str, _content: dict[str, Any]) -> dict[str, Any]:
        assert tx.one("SELECT name FROM people") is not None
        assert tx.one("WITH one AS (SELECT 1 AS n) SELECT n FROM one") is not None
        write(tx)
        return {"text": "the list"}

    number, after = await unworded(database, chat), await put(database, chat, "after")
    await with_authors({"list": words})
    assert "WroteWhileReading" in (await fails(database, number, 1))["error"]
    await becomes(database, after, "sent")
    assert telegram.texts == ["after"]

    def look(tx: Transaction) -> list[Any]:
        return [
            [dict(each)["name"] for each in tx.query("SELECT name FROM people")],
            settings.get(tx, "x"),
            len(tx.query("SELECT 1 FROM outbox")),
            len(tx.query("SELECT 1 FROM events")),
        ]

    assert await database.run(look) == [["Person 501"], None, 2, 0]


# -- what it tells of


async def test_what_it_tells_of_is_told_in_the_transaction_that_marks_it_and_not_before(
    telegram: StandIn, database: Database, with_authors: With
) -> None:
    chat = await person(database)
    told: list[tuple[str, list[str]]] = []

    def words(_tx: Transaction, _subject: str, content: dict[str, Any]) -> dict[str, Any]:
        return {"text": "the list", "tells": ["a time", f"row {content['row']}"]}

    def note(tx: Transaction, number: int, _subject: str, _content: dict[str, Any], _at: datetime, tells: Any) -> None:
        state = tx.one("SELECT state FROM outbox WHERE id = ?", (number,))
        assert state is not None
        told.append((state["state"], list(tells)))

    telegram.will("sendMessage", Late(0.2, No(429, "slow", {"retry_after": 0.1})), Late(0.2))
    number = await unworded(database, chat)
    await with_authors({"list": Author(words, note)})
    on_its_way = await becomes(database, number, "sending")
    assert on_its_way["tells"] == f'["a time", "row {number}"]'
    assert await database.run(outbox.being_told, "notice", None) == {"a time", f"row {number}"}
    await becomes(database, number, "sent")
    assert told == [("sent", ["a time", f"row {number}"])]
    assert await database.run(outbox.being_told, "notice", None) == frozenset()


@pytest.mark.parametrize(
    ("answer", "state"), [(No(400, "Bad Request: no"), "failed"), (No(403, "blocked"), "dropped"), (Drop(), "pending")]
)
async def test_what_did_not_certainly_arrive_has_told_nobody(
    telegram: StandIn, database: Database, with_authors: With, answer: object, state: str
) -> None:
    told: list[Any] = []
    telegram.will("sendMessage", answer)
    number = await unworded(database, await person(database))
    words = Author(lambda *_: {"text": "the list", "tells": ["a time"]}, lambda *given: told.append(given))
    await with_authors({"list": words})
    await telegram.sees(lambda: telegram.texts == ["the list"])
    await becomes(database, number, state, with_error=True)
    assert told == []
    # What may have arrived is told by no second message meanwhile; what nobody got, may.
    assert await database.run(outbox.being_told, "notice", None) == ({"a time"} if state == "pending" else set())
    assert await database.run(outbox.being_told, "notice", number) == frozenset()


async def test_after_a_crash_it_is_worded_anew_and_told_once(
    telegram: StandIn, database: Database, with_authors: With
) -> None:
    told: list[Any] = []
    number = await unworded(database, await person(database))
    await database.run(lambda tx: sends.claim(tx, [number], {number: ["a time"]}))  # and there the program ended
    words = Author(lambda *_: {"text": "the list", "tells": ["another"]}, lambda *given: told.append(given[-1]))
    await with_authors({"list": words})
    await becomes(database, number, "sent")
    assert told == [["another"]]
