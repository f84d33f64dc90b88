"""A danger that is not over after all is one: due in minutes, rung for at any hour, and whom to call comes first."""

from typing import Any

import pytest

from domain.people.rights import Role
from sandbox.client import World, written
from tests.e2e.conftest import Estate, Start, estate_in, shows
from tests.e2e.moments import time_is, time_passes
from tests.e2e.reading import IS_FIXED, NOT_FIXED, asked_to_send, presses_what
from tests.e2e.reports.test_danger_first import told
from tests.e2e.reports.test_danger_reach import clock_goes, cuts_off

Json = dict[str, Any]
GAS = "I smell gas in building 3"


async def resolved(estate: Estate) -> Json:
    """A danger that staff say is over, asked about; hours later, in the night."""
    await estate.resident.says(GAS)
    question = await estate.resolves("The valve is closed")
    await time_is(estate, "2026-11-25T23:00:00+08:00")
    return question


async def said_since(estate: Estate, calls: int) -> list[Json]:
    """What was written to the staff group since so many calls."""
    return [
        each["params"]
        for each in (await estate.world.calls("sendMessage"))[calls:]
        if str(each["params"]["chat_id"]) == str(estate.staff_chat)
    ]


@pytest.mark.parametrize("how", ["not yet", "after a yes", "again"])
async def test_it_is_due_in_minutes_and_rings_at_night(estate: Estate, how: str) -> None:
    mei, ling = estate.resident, await estate.colleague("Ling", Role.LEAD)
    question = await resolved(estate)
    if how != "not yet":
        await presses_what(mei, IS_FIXED, message=question)
        await shows(mei, "It is closed now")
    await estate.settled()
    calls = len(await estate.world.calls("sendMessage"))
    asked = await mei.says("/help") if how == "again" else None
    if how == "again":
        await mei.presses("It is broken again", message=await shows(mei, "[It is broken again]"))
    else:
        await mei.forges(question, "r:1:no:1")
    warning = await shows(mei, "Call 119 now: Fire and rescue", after=asked or question)
    assert warning["message_id"] < (await shows(mei, "What is still wrong?", after=question))["message_id"]
    await shows(estate.staff, "No. 1 · REOPENED", "By: Wednesday, 25 November, 23:30", chat=estate.staff_chat)
    await estate.settled()
    found = await said_since(estate, calls)
    assert any("is REOPENED" in each["text"] for each in found)
    assert all(each.get("disable_notification") not in (True, "true") for each in found)
    await time_passes(estate, minutes=31)
    assert len(await told(estate, ling)) == 1


async def test_words_that_say_so_reopen_it_as_danger(estate: Estate) -> None:
    mei = estate.resident
    await resolved(estate)
    await presses_what(mei, IS_FIXED)
    await shows(mei, "It is closed now")
    said = await mei.says("it still smells by the stove, as before")
    await mei.presses("No. 1 is broken again", message=await asked_to_send(mei, after=said))
    await shows(mei, "Call 119 now", after=said)
    await shows(estate.staff, "No. 1 · REOPENED", "By: Wednesday, 25 November, 23:30", chat=estate.staff_chat)


async def test_the_new_report_after_two_reopenings_is_danger_too(estate: Estate) -> None:
    mei = estate.resident
    await mei.says(GAS)
    for _ in range(2):
        await estate.resolves("The valve is closed")
        await presses_what(mei, IS_FIXED)
        await shows(mei, "No. 1: Fixed: you said so")
        await mei.presses("It is broken again", message=await shows(mei, "[It is broken again]"))
        await shows(mei, "No. 1: Open again")
    await estate.resolves("The valve is closed")
    await presses_what(mei, IS_FIXED)
    closed = await shows(mei, "No. 1: Fixed: you said so")
    await mei.presses("It is broken again", message=closed)
    card = await shows(estate.staff, "DANGER: Gas", "No. 2 · NEW", chat=estate.staff_chat)
    assert "By: Wednesday, 25 November, 10:3" in written(card)
    assert [each["danger"] for each in await estate.rows("SELECT danger FROM reports")] == ["gas", "gas"]


async def test_what_was_opened_again_for_a_group_out_of_reach_is_told_in_private(
    world: World, start_bot: Start
) -> None:
    async with estate_in(world, start_bot) as estate:
        lena = await estate.colleague("Lena", Role.LEAD)
        question = await resolved(estate)
        await cuts_off(estate, "removed")
        await presses_what(estate.resident, NOT_FIXED, message=question)
        await clock_goes(estate, 21)
        await shows(lena, "DANGER: Gas", GAS)
