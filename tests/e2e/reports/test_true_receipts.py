"""Receipts say what is so: nobody reads that staff have what they have not got, nor that a resident has it."""

import pytest

from sandbox.client import Json, World, buttons
from storage.core.database import Transaction
from storage.people import people
from storage.reports import supports
from tests.e2e.conftest import LAMP, Estate, Start, estate_in, shows
from tests.e2e.reading import RESOLVE, presses_what
from tests.e2e.repairs.test_repair_relay import taken
from tests.e2e.reports.test_danger_reach import cuts_off, lets_in

WAITS = "I cannot reach the staff group at the moment"


def data_of(message: Json) -> list[str]:
    return [str(button.get("callback_data", "")) for button in buttons(message)]


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


async def test_staff_read_sent_only_when_the_resident_has_it(estate: Estate) -> None:
    mei, wei = estate.resident, estate.staff
    await estate.report()
    await estate.card()
    await estate.settled()
    await estate.world.faults({"kind": "latency", "seconds": 1.0, "chat": mei.id, "method": "sendMessage", "times": 1})
    await estate.sends_answer("We come on Friday")
    receipt = await shows(wei, "On its way to the resident of no. 1.", "[Take back")
    assert "Sent" not in receipt["text"]
    sent = await shows(wei, "Sent to the resident of no. 1.", "We come on Friday", "[Take back")
    assert sent["message_id"] == receipt["message_id"] and "On its way" not in sent["text"]


@pytest.mark.parametrize("known", [True, False])
async def test_staff_read_that_a_resident_who_blocked_the_bot_has_nothing(estate: Estate, known: bool) -> None:
    """Whether Telegram has told so before, or refuses the answer itself."""
    mei, wei = estate.resident, estate.staff
    await estate.report()
    await estate.card()
    await estate.settled()
    if known:
        await mei.blocks()
        await estate.settled()
    else:
        words = "bot was blocked by the user"
        await estate.world.faults({"kind": "refuse", "code": 403, "words": words, "chat": mei.id})
    await estate.sends_answer("We come on Friday")
    receipt = await shows(wei, "Not delivered: the resident of no. 1 has blocked me", "We come on Friday")
    assert "Sent" not in receipt["text"]
    await estate.stop()
    await estate.world.faults()
    await estate.start()
    if known:
        await mei.unblocks()
    else:
        await mei.says("/my")
    await mei.sees("We come on Friday")
    sent = await shows(wei, "Sent to the resident of no. 1.", "We come on Friday")
    assert sent["message_id"] == receipt["message_id"]


async def test_of_several_staff_read_how_many_have_it(estate: Estate) -> None:
    wei = estate.staff
    bo = await estate.newcomer("Bo")
    await estate.report()
    await estate.card()

    def join(tx: Transaction) -> None:
        joiner = people.by_telegram_id(tx, bo.id)
        assert joiner is not None
        supports.add(tx, 1, joiner.id)

    await estate.bot.database.run(join)
    await bo.blocks()
    await estate.settled()
    await estate.sends_answer("We come on Friday")
    receipt = await shows(wei, "Sent to 1 of the 2 people", "1 person has blocked me or left Telegram.")
    # What is asked in its place is not written over.
    await wei.presses("Take back", message=receipt)
    asked = await shows(wei, "Take back this answer to no. 1?", "1 person has it.")
    await bo.unblocks()
    await bo.sees("We come on Friday")
    await estate.settled()
    await shows(wei, "Take back this answer to no. 1?")
    await wei.presses("No, leave it", message=asked)
    await shows(wei, "Sent to the 2 people who reported or joined no. 1.", "[Take back")


async def test_a_note_that_is_passed_on_is_sent_when_it_is(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    await wei.replies(await estate.card(), "the part is ordered", group)
    await wei.presses("Send this to the resident", group, await wei.sees("Kept as a note", group))
    preview = await shows(wei, "Send this note to everybody", chat=group)
    await mei.blocks()
    await estate.settled()
    await wei.presses("Yes, send it", group, preview)
    await shows(wei, "Not delivered: the resident of no. 1", chat=group)
    await mei.unblocks()
    await mei.sees("the part is ordered")
    await shows(wei, "Sent to the resident of no. 1.", chat=group)


async def test_nobody_is_asked_who_has_blocked_the_bot(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    await estate.card()
    await mei.blocks()
    await estate.settled()
    await presses_what(wei, RESOLVE, group, await estate.card())
    await estate.staff_replies("done about no. 1?", "A new lamp")
    told = await shows(wei, "Not asked yet: the resident of no. 1", chat=group)
    assert "is asked whether" not in told["text"]
    await mei.unblocks()
    await mei.sees("Is it fixed?")


async def test_a_volunteer_does_not_read_that_somebody_hears_who_has_blocked_the_bot(estate: Estate) -> None:
    lao, mei = await taken(estate), estate.resident
    job = await shows(lao, "you have taken it")
    await mei.blocks()
    await estate.settled()
    await lao.replies(job, "Is it the cold tap?")
    await lao.sees("I could not pass this on")
    press = await lao.presses(message=job, data=next(each for each in data_of(job) if ":in" in each))
    answer = await lao.popup(press)
    assert "cannot reach them" in answer["text"] and "They hear it" not in answer["text"]


@pytest.mark.parametrize("how", ["refuses", "removed", "none yet"])
async def test_what_is_shown_to_staff_and_that_nobody_can_come(world: World, start_bot: Start, how: str) -> None:
    """Of a repair, too, nobody reads that staff can read or know what is not in their group."""
    more = {"staff_chat_id": None} if how == "none yet" else {}
    async with estate_in(world, start_bot, **more) as estate:
        mei = estate.resident
        lao = await taken(estate)
        if how != "none yet":
            await cuts_off(estate, how)
        await estate.report()
        await status_says(estate, WAITS)
        await mei.replies(await shows(mei, "Repair 1: Somebody will come"), "You are an idiot")
        got = await shows(lao, "You are an idiot")
        await lao.presses("Show this to the staff", message=got)
        asked = await lao.sees("Show this message to the staff?")
        pressed = await lao.presses("Yes, show it", message=asked)
        assert "so nobody could read it" in (await lao.popup(pressed))["text"]
        before = (await world.chat_messages(mei.id))[-1]["message_id"]
        await lao.presses("I cannot come", message=await shows(lao, "you have taken it"))
        await lao.presses("Yes, I cannot come")
        await mei.sees("nobody can come at present. I go on asking.", after=before)
        status = await shows(mei, "Repair 1: Nobody yet")
        assert "staff know" not in status["text"]
        if how != "none yet":
            await lets_in(estate, how)
            await estate.card()
            await lao.presses("Yes, show it", message=asked)
            await shows(estate.staff, "somebody shows you a message", "You are an idiot", chat=estate.staff_chat)
