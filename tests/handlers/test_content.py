"""What a message of Telegram's holds, and who sent it: held against the schema of the Bot API."""

import json
from pathlib import Path
from typing import Any

import pytest
from telegram import Message, Update

from handlers.kit.incoming import Sender
from handlers.telegram.content import CONTENT, SAID
from handlers.telegram.reading import read_update

SCHEMA = Path(__file__).resolve().parents[2] / "sandbox" / "bot_api_schema.json"
ABOUT_IT = frozenset(
    {
        "author_signature", "business_connection_id", "caption", "caption_entities", "chat", "date",
        "direct_messages_topic", "edit_date", "effect_id", "entities", "external_reply", "forward_origin",
        "from", "guest_bot_caller_chat", "guest_bot_caller_user", "guest_query_id", "has_media_spoiler",
        "has_protected_content", "is_automatic_forward", "is_from_offline", "is_paid_post",
        "is_topic_message", "link_preview_options", "media_group_id", "message_id", "message_thread_id",
        "paid_star_count", "quote", "reply_markup", "reply_to_checklist_task_id", "reply_to_message",
        "reply_to_poll_option_id", "reply_to_story", "sender_boost_count", "sender_business_bot",
        "sender_chat", "sender_tag", "show_caption_above_media", "suggested_post_info", "via_bot",
    }
)  # fmt: skip
"""Fields that say something about a message rather than being it."""


def service_fields() -> list[str]:
    """The fields of Telegram's service messages."""
    fields = json.loads(SCHEMA.read_text("utf-8"))["types"]["Message"]["fields"]
    return sorted(set(fields) - CONTENT - ABOUT_IT)


def test_every_field_of_a_message_is_content_or_about_it_or_a_service_message() -> None:
    fields = set(json.loads(SCHEMA.read_text("utf-8"))["types"]["Message"]["fields"])
    assert fields >= CONTENT, "what nobody can send any more"
    assert not ABOUT_IT & CONTENT
    # Those the Bot API calls "Service message: …", read in its documentation; a new one wants a decision.
    assert len(service_fields()) == 51, service_fields()
    assert {"pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "gift", "boost_added",
            "write_access_allowed", "checklist_tasks_done", "users_shared"} <= set(service_fields())  # fmt: skip


def test_what_ptb_does_not_know_yet_is_no_word_of_anybodys() -> None:
    raw = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}
    assert not SAID.filter(Message.de_json({**raw, "some_new_service_message": {"x": 1}}, None))
    assert SAID.filter(Message.de_json({**raw, "text": "hello"}, None))
    assert SAID.filter(Message.de_json({**raw, "dice": {"emoji": "🎲", "value": 1}}, None))


USER = {"id": 77, "is_bot": False, "first_name": "Mei"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Staff"}
CHANNEL = {"id": -1002, "type": "channel", "title": "News"}


def _account(number: int, is_bot: bool) -> dict[str, Any]:
    return {"id": number, "is_bot": is_bot, "first_name": "x"}


@pytest.mark.parametrize(
    ("message", "sender"),
    [
        ({"from": USER}, Sender.PERSON),
        ({"from": _account(1087968824, True), "sender_chat": GROUP}, Sender.GROUP),
        ({"from": _account(136817688, True), "sender_chat": CHANNEL}, Sender.CHANNEL),
        ({"from": USER, "sender_chat": CHANNEL}, Sender.CHANNEL),
        ({"from": _account(777000, False), "sender_chat": CHANNEL, "is_automatic_forward": True}, Sender.NOBODY),
        ({"from": _account(777000, False)}, Sender.NOBODY),
        ({"from": _account(42777, False)}, Sender.NOBODY),
        ({"from": _account(99, True)}, Sender.NOBODY),
        ({"sender_chat": CHANNEL}, Sender.CHANNEL),
        ({}, Sender.NOBODY),
    ],
)
def test_who_sent_it(message: dict[str, Any], sender: Sender) -> None:
    raw = {"message_id": 1, "date": 1, "chat": GROUP, "text": "hello", **message}
    update = Update.de_json({"update_id": 1, "message": raw}, None)
    assert update is not None and read_update(update).sender is sender
    edited = Update.de_json({"update_id": 1, "edited_message": {**raw, "edit_date": 2}}, None)
    assert edited is not None and read_update(edited).sender is sender


def test_a_press_is_a_persons_wherever_its_button_stands() -> None:
    under = {"message_id": 1, "date": 1, "chat": GROUP, "sender_chat": GROUP, "text": "x"}
    query = {"id": "1", "from": USER, "chat_instance": "1", "data": "x", "message": under}
    update = Update.de_json({"update_id": 1, "callback_query": query}, None)
    assert update is not None and read_update(update).sender is Sender.PERSON
