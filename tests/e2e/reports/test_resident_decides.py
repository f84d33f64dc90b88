"""Only the resident's yes closes."""

from sandbox.client import buttons, written
from tests.e2e.conftest import PNG, Estate, questions_with_buttons, shows
from tests.e2e.reading import IS_FIXED, NOT_FIXED, asked_to_send, presses_send, presses_what


async def test_yes_closes_and_a_second_yes_changes_nothing(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    question = await estate.resolves("New lamp")
    await wei.sees("RESOLVED, resident asked", group)
    await presses_what(mei, IS_FIXED)
    await mei.sees("No. 1: Fixed: you said so")
    await wei.sees("No. 1: the resident says it is fixed. Closed.", group)
    again = await mei.forges(question, buttons(question)[0]["callback_data"])
    assert (await mei.popup(again))["text"] == "I have that already. Nothing is done twice."
    assert len(await estate.rows("SELECT * FROM events WHERE kind = 'report.confirmed'")) == 1
    card = await estate.card()
    assert not any("Take" in button["text"] for button in buttons(card))


async def test_no_with_a_photo_reopens_at_once_and_the_photo_follows(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    await estate.resolves("New lamp")
    await presses_what(mei, NOT_FIXED)
    await mei.sees("No. 1: Open again")
    await wei.sees("No. 1 is REOPENED", group)
    for number in range(2):
        await mei.sends("photo", PNG + bytes([number]), caption="dark" if number == 0 else "", album="why")
    why = await wei.sees("No. 1: why it is not fixed", group)
    assert "dark" in why["text"]
    await mei.sees("Thank you. The staff can read it (no. 1).")
    await estate.settled()
    photos = [each for each in await estate.world.chat_messages(group) if "photo" in each]
    assert len(photos) == 2, "the whole album is the reason"
    assert len(await estate.rows("SELECT * FROM conversations WHERE state <> 'ended'")) == 0


async def test_a_photo_after_the_reason_is_sent_in_reply_to_the_thanks(estate: Estate) -> None:
    """The words come first, then one thinks of a photo. The thanks name the report: a reply to them is about it."""
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    await estate.resolves("New lamp")
    await presses_what(mei, NOT_FIXED)
    await mei.sees("What is still wrong?")
    await mei.says("It flickers")
    thanks = await shows(mei, "Thank you. The staff can read it (no. 1).", "To add a photo")
    await mei.sends_photo(PNG, "see here", reply_to=thanks["message_id"])
    added = await mei.sees("Added to your report no. 1.")
    await shows(wei, "No. 1: the resident writes", "see here", chat=group)
    await mei.replies(added, "and it hums")
    await shows(wei, "No. 1: the resident writes", "it hums", chat=group)
    assert await estate.rows("SELECT * FROM conversations WHERE state <> 'ended'") == []


async def test_a_reply_to_what_said_where_it_belongs_goes_there_too(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    await mei.says("It is dark there")
    await mei.presses("It belongs to no. 1", message=await asked_to_send(mei, "It is dark there"))
    added = await mei.sees("Added to your report no. 1.")
    await mei.replies(added, "and cold")
    await shows(wei, "No. 1: the resident writes", "and cold", chat=group)


async def test_no_without_a_reason(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    question = await estate.resolves("New lamp")
    await presses_what(mei, NOT_FIXED)
    again = await mei.forges(question, buttons(question)[1]["callback_data"])
    assert (await mei.popup(again))["text"] == "I have that already. Nothing is done twice."
    await mei.presses("Leave this out")
    await mei.sees("All right. No. 1 is with the staff.")
    assert await questions_with_buttons(mei) == []


async def test_cancelling_the_reason_leaves_the_no_standing(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    await estate.resolves("New lamp")
    await presses_what(mei, NOT_FIXED)
    await mei.sees("What is still wrong?")
    await mei.says("/cancel")
    await mei.sees("All right. No. 1 is with the staff.")
    await mei.sees_no("Nothing was sent")
    assert [row["state"] for row in await estate.rows("SELECT state FROM reports")] == ["reopened"]


async def test_a_yes_to_an_earlier_round_does_not_close_the_newer_one(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    first = await estate.resolves("New lamp")
    await presses_what(mei, NOT_FIXED)
    await mei.presses("Leave this out")
    await estate.resolves("New ballast")
    press = await mei.forges(first, buttons(first)[0]["callback_data"])
    assert "things have changed since" in (await mei.popup(press))["text"]
    assert [row["state"] for row in await estate.rows("SELECT state FROM reports")] == ["resolved"]


async def test_the_reason_interrupts_a_draft_and_gives_it_back(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    question = await estate.resolves("New lamp")
    mine = await mei.says("The lift is slow")
    await asked_to_send(mei, "The lift is slow")
    await presses_what(mei, NOT_FIXED, message=question)
    await mei.sees("What is still wrong?")
    await mei.edits(mine, "The lift is very slow")  # while its draft is put aside
    await mei.says("It flickers")
    back = await shows(mei, "Now back to what you had begun before:", "The lift is very slow")
    assert "It flickers" not in back["text"]
    assert len(await questions_with_buttons(mei)) == 1, "one question at a time"
    await presses_send(mei)
    await mei.sees("No. 2: Received")


async def test_no_reason_given_for_a_day_is_let_go(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    await estate.resolves("New lamp")
    await presses_what(mei, NOT_FIXED)
    await mei.sees("What is still wrong?")
    await estate.world.advance(days=2)
    await mei.sees("All right. No. 1 is with the staff.")
    # What comes days later is something of its own, not the reason by guess.
    await mei.says("The playground swing is broken")
    await asked_to_send(mei, "swing")
    await wei.sees_no("swing", group)


async def test_nobody_else_decides(estate: Estate) -> None:
    eve = await estate.newcomer("Eve")
    await estate.report()
    question = await estate.resolves("New lamp")
    hello = await eve.sees("Hello!")
    press = await eve.forges(hello, buttons(question)[0]["callback_data"])
    assert "You cannot do that" in (await eve.popup(press))["text"]
    assert [row["state"] for row in await estate.rows("SELECT state FROM reports")] == ["resolved"]
    assert "Is it fixed?" in written(question)
