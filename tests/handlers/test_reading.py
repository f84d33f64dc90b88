"""What is read out of an update of Telegram's: everything a handler may ask of it, and no more."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update

from handlers.kit.incoming import (
    Account,
    Incoming,
    IncomingFile,
    IncomingMessage,
    MembershipChange,
    Point,
    Press,
    Quoted,
    RepliedTo,
    Sender,
    UsersShared,
)
from handlers.telegram.reading import ANONYMOUS_ADMIN, read_update

USER = {"id": 77, "is_bot": False, "first_name": "Mei", "last_name": "Lin", "username": "mei", "language_code": "zh"}
BOT = {"id": 5, "is_bot": True, "first_name": "Bot"}
MEI = Account(77, "Mei Lin", "mei", "zh", False)
CHAT = {"id": 77, "type": "private", "first_name": "Mei"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Staff", "is_forum": True}
BASE = {"message_id": 9, "date": 1772416800, "chat": CHAT, "from": USER}
SENT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
FILE = {"file_id": "f", "file_unique_id": "u"}
SIZED = {**FILE, "width": 1, "height": 1}
PLACE = {"latitude": 31.5, "longitude": 121.5}


def read(**update: Any) -> Incoming:
    """What is read of it."""
    parsed = Update.de_json({"update_id": 3, **update}, None)
    assert parsed is not None
    return read_update(parsed)


@pytest.mark.parametrize(
    ("holds", "expected"),
    [
        ({"text": "broken"}, {"text": "broken"}),
        ({"photo": [{**SIZED, "file_id": "small"}, SIZED], "caption": "look", "media_group_id": "a"},
         {"file": IncomingFile("photo", "f", "u", None), "caption": "look", "album": "a"}),
        ({"voice": {**FILE, "duration": 7}}, {"file": IncomingFile("voice", "f", "u", 7)}),
        ({"video": {**SIZED, "duration": 8}}, {"file": IncomingFile("video", "f", "u", 8)}),
        ({"video_note": {**FILE, "length": 1, "duration": 9}}, {"file": IncomingFile("video_note", "f", "u", 9)}),
        ({"audio": {**FILE, "duration": 10}}, {"file": IncomingFile("audio", "f", "u", 10)}),
        ({"document": FILE}, {"file": IncomingFile("document", "f", "u", None)}),
        ({"sticker": {**SIZED, "type": "regular", "is_animated": False, "is_video": False}}, {}),
        ({"location": PLACE}, {"point": Point(31.5, 121.5)}),
        ({"venue": {"location": PLACE, "title": "t", "address": "a"}}, {"point": Point(31.5, 121.5)}),
        ({"text": "x", "message_thread_id": 4, "is_topic_message": True}, {"text": "x", "topic": 4}),
        ({"text": "x", "message_thread_id": 4}, {"text": "x"}),
        ({"text": "x", "reply_to_message": {**BASE, "message_id": 8}},
         {"text": "x", "reply_to": RepliedTo(8, MEI)}),
        ({"text": "x", "reply_to_message": {**BASE, "message_id": 8, "sender_chat": GROUP}},
         {"text": "x", "reply_to": RepliedTo(8, None)}),
        ({"text": "x", "reply_to_message": {**BASE, "message_id": 8, "from": {**BOT, "id": ANONYMOUS_ADMIN}}},
         {"text": "x", "reply_to": RepliedTo(8, None)}),
        ({"text": "x", "reply_to_message": {**BASE, "forum_topic_created": {"name": "t", "icon_color": 1}}},
         {"text": "x"}),
        ({"text": "x", "external_reply": {"origin": {"type": "user", "date": 1, "sender_user": BOT}, "chat": GROUP,
                                          "message_id": 6}}, {"text": "x", "quoted": Quoted(-1001, 6, 5)}),
        ({"text": "x", "external_reply": {"origin": {"type": "hidden_user", "date": 1, "sender_user_name": "?"}}},
         {"text": "x", "quoted": Quoted(None, None, None)}),
        ({"text": "x", "forward_origin": {"type": "user", "date": 1, "sender_user": BOT}},
         {"text": "x", "forwarded_from": 5}),
        ({"users_shared": {"request_id": 2, "users": [{"user_id": 8, "first_name": "Wu"}, {"user_id": 9}]}},
         {"users_shared": UsersShared(2, [Account(8, "Wu", None), Account(9, "", None)])}),
        ({"migrate_to_chat_id": -2}, {"moved_to": -2}),
        ({"migrate_from_chat_id": -2}, {"moved_from": -2}),
        ({"left_chat_member": BOT}, {"says_who_left": True}),
    ],
)  # fmt: skip
def test_a_message(holds: dict[str, Any], expected: dict[str, Any]) -> None:
    found = read(message={**BASE, **holds})
    assert found.message == IncomingMessage(9, SENT, **expected)
    assert (found.id, found.sender, found.account, found.is_change) == (3, Sender.PERSON, MEI, False)


def test_a_change_that_was_kept_reads_as_when_it_came() -> None:
    came = read(edited_message={**BASE, "text": "now", "edit_date": 1772416860})
    assert came.is_change and came.message == IncomingMessage(9, SENT, 1772416860, "now")
    again = came.read(came.raw())
    assert (again.message, again.account, again.chat, again.is_change) == (came.message, MEI, came.chat, True)


def test_a_press() -> None:
    under = {**BASE, "from": BOT, "text": "?"}
    query = {"id": "q", "from": USER, "chat_instance": "1", "data": "v:1:take:1", "message": under}
    found = read(callback_query=query)
    assert (found.press, found.message, found.sender) == (Press("q", "v:1:take:1", 9), None, Sender.PERSON)
    assert found.chat is not None and found.chat.is_private
    in_topic = {"message_id": 9, "date": 0, "chat": CHAT, "message_thread_id": 4, "is_topic_message": True}
    assert read(callback_query={**query, "message": in_topic}).press == Press("q", "v:1:take:1", 9, 4)
    nowhere = read(callback_query={"id": "q", "from": USER, "chat_instance": "1"})
    assert nowhere.press == Press("q", "") and nowhere.chat is None


RIGHTS = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": False,
    "can_delete_messages": False,
    "can_manage_video_chats": False,
    "can_restrict_members": False,
    "can_promote_members": False,
    "can_change_info": False,
    "can_invite_users": False,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
}


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ({"status": "member"}, MembershipChange("member", False, frozenset())),
        ({"status": "left"}, MembershipChange("left", True, frozenset())),
        ({"status": "kicked", "until_date": 0}, MembershipChange("kicked", True, frozenset())),
        ({"status": "some_new_status"}, MembershipChange("some_new_status", False, frozenset())),
        ({"status": "administrator", **RIGHTS, "can_delete_messages": True, "can_pin_messages": True},
         MembershipChange("administrator", False, frozenset({"delete_messages", "pin_messages"}))),
    ],
)  # fmt: skip
def test_the_bots_own_place_in_a_chat(member: dict[str, Any], expected: MembershipChange) -> None:
    before = {"user": BOT, "status": "member"}
    change = {
        "chat": GROUP,
        "from": USER,
        "date": 1,
        "old_chat_member": before,
        "new_chat_member": {"user": BOT, **member},
    }
    found = read(my_chat_member=change)
    assert found.membership == expected and found.message is None and found.press is None
    assert found.chat is not None and found.chat.is_forum and not found.chat.is_private


@pytest.mark.parametrize(
    "update",
    [
        {"message": {**BASE, "text": "x", "business_connection_id": "b"}},
        {"channel_post": {**BASE, "text": "x"}},
        {"poll_answer": {"poll_id": "1", "option_ids": [0], "option_persistent_ids": ["0"], "user": USER}},
    ],
)
def test_what_is_not_for_us_says_nothing(update: dict[str, Any]) -> None:
    found = read(**update)
    assert not found.is_for_us and found.message is None
