"""What was closed by a yes or by silence is opened again by those whose report it is; words alone only ask."""

import pytest

from sandbox.client import Person, buttons, written
from tests.e2e.conftest import LAMP, PNG, Estate, Json, news, shows
from tests.e2e.moments import time_passes
from tests.e2e.reading import IS_FIXED, asked_to_send, presses_send, presses_what
from tests.e2e.reports.test_merging import merges
from tests.e2e.reports.test_taking_back import joined, state

AGAIN = "It is broken again"


async def closed(estate: Estate, number: int = 1) -> Json:
    """The resident has said yes; returns the card, which has the way back."""
    await estate.resolves("New lamp", number)
    await presses_what(estate.resident, IS_FIXED)
    await estate.settled()
    return await shows(estate.resident, f"No. {number}: Fixed: you said so", AGAIN)


async def texts(person: Person) -> str:
    """All the bot has written to somebody."""
    return "\n".join(map(written, await person.world.chat_messages(person.id)))


async def test_after_twenty_days_it_is_opened_again_for_all(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    bo = await joined(estate)
    card = await closed(estate)
    assert [each["callback_data"] for each in buttons(card)] == ["m:1:again"]
    await time_passes(estate, days=20)
    before = await bo.sees("No. 1")
    await mei.presses(AGAIN, message=card)
    said = await shows(mei, "You said that no. 1 is broken again. It is open again, and the staff know.")
    assert "What is still wrong?" in written(said), "the fact is stated; what is wrong is asked afterwards"
    await shows(mei, "No. 1: Open again")
    await shows(wei, "No. 1 · REOPENED", chat=group)
    await shows(wei, "No. 1 is REOPENED: the resident says it is broken again.", chat=group)
    await estate.settled()
    told = [each for each in await news(bo, before) if "broken again" in each and "open again" in each]
    assert len(told) == 1, "all whose report it is are told, once"
    await shows(bo, "No. 1: Open again")
    await mei.says("It flickers as before")
    await shows(wei, "It flickers as before", chat=group)
    await wei.says("/queue")
    await shows(wei, "[Opened again (1)]")
    await wei.says("/figures")
    await shows(wei, "Reopened by residents: 1")
    await wei.says("/history 1")
    await shows(wei, "It had been closed, and is open again.")
    rows = await estate.rows("SELECT due_at, changed_at FROM reports")
    assert rows[0]["due_at"] > rows[0]["changed_at"], "it is promised anew, and not late from the first minute on"


async def test_a_mistaken_yes_is_taken_back_under_the_same_question(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    question = await estate.resolves("New lamp")
    await presses_what(mei, IS_FIXED)
    thanks = await shows(mei, "It is closed now")
    assert "r:1:no:1" in [each["callback_data"] for each in buttons(thanks)]
    await mei.forges(question, "r:1:no:1")
    await shows(mei, "No. 1: Open again")
    await shows(wei, "No. 1 is REOPENED: the resident says it is not fixed.", chat=group)
    assert await state(estate) == "reopened"
    assert await estate.rows("SELECT answer FROM verdicts") == [{"answer": "no"}]
    # A yes to the same question does not close it once more: staff ask anew.
    press = await mei.forges(question, "r:1:yes:1")
    await mei.popup(press)
    assert await state(estate) == "reopened"


async def test_whoever_joined_may_and_nobody_else(estate: Estate) -> None:
    await estate.report()
    bo = await joined(estate)
    eve = await estate.newcomer("Eve")
    await closed(estate)
    press = await eve.forges(await eve.sees("Hello!"), "m:1:again")
    assert "cannot do that" in (await eve.popup(press))["text"]
    assert await state(estate) == "confirmed"
    await bo.presses(AGAIN, message=await shows(bo, "No. 1", f"[{AGAIN}]"))
    await shows(estate.resident, "Report no. 1 is open again: someone says that it is broken again.")
    assert await state(estate) == "reopened"


async def test_what_silence_has_closed_is_opened_again(estate: Estate) -> None:
    await estate.report()
    await estate.resolves("New lamp")
    for _ in range(12):
        await time_passes(estate, days=1)
    card = await shows(estate.resident, "No. 1: Closed: nobody said no", f"[{AGAIN}]")
    await estate.resident.presses(AGAIN, message=card)
    await shows(estate.resident, "No. 1: Open again")
    assert await state(estate) == "reopened"


async def test_a_merged_one_is_opened_again_with_the_one_it_is_part_of(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    ann = await estate.newcomer("Ann")
    await estate.report("The lift in Building 5 hums", by=ann)
    await merges(estate, 2, 1)
    await shows(ann, "together with no. 1")
    await closed(estate)
    await ann.presses(AGAIN, message=await shows(ann, "together with no. 1", f"[{AGAIN}]"))
    await shows(mei, "Report no. 1 is open again")
    assert await state(estate) == "reopened"


async def test_after_two_times_it_becomes_a_report_that_names_the_old_one(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    for _ in range(2):
        card = await closed(estate)
        await time_passes(estate, days=3)
        await mei.presses(AGAIN, message=card)
        await shows(mei, "No. 1: Open again")
        await mei.presses("Leave this out", message=await mei.sees("What is still wrong?"))
        await estate.settled()
    card = await closed(estate)
    await time_passes(estate, days=3)
    await mei.presses(AGAIN, message=card)
    await shows(mei, "No. 1 was reopened twice", "a new report: no. 2")
    await shows(mei, "No. 2: Received", "It continues report no. 1", LAMP)
    new = await shows(wei, "No. 2 · NEW", "continues no. 1", LAMP, chat=group)
    assert buttons(new)
    await shows(wei, "No. 1 · CLOSED", "continued in no. 2", chat=group)
    assert await estate.rows("SELECT id, state, follows FROM reports ORDER BY id") == [
        {"id": 1, "state": "confirmed", "follows": None},
        {"id": 2, "state": "new", "follows": 1},
    ]
    await mei.says("It sparkles now and then")
    await shows(wei, "No. 2: the resident writes", "It sparkles now and then", chat=group)
    await mei.forges(card, "m:1:again")  # a second tap makes no third report
    await estate.settled()
    assert len(await estate.rows("SELECT id FROM reports")) == 2


async def test_later_there_is_no_button_and_a_press_says_what_to_do(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    card = await closed(estate)
    await time_passes(estate, days=31)
    shown = [each for each in await estate.world.chat_messages(mei.id) if each["message_id"] == card["message_id"]]
    assert buttons(shown[0]) == []
    for what in ("m:1:again", "r:1:no:1"):
        press = await mei.forges(card, what)
        assert "too long ago" in (await mei.popup(press))["text"]
    assert await state(estate) == "confirmed"


async def test_words_in_reply_to_a_closed_card_only_ask(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    card = await closed(estate)
    await time_passes(estate, days=20)
    await mei.replies(card, "it flickers like before")
    draft = await asked_to_send(mei, "it flickers like before", "No. 1 is closed. Is it broken again")
    values = [each["callback_data"].split(":", 3)[3] for each in buttons(draft)]
    assert values[:3] == ["!send", "again:1", "only:1"]
    await estate.settled()
    assert await state(estate) == "confirmed"
    assert not [each for each in await estate.world.chat_messages(group) if "flickers" in written(each)]
    await mei.presses("No. 1 is broken again", message=draft)
    await shows(mei, "You said that no. 1 is broken again.")
    await shows(wei, "No. 1 is REOPENED", chat=group)
    await shows(wei, "No. 1", "it flickers like before", chat=group)
    assert await state(estate) == "reopened"
    assert len(await estate.rows("SELECT id FROM reports")) == 1


async def test_thanks_in_reply_are_only_added(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    card = await closed(estate)
    await mei.replies(card, "Many thanks to the electrician")
    draft = await asked_to_send(mei, "Many thanks")
    await mei.presses("Only add it to no. 1", message=draft)
    await shows(mei, "Added to your report no. 1.", "It stays closed.")
    await shows(wei, "No. 1: the resident writes", "Many thanks", chat=group)
    assert await state(estate) == "confirmed"


@pytest.mark.parametrize("words", ["It is broken again", "The lamp is still dark"])
async def test_plain_words_ask_too(estate: Estate, words: str) -> None:
    mei = estate.resident
    await estate.report()
    await closed(estate)
    await time_passes(estate, days=20)
    await mei.says(words)
    draft = await asked_to_send(mei, words, "No. 1 is closed. Is it broken again")
    assert await state(estate) == "confirmed"
    await mei.presses("No. 1 is broken again", message=draft)
    await shows(mei, "No. 1: Open again")
    assert await state(estate) == "reopened"


async def test_a_photo_in_reply_can_be_something_new(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    card = await closed(estate)
    await mei.sends_photo(PNG, "The bin is full", reply_to=card["message_id"])
    draft = await asked_to_send(mei, "The bin is full", "1 photo")
    await presses_send(mei, draft)
    await shows(mei, "No. 2: Received", "The bin is full")
    assert await state(estate) == "confirmed" and await state(estate, 2) == "new"


async def test_the_old_card_says_where_it_goes_on_and_no_longer_that_it_is_fixed(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    for _ in range(2):
        await mei.presses(AGAIN, message=await closed(estate))
        await shows(mei, "No. 1: Open again")
    card = await closed(estate)
    await mei.presses(AGAIN, message=card)
    await shows(mei, "No. 2: Received", "It continues report no. 1")
    old = await shows(mei, "No. 1: Fixed: you said so", "It is broken again: it goes on as report no. 2.")
    assert old["message_id"] == card["message_id"] and buttons(old) == []
    assert "Thank you for saying so" not in written(old) and "tap the button below" not in written(old)


@pytest.mark.parametrize("word", ["discontent", "content"])
async def test_a_mistaken_yes_is_taken_back_also_after_the_question_about_the_handling(
    estate: Estate, word: str
) -> None:
    mei = estate.resident
    await estate.report()
    question = await estate.resolves("New lamp")
    await presses_what(mei, IS_FIXED, message=question)
    await mei.presses("No, not content" if word == "discontent" else "Yes, content")
    said = "you are not content" if word == "discontent" else "We are glad that you are content"
    thanks = await shows(mei, said, "[It is not fixed after all]")
    assert thanks["message_id"] == question["message_id"]
    await mei.presses("It is not fixed after all", message=thanks)
    await shows(mei, "No. 1: Open again")
    assert await state(estate) == "reopened"


async def test_what_is_still_wrong_is_asked_once_and_no_more_after_a_yes(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    for no in ("No, not yet", "It is not fixed after all"):
        await estate.resolves("New lamp")
        if no != "No, not yet":
            await presses_what(mei, IS_FIXED)
            await shows(mei, f"[{no}]")
        await mei.presses(no)
        await shows(mei, "What is still wrong?")
        await estate.settled()
        open_ones = await estate.rows("SELECT flow FROM conversations WHERE state <> 'ended'")
        assert open_ones == [{"flow": "reason"}], "nothing older waits behind it"
    await estate.resolves("New lamp")
    await presses_what(mei, IS_FIXED)
    await shows(mei, "It is closed now")
    said = await mei.says("The bench by the gate has splinters")
    await asked_to_send(mei, "The bench by the gate", after=said)
    assert await estate.rows("SELECT * FROM report_parts WHERE purpose = 'reason'") == []


async def test_an_album_in_reply_to_a_closed_report_begins_one_draft(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    card = await closed(estate)
    pictures = [("photo", PNG + bytes([each])) for each in range(3)]
    await mei.sends_album(*pictures, caption="It flickers", reply_to=card["message_id"])
    await estate.settled()
    begun = await estate.rows("SELECT state FROM conversations WHERE flow = 'report' AND state <> 'ended'")
    assert begun == [{"state": "open"}]
    await asked_to_send(mei, "It flickers", "3 photos")
