"""One person's flood delays nobody else in the staff group, with Telegram's limits as they are (20 a minute)."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from sandbox.client import Person, World
from sandbox.testing import running_sandbox
from services.reports import submitting
from storage.core.database import Transaction
from storage.people import people
from storage.reports.reports import NewPart
from tests.e2e.conftest import Estate, Start, estate_in, shows, start_bot
from tests.e2e.reading import asked_to_send, presses_send, until

__all__ = ["start_bot"]
ORDINARY, DANGER = 40.0, 25.0
"""Seconds within which another's card is in the group, whoever floods it."""


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """A Telegram that keeps its limits."""
    async with running_sandbox(flood_limits=True) as world:
        yield world
        assert await world.complaints() == []
        assert [call for call in await world.calls() if call.get("error_code") == 429] == []


async def handled(estate: Estate, words: str, count: int) -> None:
    """Wait until so many messages with these words were handled: what they cause waits to be sent."""

    async def all_of_them() -> bool:
        found = await estate.rows("SELECT 1 FROM inbox WHERE state = 'done' AND body LIKE ?", f"%{words}%")
        return len(found) >= count

    await until(all_of_them, f"{count} handled", patience=20)


async def is_in_the_group(estate: Estate, words: str, seconds: float) -> None:
    """Wait for a message with these words in the staff group; not longer."""
    await estate.staff.sees(words, estate.staff_chat, patience=seconds)


async def reports(estate: Estate, person: Person, words: str) -> None:
    """An ordinary report of somebody."""
    await person.says(words)
    await asked_to_send(person, words)
    await presses_send(person)


async def test_a_hundred_replies_of_one_person(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot, send_rate=30) as estate:
        mei, bo = estate.resident, await estate.newcomer("Bo")
        receipt = await estate.report()
        await asyncio.gather(*(mei.replies(receipt, f"still dark {number}") for number in range(100)))
        await handled(estate, "still dark", 100)
        for number in range(3):  # now, and when the minute's room has been used
            await reports(estate, bo, f"The gate {number} is stuck")
            await is_in_the_group(estate, f"The gate {number} is stuck", ORDINARY)
        assert await estate.rows("SELECT 1 FROM outbox WHERE state = 'pending'"), "and most of the flood still waits"


async def test_sixty_false_dangers_of_one_person(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot, send_rate=30) as estate:
        mei, bo, cem = estate.resident, await estate.newcomer("Bo"), await estate.newcomer("Cem")
        await asyncio.gather(*(mei.says(f"fire in flat {number}!") for number in range(60)))
        await handled(estate, "fire in flat", 60)
        await bo.says("I smell gas in the cellar")
        await is_in_the_group(estate, "I smell gas in the cellar", DANGER)
        await reports(estate, cem, "The gate is stuck")
        await is_in_the_group(estate, "The gate is stuck", ORDINARY)


async def test_forty_reports_of_one_person(world: World, start_bot: Start) -> None:
    """More cards than a group takes are gathered; that of somebody else is not gathered with them."""
    async with estate_in(world, start_bot, send_rate=30, limit_reports=0) as estate:
        bo = await estate.newcomer("Bo")

        def submit(tx: Transaction) -> None:
            mei = people.by_telegram_id(tx, estate.resident.id)
            assert mei is not None
            for number in range(40):
                tx.answering = mei.id
                new = submitting.NewReport([NewPart("text", text=f"Lamp {number} is dark")], category="lighting")
                submitting.submit(tx, estate.bot.setup.community, mei, new)
                tx.publish()

        await estate.bot.database.run(submit)
        await reports(estate, bo, "The gate is stuck")
        await is_in_the_group(estate, "No. 41 · ", ORDINARY)
        assert await estate.rows("SELECT 1 FROM gathered WHERE report <= 40"), "and theirs are gathered"
        assert await estate.rows("SELECT 1 FROM gathered WHERE report > 40") == []


async def test_others_ordinary_words_pass_a_flood_of_danger(world: World, start_bot: Start) -> None:
    """Fifteen messages of danger and a hundred replies of one: what another adds is read within the time, too."""
    async with estate_in(world, start_bot, send_rate=30) as estate:
        mei, bo = estate.resident, await estate.newcomer("Bo")
        await reports(estate, bo, "The gate is stuck")
        receipt = await shows(bo, "Received")
        await is_in_the_group(estate, "The gate is stuck", ORDINARY)
        own = await estate.report()
        await asyncio.gather(*(mei.says(f"fire in flat {number}!") for number in range(15)))
        await asyncio.gather(*(mei.replies(own, f"still dark {number}") for number in range(100)))
        await handled(estate, "still dark", 100)
        await bo.replies(receipt, "it squeaks, too")
        await is_in_the_group(estate, "it squeaks, too", ORDINARY)
