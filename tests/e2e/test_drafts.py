"""What was begun and not sent: said so, reminded of, put away, and never lost by a restart."""

from tests.e2e.conftest import LAMP, PNG, Estate, questions_with_buttons, shows
from tests.e2e.reading import RESOLVE, asked_to_send, presses_send, presses_what


async def test_reminded_after_a_quarter_of_an_hour_and_in_the_morning_then_put_away(estate: Estate) -> None:
    mei, world = estate.resident, estate.world
    await mei.says(LAMP)
    first = await asked_to_send(mei)
    await world.advance(minutes=14)
    await mei.sees_no("You began this report")
    await world.advance(minutes=2)
    second = await shows(mei, "You began this report and have not sent it.", LAMP, after=first)
    assert len(await questions_with_buttons(mei)) == 1
    await world.set_time("2026-11-26T08:55:00+08:00")
    await world.sees_no(mei.id, "I will throw it away tomorrow morning")
    await world.set_time("2026-11-26T09:00:05+08:00")
    third = await shows(mei, "I will throw it away tomorrow morning.", LAMP, after=second)
    await world.set_time("2026-11-27T09:00:05+08:00")
    await shows(mei, "This report was never sent, and I have thrown it away.", after=third)
    assert await questions_with_buttons(mei) == []
    assert await estate.rows("SELECT * FROM scheduled_tasks WHERE kind = 'draft'") == []
    # What comes next is a new report.
    await mei.says("The lift is slow")
    draft = await asked_to_send(mei, "The lift is slow")
    assert LAMP not in draft["text"]


async def test_a_draft_of_the_small_hours_is_reminded_of_that_morning(estate: Estate) -> None:
    mei, world = estate.resident, estate.world
    await world.set_time("2026-11-26T00:30:00+08:00")
    await mei.says(LAMP)
    await asked_to_send(mei)
    await world.advance(minutes=16)
    second = await shows(mei, "You began this report and have not sent it.")
    await world.set_time("2026-11-26T09:00:05+08:00")
    await shows(mei, "I will throw it away tomorrow morning.", after=second)


async def test_nothing_is_reminded_of_after_sending_or_cancelling(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    await mei.says("The lift is slow")
    await asked_to_send(mei, "The lift is slow")
    await mei.presses("Cancel")
    await mei.sees("Cancelled. Nothing was sent.")
    await mei.says("/report")
    await mei.sees("What is wrong?")  # nothing in it yet: nothing to remind of
    assert await estate.rows("SELECT * FROM scheduled_tasks WHERE kind = 'draft'") == []
    await estate.world.advance(days=3)
    await mei.sees_no("You began this report")


async def test_working_on_a_draft_begins_the_quarter_of_an_hour_anew(estate: Estate) -> None:
    mei, world = estate.resident, estate.world
    await mei.says(LAMP)
    await asked_to_send(mei)
    await world.advance(minutes=10)
    await mei.says("since Monday")
    await mei.sees("I have added that.")
    await world.advance(minutes=10)
    await mei.sees_no("You began this report")
    await world.advance(minutes=6)
    await mei.sees("You began this report and have not sent it.")


async def test_a_draft_outlives_restarts_and_days(estate: Estate) -> None:
    mei = estate.resident
    await mei.says(LAMP)
    await mei.presses("Change the place")
    await mei.sees("Where is it?")
    await estate.settled()
    await estate.stop()
    await estate.world.advance(hours=20)
    await mei.says("at the back door")  # said while nobody was there
    await estate.start()
    await shows(mei, "Place: at the back door", LAMP)
    await mei.sends("photo", PNG)
    await shows(mei, "1 photo", "I have added that.")
    await estate.settled()
    await estate.stop()
    await estate.start()
    await presses_send(mei)
    status = await mei.sees("No. 1: Received")
    assert "1 photo" in status["text"]
    assert len(await estate.rows("SELECT * FROM reports")) == 1


async def test_a_restart_in_the_middle_loses_and_doubles_nothing(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await mei.says(LAMP)
    await presses_send(mei)  # and at once
    await estate.stop()
    await estate.start()
    await mei.sees("No. 1: Received")
    card = await estate.card()
    await estate.begins_answer()
    await estate.stop()
    await wei.says("We come tomorrow")
    await estate.start()
    await presses_send(wei, await wei.sees("this is what the resident reads"))
    await mei.sees("We come tomorrow")
    await estate.settled()
    said = [each.get("text", "") for each in await estate.world.chat_messages(mei.id)]
    assert sum("We come tomorrow" in text for text in said) == 1
    assert sum("No. 1: Received" in text for text in said) == 1
    cards = [each for each in await estate.world.chat_messages(group) if "No. 1 · " in each.get("text", "")]
    assert [each["message_id"] for each in cards] == [card["message_id"]]


async def test_who_blocked_the_bot_meanwhile_finds_the_question_again(estate: Estate) -> None:
    """The reminder takes the question from where it stood, and cannot put it anywhere; or the bot knows of the block by
    then, and leaves it where it is."""
    mei, world = estate.resident, estate.world
    await mei.says(LAMP)
    await asked_to_send(mei)
    await mei.blocks()
    await world.advance(minutes=16)
    await estate.settled()
    await mei.unblocks()
    await asked_to_send(mei, LAMP)
    await presses_send(mei)
    await mei.sees("Received")


async def test_what_was_asked_days_ago_is_taken_up_where_it_stood(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await mei.starts("a-b3")
    await shows(mei, "You are here: North side, Building 3.", "What is wrong?")
    await estate.settled()
    await estate.stop()
    await estate.world.advance(days=6)
    await mei.says("The light is out")  # the place was said six days and a restart ago
    await estate.start()
    await asked_to_send(mei, "The light is out", "Place: North side, Building 3")
    await presses_send(mei)
    await mei.sees("No. 1: Received")
    await presses_what(wei, RESOLVE, group, await estate.card())
    asked = await wei.sees("what was done", group)
    await estate.settled()
    await estate.stop()
    await estate.world.advance(days=4)
    await estate.start()
    await wei.replies(asked, "We come tomorrow", group)
    await mei.sees("We come tomorrow")
