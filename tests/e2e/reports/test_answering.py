"""Answers: written in private, looked at before they are sent, changed and taken back afterwards."""

from typing import Any

import pytest

from handlers.reports.staff import answer_copies
from sandbox.client import Person, World, buttons, written
from tests.e2e.conftest import LAMP, OGG, PNG, Estate, Start, estate_in, news, shows
from tests.e2e.reading import RESOLVE, TAKE, asked_to_send, presses_send, presses_what

Json = dict[str, Any]
PREVIEW = "this is what the resident reads"


async def joiner(estate: Estate, name: str, language: str = "en") -> Person:
    """Another resident who has joined no. 1."""
    person = await estate.newcomer(name, language)
    await person.says(LAMP)
    draft = await shows(person, LAMP)
    await person.presses(data=buttons(draft)[0]["callback_data"], message=draft)
    found = await shows(person, "1号" if language.startswith("zh") else "No. 1: ", after={"message_id": 0})
    await person.presses(data=buttons(found)[0]["callback_data"], message=found)
    await estate.settled()
    return person


async def sends(estate: Estate, text: str, **more: Any) -> Json:
    """Staff answer no. 1; returns their message."""
    await estate.begins_answer()
    said: Json = await estate.staff.says(text)
    await presses_send(estate.staff, await shows(estate.staff, PREVIEW, text, after=said))
    await estate.resident.sees(text)
    return said


async def texts(estate: Estate, chat: int, text: str) -> int:
    """How many messages of a chat hold the text."""
    await estate.settled()
    return sum(text in written(each) for each in await estate.world.chat_messages(chat))


