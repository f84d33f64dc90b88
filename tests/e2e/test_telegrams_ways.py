"""What Telegram hands over beside what people say: service messages, stand-ins for senders, quotations, topics."""

from typing import Any

import pytest

from sandbox.client import Person, buttons, written
from tests.e2e.conftest import LAMP, Estate, Json, news
from tests.e2e.reading import asked_to_send, presses_send
from tests.handlers.test_content import service_fields


def user(person: Person) -> Json:
    """Somebody as Telegram names them."""
    return {"id": person.id, "is_bot": False, "first_name": "x", "language_code": "en"}


async def arrives(estate: Estate, chat: Json, number: int, **message: Any) -> None:
    """Hand a message to the bot as Telegram would, whatever it holds."""
    raw = {"message_id": 900_000 + number, "date": 1772416800, "chat": chat, **message}
    await estate.world.post("raw_update", update={"message": raw})


def private(person: Person) -> Json:
    """A private chat as Telegram names it."""
    return {"id": person.id, "type": "private", "first_name": "x"}


def group(estate: Estate) -> Json:
    """The staff group as Telegram names it."""
    return {"id": estate.staff_chat, "type": "supergroup", "title": "Staff", "is_forum": True}


_SOMEBODY = {"id": 5, "is_bot": False, "first_name": "x"}
_PAID = {"currency": "XTR", "total_amount": 1, "telegram_payment_charge_id": "1", "provider_payment_charge_id": "2"}
_FILLED: dict[str, Any] = {
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 86400},
    "pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}},
    "chat_background_set": {"type": {"type": "chat_theme", "theme_name": "🌷"}},
    "boost_added": {"boost_count": 1}, "write_access_allowed": {"from_request": True},
    "new_chat_title": "x", "connected_website": "example.org", "web_app_data": {"data": "x", "button_text": "x"},
    "refunded_payment": {**_PAID, "invoice_payload": "x"}, "successful_payment": {**_PAID, "invoice_payload": "x"},
    "chat_shared": {"request_id": 1, "chat_id": 1}, "video_chat_ended": {"duration": 1},
    "forum_topic_created": {"name": "x", "icon_color": 1}, "forum_topic_edited": {"name": "x"},
    "paid_message_price_changed": {"paid_message_star_count": 1}, "video_chat_scheduled": {"start_date": 1},
    "direct_message_price_changed": {"are_direct_messages_enabled": True}, "group_chat_created": True,
    "giveaway_completed": {"winner_count": 1}, "left_chat_member": _SOMEBODY, "managed_bot_created": {"bot": _SOMEBODY},
    "poll_option_added": {"option_persistent_id": "1", "option_text": "x"},
    "poll_option_deleted": {"option_persistent_id": "1", "option_text": "x"},
    "proximity_alert_triggered": {"traveler": _SOMEBODY, "watcher": _SOMEBODY, "distance": 3},
    "suggested_post_paid": {"currency": "XTR"}, "suggested_post_refunded": {"reason": "post_deleted"},
    "new_chat_photo": [], "new_chat_members": [], "migrate_to_chat_id": 5, "migrate_from_chat_id": 5,
}  # fmt: skip


async def test_service_messages_in_private_are_left_alone_and_the_draft_stays_where_it_is(estate: Estate) -> None:
    mei = estate.resident
    await mei.says(LAMP)
    question = await asked_to_send(mei)
    await estate.settled()
    calls = len(await estate.world.calls())
    passed_on = {"users_shared", "migrate_to_chat_id", "migrate_from_chat_id", "unique_gift"}  # asked for; of groups
    for number, name in enumerate((*sorted(set(service_fields()) - passed_on), "a_service_message_of_tomorrow")):
        content = {name: _FILLED.get(name, True if name.startswith(("delete_", "super", "channel")) else {})}
        await arrives(estate, private(mei), number, **{"from": user(mei)}, **content)
    await estate.settled()
    made = [call["method"] for call in (await estate.world.calls())[calls:]]
    assert set(made) <= {"getUpdates"}, made
    await mei.presses("", message=question, data=sends_it(question))
    await mei.sees("Received")


