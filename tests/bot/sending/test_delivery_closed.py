"""Delivery, where a chat is there and may not be written to, or a card, topic or file is not there any more."""

import json
from typing import Any

import pytest

from bot.sending.limits import Limiter
from domain.events import Event
from services.staff_room import staff_chat
from storage.core import chats, messages
from storage.core.database import Database, Transaction
from tests.bot.sending.test_delivery import Start, becomes, events_of, group, person, put, row, start
from tests.bot.stand_in import No, StandIn

__all__ = ["Limiter", "start"]
CLOSED = [
    "Bad Request: not enough rights to send text messages to the chat",
    "Bad Request: have no rights to send a message",
    "Bad Request: CHAT_WRITE_FORBIDDEN",
    "Bad Request: CHAT_RESTRICTED",
    "Bad Request: CHAT_ADMIN_REQUIRED",
    "Bad Request: need administrator rights in the channel chat",
]


def told(database: Database) -> list[Event]:
    heard: list[Event] = []
    database.publisher = lambda _tx, event: heard.append(event)
    return heard


@pytest.mark.parametrize("words", CLOSED)
async def test_what_a_chat_refuses_waits_and_comes_when_it_is_open(
    telegram: StandIn, database: Database, start: Start, words: str
) -> None:
    heard = told(database)
    chat = await group(database)
    telegram.will("sendMessage", No(400, words))
    await start()
    first = await put(database, chat, "first")
    await telegram.sees(lambda: telegram.texts == ["first"])
    second = await put(database, chat, "second")
    assert (await row(database, first))["state"] in ("pending", "sending")
    await becomes(database, first, "sent")
    await becomes(database, second, "sent")
    assert telegram.texts == ["first", "first", "second"], "tried by one message, and in its order"
    assert [type(each).__name__ for each in heard] == ["GroupClosed", "GroupOpen"], "each is told once"


async def test_a_closed_chat_is_tried_by_one_message_and_more_rarely(
    telegram: StandIn, database: Database, start: Start
) -> None:
    chat, other = await group(database), await person(database)
    refuse = lambda each: No(400, CLOSED[0]) if each["chat_id"] == -100900 else None  # noqa: E731
    telegram.will("sendMessage", *[refuse] * 500)
    for number in range(5):
        await put(database, chat, f"{number}", subject=f"report:{number}")
    await start()
    await telegram.sees(lambda: len(telegram.texts) >= 5)
    mine = await put(database, other, "mine")
    await becomes(database, mine, "sent")
    tried = len(telegram.texts)
    await telegram.sees(lambda: len(telegram.texts) == tried + 1)
    assert len(await events_of(database, "group.closed")) == 1
    states = await database.run(
        lambda tx: {each["state"] for each in tx.query("SELECT state FROM outbox WHERE chat = ?", (chat,))}
    )
    assert states <= {"pending", "sending"}


