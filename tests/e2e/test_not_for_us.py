"""Updates of kinds the bot never asked for: what people write to a business account, reactions, votes, channel posts.

They come where a token was used otherwise before, or a setting of Telegram's is out of date.
"""

from typing import Any

import pytest

from sandbox.client import Person
from tests.e2e.conftest import LAMP, Estate, Json
from tests.e2e.reading import asked_to_send, presses_send

CHANNEL = {"id": -1009, "type": "channel", "title": "News"}
STRANGER = {"id": 987_001, "is_bot": False, "first_name": "Stranger", "language_code": "en"}
THUMB = {"type": "emoji", "emoji": "👍"}


def _user(person: Person) -> Json:
    return {"id": person.id, "is_bot": False, "first_name": "x", "language_code": "en"}


def _chat(user: Json) -> Json:
    return {"id": user["id"], "type": "private", "first_name": "x"}


def _message(chat: Json, user: Json, **more: Any) -> Json:
    return {"message_id": 900_001, "date": 1772416800, "chat": chat, "from": user, "text": "there is a fire", **more}


def not_for_us(user: Json) -> dict[str, Json]:
    """One update of each such kind that somebody causes."""
    private = _chat(user)
    member = {"user": user, "status": "member"}
    changed = {"chat": private, "from": user, "date": 1772416800, "old_chat_member": member, "new_chat_member": member}
    business = _message(private, user, business_connection_id="b1")
    return {
        "business_message": business,
        "edited_business_message": {**business, "edit_date": 1772416900},
        "channel_post": _message(CHANNEL, user, sender_chat=CHANNEL),
        "edited_channel_post": _message(CHANNEL, user, sender_chat=CHANNEL, edit_date=1772416900),
        "guest_message": _message(private, user, guest_query_id="g1"),
        "message_reaction": {
            "chat": private, "message_id": 1, "user": user, "date": 1772416800, "old_reaction": [],
            "new_reaction": [THUMB],
        },
        "chat_member": changed,
        "chat_join_request": {"chat": private, "from": user, "user_chat_id": user["id"], "date": 1772416800},
        "inline_query": {"id": "7", "from": user, "query": "fire", "offset": ""},
        "chosen_inline_result": {"result_id": "1", "from": user, "query": "fire"},
        "poll_answer": {"poll_id": "1", "user": user, "option_ids": [0], "option_persistent_ids": ["1"]},
        "business_connection": {
            "id": "b1", "user": user, "user_chat_id": user["id"], "date": 1772416800, "is_enabled": True,
        },
        "deleted_business_messages": {"business_connection_id": "b1", "chat": private, "message_ids": [1]},
        "purchased_paid_media": {"from": user, "paid_media_payload": "x"},
        "pre_checkout_query": {
            "id": "8", "from": user, "currency": "XTR", "total_amount": 1, "invoice_payload": "x",
        },
    }  # fmt: skip


@pytest.mark.parametrize("known", [True, False])
async def test_what_is_not_for_the_bot_is_neither_answered_nor_kept(estate: Estate, known: bool) -> None:
    mei = estate.resident
    await mei.says(LAMP)
    await asked_to_send(mei)
    await estate.settled()
    before = await _books(estate)
    for kind, content in not_for_us(_user(mei) if known else STRANGER).items():
        await estate.world.post("raw_update", update={kind: content})
        await estate.settled()
        assert await _books(estate) == before, kind
    held = await estate.rows("SELECT body FROM inbox WHERE body LIKE '%fire%' OR body LIKE '%Stranger%'")
    assert held == []
    await presses_send(mei)
    await mei.sees("Received")


async def _books(estate: Estate) -> Json:
    counts = await estate.rows(
        "SELECT (SELECT count(*) FROM people) AS people, (SELECT count(*) FROM chats) AS chats, "
        "(SELECT count(*) FROM outbox) AS sent, (SELECT count(*) FROM reports) AS reports, "
        "(SELECT count(*) FROM messages) AS messages, (SELECT count(*) FROM events) AS events, "
        "(SELECT count(*) FROM inbox WHERE state = 'quarantined') AS aside"
    )
    return counts[0]


async def test_a_button_pressed_where_the_bot_was_removed_brings_no_group_back(estate: Estate) -> None:
    """Telegram hands presses over also of messages in groups that the bot is in no more."""
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    card = await estate.card()
    await estate.settled()
    await estate.world.post("group/remove", chat=group, user=estate.world.bot_id)
    await wei.sees("removed")
    query = {"id": "77", "from": _user(wei), "chat_instance": "1", "message": card}
    await estate.world.post("raw_update", update={"callback_query": {**query, "data": "v:1:take:1"}})
    await estate.settled()
    (chat,) = await estate.rows("SELECT unreachable FROM chats WHERE telegram_id = ?", group)
    assert chat["unreachable"] is not None
