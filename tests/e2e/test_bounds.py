"""What one person can pile up is bounded, and they are told."""

from sandbox.client import written
from tests.e2e.conftest import Estate, shows
from tests.e2e.moments import time_passes
from tests.e2e.reading import asked_to_send, presses_send


async def _offers_help(estate: Estate) -> None:
    """The whole way of /volunteer the second time: nothing need be changed."""
    await estate.resident.says("/volunteer")
    draft = await asked_to_send(estate.resident, "[Offer it like this]")
    await presses_send(estate.resident, draft)
    await estate.settled()


async def test_the_sixth_offer_of_help_in_a_day_is_for_tomorrow(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("/volunteer")
    await mei.presses("Plumbing", message=await mei.sees("What can you mend?"))
    await mei.presses("That is all", message=await shows(mei, "What can you mend?", "[That is all"))
    await mei.presses("Everywhere", message=await mei.sees("Where do you help?"))
    await mei.presses("That is all", message=await shows(mei, "Where do you help?", "[That is all"))
    await mei.presses("Round the clock", message=await mei.sees("When can I ask you?"))
    await mei.presses("1", message=await mei.sees("How many jobs"))
    await mei.presses("No", message=await mei.sees("May I wake you"))
    await mei.presses("Leave this out", message=await mei.sees("may the STAFF ring you"))
    await mei.presses("No", message=await mei.sees("May neighbours read your name"))
    await presses_send(mei, await asked_to_send(mei))
    await mei.sees("Thank you for offering help!")
    for _ in range(4):
        await _offers_help(estate)
    assert len(await estate.rows("SELECT id FROM events WHERE kind = 'volunteer.asked'")) == 5
    await mei.says("/volunteer")
    draft = await asked_to_send(mei, "[Offer it like this]")
    press = await presses_send(mei, draft)
    assert "You can go on after" in (await mei.popup(press))["text"]
    assert len(await estate.rows("SELECT id FROM events WHERE kind = 'volunteer.asked'")) == 5
    # What they have said is still there, for tomorrow.
    await time_passes(estate, days=1)
    await _offers_help(estate)
    assert len(await estate.rows("SELECT id FROM events WHERE kind = 'volunteer.asked'")) == 6


async def test_of_many_drafts_the_oldest_is_put_away_and_said_so(estate: Estate) -> None:
    mei = estate.resident
    for number in range(8):
        await mei.says(f"/repair The tap {number} drips")
        await shows(mei, "Who is needed?")
        await mei.says("/volunteer")
        await shows(mei, "What can you mend?")
    await shows(mei, "I have put away the oldest: “The tap 0 drips”", "It was not sent.")
    await estate.settled()
    rows = await estate.rows("SELECT state, draft FROM conversations ORDER BY id")
    assert sum(row["state"] == "parked" for row in rows) == 10
    assert rows[0]["state"] == "ended" and "The tap 0 drips" in rows[0]["draft"], "kept as what was not sent is kept"
    assert await estate.rows("SELECT id FROM scheduled_tasks WHERE kind = 'draft' AND subject = 'conversation:1'") == []


async def test_changes_of_messages_that_never_came_are_few(estate: Estate) -> None:
    mei = estate.resident
    user = {"id": mei.id, "is_bot": False, "first_name": "Mei"}
    for number in range(60):
        change = {
            "message_id": 900_000 + number, "date": 1_764_000_000, "edit_date": 1_764_000_001 + number, "from": user,
            "chat": {"id": mei.id, "type": "private", "first_name": "Mei"}, "text": f"changed {number}",
        }  # fmt: skip
        await estate.world.post("raw_update", update={"edited_message": change})
    await mei.sees("You have changed many messages that have not reached me")
    await estate.settled()
    kept = await estate.rows("SELECT data FROM scheduled_tasks WHERE kind = 'early_edit' ORDER BY id")
    assert len(kept) == 50 and "changed 59" in kept[-1]["data"]
    told = [each for each in await estate.world.chat_messages(mei.id) if "changed many messages" in written(each)]
    assert len(told) == 1
