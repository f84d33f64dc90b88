"""Figures are counted beside the loop: told where it takes a while, the newest press counts, none is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.background import figures_counter
from bot.background.counting import Counting
from bot.background.figures_counter import FiguresCounter
from domain.community import Community
from domain.figures.periods import Length, containing
from domain.people.rights import Role
from handlers.figures import showing
from handlers.figures.buttons import FiguresPress, View
from handlers.kit.update_context import Setup
from storage.core import messages
from storage.core.database import Database, Transaction
from storage.people import people
from storage.people.people import Person
from tests.bot.counting_here import CountingHere, Held
from tests.services.reporting import submitted
from tests.support import MONDAY, Clock, handle, message_json, outbox_of, person, says, user_json
from tests.waiting import until

COUNTING, FAILED = "I am counting", "I could not count"
MARCH, ALL_MARCH = "Collected: 2", containing(MONDAY.date(), Length.MONTH)


@pytest.fixture
async def wei(database: Database, community: Community) -> Person:
    """Staff, where two things were reported."""

    def there(tx: Transaction) -> Person:
        for name in ("Mei", "Bo"):
            submitted(tx, community, person(tx, name), category="lighting")
        return person(tx, "Wei", Role.STAFF)

    return await database.run(there)


@asynccontextmanager
async def at_work(database: Database, setup: Setup, counting: Counting | None = None) -> AsyncIterator[FiguresCounter]:
    worker = FiguresCounter(database, setup, counting or CountingHere(database))
    task = asyncio.create_task(worker.run())
    try:
        yield worker
        assert not task.done(), task
    finally:
        task.cancel()
        await asyncio.wait({task})


async def asks(database: Database, setup: Setup, who: Person) -> None:
    await database.run(lambda tx: says(tx, setup, showing.command, who, "/figures"))


async def sees(database: Database, words: str) -> None:
    await until(lambda: _shows(database, words), words)


async def _shows(database: Database, words: str) -> bool:
    rows = await database.read(outbox_of)
    return bool(rows) and words in rows[-1]["content"]["text"]


async def waiting(database: Database) -> int:
    return len(await database.read(lambda tx: tx.query("SELECT 1 FROM scheduled_tasks WHERE kind = 'figures'")))


async def test_it_is_told_that_it_takes_a_while_and_then_written_over(
    database: Database, setup: Setup, wei: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures_counter, "AN_INSTANT", 0.01)
    held = Held(database)
    async with at_work(database, setup, held):
        await asks(database, setup, wei)
        await sees(database, COUNTING)
        held.goes_on()
        await sees(database, MARCH)
        await until(lambda: _none(database), "the order to be done with")
    rows = await database.read(outbox_of)
    assert [row["action"] for row in rows] == ["card"], "one message, written over"


async def _none(database: Database) -> bool:
    return await waiting(database) == 0


async def test_what_is_quick_is_shown_at_once(database: Database, setup: Setup, wei: Person) -> None:
    seen: list[str] = []
    async with at_work(database, setup):
        await asks(database, setup, wei)
        await sees(database, MARCH)
        seen += [row["content"]["text"] for row in await database.read(outbox_of)]
    assert len(seen) == 1 and COUNTING not in seen[0]


async def test_the_newest_press_counts_and_the_same_twice_counts_once(
    database: Database, setup: Setup, wei: Person
) -> None:
    await asks(database, setup, wei)
    async with at_work(database, setup):
        await sees(database, MARCH)
        await until(lambda: _none(database), "the order to be done with")
    card, held = await database.run(_sent), Held(database)
    async with at_work(database, setup, held):
        year, by_category = (
            FiguresPress(length, ALL_MARCH.first, None, view, None).pack()
            for length, view in ((Length.YEAR, View.OVERVIEW), (Length.MONTH, View.CATEGORY))
        )
        for data in (year, year, by_category, by_category):
            await database.run(_press, setup, wei, card, data)
        await until(held.begun.is_set, "counting to begin")
        assert await waiting(database) == 1
        held.goes_on()
        await sees(database, "Lighting")
        await until(lambda: _none(database), "the order to be done with")
    assert held.counted <= 2


def _sent(tx: Transaction) -> int:
    """The message with figures is on the screen; Telegram's number of it."""
    (row,) = tx.query("SELECT id, card, chat FROM outbox")
    tx.execute("UPDATE outbox SET state = 'sent' WHERE id = ?", (row["id"],))
    messages.set_card_message(tx, row["card"], 77)
    messages.keep(tx, row["chat"], 77, incoming=False, purpose="answer", card=row["card"])
    return 77


def _press(tx: Transaction, setup: Setup, who: Person, message: int, data: str) -> None:
    shown = {**message_json(who, "?"), "message_id": message}
    query = {"id": f"{data}{tx.now}", "from": user_json(who), "chat_instance": "1", "data": data, "message": shown}
    handle(tx, setup, showing.press, callback_query=query)


async def test_what_was_being_counted_when_the_bot_was_stopped_is_counted_after_the_start(
    database: Database, setup: Setup, wei: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures_counter, "AN_INSTANT", 0.01)
    async with at_work(database, setup, Held(database)):
        await asks(database, setup, wei)
        await sees(database, COUNTING)
    assert await waiting(database) == 1
    async with at_work(database, setup):
        await sees(database, MARCH)


async def test_a_role_lost_meanwhile_sees_none(database: Database, setup: Setup, wei: Person) -> None:
    await asks(database, setup, wei)
    await database.run(lambda tx: people.revoke(tx, wei.id, Role.STAFF))
    async with at_work(database, setup):
        await sees(database, "You cannot do that")


async def test_what_cannot_be_counted_is_said(database: Database, setup: Setup, wei: Person, clock: Clock) -> None:
    class Broken(Counting):
        async def count(self, *_given: Any) -> Any:  # type: ignore[override]
            raise ArithmeticError

    await asks(database, setup, wei)
    async with at_work(database, setup, Broken(database)) as worker:
        await until(lambda: _tried(database), "the first try")
        clock.advance(seconds=11)
        worker.soon()
        await sees(database, FAILED)
        await until(lambda: _none(database), "it to be set aside")


async def _tried(database: Database) -> bool:
    rows = await database.read(lambda tx: tx.query("SELECT tries FROM scheduled_tasks WHERE kind = 'figures'"))
    return [row["tries"] for row in rows] == [1]
