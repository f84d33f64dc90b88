"""An optional question lapses: what is written long after it is a report, and never its answer."""

from typing import Any

import pytest

from sandbox.client import Person, buttons, written
from tests.e2e.conftest import LAMP, Estate, Json, shows
from tests.e2e.moments import time_passes
from tests.e2e.reading import IS_FIXED, NOT_FIXED, REPAIRED, TAKES_REPAIR, asked_to_send, presses_send, presses_what
from tests.e2e.repairing import asks, volunteer
from tests.e2e.repairs.test_repair_relay import taken
from tests.e2e.reports.test_declining import declines

LIFT = "The lift in Building 5 is slow and noisy"
QUARTER = 16  # minutes: a little more than the quarter of an hour in which words are an answer


async def _begins(estate: Estate, which: str) -> Person:
    """An optional question is open in the chat of whoever is returned."""
    mei = estate.resident
    if which.startswith("repair"):
        return await _begins_of_repair(estate, which)
    await estate.report()
    if which == "take_back":
        await mei.presses("Take back my report")
        await mei.sees("[Yes, take it back]")
    elif which == "objection":
        await declines(estate)
        await mei.presses("I do not agree")
        await mei.sees("Why do you not agree")
    else:
        await estate.resolves("New lamp")
        await presses_what(mei, NOT_FIXED)
        await mei.sees("What is still wrong?")
    return mei


async def _begins_of_repair(estate: Estate, which: str) -> Person:
    mei, lao = estate.resident, await volunteer(estate, "Lao Wang")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await lao.presses("In one hour", message=await shows(lao, "you have taken it", "[In one hour]"))
    if which == "repair_relay":
        await mei.presses("Write to the volunteer")
        await mei.sees("tap “Enough”")
        return mei
    await presses_what(lao, REPAIRED, message=await shows(lao, "You come:"))
    await lao.sees("what did you do?")
    if which == "repair_done":
        return lao
    await mei.presses("No, not done", message=await mei.sees("Is it done?"))
    await mei.sees("what is still wrong?")
    return mei


EVERY = ("take_back", "reason", "repair_relay", "repair_done", "repair_still")


async def _is_a_report(person: Person, after: Json) -> Json:
    draft = await asked_to_send(person, LIFT, after=after)
    assert "Why:" not in written(draft)
    return draft


@pytest.mark.parametrize("which", EVERY)
async def test_words_sent_much_later_are_a_report(estate: Estate, which: str) -> None:
    person = await _begins(estate, which)
    await time_passes(estate, minutes=QUARTER)
    said = await person.says(LIFT)
    await _is_a_report(person, said)
    left = await estate.rows(
        "SELECT flow FROM conversations WHERE state <> 'ended' AND person = (SELECT id FROM people WHERE "
        "telegram_id = ?)",
        person.id,
    )
    assert [each["flow"] for each in left] == ["report"]
    parts = await estate.rows("SELECT text FROM report_parts UNION ALL SELECT text FROM repair_parts")
    assert LIFT not in [each["text"] for each in parts], "it went to nobody by guess"


@pytest.mark.parametrize("which", EVERY)
async def test_words_after_a_command_are_a_report(estate: Estate, which: str) -> None:
    person = await _begins(estate, which)
    await person.says("/settings")
    await person.sees("Language")
    said = await person.says(LIFT)
    await _is_a_report(person, said)


@pytest.mark.parametrize("which", EVERY)
async def test_words_after_another_button_are_a_report(estate: Estate, which: str) -> None:
    person = await _begins(estate, which)
    await person.forges(await person.sees("Hello!"), "l:en")
    await person.sees("I speak English with you now.")
    said = await person.says(LIFT)
    await _is_a_report(person, said)


@pytest.mark.parametrize("which", EVERY)
async def test_words_sent_in_time_are_its_answer_whenever_they_are_handled(estate: Estate, which: str) -> None:
    """Telegram says when they were sent: a bot that was away for an hour takes nobody's answer from them."""
    person = await _begins(estate, which)
    await estate.settled()
    await estate.stop()
    await person.says(LIFT)
    await estate.world.advance(hours=1)
    await estate.start()
    await estate.settled()
    assert await estate.rows("SELECT id FROM conversations WHERE flow = 'report' AND state <> 'ended'") == []


async def test_a_reason_typed_and_left_is_no_head_of_the_next_report(estate: Estate) -> None:
    """Take back, a reason, no button; two weeks later something else."""
    mei = estate.resident
    await _begins(estate, "take_back")
    await mei.says("It was only a fuse")
    await mei.sees("I have added that.")
    await time_passes(estate, minutes=QUARTER)
    said = await mei.says(LIFT)
    draft = await _is_a_report(mei, said)
    assert "fuse" not in written(draft)
    await mei.sees("Nothing was taken back.")
    assert (await estate.rows("SELECT state FROM reports"))[0]["state"] == "new"
    # What was typed then is not thrown away: it comes back when the report is on its way.
    await presses_send(mei, draft)
    await shows(mei, "Now back to what you had begun before", "It was only a fuse")


