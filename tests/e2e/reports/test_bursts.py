"""Many new reports at once, with Telegram's limits as they are: named in a few messages, reachable at once, no 429."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from domain.people.rights import Role
from sandbox.client import World, buttons, written
from sandbox.testing import running_sandbox
from services.reports import submitting
from storage.core.database import Transaction
from storage.people import people
from storage.reports.reports import NewPart
from tests.e2e.conftest import Estate, Start, estate_in, start_bot
from tests.e2e.moments import time_passes

Json = dict[str, Any]
__all__ = ["start_bot"]


@pytest.fixture
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """A Telegram that keeps its limits, unless it is asked for without."""
    async with running_sandbox(flood_limits=getattr(request, "param", True)) as world:
        yield world
        assert await world.complaints() == []


async def burst(estate: Estate, count: int, danger: str | None = None) -> None:
    """So many people without Telegram's private chat report at once."""

    def submit(tx: Transaction) -> None:
        for number in range(count):
            who = people.meet(tx, 900_000 + number, f"Person {number}", None, "en")
            parts = [NewPart("text", text=f"Lamp {number} is broken")]
            new = submitting.NewReport(parts, category="lighting", danger=danger)
            submitting.submit(tx, estate.bot.setup.community, who, new)
        tx.publish()

    await estate.bot.database.run(submit)


async def numbers_shown(estate: Estate) -> set[int]:
    """The reports that can be reached in the staff group: by their card, or by a button that brings it."""
    found = set()
    for message in await estate.world.chat_messages(estate.staff_chat):
        found |= {int(number) for number in re.findall(r"^No\. (\d+) · ", message.get("text", ""))}
        found |= {int(b["callback_data"][3:]) for b in buttons(message) if b.get("callback_data", "").startswith("ga:")}
    return found


async def refused(world: World) -> list[Json]:
    """The calls that Telegram answered with "too many requests"."""
    return [call for call in await world.calls() if call.get("error_code") == 429 or "Too Many" in str(call)]


async def test_a_hundred_are_all_reachable_at_once_and_nothing_is_refused(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot, send_rate=30) as estate:
        wei, group = estate.staff, estate.staff_chat
        await burst(estate, 100)
        await time_passes(estate, seconds=3)
        assert await numbers_shown(estate) == set(range(1, 101))
        assert await refused(world) == []
        assert len(await estate.rows("SELECT 1 FROM gathered")) == 90
        # Danger does not wait, whatever else there is.
        await burst(estate, 1, danger="fire")
        await wei.sees("No. 101 · ", group, patience=3)
        assert await refused(world) == []


@pytest.mark.parametrize("world", [False], indirect=True)
async def test_when_it_is_calm_the_cards_follow_also_after_a_restart(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot, send_rate=1000) as estate:
        await burst(estate, 13)
        await time_passes(estate, seconds=3)
        message = await estate.staff.sees("3 new reports", estate.staff_chat)
        for _ in range(4):
            # The bot's own limit is one of real time; a start reckons by the clock, which was moved.
            await estate.stop()
            await estate.start()
            await time_passes(estate, seconds=61)
        assert await estate.rows("SELECT 1 FROM gathered") == []
        rows = await estate.rows("SELECT subject FROM cards WHERE role = 'staff'")
        assert len(rows) == len({row["subject"] for row in rows}) == 13
        now = {each["message_id"]: each for each in await world.chat_messages(estate.staff_chat)}
        assert "have their cards now" in written(now[message["message_id"]])


@pytest.mark.parametrize("world", [False], indirect=True)
async def test_only_staff_may_ask_for_a_card(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot, send_rate=1000) as estate:
        eve = await estate.colleague("Eve", None)
        bo = await estate.colleague("Bo", Role.STAFF)
        await burst(estate, 12)
        await time_passes(estate, seconds=3)
        message = await bo.sees("[No. 11]", estate.staff_chat)
        press = await eve.presses("No. 11", estate.staff_chat, message)
        assert (await eve.popup(press))["show_alert"]
        assert await estate.rows("SELECT 1 FROM cards WHERE subject = 'report:11'") == []
        await bo.presses("No. 11", estate.staff_chat, message)
        await bo.presses("No. 11", estate.staff_chat, message)
        await bo.sees("No. 11 · ", estate.staff_chat)
        await estate.settled()
        assert len(await estate.rows("SELECT 1 FROM cards WHERE subject = 'report:11'")) == 1
