"""A message changed while its report is being written: nothing that was said is lost, and staff read the last."""

from typing import Any

import pytest

from tests.e2e.conftest import LAMP, PNG, Estate, shows
from tests.e2e.reading import asked_to_send, presses_send, until

Json = dict[str, Any]


async def test_how_it_read_before_stays_on_record_and_is_sent_to_nobody(estate: Estate) -> None:
    mei, wei = estate.resident, estate.staff
    said = await mei.says("The gate squeaks")
    await asked_to_send(mei)
    await mei.edits(said, "The gate squeaks and sticks")
    await mei.sees("and sticks")
    await mei.edits(said, "The gate squeaks and")
    await estate.settled()
    await presses_send(mei)
    await mei.sees("Received")
    assert await estate.rows("SELECT purpose, text FROM report_parts ORDER BY id") == [
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
    await asked_to_send(mei)
    await _overtaken(estate, said, "The gate squeaks loudly", "The gate squeaks loudly at night")
    await presses_send(mei)
    await mei.sees("Received")
    await _overtaken(estate, said, "The gate squeaks loudly at noon", "The gate squeaks loudly at noon too")
    parts = await estate.rows("SELECT purpose, text FROM report_parts ORDER BY id")
    assert [part["text"] for part in parts if part["purpose"] != "earlier"] == ["The gate squeaks loudly at noon too"]
    assert {part["text"] for part in parts if part["purpose"] == "earlier"} == {
        "The gate squeaks",
        "The gate squeaks loudly",
        "The gate squeaks loudly at night",
        "The gate squeaks loudly at noon",
    }


async def _overtaken(estate: Estate, said: Json, first: str, last: str) -> None:
    """The message is changed twice; the first change comes after the last."""
    await estate.world.faults({"kind": "late_update", "seconds": 1.0, "times": 1})
    await estate.resident.edits(said, first)
    await estate.world.advance(seconds=2)
    await estate.resident.edits(said, last)
    await until(lambda: estate.rows("SELECT 1 FROM inbox WHERE body LIKE ?", f'%{first}"%'), first)
    await estate.settled()


async def test_another_photo_put_in_the_place_of_one_is_the_one_that_is_sent(estate: Estate) -> None:
    mei, bo, group = estate.resident, await estate.newcomer("Bo"), estate.staff_chat
    first = await mei.sends("photo", PNG + b"1", caption="The gate")
    await asked_to_send(mei)
    better = await bo.sends("photo", PNG + b"2")
    sender = {"id": mei.id, "is_bot": False, "first_name": "Mei", "language_code": "en"}
    chat = {"id": mei.id, "type": "private", "first_name": "Mei"}
    changed = {
        "message_id": first["message_id"], "date": first["date"], "edit_date": first["date"] + 5, "chat": chat,
        "from": sender, "photo": better["photo"], "caption": "The gate, by day",
    }  # fmt: skip
    await estate.world.post("raw_update", update={"edited_message": changed})
    await asked_to_send(mei, "The gate, by day", "1 photo")
    await presses_send(mei)
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
    assert await estate.rows("SELECT state FROM reports") == [{"state": "new"}]


async def test_places_that_were_typed_and_are_not_the_place_any_more_stay_on_record(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("Rubbish lies about")
    await mei.presses("Say where it is", message=await asked_to_send(mei))
    await mei.sees("Where is it?")
    first = await mei.says("Behind the blue bins")
    await mei.presses("Change the place", message=await mei.sees("Place: Behind the blue bins"))
    await mei.sees("Where is it?")
    await mei.says("By the gate" + " and along the wall" * 20)
    await mei.sees("Place: By the gate")
    await mei.edits(first, "Behind the green bins")
    await estate.settled()
    await presses_send(mei)
    await mei.sees("Received")
    ((report,), parts) = (
        await estate.rows("SELECT place FROM reports"),
        await estate.rows("SELECT purpose, text FROM report_parts"),
    )
    assert report["place"].startswith("By the gate and along") and len(report["place"]) <= 300
    assert {part["text"] for part in parts if part["purpose"] == "earlier"} == {
        "Behind the blue bins",
        "By the gate" + " and along the wall" * 20,
        "Behind the green bins",
    }


@pytest.mark.parametrize("joins", [True, False])
async def test_the_typed_place_goes_along_to_the_report_it_joins_or_belongs_to(estate: Estate, joins: bool) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    person = await estate.newcomer("Bo") if joins else mei
    await person.says(LAMP)
    summary = await asked_to_send(person)
    await person.presses("Change the place", message=summary)
    await person.sees("Where is it?")
    typed = await person.says("Building 3, on the stairs to the cellar")
    await person.sees("(Building 3, on the stairs")
    if joins:
        await presses_send(person)
        await person.presses("No. 1: ", message=await person.sees("Is it one of these?"))
        await person.sees("No. 1: Received")
    else:
        await person.presses("It belongs to no. 1")
        await person.sees("Added to your report no. 1.")
    await wei.sees("on the stairs to the cellar", group)
    await person.edits(typed, "Building 3, on the stairs to the attic")
    await wei.sees("on the stairs to the attic", group)
    await estate.nothing_broke()
