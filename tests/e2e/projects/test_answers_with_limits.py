"""Many answer the word of a project's lead at once, with Telegram's limits as they are: none is lost, none refused."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from sandbox.client import World
from sandbox.testing import running_sandbox
from services.projects import bundling, making, words
from services.projects.words import NewWord
from services.reports import submitting
from services.reports.submitting import NewReport
from storage.core.database import Transaction
from storage.people import people
from storage.reports.reports import NewPart
from tests.e2e.conftest import Start, estate_in
from tests.e2e.reading import shows, until

COUNT = 40


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """A Telegram that keeps its limits."""
    async with running_sandbox(flood_limits=True) as world:
        yield world
        assert await world.complaints() == []


async def test_many_answers_wait_for_their_turn_in_their_own_threads(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot, send_rate=30) as estate:
        neighbours = [await world.person(f"N{number}") for number in range(COUNT)]
        await asyncio.gather(*(each.starts() for each in neighbours))
        for each in neighbours:
            await shows(each, "Hello!")

        def say(tx: Transaction) -> None:
            wei = people.by_telegram_id(tx, estate.staff.id)
            assert wei is not None
            numbers = []
            for each in neighbours:
                known = people.by_telegram_id(tx, each.id)
                assert known is not None
                new = NewReport([NewPart("text", text="The lamp is dark")], category="lighting", area="b1")
                numbers.append(submitting.submit(tx, estate.bot.setup.community, known, new))
            project = making.make(tx, estate.bot.setup.community, wei, "The lamps", None, [wei.id])
            bundling.add_many(tx, wei, project.id, numbers)
            words.say(tx, wei, project.id, NewWord([(None, "They come in May")]))

        await estate.bot.database.run(say)
        await world.advance(seconds=2)
        copies = [await shows(each, "They come in May") for each in neighbours]
        await asyncio.gather(
            *(each.replies(copy, f"Answer of {each.id}.") for each, copy in zip(neighbours, copies, strict=True))
        )

        async def all_are_there() -> bool:
            rows = await estate.rows(
                "SELECT outbox.state FROM cards JOIN outbox ON outbox.card = cards.id WHERE cards.role = "
                "'thread:project:1' AND outbox.action = 'card' AND outbox.state IN ('pending', 'sending', 'sent')"
            )
            return len(rows) == COUNT

        await until(all_are_there, "a message for each report, sent or waiting for its turn")
        for state in ("folded", "dropped", "failed"):
            assert await estate.rows("SELECT 1 FROM outbox WHERE state = ? AND purpose LIKE 'thread:%'", state) == []
        assert [call for call in await world.calls() if "Too Many" in str(call)] == []