async def test_a_reply_to_the_question_is_its_answer_whenever_it_comes(estate: Estate) -> None:
    mei = await _begins(estate, "reason")
    asked = await mei.sees("What is still wrong?")
    await time_passes(estate, minutes=QUARTER)
    await mei.replies(asked, "It flickers")
    await shows(estate.staff, "It flickers", chat=estate.staff_chat)


async def test_a_second_tap_and_buttons_of_the_same_thing_leave_it_open(estate: Estate) -> None:
    mei = await _begins(estate, "reason")
    question = await mei.sees("You said that report no. 1 is not fixed")
    await mei.popup(await mei.forges(question, "r:1:no:1"))
    await mei.says("It flickers")
    await shows(estate.staff, "It flickers", chat=estate.staff_chat)


@pytest.mark.parametrize("elsewhere", ["m:1:page", "m:1:repairs", "m:1:repair", "r:1"])
@pytest.mark.parametrize("which", ["take_back", "reason", "objection"])
async def test_a_button_with_the_same_number_is_of_something_else(estate: Estate, which: str, elsewhere: str) -> None:
    """A page of a list, a repair, or no button of ours."""
    mei = await _begins(estate, which)
    await mei.popup(await mei.forges(await mei.sees("Hello!"), elsewhere))
    said = await mei.says(LIFT)
    await _is_a_report(mei, said)


@pytest.mark.parametrize("which", ["reason", "objection"])
async def test_a_button_of_the_same_report_leaves_it_open(estate: Estate, which: str) -> None:
    mei = await _begins(estate, which)
    await mei.popup(await mei.forges(await mei.sees("Hello!"), "m:1:open"))
    await mei.says("It flickers")
    await shows(estate.staff, "It flickers", chat=estate.staff_chat)


async def test_a_yes_that_is_refused_ends_nothing(estate: Estate) -> None:
    """They have said no, and tap the yes beside it: it is not counted, and what they write next is still why not."""
    mei = await _begins(estate, "reason")
    question = await mei.sees("You said that report no. 1 is not fixed")
    refused = await mei.popup(await mei.forges(question, "r:1:yes:1"))
    assert refused["show_alert"]
    await mei.says("It flickers")
    await shows(estate.staff, "It flickers", chat=estate.staff_chat)


async def test_a_yes_that_counts_ends_what_is_still_wrong(estate: Estate) -> None:
    mei = await _begins(estate, "reason")
    asked = await mei.sees("What is still wrong?")
    await estate.resolves("Another lamp")
    await presses_what(mei, IS_FIXED)
    await mei.sees("You said that report no. 1 is fixed")
    await estate.settled()
    left = {each["message_id"]: each for each in await estate.world.chat_messages(mei.id)}
    assert buttons(left[asked["message_id"]]) == []
    await _is_a_report(mei, await mei.says(LIFT))


async def test_write_it_again_much_later_replaces_nothing(estate: Estate) -> None:
    mei = estate.resident
    await mei.says(LAMP)
    await mei.presses("Write it again", message=await asked_to_send(mei))
    asked: Any = await mei.sees("What is wrong?")
    await estate.settled()
    await estate.stop()
    await estate.world.advance(hours=20)
    await mei.says(LIFT)
    await estate.start()
    draft = await asked_to_send(mei, LAMP, LIFT, after=asked)
    assert buttons(draft)


async def test_an_optional_question_of_a_draft_takes_no_words_of_much_later(estate: Estate) -> None:
    """ "When is somebody home?" is left, and days later the lift is stuck: it is a report, and the repair waits."""
    mei = estate.resident
    await volunteer(estate, "Lao Wang")
    await mei.says("/repair The tap drips")
    await mei.presses("Plumbing", message=await mei.sees("Who is needed?"))
    await mei.presses("Today", message=await mei.sees("How soon?"))
    await mei.sees("Where is it?")
    await mei.says("building 3")
    await mei.sees("The address to the door?")
    await mei.says("Flat 502")
    await mei.presses("No", message=await mei.sees("keep this address"))
    await mei.sees("When is somebody home?")
    await estate.settled()
    await estate.stop()
    await estate.world.advance(hours=10)
    said = await mei.says(LIFT)
    await estate.start()
    draft = await _is_a_report(mei, said)
    await presses_send(mei, draft)
    await shows(mei, "Now back to what you had begun before", "When is somebody home?")


async def test_a_question_left_after_the_resident_said_no_does_not_say_that_they_are_asked(estate: Estate) -> None:
    lao = await taken(estate)
    await lao.presses("In one hour", message=await shows(lao, "you have taken it", "[In one hour]"))
    await lao.presses("It is done", message=await shows(lao, "[It is done]"))
    await shows(lao, "what did you do?")
    await lao.says("new washer")
    asked = await shows(lao, "About how long did it take?")
    await estate.resident.presses("No, not done", message=await shows(estate.resident, "[No, not done]", "new washer"))
    await shows(lao, "they say it is not done yet")
    await lao.says("/help")
    await estate.settled()
    left = {each["message_id"]: written(each) for each in await estate.world.chat_messages(lao.id)}
    assert left[asked["message_id"]] == "All right."
