"""What was written to a volunteer leaves their chat when the repair does, also after days."""

from datetime import timedelta

import pytest

from sandbox.client import Person, written
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.repairs import repairs
from tests.e2e.conftest import PNG, Estate, shows
from tests.e2e.moments import time_passes
from tests.e2e.reading import asked_to_send
from tests.e2e.repairs.test_repair_relay import taken

KEY = "The key is under the pot, code 4821"


async def comes_in_days(estate: Estate, days: int) -> None:
    """The volunteer has said when, so that nobody nudges them before."""

    def say(tx: Transaction) -> None:
        repair = repairs.by_id(tx, 1)
        assert repair is not None
        at = tx.now + timedelta(days=days)
        repairs.change(tx, 1, arrives_at=to_text(at))
        tx.execute("UPDATE scheduled_tasks SET next_due = ? WHERE kind = 'repair_nudge'", (to_text(at),))

    await estate.bot.database.run(say)


async def holding(person: Person, text: str) -> list[str]:
    """What stands in somebody's chat with that text, or is a photo passed on to them."""
    found = [written(each) for each in await person.world.chat_messages(person.id)]
    return [each for each in found if text in each]


async def tells_where_the_key_is(estate: Estate, lao: Person) -> None:
    status = await shows(estate.resident, "Repair 1: Somebody will come")
    await estate.resident.replies(status, KEY)
    await shows(lao, KEY)
    await estate.resident.sends_photo(PNG, "this pot", reply_to=status["message_id"])
    await shows(lao, "<photo>", "this pot")


async def test_what_stands_for_days_is_renewed_and_can_still_be_deleted(estate: Estate) -> None:
    lao = await taken(estate)
    await tells_where_the_key_is(estate, lao)
    first = (await shows(lao, KEY))["message_id"]
    await comes_in_days(estate, 5)
    for _ in range(18):
        await time_passes(estate, hours=4)
        await time_passes(estate, minutes=6)
        assert len(await holding(lao, KEY)) in (1, 2), "the newer copy comes before the older one goes"
    assert len(await holding(lao, KEY)) == 1 == len(await holding(lao, "this pot"))
    renewed = await shows(lao, KEY)
    assert renewed["message_id"] > first and renewed["has_protected_content"]
    sent = await estate.world.calls("sendMessage")
    again = [each["params"] for each in sent if KEY in each["params"].get("text", "")][1:]
    assert again and all(each["disable_notification"] for each in again)
    # It can be answered as before.
    await lao.replies(renewed, "Thank you")
    await shows(estate.resident, "Lao Wang writes (repair 1):", "Thank you")
    await gives_back(estate, lao)
    assert await holding(lao, KEY) == [] == await holding(lao, "this pot")


async def gives_back(estate: Estate, lao: Person) -> None:
    """They cannot come after all."""
    await lao.presses("I cannot come", message=await shows(lao, "[I cannot come"))
    await lao.presses("Yes, I cannot come")
    await estate.settled()


async def test_what_is_too_old_to_be_deleted_says_that_it_was_taken_back(estate: Estate) -> None:
    lao, mei = await taken(estate), estate.resident
    await tells_where_the_key_is(estate, lao)
    await comes_in_days(estate, 5)
    await estate.stop()
    await estate.world.advance(hours=60)
    await estate.start()
    await estate.settled()
    await gives_back(estate, lao)
    assert await holding(lao, KEY) == [] == await holding(lao, "this pot")
    assert len(await holding(lao, "has been taken back")) == 2
    await mei.sees("could not be deleted from the chat of the volunteer")


async def taken_away(estate: Estate) -> None:
    """Staff give it to others."""
    wei = estate.staff
    await wei.says("/repairs")
    await wei.presses("Repair 1: Plumbing", message=await shows(wei, "Repairs that are not closed"))
    await wei.presses("Take it away", message=await shows(wei, "Repair 1 · Somebody will come"))


@pytest.mark.parametrize("how", ["given back", "taken away"])
async def test_what_is_written_after_that_is_not_held_up_by_an_open_talk(estate: Estate, how: str) -> None:
    lao = await taken(estate)
    await lao.presses("Write to them")
    await shows(lao, "Write to them now (repair 1).")
    if how == "given back":
        await gives_back(estate, lao)
    else:
        await taken_away(estate)
        await shows(lao, "Repair 1 is given to others now. It is not yours any more.")
    said = await lao.says("sorry, my van broke down")
    await shows(lao, "Repair 1 is not yours any more, so I did not pass this on.", after=said)
    said = await lao.says("The lamp in building 3 stairwell 1 is broken")
    await asked_to_send(lao, "The lamp in building 3", after=said)
    assert all("van" not in written(each) for each in await estate.world.chat_messages(estate.resident.id))