def sends_it(question: Json) -> str:
    """The data of the button that sends a draft."""
    (found,) = [each["callback_data"] for each in buttons(question) if each["callback_data"].endswith("!send")]
    return str(found)


@pytest.mark.parametrize("number", [777000, 42777, 1271266957])
async def test_telegrams_own_accounts_are_no_people_and_are_not_answered(estate: Estate, number: int) -> None:
    account = {"id": number, "is_bot": False, "first_name": "Telegram"}
    last = await estate.staff.says("good morning", estate.staff_chat)
    chat = {"id": number, "type": "private", "first_name": "Telegram"}
    for count, text in enumerate(("/start", "Login code: 12345", "/nosuch")):
        entities = [{"type": "bot_command", "offset": 0, "length": len(text)}] if text.startswith("/") else []
        await arrives(estate, chat, count, **{"from": account}, text=text, entities=entities)
    channel = {"id": -1009, "type": "channel", "title": "News"}
    await arrives(
        estate, group(estate), 5, **{"from": account}, text="A post", sender_chat=channel, is_automatic_forward=True
    )
    await estate.settled()
    assert await estate.rows("SELECT * FROM people WHERE telegram_id = ?", number) == []
    assert await estate.rows("SELECT * FROM outbox JOIN chats ON chats.id = chat WHERE telegram_id = ?", number) == []
    assert await news(estate.staff, last, estate.staff_chat) == []


async def test_who_writes_as_a_channel_is_told_so(estate: Estate) -> None:
    await estate.report()
    card = await estate.card()
    channel = {"id": -1009, "type": "channel", "title": "Our estate"}
    await arrives(
        estate, group(estate), 1, **{"from": {"id": 136817688, "is_bot": True, "first_name": "Channel"}},
        sender_chat=channel, text="a note", message_thread_id=card["message_thread_id"], is_topic_message=True,
        reply_to_message={**card, "reply_markup": None},
    )  # fmt: skip
    told = await estate.staff.sees("You write as a channel", estate.staff_chat)
    assert "Remain anonymous" not in told["text"]


async def quotes(estate: Estate, who: Person, text: str, number: int, **quoted: Any) -> None:
    """Somebody quotes a message of another chat into their private chat."""
    bot = {"id": estate.world.bot_id, "is_bot": True, "first_name": "Bot"}
    origin = {"type": "user", "date": 1772416800, "sender_user": bot}
    await arrives(
        estate, private(who), number, **{"from": user(who)}, text=text, external_reply={"origin": origin, **quoted}
    )


