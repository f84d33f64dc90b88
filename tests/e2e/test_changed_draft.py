"""A message changed while its report is being written: nothing that was said is lost, and staff read the last."""

import asyncio
from typing import Any

from tests.e2e.conftest import PNG, Estate, shows

Json = dict[str, Any]


async def test_how_it_read_before_stays_on_record_and_is_sent_to_nobody(estate: Estate) -> None:
    mei, wei = estate.resident, estate.staff
    said = await mei.says("The gate squeaks")
    await mei.sees("NOT SENT YET")
    await mei.edits(said, "The gate squeaks and sticks")
    await mei.sees("and sticks")
    await mei.edits(said, "The gate squeaks and")
    await estate.settled()
    await mei.presses("Send it like this")
    await mei.sees("Received")
    assert await estate.rows("SELECT purpose, text FROM voice_parts ORDER BY id") == [
        {"purpose": "report", "text": "The gate squeaks and"},
        {"purpose": "earlier", "text": "The gate squeaks"},
        {"purpose": "earlier", "text": "The gate squeaks and sticks"},
    ]
    assert "sticks" not in (await estate.card())["text"]
    await wei.says("/find sticks")
    await wei.sees("There is nothing with all of these words.")


async def test_of_two_changes_the_one_made_last_counts_whichever_comes_first(estate: Estate) -> None:
    mei = estate.resident
    said = await mei.says("The gate squeaks")
    await mei.sees("NOT SENT YET")
    await _overtaken(estate, said, "The gate squeaks loudly", "The gate squeaks loudly at night")
    await mei.presses("Send it like this")
    await mei.sees("Received")
    await _overtaken(estate, said, "The gate squeaks loudly at noon", "The gate squeaks loudly at noon too")
    parts = await estate.rows("SELECT purpose, text FROM voice_parts ORDER BY id")
    assert [part["text"] for part in parts if part["purpose"] != "earlier"] == [
        "The gate squeaks loudly at night",
        "The gate squeaks loudly at noon too",
    ]
    assert [part["text"] for part in parts if part["purpose"] == "earlier"] == [
        "The gate squeaks",
        "The gate squeaks loudly",
        "The gate squeaks loudly at noon",
    ]


async def _overtaken(estate: Estate, said: Json, first: str, last: str) -> None:
    """The message is changed twice; the first change comes after the last."""
    await estate.world.faults({"kind": "late_update", "seconds": 1.0, "times": 1})
    await estate.resident.edits(said, first)
    await estate.world.advance(seconds=2)
    await estate.resident.edits(said, last)
    deadline = asyncio.get_running_loop().time() + 8
    while True:
        if await estate.rows("SELECT 1 FROM inbox WHERE body LIKE ?", f'%{first}"%'):
            break
        assert asyncio.get_running_loop().time() < deadline, f"never came: {first}"
        await asyncio.sleep(0.02)
    await estate.settled()


async def test_another_photo_put_in_the_place_of_one_is_the_one_that_is_sent(estate: Estate) -> None:
    mei, bo, group = estate.resident, await estate.newcomer("Bo"), estate.staff_chat
    first = await mei.sends("photo", PNG + b"1", caption="The gate")
    await mei.sees("NOT SENT YET")
    better = await bo.sends("photo", PNG + b"2")
    sender = {"id": mei.id, "is_bot": False, "first_name": "Mei", "language_code": "en"}
    chat = {"id": mei.id, "type": "private", "first_name": "Mei"}
    changed = {
        "message_id": first["message_id"], "date": first["date"], "edit_date": first["date"] + 5, "chat": chat,
        "from": sender, "photo": better["photo"], "caption": "The gate, by day",
    }  # fmt: skip
    await estate.world.post("raw_update", update={"edited_message": changed})
    await shows(mei, "NOT SENT YET", "The gate, by day", "1 photo")
    await mei.presses("Send it like this")
    await mei.sees("Received")
    await estate.settled()
    photos = [each["photo"] for each in await estate.world.chat_messages(group) if "photo" in each]
    assert [each[-1]["file_unique_id"] for each in photos] == [better["photo"][-1]["file_unique_id"]]


async def test_a_change_of_why_it_is_taken_back(estate: Estate) -> None:
    """What is being written is another conversation than a report: it shows the change, and danger is not kept."""
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    await mei.presses("Take back my report")
    await mei.sees("Take back no. 1?")
    said = await mei.says("It was the fuze")
    await shows(mei, "Take back no. 1?", "It was the fuze")
    await mei.edits(said, "It was the fuse")
    await shows(mei, "Take back no. 1?", "It was the fuse", "[Yes, take it back]")
    await mei.edits(said, "It was the fuse and now I smell gas")
    await mei.sees("Your report no. 1 is not taken back.")
    await shows(wei, "This speaks of danger.", "I smell gas", chat=group)
    assert await estate.rows("SELECT state FROM voices") == [{"state": "new"}]
