"""Staff at work: every button of a card, notes, two at once, and people who may not."""

import asyncio
from typing import Any

from domain.people.rights import Role
from sandbox.client import World, buttons, written
from tests.e2e.conftest import EVENING, LAMP, OGG, PNG, Estate, Start, both_ways, estate_in, news, shows
from tests.e2e.reading import NOT_FIXED, RESOLVE, TAKE, presses_send, presses_what

pytestmark = both_ways

Json = dict[str, Any]


def data_of(card: Json, action: str) -> str:
    """The callback data of a card's button."""
    return next(str(each["callback_data"]) for each in buttons(card) if f":{action}:" in each.get("callback_data", ""))


async def sent_to(estate: Estate, chat: int, text: str) -> Json:
    """The parameters of the newest call that sent `text` to a chat."""
    for call in reversed(await estate.world.calls()):
        params = call["params"]
        if str(params.get("chat_id")) == str(chat) and text in str(params.get("text", "")):
            found: Json = params
            return found
    raise AssertionError(f"nothing with {text!r} was sent to {chat}")


async def test_title_kind_and_place_are_completed_by_staff(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    await estate.report("Something is odd")
    await wei.presses("Title", group)
    await estate.staff_replies("what shall no. 1 be called?", "<b>Odd</b> thing & more")
    await wei.sees("<b>Odd</b> thing & more\n", group)
    await wei.presses("Kind", group)
    menu = await wei.sees("[More (1 of 3)", group)
    assert len(buttons(menu)) <= 8
    await wei.presses("More (1 of 3)", group)
    await wei.presses("Lifts and doors", group)
    await wei.sees("Kind: Lifts and doors", group)
    await mei.sees("Kind: Lifts and doors")
    # Four working hours from ten on a Wednesday morning, with the pause at noon: the afternoon.
    await wei.sees("By: Wednesday, 25 November, 16:00", group)
    await wei.presses("Place", group)
    await estate.staff_replies("where is no. 1?", "building 5")
    await mei.sees("Place: South side, Building 5")
    await wei.presses("Kind", group)
    await wei.presses("Back", group)
    await wei.sees("[Resolve", group)
    # A title is what the resident's list calls it by.
    await mei.says("/my")
    await mei.sees("No. 1 (Received): <b>Odd</b> thing & more")


async def test_resolving_with_a_photo_shows_the_proof_before_the_question(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    status = await estate.report()
    await presses_what(wei, RESOLVE, group)
    asked = await wei.sees("what was done about no. 1?", group)
    await wei.sends("photo", PNG, caption="New lamp", chat=group, reply_to=asked["message_id"])
    question = await mei.sees("Is it fixed?")
    assert "New lamp" in question["text"]
    messages = await estate.world.chat_messages(mei.id)
    photo = next(each for each in messages if "photo" in each)
    assert photo["message_id"] < question["message_id"]
    assert photo["reply_to_message"]["message_id"] == status["message_id"]
    await mei.sees("No. 1: Said to be fixed. Is it?")


async def test_an_album_of_staff_is_one_answer(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    await estate.report()
    await presses_what(wei, RESOLVE, group)
    asked = await wei.sees("what was done about no. 1?", group)
    for number in range(3):
        await wei.sends(
            "photo", PNG + bytes([number]), caption="All new" if number == 0 else "", chat=group, album="proof",
            reply_to=asked["message_id"],
        )  # fmt: skip
    await mei.sees("Is it fixed?")
    await estate.settled()
    assert sum("photo" in each for each in await estate.world.chat_messages(mei.id)) == 3
    said = await news(wei, asked, group)
    assert sum("is asked whether it is fixed" in each for each in said) == 1, said
    assert not any("not possible any more" in each for each in said), said


async def test_who_tells_in_private_protected_and_on_record(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    press = await wei.presses("Who?", group)
    assert "in our private chat" in (await wei.popup(press))["text"]
    told = await wei.sees("No. 1 was reported by")
    assert "Mei" in told["text"]
    params = await sent_to(estate, wei.id, "was reported by")
    assert params["protect_content"] in (True, "true")
    shown = await estate.rows("SELECT * FROM events WHERE kind = 'report.reporter_shown'")
    assert len(shown) == 1 and shown[0]["subject"] == "report:1"
    await wei.sees_no("Mei", group)
    # Writing to the bot under it does not go to the resident by guess.
    await wei.replies(told, "Dear Mei, we come tomorrow")
    await wei.sees("That is about somebody else's report.")
    await estate.resident.sees_no("Dear Mei")


async def test_who_is_refused_kindly_to_one_who_never_pressed_start(estate: Estate) -> None:
    bo, group = await estate.colleague("Bo", started=False), estate.staff_chat
    await estate.report()
    press = await bo.presses("Who?", group)
    answer = await bo.popup(press)
    assert "press Start" in answer["text"] and answer["show_alert"]
    assert await estate.rows("SELECT * FROM events WHERE kind = 'report.reporter_shown'") == []


async def test_no_card_ever_holds_the_reporters_name(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        guo = await estate.newcomer("Guohua", username="guohua99", last_name="Zhangsan")
        await guo.sends("voice", OGG, duration=4)
        await presses_send(guo)
        status = await guo.sees("No. 1: Received")
        await guo.replies(status, "please hurry")
        await presses_what(estate.staff, TAKE, estate.staff_chat)
        await presses_what(estate.staff, RESOLVE, estate.staff_chat)
        await estate.staff_replies("what was done", "Done")
        await presses_what(guo, NOT_FIXED)
        await guo.says("still broken")
        await estate.staff.sees("still broken", estate.staff_chat)
        await estate.settled()
        for message in await world.chat_messages(estate.staff_chat):
            if message["from"]["id"] == world.bot_id:
                assert not any(name in written(message) for name in ("Guohua", "guohua99", "Zhangsan"))
        await estate.nothing_broke()


async def test_what_i_heard_is_checked_by_the_resident(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    await mei.sends("voice", OGG, duration=4)
    await presses_send(mei)
    await wei.sees("Please listen, and write what you heard.", group)
    await wei.presses("What I heard", group)
    await estate.staff_replies("what did you hear in no. 1?", "The lift is stuck")
    first = await shows(mei, "Is that right?", "The lift is stuck")
    await mei.presses("No, not quite")
    await mei.sees("Please tell us once more what you meant")
    await wei.sees("what you heard is not quite right", group)
    await mei.says("The lift is slow, not stuck")
    added = await wei.sees("The lift is slow, not stuck", group)
    assert "why it is not fixed" not in added["text"], "nobody asked whether it is fixed"
    await wei.presses("What I heard", group)
    await estate.staff_replies("what did you hear in no. 1?", "The lift is slow")
    await shows(mei, "Is that right?", "The lift is slow")
    # The first question's buttons are about what staff wrote then.
    press = await mei.forges(first, data_of(first, "right"))
    assert "things have changed since" in (await mei.popup(press))["text"]
    await mei.presses("Yes, that is right")
    await wei.sees("(right, the resident says)", group)
    await mei.sees("We understood: “The lift is slow”")


async def test_taking_from_a_colleague_tells_them(estate: Estate) -> None:
    wei, bo, group = estate.staff, await estate.colleague("Bo"), estate.staff_chat
    await estate.report()
    await presses_what(wei, TAKE, group)
    await wei.sees("In charge: Wei", group)
    await presses_what(bo, TAKE, group)
    await wei.sees("In charge: Bo", group)
    await wei.sees("No. 1 is now looked after by Bo.")
    again = await presses_what(bo, TAKE, group)
    assert (await bo.popup(again))["text"] == "I have that already. Nothing is done twice."


async def test_what_is_taken_can_be_taken_over_only(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    await estate.card()
    await presses_what(wei, TAKE, group)
    card = await wei.sees("In charge: Wei", group)
    labels = [button["text"] for button in buttons(card)]
    assert "Take over" in labels and "Take" not in labels


async def test_two_pressing_at_once_make_one_take(estate: Estate) -> None:
    wei, bo, group = estate.staff, await estate.colleague("Bo"), estate.staff_chat
    await estate.report()
    card = await estate.card()
    first, second = await asyncio.gather(
        wei.forges(card, data_of(card, "take"), group), bo.forges(card, data_of(card, "take"), group)
    )
    answers = [(await wei.popup(first))["text"], (await bo.popup(second))["text"]]
    assert sum("is yours" in text for text in answers) == 1
    assert sum("This has changed meanwhile: TAKEN" in text for text in answers) == 1
    # An old version of the card says so too, and changes nothing.
    stale = await bo.forges(card, data_of(card, "start"), group)
    assert "This has changed meanwhile" in (await bo.popup(stale))["text"]
    assert [row["state"] for row in await estate.rows("SELECT state FROM reports")] == ["taken"]


async def test_a_reply_to_a_card_is_a_note_until_it_is_sent(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    await estate.report()
    await wei.replies(await estate.card(), "The electrician is Mr. X", group)
    receipt = await wei.sees("Kept as a note on no. 1. Only staff see it.", group)
    await wei.sees("1 note", group)
    await mei.sees_no("Mr. X")
    data = buttons(receipt)[0]["callback_data"]
    await wei.presses("Send this to the resident", group, receipt)
    await mei.sees_no("Mr. X")  # it is shown once more first
    await wei.presses("Yes, send it", group)
    await mei.sees("The electrician is Mr. X")
    # What said "only staff see it" must not go on saying so.
    await wei.sees("Sent to the resident of no. 1.", group)
    await wei.sees_no("Only staff see it", group)
    again = await wei.forges(receipt, data, group)
    assert (await wei.popup(again))["text"] == "I have that already. Nothing is done twice."
    await estate.settled()
    assert sum("Mr. X" in written(each) for each in await estate.world.chat_messages(mei.id)) == 1


async def test_a_person_without_a_role_cannot_press_nor_note(estate: Estate) -> None:
    eve, group = await estate.colleague("Eve", None), estate.staff_chat
    await estate.report()
    card = await estate.card()
    for action in ("take", "start", "resolve", "title", "place", "who", "kinds"):
        press = await eve.forges(card, data_of(card, action), group)
        assert "You cannot do that" in (await eve.popup(press))["text"], action
    sent = await eve.replies(card, "my own opinion", group)
    await eve.sees("You cannot do that", group, after=sent["message_id"])
    assert await estate.rows("SELECT * FROM report_parts WHERE text = 'my own opinion'") == []
    assert await estate.rows("SELECT * FROM inbox WHERE body LIKE '%my own opinion%'") == [], "refused, so not kept"
    assert [row["version"] for row in await estate.rows("SELECT version FROM reports")] == [0]


async def test_a_former_member_of_staff_cannot_press_any_more(estate: Estate) -> None:
    bo, group = await estate.colleague("Bo"), estate.staff_chat
    await estate.report()
    await presses_what(bo, RESOLVE, group)
    asked = await bo.sees("what was done", group)
    await estate.lose_role(bo, Role.STAFF)
    await bo.replies(asked, "As I said before", group)
    await bo.sees("You cannot do that", group)
    await estate.resident.sees_no("As I said before")
    press = await presses_what(bo, TAKE, group)
    assert "You cannot do that" in (await bo.popup(press))["text"]


async def test_one_topic_per_department_and_messages_in_it(estate: Estate) -> None:
    mei, group = estate.resident, estate.staff_chat
    for number, words in enumerate((LAMP, "Another lamp is dark", "Rubbish everywhere", "Something odd"), start=1):
        await mei.says(words)
        await presses_send(mei)
        await mei.sees(f"No. {number}: Received")
    cards = [await estate.card(number) for number in range(1, 5)]
    threads = [card["message_thread_id"] for card in cards]
    assert threads[0] == threads[1] and len(set(threads)) == 3
    made = [call["params"]["name"] for call in await estate.world.calls("createForumTopic")]
    assert sorted(made) == ["Cleaning and green", "New reports", "Repairs and roads"]
    await estate.staff.presses("Title", group, cards[2])
    asked = await estate.staff.sees("what shall no. 3 be called?", group)
    assert asked["message_thread_id"] == threads[2]
    assert group == asked["chat"]["id"]


async def test_a_group_without_topics_works_the_same(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot, forum=False) as estate:
        await estate.report()
        card = await estate.card()
        assert "message_thread_id" not in card
        await estate.answers("We come tomorrow")
        question = await estate.resolves("Done")
        assert "Is it fixed?" in question["text"]
        assert await world.calls("createForumTopic") == []
        await estate.nothing_broke()


async def test_cards_are_silent_out_of_hours(estate: Estate) -> None:
    await estate.report()
    await estate.card()
    by_day = await sent_to(estate, estate.staff_chat, "No. 1 · NEW")
    assert "disable_notification" not in by_day
    await estate.world.set_time(EVENING)
    await estate.resident.says("The lift is slow")
    await presses_send(estate.resident)
    await estate.card(2)
    by_night = await sent_to(estate, estate.staff_chat, "No. 2 · NEW")
    assert by_night["disable_notification"] in (True, "true")