async def test_a_card_quoted_into_the_private_chat_is_answered_not_reported(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    await estate.report("The bins are full in Building 2")
    await estate.begins_answer(2)  # an answer to another report is open: the words are not for that one
    card = await estate.card(1)
    await quotes(estate, wei, "The electrician comes at three", 1, chat=group(estate), message_id=card["message_id"])
    preview = await asked_to_send(wei, "No. 1: this is what the resident reads", "The electrician comes")
    assert await estate.rows("SELECT id FROM reports") == [{"id": 1}, {"id": 2}]
    await presses_send(wei, preview)
    await mei.sees("The electrician comes at three")


@pytest.mark.parametrize("known", [False, True])
async def test_a_quotation_of_which_nobody_can_tell_the_report_begins_nothing(estate: Estate, known: bool) -> None:
    quoted = {"chat": group(estate), "message_id": 777_777} if known else {}
    await quotes(estate, estate.staff, "We come at three", 1, **quoted)
    await estate.staff.sees("I cannot tell which report it is about")
    assert await estate.rows("SELECT * FROM conversations") == []


async def test_a_resident_who_quotes_another_chat_reports_as_ever(estate: Estate) -> None:
    neighbours = {"id": -1077, "type": "supergroup", "title": "Neighbours"}
    origin = {"type": "user", "date": 1772416800, "sender_user": user(estate.staff)}
    await arrives(
        estate, private(estate.resident), 1, **{"from": user(estate.resident)}, text=LAMP,
        external_reply={"origin": origin, "chat": neighbours, "message_id": 5},
    )  # fmt: skip
    await asked_to_send(estate.resident, LAMP)


async def test_a_message_of_the_bots_that_is_passed_on_to_it_is_no_report(estate: Estate) -> None:
    bot = {"id": estate.world.bot_id, "is_bot": True, "first_name": "Bot"}
    origin = {"type": "user", "date": 1772416800, "sender_user": bot}
    mei = estate.resident
    await arrives(estate, private(mei), 1, **{"from": user(mei)}, text="No. 1 · NEW fire", forward_origin=origin)
    await mei.sees("That is one of my own messages")
    assert await estate.rows("SELECT * FROM conversations") == [] == await estate.rows("SELECT * FROM reports")


async def test_a_reply_to_a_colleagues_note_is_a_note_too(estate: Estate) -> None:
    wei, bo, chat = estate.staff, await estate.colleague("Bo"), estate.staff_chat
    await estate.report()
    first = await wei.replies(await estate.card(), "The part is ordered", chat)
    kept = await wei.sees("Kept as a note on no. 1.", chat)
    second = await bo.replies(first, "It comes on Monday", chat)
    await wei.replies(second, "Then I go on Tuesday", chat)
    await bo.replies(kept, "Good", chat)  # to what the bot said of a note
    await estate.settled()
    notes = await estate.rows("SELECT text FROM report_parts WHERE purpose = 'note' AND report = 1 ORDER BY id")
    assert [note["text"] for note in notes] == [
        "The part is ordered", "It comes on Monday", "Then I go on Tuesday", "Good"
    ]  # fmt: skip
    assert "4 notes" in written(await estate.card())
    chatter = await wei.says("lunch?", chat)
    await bo.replies(chatter, "yes", chat)
    await estate.settled()
    assert len(await estate.rows("SELECT id FROM report_parts WHERE purpose = 'note'")) == 4


async def test_in_a_private_chat_with_topics_answers_stay_in_theirs(estate: Estate) -> None:
    mei = estate.resident
    in_topic = {"message_thread_id": 7, "is_topic_message": True}
    await arrives(estate, private(mei), 1, **{"from": user(mei)}, text=LAMP, **in_topic)
    question = await asked_to_send(mei)
    query = {"id": "77", "from": user(mei), "chat_instance": "1", "message": {**question, **in_topic}}
    await estate.world.post("raw_update", update={"callback_query": {**query, "data": sends_it(question)}})
    await mei.sees("Received")
    await mei.says("/help")  # outside of topics
    await mei.sees("This is how it works")
    await estate.settled()
    sent = [call["params"] for call in await estate.world.calls("sendMessage")]
    threads = {True: set(), False: set()}  # type: dict[bool, set[Any]]
    for params in sent:
        threads[int(params["chat_id"]) == mei.id].add(params.get("message_thread_id"))
    assert threads[True] == {None, 7}
    assert 7 not in threads[False]
    helped = next(params for params in reversed(sent) if "This is how it works" in params["text"])
    assert "message_thread_id" not in helped


async def test_what_a_press_in_a_topic_of_a_private_chat_brings_stands_in_that_topic(estate: Estate) -> None:
    mei = estate.resident
    card = await estate.report()
    before = len(await estate.world.calls("sendMessage"))
    under = {**card, "chat": private(mei), "message_thread_id": 7, "is_topic_message": True}
    query = {"id": "78", "from": user(mei), "chat_instance": "1", "message": under, "data": "m:1:open"}
    await estate.world.post("raw_update", update={"callback_query": query})
    await estate.settled()
    brought = [call["params"] for call in (await estate.world.calls("sendMessage"))[before:]]
    assert [params.get("message_thread_id") for params in brought if int(params["chat_id"]) == mei.id] == [7]
