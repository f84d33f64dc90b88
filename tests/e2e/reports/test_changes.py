"""What changes behind the bot's back: a topic or a card is deleted, a group has moved, the clock jumps."""

from datetime import datetime

import pytest

from sandbox.client import World, written
from storage.core.instants import to_text
from tests.e2e.conftest import LAMP, Estate, Start, estate_in, shows
from tests.e2e.reading import TAKE, asked_to_send, presses_send, presses_what, until


async def test_a_deleted_topic_is_made_again(estate: Estate) -> None:
    """With everything that is said from then on in it, and a card whose buttons work."""
    world, mei, wei, group = estate.world, estate.resident, estate.staff, estate.staff_chat
    status = await estate.report()
    card = await estate.card()
    await estate.settled()
    await world.post("topic/delete", chat=group, thread=card["message_thread_id"])
    await mei.replies(status, "still dark")
    added = await wei.sees("still dark", group)
    again = await wei.sees("No. 1 · NEW", group)
    assert again["message_thread_id"] == added["message_thread_id"] != card["message_thread_id"]
    assert LAMP in again["text"]
    await presses_what(wei, TAKE, group, again)
    await wei.sees("In charge: Wei", group)
    # The next report goes there as well.
    await mei.says("Another lamp is dark")
    await asked_to_send(mei, "Another lamp")
    await presses_send(mei)
    assert (await estate.card(2))["message_thread_id"] == again["message_thread_id"]
    made = [call["params"]["name"] for call in await world.calls("createForumTopic")]
    assert len(made) == len(set(made)) + 1, "made once more"


async def test_a_residents_deleted_card_is_made_again(estate: Estate) -> None:
    world, mei, wei, group = estate.world, estate.resident, estate.staff, estate.staff_chat
    status = await estate.report()
    await estate.card()
    await estate.settled()
    await world.post("delete", **{"from": mei.id}, chat=world.bot_id, message=status["message_id"])
    await presses_what(wei, TAKE, group)
    again = await shows(mei, "No. 1: ", after=status)
    await mei.replies(again, "still dark")
    await wei.sees("still dark", group)


async def test_a_group_that_moved_is_learnt_of_from_telegrams_refusal(world: World, start_bot: Start) -> None:
    """The message that tells of it is late: what is sent to the old number goes to the new one, once."""
    ona = await world.person("Ona")
    small = await world.group("Small", [ona], forum=False, supergroup=False)
    async with estate_in(world, start_bot, staff_chat_id=small) as estate:
        mei, wei = estate.resident, estate.staff
        await world.post("group/add", chat=small, user=wei.id)
        await estate.settled()
        await world.faults({"kind": "late_update", "seconds": 1.0, "times": 4})
        large = (await world.post("group/upgrade", chat=small))["id"]
        await world.faults()
        await mei.says(LAMP)
        await presses_send(mei)
        await wei.sees(LAMP, large)
        refused = [call for call in await world.calls("sendMessage") if not call["ok"]]
        assert [call["params"]["chat_id"] for call in refused] == [small], "it was learnt from the update instead"
        await presses_what(wei, TAKE, large)
        await wei.sees("In charge: Wei", large)
        await estate.settled()
        cards = [each for each in await world.chat_messages(large) if LAMP in written(each)]
        assert len(cards) == 1
        await estate.nothing_broke()


@pytest.mark.parametrize("days", [1, -1])
async def test_the_clock_jumps_by_a_day_and_back(estate: Estate, days: int) -> None:
    """Whatever it says: words come through both ways, numbers go on, each reminder comes once."""
    world, mei = estate.world, estate.resident
    bo = await estate.newcomer("Bo")
    await estate.report()
    await bo.says("The lift is slow")
    await asked_to_send(bo)
    for number, jump in enumerate((days, -days), start=2):
        await estate.settled()
        await world.advance(days=jump)
        await mei.says(f"Lamp {number} is dark")
        await asked_to_send(mei, f"Lamp {number}")
        await presses_send(mei)
        await shows(mei, f"No. {number}: Received")
        await estate.card(number)
        await estate.answers(f"We come to {number}", number)
    for step in ({"minutes": 20}, {"days": 1}, {"days": 1}, {"days": 1}):
        await world.advance(**step)
        await nothing_due(estate)
        await estate.settled()
    said = [call["params"]["text"] for call in await world.calls("sendMessage") if call["params"]["chat_id"] == bo.id]
    for reminder in ("have not sent it.\n", "I will throw it away tomorrow morning.", "I have thrown it away."):
        assert sum(reminder in text for text in said) == 1, reminder


async def nothing_due(estate: Estate) -> None:
    """Wait until all that is due by the world's clock, which the bot follows, was done."""
    now = to_text(datetime.fromisoformat((await estate.world.get("clock"))["now"]))

    async def done() -> bool:
        return await estate.rows("SELECT 1 FROM scheduled_tasks WHERE next_due <= ?", now) == []

    await until(done, "what is due to be done")
