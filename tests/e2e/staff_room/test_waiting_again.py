"""What waits for staff, besides reports, is there once the bot is in their group again, or they have one."""

import pytest

from sandbox.client import World, written
from tests.e2e.conftest import Estate, Start, estate_in, shows
from tests.e2e.people.test_blocking import offers_help
from tests.e2e.pledges.test_pledge_making import pledger
from tests.e2e.repairing import asks
from tests.e2e.reports.test_danger_reach import cuts_off, lets_in


@pytest.mark.parametrize("how", ["refuses", "removed", "none yet"])
async def test_a_repair_a_promise_and_an_offer_wait_for_the_group(world: World, start_bot: Start, how: str) -> None:
    more = {"staff_chat_id": None} if how == "none yet" else {}
    async with estate_in(world, start_bot, **more) as estate:
        bo = await pledger(estate)
        eve = await estate.newcomer("Eve")
        if how != "none yet":
            await cuts_off(estate, how)
        await estate.report()
        await shows(estate.resident, "I cannot reach the staff group")
        await asks(estate)
        await bo.says("/pledge I water the trees")
        await bo.presses("Whenever I am needed", message=await bo.sees("What kind of promise is it?"))
        await bo.presses("The whole community", message=await bo.sees("For which part"))
        await bo.presses("No, without name", message=await bo.sees("May the board show"))
        await bo.presses("Send it like this")
        await bo.sees("Your promise has no. 1")
        await offers_help(estate, eve)
        await back(estate, how)
        for text in ("Repair 1 · ", "I water the trees"):
            await shows(estate.staff, text, chat=estate.staff_chat)
        offer = await shows(estate.staff, "Eve offers help", chat=estate.staff_chat) if how != "none yet" else None
        await estate.settled()
        if offer is not None:
            there = map(written, await world.chat_messages(estate.staff_chat))
            assert sum("Eve offers help" in each for each in there) == 1


async def back(estate: Estate, how: str) -> None:
    """The group can be reached, or there is one."""
    if how != "none yet":
        await lets_in(estate, how)
        return
    await estate.stop()
    estate.settings["staff_chat_id"] = estate.staff_chat
    await estate.start()
