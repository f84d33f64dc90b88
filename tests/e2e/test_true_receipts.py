"""Receipts say what is so: nobody reads that staff have what they have not got, nor that a resident has it."""

import pytest

from sandbox.client import World
from tests.e2e.conftest import LAMP, Estate, Start, estate_in, shows
from tests.e2e.test_danger_reach import cuts_off, lets_in

WAITS = "I cannot reach the staff group at the moment"


async def status_says(estate: Estate, text: str) -> str:
    found = await shows(estate.resident, "No. 1: ", text)
    return str(found["text"])


@pytest.mark.parametrize("how", ["refuses", "removed"])
async def test_a_report_made_while_the_group_is_out_of_reach_says_so_until_it_is_there(
    world: World, start_bot: Start, how: str
) -> None:
    async with estate_in(world, start_bot) as estate:
        mei = estate.resident
        await cuts_off(estate, how)
        status = await estate.report()
        assert "the staff read it" not in await status_says(estate, WAITS)
        await mei.replies(status, "it still is")
        added = await mei.sees("Added to your report no. 1.")
        assert WAITS in added["text"] and "can read it" not in added["text"]
        await estate.stop()
        await estate.start()
        await lets_in(estate, how)
        await estate.card()
        assert WAITS not in await status_says(estate, "What happens next: the staff read it")
        await mei.replies(status, "and still")
        await mei.sees("Added to your report no. 1. The staff can read it.")


async def test_a_report_made_before_there_is_a_group(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot, staff_chat_id=None) as estate:
        await estate.report()
        await status_says(estate, WAITS)
        await estate.stop()
        estate.settings["staff_chat_id"] = estate.staff_chat
        await estate.start()
        assert LAMP in (await estate.card())["text"]
        assert WAITS not in await status_says(estate, "What happens next: the staff read it")