async def test_that_it_is_closed_outlives_the_program_and_new_rights_are_used_at_once(
    telegram: StandIn, database: Database, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    for bound in ("SOONEST", "RAREST"):
        monkeypatch.setattr(f"bot.sending.limits.{bound}", 3600.0)  # by itself it would try again in an hour
    chat = await group(database)
    telegram.will("sendMessage", No(400, CLOSED[0]))
    number = await put(database, chat, "x")
    first = await start()
    await telegram.sees(lambda: telegram.texts == ["x"])
    first.stop()
    await becomes(database, number, "pending")

    assert (await database.run(chats.by_id, chat)).refuses == CLOSED[0]
    telegram.will("sendMessage", No(400, CLOSED[0]))
    await start()
    await telegram.sees(lambda: telegram.texts == ["x", "x"])
    after = await put(database, await person(database), "mine")
    await becomes(database, after, "sent")
    await becomes(database, number, "pending")
    await database.run(lambda tx: staff_chat.try_again(tx, chats.by_id(tx, chat)))
    await becomes(database, number, "sent")
    assert len(await events_of(database, "group.closed")) == 1


async def test_a_kind_of_file_that_is_forbidden_holds_up_no_words(
    telegram: StandIn, database: Database, start: Start
) -> None:
    chat = await group(database)
    telegram.will("sendPhoto", No(400, "Bad Request: not enough rights to send photos to the chat"))
    telegram.will("sendMediaGroup", No(400, "Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN"))
    photo = await put(database, chat, "the lamp", action="photo", content={"file_id": "lamp"}, subject="report:1")
    after = await put(database, chat, "after", subject="report:1")
    await start()
    await becomes(database, after, "sent")
    await telegram.sees(lambda: "the lamp" in telegram.texts)
    assert (await row(database, photo))["state"] == "waiting"
    assert len(await events_of(database, "message.not_now")) == 1 and await events_of(database, "group.closed") == []
    await database.run(lambda tx: staff_chat.try_again(tx, chats.by_id(tx, chat)))
    await database.run(promote)
    assert "caption" not in json.loads((await becomes(database, photo, "sent"))["content"])
    assert [each.get("caption") for each in telegram.of("sendPhoto")] == ["the lamp", None]


def promote(tx: Transaction) -> None:
    tx.execute("UPDATE outbox SET not_before = created_at WHERE state = 'waiting'")
    tx.execute("UPDATE outbox SET state = 'pending' WHERE state = 'waiting'")
    tx.signal("outbox")


@pytest.mark.parametrize(
    "words",
    [
        "wrong file identifier/HTTP URL specified",
        "PHOTO_INVALID_DIMENSIONS",
        "can't use file of type Photo as Document",
    ],
)
async def test_words_come_without_a_file_that_cannot_be_sent(
    telegram: StandIn, database: Database, start: Start, words: str
) -> None:
    chat = await group(database)
    telegram.will("sendPhoto", No(400, f"Bad Request: {words}"))
    photo = await put(database, chat, "the lamp", action="photo", content={"file_id": "lamp"}, subject="report:1")
    await start()
    await becomes(database, photo, "failed")
    await telegram.sees(lambda: telegram.texts == ["the lamp"])


@pytest.mark.parametrize(
    "words",
    [
        "MESSAGE_ID_INVALID", "MESSAGE_AUTHOR_REQUIRED", "message to edit not found", "message can't be edited",
        "MESSAGE_EDIT_TIME_EXPIRED", "there is no text in the message to edit",
    ],
)  # fmt: skip
async def test_a_card_that_cannot_be_edited_is_made_anew(
    telegram: StandIn, database: Database, start: Start, words: str
) -> None:
    chat = await group(database)
    card = await database.run(messages.new_card, chat, "report:1", "staff")
    await database.run(messages.set_card_message, card, 55)
    telegram.will("editMessageText", No(400, f"Bad Request: {words}"))
    await start()
    await becomes(database, await put(database, chat, "new", action="card", card=card), "sent")
    assert telegram.texts == ["new", "new"] and len(telegram.of("sendMessage")) == 1


@pytest.mark.parametrize("words", ["TOPIC_ID_INVALID", "TOPIC_CLOSED", "TOPIC_DELETED", "message thread not found"])
@pytest.mark.parametrize("edited", [False, True])
async def test_a_topic_that_is_gone_or_closed_is_made_anew_with_the_card_in_it(
    telegram: StandIn, database: Database, start: Start, words: str, edited: bool
) -> None:
    chat = await group(database, forum=True)
    topic = await database.run(chats.topic, chat, "works", "Works")
    await database.run(chats.set_thread, topic, 7)
    card = await database.run(messages.new_card, chat, "report:1", "staff", topic)
    if edited:
        await database.run(messages.set_card_message, card, 55)
    method = "editMessageText" if edited else "sendMessage"
    telegram.will(method, No(400, f"Bad Request: {words}"))
    await start()
    await becomes(database, await put(database, chat, "new", action="card", card=card, topic=topic), "sent")
    assert telegram.of("sendMessage")[-1]["message_thread_id"] == 1000


async def test_where_no_topic_can_be_made_the_card_comes_outside_of_topics(
    telegram: StandIn, database: Database, start: Start
) -> None:
    chat = await group(database, forum=True)
    topic = await database.run(chats.topic, chat, "works", "Works")
    telegram.will("createForumTopic", No(400, "Bad Request: CHAT_ADMIN_REQUIRED"))
    await start()
    await becomes(database, await put(database, chat, "x", topic=topic), "sent")
    assert "message_thread_id" not in telegram.of("sendMessage")[0]


async def test_general_that_is_closed_holds_up_no_topic(telegram: StandIn, database: Database, start: Start) -> None:
    chat = await group(database, forum=True)
    topic = await database.run(chats.topic, chat, "works", "Works")
    refuse: Any = lambda each: None if "message_thread_id" in each else No(400, "Bad Request: TOPIC_CLOSED")  # noqa: E731
    telegram.will("sendMessage", *[refuse] * 3)
    outside = await put(database, chat, "outside")
    inside = await put(database, chat, "inside", topic=topic)
    await start()
    await becomes(database, inside, "sent")
    await becomes(database, outside, "waiting")


# What is to be pinned waits for the right to pin; what is to be deleted has nothing to wait for.
@pytest.mark.parametrize(("action", "state"), [("pin", "waiting"), ("delete", "dropped")])
async def test_what_only_decorates_or_tidies_up_holds_up_nothing(
    telegram: StandIn, database: Database, start: Start, action: str, state: str
) -> None:
    chat = await group(database)
    card = await database.run(messages.new_card, chat, "report:1", "staff")
    await database.run(messages.set_card_message, card, 55)
    message = await database.run(lambda tx: messages.keep(tx, chat, 56, incoming=False, purpose="x"))
    method = {"pin": "pinChatMessage", "delete": "deleteMessage"}[action]
    telegram.will(method, No(400, "Bad Request: not enough rights to do that"))
    which = {"reply_to_card": card} if action == "pin" else {"message": message}
    number = await put(database, chat, "", action=action, **which)
    after = await put(database, chat, "words")
    await start()
    await becomes(database, number, state)
    await becomes(database, after, "sent")
    assert await events_of(database, "group.closed") == []


async def test_a_change_that_is_refused_holds_up_no_message(
    telegram: StandIn, database: Database, start: Start
) -> None:
    """Whether anything may be written there is told by new messages alone: one bad edit closes no group."""
    chat = await group(database)
    card = await database.run(messages.new_card, chat, "report:1", "staff")
    await database.run(messages.set_card_message, card, 55)
    telegram.will("editMessageText", No(400, "Bad Request: CHAT_WRITE_FORBIDDEN"))
    edit = await put(database, chat, "changed", action="card", card=card)
    danger = await put(database, chat, "danger", subject="report:2")
    await start()
    await becomes(database, danger, "sent")
    await becomes(database, edit, "waiting")
    await database.run(lambda tx: staff_chat.try_again(tx, chats.by_id(tx, chat)))
    await database.run(promote)
    await becomes(database, edit, "sent")
