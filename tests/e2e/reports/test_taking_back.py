"""Taking back a report: asked once, with a word why; where others stand behind it, it stays open for them."""

import pytest

from sandbox.client import Person, World, buttons, written
from tests.e2e.conftest import LAMP, Estate, Json, Start, estate_in, news, shows
from tests.e2e.moments import time_passes
from tests.e2e.reading import IS_FIXED, RESOLVE, TAKE, asked_to_send, figures_of_reports, presses_send, presses_what

TAKE_BACK = "Take back my report"


async def joined(estate: Estate, name: str = "Bo") -> Person:
    """Somebody else who has the same trouble as no. 1."""
    person = await estate.newcomer(name)
    await person.says("Light on the stairs of Building 3 is dark")
    await presses_send(person)
    await person.sees("Is it one of these?")
    await person.presses("No. 1: ")
    await person.sees("No. 1: Received")
    return person


async def state(estate: Estate, number: int = 1) -> str:
    """The state of a report."""
    return str((await estate.rows("SELECT state FROM reports WHERE id = ?", number))[0]["state"])


async def test_taken_back_with_a_word_why(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    status = await estate.report()
    await presses_what(wei, TAKE, group)
    await mei.presses(TAKE_BACK)
    asked = await shows(mei, "Take back no. 1?", LAMP, "The staff then stop working on it.")
    assert [each["text"] for each in buttons(asked)] == ["Yes, take it back", "No, keep it"]
    assert await state(estate) == "taken", "asked, not done"
    await mei.says("It was only a fuse, we have changed it")
    await shows(mei, "Take back no. 1?", "It was only a fuse", after=asked)
    await mei.presses("Yes, take it back")
    await mei.sees("You have taken back no. 1. The staff know.")
    shown = await mei.sees("No. 1: Taken back")
    assert shown["message_id"] == status["message_id"] and buttons(shown) == []
    card = await wei.sees("No. 1 · WITHDRAWN by the resident", group)
    assert not [each for each in buttons(card) if each["text"] in ("Take", "Resolve", "Start")]
    told = await shows(wei, "No. 1: the resident has taken it back. It is closed.", "only a fuse", chat=group)
    assert told["reply_to_message"]["message_id"] == card["message_id"]
    await figures_of_reports(wei)
    await wei.sees("Withdrawn: 1")
    await wei.says("/history 1")
    await shows(wei, "The resident took it back.", "It was only a fuse")


async def test_kept_after_all(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    await mei.presses(TAKE_BACK)
    await mei.sees("Take back no. 1?")
    await mei.says("hm, I wonder")
    await mei.sees("I have added that.")
    await mei.presses("No, keep it")
    await shows(mei, "No. 1 stays as it is. Nothing was taken back.", "sent to nobody yet. It is below.")
    draft = await asked_to_send(mei, "hm, I wonder")
    assert "It belongs to no. 1" in str(buttons(draft)), "nothing that was said is thrown away by keeping a report"
    await mei.presses("Cancel", message=draft)
    assert await state(estate) == "new"
    await estate.staff.sees_no("I wonder", estate.staff_chat)
    # The button is still there for another day, and a question that was ended does nothing.
    await mei.presses(TAKE_BACK)
    asked = await mei.sees("[Yes, take it back]")
    await mei.says("/cancel")
    await mei.sees("No. 1 stays as it is.", after=asked["message_id"] - 1)
    press = await mei.forges(asked, buttons(asked)[0]["callback_data"])
    await mei.popup(press)
    assert await state(estate) == "new"


async def test_it_stays_open_for_the_others(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    status = await estate.report("The light at Mrs Private's stairwell in Building 3 is dark")
    bo = await joined(estate)
    eve = await joined(estate, "Eve")
    await shows(wei, "3 people", chat=group)
    await mei.presses(TAKE_BACK)
    await shows(mei, "Take back no. 1?", "it stays open for them")
    await mei.presses("Yes, take it back")
    await mei.sees("You have taken back no. 1. It stays open for the others who have the same trouble.")
    await shows(mei, "No. 1: Taken back", "It stays open for the others")
    told = await bo.sees("Whoever reported no. 1 first has taken it back. It stays open")
    await shows(wei, "No. 1: one resident has taken it back. It stays open for 2 others.", chat=group)
    await shows(wei, "No. 1 · NEW", "2 people", chat=group)
    assert await state(estate) == "new"
    # Everything goes on, with those who are left.
    await estate.begins_answer()
    said = await wei.says("We come tomorrow")
    await presses_send(wei, await shows(wei, "this is what the resident reads", after=said))
    await bo.sees("We come tomorrow")
    await eve.sees("We come tomorrow")
    await wei.presses("More", group, await estate.card())
    await wei.presses("Ask the resident", group)
    await estate.staff_replies("what shall I ask the resident of no. 1?", "Which floor?")
    asked = await shows(bo, "A question about your report no. 1", "Which floor?")
    await bo.replies(asked, "The second")
    await shows(wei, "No. 1: the resident writes", "The second", chat=group)
    await presses_what(wei, RESOLVE, group, await estate.card())
    await estate.staff_replies("done about no. 1?", "New lamp")
    await eve.sees("Is it fixed?")
    await presses_what(bo, IS_FIXED)
    await bo.sees("It is closed now")
    await estate.settled()
    heard = [each for each in await news(mei, status) if "tomorrow" in each or "floor" in each or "fixed" in each]
    assert heard == [], "whoever has taken it back hears no more of it"
    for person in (bo, eve):
        own = await estate.world.chat_messages(person.id)
        assert not [each for each in own if "Private" in written(each) or "Mei" in written(each)]
    assert told["message_id"]
    assert not [each for each in await news(eve, await eve.sees("Hello!")) if "Whoever reported" in each]


async def test_what_the_first_one_said_stays_between_them_and_staff(estate: Estate) -> None:
    """Their voice message is read to nobody else, and staff learn no name but the writer's, by asking."""
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    bo = await joined(estate)
    await mei.presses(TAKE_BACK)
    await mei.presses("Yes, take it back")
    await bo.sees("Whoever reported no. 1 first has taken it back.")
    await estate.bot.database.run(_speak_too)
    await wei.presses("What I heard", group, await refreshed(estate))
    await estate.staff_replies("what did you hear in no. 1?", "Mrs Private falls over the step")
    await shows(wei, "Heard: “Mrs Private", chat=group)
    await wei.says("/history 1")
    history = await wei.sees("The resident reported it.")
    assert "Mei" not in written(history) and "Bo" not in written(history)
    assert "Another resident has the same trouble." in written(history)
    await wei.presses("Who?", group, await estate.card())
    await wei.sees("Mei")
    # Nor when the one who stands for it now completes it, and goes too.
    await bo.shares_location(31.2433, 121.4460, reply_to=(await bo.sees("No. 1: "))["message_id"])
    await shows(wei, "Point on the map", chat=group)
    await bo.presses("Take back my report")
    await bo.presses("Yes, take it back")
    await bo.sees("You have taken back no. 1.")
    await wei.says("/history 1")
    history = await wei.sees("Another resident set kind or place.")
    assert "Bo" not in written(history)
    await estate.settled()
    own = await estate.world.chat_messages(bo.id)
    assert not [each for each in own if "Private" in written(each) or LAMP in written(each)]


def _speak_too(tx) -> None:  # type: ignore[no-untyped-def]
    tx.execute("UPDATE report_parts SET kind = 'voice' WHERE report = 1 AND purpose = 'report'")


async def refreshed(estate: Estate) -> Json:
    """The card, written anew."""
    await presses_what(estate.staff, TAKE, estate.staff_chat, await estate.card())
    return await estate.staff.sees("[What I heard]", estate.staff_chat)


async def test_one_who_joined_goes_again(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    status = await estate.report()
    bo = await joined(estate)
    await bo.presses("I no longer have this trouble")
    await shows(bo, "Take back no. 1?", "It stays open for the others.")
    await bo.presses("Yes, take it back")
    await bo.sees("It stays open for the others who have the same trouble.")
    await shows(wei, "It stays open for 1 other.", chat=group)
    await estate.settled()
    assert "people" not in written(await estate.card())
    assert await state(estate) == "new"
    # What they still write in reply is something new; a change of what they wrote is kept, and added to nothing.
    left = await bo.sees("No. 1: Taken back")
    await bo.replies(left, "Oh, and the switch")
    await bo.sees("You have taken back no. 1, so this is something new.")
    await asked_to_send(bo, "Oh, and the switch")
    await bo.presses("Cancel")
    own = await estate.world.chat_messages(bo.id)
    said = next(each for each in own if each.get("text", "").startswith("Light on the stairs"))
    await bo.edits(said, "Light on the stairs is bright")
    await bo.sees("You have taken back no. 1, so nothing was added to it.")
    await estate.settled()
    kept = await estate.rows("SELECT purpose FROM report_parts WHERE text = 'Light on the stairs is bright'")
    assert kept == [{"purpose": "earlier"}]
    assert not [each for each in await estate.world.chat_messages(group) if "bright" in written(each)]
    # Danger goes through all the same.
    await bo.replies(left, "I smell gas")
    await bo.sees("The staff group has it.")
    await shows(wei, "DANGER", "I smell gas", chat=group)
    await bo.says("/my")
    listed = await bo.sees("You have sent 1 report:")
    assert "No. 1 " not in listed["text"]
    await estate.settled()
    assert [each for each in await news(mei, status) if "taken" in each] == []


async def test_danger_in_the_reason_is_not_kept_waiting(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    await mei.presses(TAKE_BACK)
    await mei.sees("Take back no. 1?")
    await mei.says("The lamp is on, but now there is a fire in the cellar")
    await mei.sees("Your report no. 1 is not taken back.")
    await shows(wei, "This speaks of danger.", "fire in the cellar", chat=group)
    assert await state(estate) == "new"


async def test_staff_open_it_again_when_asked(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    await mei.presses(TAKE_BACK)
    await mei.presses("Yes, take it back")
    shown = await mei.sees("If that was a mistake")
    await mei.replies(shown, "Sorry, that was the wrong one")
    await shows(wei, "No. 1: the resident writes", "the wrong one", chat=group)
    await wei.presses("More", group, await estate.card())
    await wei.presses("Open again", group)
    await mei.sees("The staff have opened your report no. 1 again.")
    await shows(mei, "No. 1: Open again", f"[{TAKE_BACK}]")


async def test_an_edit_of_what_was_taken_back_reaches_staff_and_keeps_the_old_words(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    said = await mei.says("The stairwell lamp is brokn")
    await presses_send(mei)
    await mei.sees("No. 1: Received")
    await mei.presses(TAKE_BACK)
    await mei.presses("Yes, take it back")
    await mei.sees("No. 1: Taken back")
    await mei.edits(said, "The stairwell lamp is broken after all")
    await shows(wei, "No. 1: the resident has changed what they wrote", "broken after all", chat=group)
    kept = await estate.rows("SELECT text FROM report_parts ORDER BY id")
    assert [row["text"] for row in kept] == ["The stairwell lamp is broken after all", "The stairwell lamp is brokn"]
    assert await state(estate) == "withdrawn", "a change of words opens nothing"


async def test_what_staff_asked_is_asked_no_more(estate: Estate) -> None:
    """A report that is said to be fixed can be taken back by an older button; the open question ends."""
    mei = estate.resident
    status = await estate.report()
    question = await estate.resolves("New lamp")
    press = await mei.forges(status, "m:1:back")
    await mei.popup(press)
    await mei.presses("Yes, take it back")
    await mei.sees("No. 1: Taken back")
    await estate.settled()
    asked = next(
        each for each in await estate.world.chat_messages(mei.id) if each["message_id"] == question["message_id"]
    )
    assert buttons(asked) == []
    press = await mei.forges(question, "r:1:yes:1")
    assert "not possible any more" in (await mei.popup(press))["text"]
    assert await state(estate) == "withdrawn"


async def test_only_ones_own_and_only_while_it_is_open(estate: Estate) -> None:
    mei, eve = estate.resident, await estate.newcomer("Eve")
    status = await estate.report()
    hello = await eve.sees("Hello!")
    for what in ("back", "lives", "relation"):
        press = await eve.forges(hello, f"m:1:{what}")
        assert "cannot do that" in (await eve.popup(press))["text"]
    await mei.presses(TAKE_BACK)
    asked = await mei.sees("[Yes, take it back]")
    await estate.resolves("New lamp")
    await presses_what(mei, IS_FIXED)
    await mei.sees("It is closed now")
    await mei.presses("Yes, take it back", message=asked)
    await mei.sees("No. 1 is closed by now. Nothing was taken back.")
    press = await mei.forges(status, "m:1:back")
    assert (await mei.popup(press))["text"] == "No. 1 is closed already."
    assert await state(estate) == "confirmed"


@pytest.mark.parametrize("taps", [2])
async def test_two_taps_and_a_restart_take_it_back_once(estate: Estate, taps: int) -> None:
    mei = estate.resident
    await estate.report()
    await mei.presses(TAKE_BACK)
    asked = await mei.sees("[Yes, take it back]")
    await estate.stop()
    for _ in range(taps):
        await mei.forges(asked, buttons(asked)[0]["callback_data"])
    await estate.start()
    await mei.sees("You have taken back no. 1.")
    await estate.settled()
    told = [each for each in await news(estate.staff, asked, estate.staff_chat) if "taken it back" in each]
    assert len(told) <= 1
    assert len(await estate.rows("SELECT * FROM events WHERE kind = 'report.withdrawn'")) == 1


async def test_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        li = await estate.newcomer("Li", "zh-hans")
        await li.says("3号楼楼道灯不亮")
        await li.sees("还没有发送")
        await li.presses("就这样发送")
        await li.sees("1号：已收到")
        await li.presses("撤回我的反映")
        await li.sees("撤回第1号反映吗？")
        await li.presses("是的，撤回")
        await li.sees("1号：已撤回")
        await estate.nothing_broke()


async def test_words_under_the_question_are_not_let_go_with_it(estate: Estate) -> None:
    """Somebody asked long ago, and writes of something else: it is reminded of, and nothing ends without a word."""
    mei = estate.resident
    await estate.report()
    await mei.presses(TAKE_BACK)
    await mei.sees("Take back no. 1?")
    said = await mei.says("The gate squeaks")
    await mei.sees("I have added that.")
    await time_passes(estate, minutes=16)
    await shows(mei, "You began this and have not sent it.", "The gate squeaks")
    await mei.edits(said, "The gate squeaks and sticks")
    await mei.sees("squeaks and sticks")
    await estate.resolves("New lamp")
    await presses_what(mei, IS_FIXED)
    await mei.presses("Yes, take it back")
    await shows(mei, "No. 1 is closed by now. Nothing was taken back.", "It is below.")
    await presses_send(mei, await asked_to_send(mei, "The gate squeaks and sticks"))
    await shows(estate.staff, "No. 2 · ", "The gate squeaks and sticks", chat=estate.staff_chat)
    await estate.nothing_broke()


async def test_what_was_put_aside_for_the_question_comes_back_after_its_words(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    await mei.says("Rubbish lies about")
    await asked_to_send(mei)
    await mei.presses(TAKE_BACK, message=await mei.sees("No. 1: Received"))
    await mei.sees("Take back no. 1?")
    await mei.says("The gate squeaks")
    asked = await mei.sees("I have added that.")
    await mei.presses("No, keep it", message=asked)
    await presses_send(mei, await asked_to_send(mei, "The gate squeaks", after=asked))
    await shows(mei, "Now back to what you had begun before", "Rubbish lies about")
    await presses_send(mei)
    await mei.sees("No. 3: Received")