async def test_answering_shows_what_happened_and_asks_before_anything_goes(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    status = await estate.report()
    await mei.replies(status, "It is dark since Monday")
    await presses_what(wei, TAKE, estate.staff_chat, await estate.card())
    await estate.settled()
    asked = await estate.begins_answer()
    assert "No. 1" not in asked["text"] and "no. 1 · TAKEN" in asked["text"]
    assert "It is dark since Monday" in asked["text"] and "Wei took it." in asked["text"]
    assert len(buttons(asked)) <= 8
    # All of it is one tap away, and the question comes again below it.
    link = next(each["url"] for each in asked["entities"] if each["type"] == "text_link")
    followed = await wei.follows(link)
    told = await wei.sees("The resident reported it.", after=followed["message"]["message_id"])
    await shows(wei, "What shall I write to the resident?", after=told)
    await wei.says("An electrician comes tomorrow")
    preview = await shows(wei, PREVIEW, "An electrician comes tomorrow")
    assert preview["text"].startswith("NOT SENT YET")
    assert [each["text"] for each in buttons(preview)] == ["Send", "Change", "Cancel"]
    await mei.sees_no("electrician")
    await wei.presses("Change", message=preview)
    await wei.sees("What shall I write to the resident?")
    await wei.says("A plumber comes tomorrow")
    await presses_send(wei, await shows(wei, PREVIEW, "plumber"))
    answer = await mei.sees("Answer to your report no. 1")
    assert "A plumber comes tomorrow" in answer["text"] and "electrician" not in answer["text"]
    assert "Wei" not in written(answer), "staff answer without their names"
    assert answer["reply_to_message"]["message_id"] == status["message_id"]
    await wei.sees("Sent to the resident of no. 1.")
    await wei.sees("1 answer", estate.staff_chat)
    # Nobody in the group reads what was half written.
    assert await texts(estate, estate.staff_chat, "electrician") == 0


async def test_a_cancelled_answer_reaches_nobody(estate: Estate) -> None:
    await estate.report()
    await estate.begins_answer()
    await estate.staff.says("A first thought")
    await estate.staff.presses("Cancel", message=await shows(estate.staff, PREVIEW))
    await estate.staff.sees("Cancelled. Nothing was sent.")
    assert await texts(estate, estate.resident.id, "A first thought") == 0


async def test_a_ready_answer_goes_to_each_in_their_language(estate: Estate) -> None:
    wei = estate.staff
    await estate.report()
    li = await joiner(estate, "Li", "zh-hans")
    asked = await estate.begins_answer()
    await wei.presses("We come and look", message=asked)
    preview = await shows(wei, PREVIEW, "Somebody comes to look", "(English)", "It goes to 2 people.")
    await presses_send(wei, preview)
    await estate.resident.sees("Somebody comes to look within two working days.")
    await li.sees("两个工作日内会有人上门查看")
    receipt = await shows(wei, "Sent to the 2 people", "[Take back")
    assert "change your message" not in receipt["text"], "nobody wrote one"


async def test_words_a_photo_an_album_and_a_voice_message_are_one_answer(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    await estate.begins_answer()
    await wei.says("Like this")
    await shows(wei, PREVIEW, "Like this")
    await wei.sends_album(("photo", PNG), ("photo", PNG + b"2"), ("photo", PNG + b"3"))
    await shows(wei, PREVIEW, "3 photos")
    await wei.sends_voice(OGG)
    await presses_send(wei, await shows(wei, PREVIEW, "1 voice message"))
    answer = await mei.sees("Answer to your report no. 1")
    assert "3 photos" in answer["text"] and "1 voice message" in answer["text"]
    await estate.settled()
    got = await estate.world.chat_messages(mei.id)
    assert sum("photo" in each for each in got) == 3 and sum("voice" in each for each in got) == 1
    assert await texts(estate, mei.id, "Answer to your report") == 1


async def test_an_album_that_starts_an_answer_and_whose_end_comes_after_sending(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    await estate.begins_answer()
    await wei.sends_photo(PNG, "Look", album="late")
    await presses_send(wei, await shows(wei, PREVIEW, "Look"))
    await shows(mei, "Answer to your report no. 1", "1 photo")
    await wei.sends_photo(PNG + b"2", album="late")
    await shows(mei, "Answer to your report no. 1", "2 photos")
    await estate.settled()
    assert sum("photo" in each for each in await estate.world.chat_messages(mei.id)) == 2
    assert await texts(estate, wei.id, "somebody else's report") == 0


async def test_wrong_kinds_are_refused_and_the_answer_goes_on(estate: Estate) -> None:
    wei = estate.staff
    await estate.report()
    await estate.begins_answer()
    sent = await wei.shares_location(1.0, 2.0)
    await shows(wei, "I can take words, photos, videos and voice messages.", "What shall I write", after=sent)
    await wei.says("Short")
    await presses_send(wei, await shows(wei, PREVIEW, "Short"))
    await estate.resident.sees("Short")


async def test_words_of_danger_in_an_answer_alarm_nobody(estate: Estate) -> None:
    await estate.report()
    await sends(estate, "The smell of gas was a rubbish bin, there is no fire")
    await estate.settled()
    assert await texts(estate, estate.staff.id, "Call 119 now") == 0
    assert len(await estate.rows("SELECT * FROM reports")) == 1


async def test_a_changed_answer_changes_at_everybodys_with_a_mark(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    li = await joiner(estate, "Li", "zh-hans")
    said = await sends(estate, "We come on Tuesday")
    theirs = await li.sees("We come on Tuesday")
    await wei.edits(said, "We come on Wednesday")
    now = await shows(mei, "We come on Wednesday", "(changed on Wednesday, 25 November, 10:0")
    assert "Tuesday" not in now["text"]
    changed = await shows(li, "We come on Wednesday", "改过")
    assert changed["message_id"] == theirs["message_id"], "in place"
    await wei.sees("Changed: the residents of no. 1 read it so now.")
    assert await texts(estate, mei.id, "We come on") == 1
    await wei.says("/history 1")
    told = await wei.sees("Wei changed what was answered. Before:")
    assert "We come on Tuesday" in told["text"] and "We come on Wednesday" in told["text"]
    # And once more: nothing comes twice.
    await wei.edits(said, "We come on Thursday")
    await mei.sees("We come on Thursday")
    assert await texts(estate, mei.id, "We come on") == 1


async def test_a_change_before_it_is_sent_changes_the_preview(estate: Estate) -> None:
    wei = estate.staff
    await estate.report()
    await estate.begins_answer()
    said = await wei.says("There is no fire, we come on Tuesday")
    await shows(wei, PREVIEW, "Tuesday")
    await wei.edits(said, "There is no fire, we come on Sunday")
    await presses_send(wei, await shows(wei, PREVIEW, "Sunday"))
    answer = await estate.resident.sees("we come on Sunday")
    assert "Tuesday" not in answer["text"] and "changed" not in answer["text"]
    assert await texts(estate, wei.id, "Call 119") == 0


async def test_what_is_taken_back_is_deleted_everywhere_and_stays_on_record(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    li = await joiner(estate, "Li")
    await estate.begins_answer()
    await wei.sends_photo(PNG, "The neighbour did it")
    said = await shows(wei, PREVIEW, "The neighbour did it")
    await presses_send(wei, said)
    await mei.sees("The neighbour did it")
    await li.sees("The neighbour did it")
    await estate.settled()
    assert any("photo" in each for each in await estate.world.chat_messages(mei.id))
    await wei.presses("Take back")
    asked = await shows(wei, "Take back this answer to no. 1?", "2 people have it.")
    await mei.sees("The neighbour did it")  # not before it is said once more
    await wei.presses("Yes, take it back", message=asked)
    await wei.sees("The answer to no. 1 is taken back.")
    for person in (mei, li):
        assert await texts(estate, person.id, "The neighbour did it") == 0
        assert not any("photo" in each for each in await estate.world.chat_messages(person.id))
    again = await wei.forges(asked, buttons(asked)[0]["callback_data"])
    assert "Nothing is done twice" in (await wei.popup(again))["text"]
    await wei.says("/history 1")
    told = await wei.sees("Wei took the answer back:")
    assert "The neighbour did it" in told["text"]
    assert "1 answer" not in written(await estate.card())


async def test_leaving_it_after_all_takes_nothing_back(estate: Estate) -> None:
    await estate.report()
    await sends(estate, "We come on Tuesday")
    await estate.staff.presses("Take back")
    await estate.staff.presses("No, leave it")
    await estate.staff.sees("[Take back")
    assert await texts(estate, estate.resident.id, "We come on Tuesday") == 1


async def test_what_telegram_deletes_no_more_says_that_it_was_taken_back(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    await estate.begins_answer()
    await wei.sends_photo(PNG, "The neighbour did it")
    await presses_send(wei, await shows(wei, PREVIEW))
    before = await mei.sees("The neighbour did it")
    await estate.settled()
    await estate.world.advance(hours=49)
    await wei.presses("Take back")
    await shows(wei, "Telegram lets me delete a message for 48 hours only")
    await wei.presses("Yes, take it back")
    await wei.sees("Its text was replaced; it could not be deleted.")
    now = await mei.sees("The staff took this answer back.")
    assert await texts(estate, mei.id, "The neighbour did it") == 0
    assert before["message_id"] == now["message_id"]
    photo = next(each for each in await estate.world.chat_messages(mei.id) if "photo" in each)
    assert photo["caption"] == "The staff took this answer back."


async def test_taking_back_what_could_not_be_sent_yet_sends_nothing(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    await estate.card()
    await estate.world.faults({"kind": "500", "chat": mei.id})
    await estate.begins_answer()
    await wei.says("Too early")
    await presses_send(wei, await shows(wei, PREVIEW))
    await wei.presses("Take back")
    await wei.presses("Yes, take it back")
    await wei.sees("The answer to no. 1 is taken back.")
    await estate.world.faults()
    await estate.settled()
    assert await texts(estate, mei.id, "Too early") == 0


async def test_one_who_blocked_the_bot_gets_what_counts_last(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    await mei.blocks()
    await estate.begins_answer()
    said = await wei.says("We come on Tuesday")
    await presses_send(wei, await shows(wei, PREVIEW))
    await wei.sees("Not delivered: the resident of no. 1")
    await estate.settled()
    await wei.edits(said, "We come on Wednesday")
    await wei.sees("Changed: the residents of no. 1 read it so now, or when it reaches them.")
    await estate.settled()
    await mei.unblocks()
    await mei.starts()
    await mei.sees("We come on Wednesday")
    await wei.sees("Sent to the resident of no. 1.")
    assert await texts(estate, mei.id, "We come on") == 1


async def test_the_second_of_two_who_answer_reads_the_first_ones_answer_before_sending(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    bo = await estate.colleague("Bo")
    await estate.report()
    await estate.begins_answer(by=bo)
    await bo.says("We come on Sunday")
    preview = await shows(bo, PREVIEW, "Sunday")
    await sends(estate, "We come on Tuesday")
    await presses_send(bo, preview)
    warned = await shows(bo, "Wei has answered no. 1 meanwhile, Wednesday, 25 November, 10:0", "We come on Tuesday")
    await mei.sees_no("Sunday")
    # While Bo thinks about it, more happens: that is said, too.
    await presses_what(wei, RESOLVE, estate.staff_chat)
    await estate.staff_replies("done about no. 1?", "All done")
    await mei.sees("Is it fixed?")
    await bo.presses("Send it all the same", message=warned)
    await shows(bo, "No. 1 has changed since you began: RESOLVED")
    await mei.sees_no("Sunday")
    await bo.presses("Send it all the same")
    await mei.sees("We come on Sunday")
    await estate.settled()


async def test_thinking_better_of_it_goes_back_to_the_preview(estate: Estate) -> None:
    bo = await estate.colleague("Bo")
    await estate.report()
    await estate.begins_answer(by=bo)
    await bo.says("We come on Sunday")
    preview = await shows(bo, PREVIEW, "Sunday")
    await sends(estate, "We come on Tuesday")
    await presses_send(bo, preview)
    await bo.presses("Back", message=await shows(bo, "has answered no. 1 meanwhile"))
    await bo.presses("Cancel", message=await shows(bo, PREVIEW, "Sunday"))
    await bo.sees("Cancelled.")
    assert await texts(estate, estate.resident.id, "Sunday") == 0


async def test_pressing_answer_again_goes_on_with_what_was_begun(estate: Estate) -> None:
    wei = estate.staff
    await estate.report()
    await estate.report("The gate squeaks")
    await estate.begins_answer(1)
    await wei.says("To the lamp")
    await shows(wei, PREVIEW, "To the lamp")
    await estate.begins_answer(2)
    await wei.says("To the gate")
    await presses_send(wei, await shows(wei, "No. 2: " + PREVIEW))
    # The one that was put aside comes back by itself, and again when its card is pressed.
    back = await shows(wei, "Now back to what you had begun before:", "To the lamp")
    await wei.presses("Answer", estate.staff_chat, await estate.card(1))
    again = await shows(wei, "No. 1: " + PREVIEW, "To the lamp", after=back)
    await presses_send(wei, again)
    await estate.resident.sees("To the lamp")
    assert await texts(estate, estate.resident.id, "To the gate") == 1


async def test_a_forgotten_answer_is_reminded_of(estate: Estate) -> None:
    wei = estate.staff
    await estate.report()
    await estate.begins_answer()
    await wei.says("We come on Tuesday")
    first = await shows(wei, PREVIEW)
    await estate.settled()
    await estate.world.advance(minutes=16)
    again = await shows(wei, "You began this and have not sent it.", "We come on Tuesday", after=first)
    await presses_send(wei, again)
    await estate.resident.sees("We come on Tuesday")


async def test_one_who_is_no_longer_staff_can_send_nothing_of_what_they_began(estate: Estate) -> None:
    bo, mei = await estate.colleague("Bo"), estate.resident
    await estate.report()
    await estate.report("The gate squeaks")
    await estate.begins_answer(1, by=bo)
    sent = await bo.says("Half written")
    preview = await shows(bo, PREVIEW)
    await estate.begins_answer(2, by=bo)
    said = await bo.says("Sent while I was staff")
    await presses_send(bo, await shows(bo, PREVIEW, "Sent while"))
    await mei.sees("Sent while I was staff")
    receipt = await bo.sees("[Take back")
    await estate.settled()
    await estate.lose_role(bo)
    # A late edit, a late press, late words, the old link.
    await bo.edits(said, "Sent out of spite")
    await shows(bo, "You cannot do that.", after=sent)
    pressed = await bo.presses("Take back", message=receipt)
    assert "You cannot do that" in (await bo.popup(pressed))["text"]
    late = await bo.says("More words")
    await shows(bo, "You cannot do that any more. Nothing of it was sent.", after=late)
    pressed = await bo.forges(preview, buttons(preview)[0]["callback_data"])
    assert (await bo.popup(pressed))["text"]
    started = await bo.starts("answer-1")
    await shows(bo, "You cannot do that.", after=started)
    for words in ("Half written", "More words", "out of spite"):
        assert await texts(estate, mei.id, words) == 0
    assert await texts(estate, mei.id, "Sent while I was staff") == 1
    assert len(await estate.rows("SELECT * FROM reports")) == 2, "nor did it become a report"


async def test_a_press_after_the_role_is_gone_ends_the_answer(estate: Estate) -> None:
    bo = await estate.colleague("Bo")
    await estate.report()
    await estate.begins_answer(by=bo)
    await bo.says("Half written")
    preview = await shows(bo, PREVIEW)
    await estate.lose_role(bo)
    pressed = await presses_send(bo, preview)
    assert "You cannot do that" in (await bo.popup(pressed))["text"]
    await bo.sees("You cannot do that any more. Nothing of it was sent.")
    assert await texts(estate, estate.resident.id, "Half written") == 0


async def test_the_link_is_for_staff_and_for_what_is_there(estate: Estate) -> None:
    await estate.report()
    sent = await estate.resident.starts("answer-1")
    await shows(estate.resident, "You cannot do that.", after=sent)
    for payload in ("answer-99", "answer-x", "answer-"):
        sent = await estate.staff.starts(payload)
        await shows(estate.staff, "I do not find that any more.", after=sent)


async def test_a_colleague_who_never_pressed_start_can_answer_from_the_card(estate: Estate) -> None:
    bo = await estate.colleague("Bo", started=False)
    await estate.report()
    await estate.answers("We come tomorrow", by=bo)


async def test_a_button_and_a_question_that_are_none_any_more_say_what_to_use(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    card = await estate.card()
    pressed = await wei.forges(card, "v:1:answer:0", group)
    assert "Look at the newest card." in (await wei.popup(pressed))["text"]
    await wei.presses("Title", group)
    asked = await wei.sees("be called?", group)
    await estate.bot.database.run(
        lambda tx: tx.execute("UPDATE messages SET purpose = 'ask:answer' WHERE purpose = 'ask:title'")
    )
    said = await wei.replies(asked, "We come tomorrow", group)
    await shows(wei, "Please use the buttons under the card.", chat=group, after=said)
    assert await texts(estate, estate.resident.id, "We come tomorrow") == 0


async def test_from_the_history_one_can_answer(estate: Estate) -> None:
    wei = estate.staff
    await estate.report()
    await wei.says("/history 1")
    await wei.presses("Answer", message=await wei.sees("The resident reported it."))
    await wei.sees("Answer to no. 1 · NEW")


async def test_from_the_history_a_colleague_can_take_an_answer_back(estate: Estate) -> None:
    bo = await estate.colleague("Bo")
    await estate.report()
    await sends(estate, "The neighbour did it")
    await bo.says("/history 1")
    await bo.presses("Take back the newest answer", message=await bo.sees("The resident reported it."))
    await bo.presses("Yes, take it back")
    await bo.sees("The answer to no. 1 is taken back.")
    assert await texts(estate, estate.resident.id, "The neighbour did it") == 0
    await bo.says("/history 1")
    told = await bo.sees("Bo took the answer back:")
    assert "[Take back the newest answer]" not in written(told)


async def test_an_answer_from_before_copies_were_kept_says_that_it_cannot_be_changed(estate: Estate) -> None:
    await estate.report()
    said = await sends(estate, "We come on Tuesday")
    await estate.settled()
    await estate.bot.database.run(lambda tx: tx.execute("UPDATE cards SET role = 'was' WHERE role LIKE 'answer:%'"))
    await estate.staff.edits(said, "We come on Sunday")
    await estate.staff.sees("There is no copy at a resident's that I could change.")
    assert await texts(estate, estate.resident.id, "We come on Tuesday") == 1


async def test_a_reply_to_another_question_is_no_part_of_the_answer(estate: Estate) -> None:
    wei = estate.staff
    await estate.report()
    await wei.says("My own lamp is dark, too")
    mine = await asked_to_send(wei, "My own lamp")
    await estate.begins_answer()
    await wei.replies(mine, "In Building 5")
    back = await asked_to_send(wei, "My own lamp", "In Building 5", after=mine)
    assert PREVIEW not in back["text"]


async def test_many_copies_are_changed_chunk_by_chunk(
    world: World, start_bot: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_copies, "CHUNK", 2)
    async with estate_in(world, start_bot) as estate:
        await estate.report()
        people = [estate.resident, *[await joiner(estate, name) for name in ("Li", "Bo", "Cai", "Du")]]
        said = await sends(estate, "We come on Tuesday")
        for person in people:
            await person.sees("We come on Tuesday")
        await estate.staff.edits(said, "We come on Wednesday")
        await estate.settled()
        for person in people:
            await person.sees("We come on Wednesday")
        await estate.staff.presses("Take back")
        await estate.staff.presses("Yes, take it back")
        for _ in range(3):
            await estate.settled()
            await world.advance(seconds=2)
        for person in people:
            assert not [each for each in await news(person, {"message_id": 0}) if "We come on" in each]


async def test_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        wei, mei = estate.staff, estate.resident
        await wei.says("/language")
        await wei.presses("简体中文")
        await estate.report()
        await wei.presses("Answer", estate.staff_chat, await estate.card())
        await wei.presses("上门查看", message=await wei.sees("要给居民写什么？"))
        preview = await shows(wei, "居民看到的是这样（英文）", "Somebody comes to look")
        await wei.presses("发送", message=preview)
        await mei.sees("Somebody comes to look")
        await wei.presses("撤回")
        await wei.presses("是的，撤回")
        await wei.sees("给第1号的答复已撤回。")
        assert await texts(estate, mei.id, "Somebody comes to look") == 0
