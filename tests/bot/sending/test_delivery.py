"""Delivery: every row ends once, in its chat's order, whatever Telegram, the network or the disk do."""

import asyncio
import contextlib
import itertools
import json
import os
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import structlog

import bot.kit.retrying
from bot.kit.alarm import Alarm
from bot.kit.request import Request
from bot.sending.claim import IN_FLIGHT
from bot.sending.cut_to_fit import fit
from bot.sending.delivery import Delivery
from bot.sending.limits import Limiter
from bot.sending.marking import HOLDING_TRIES, UNANSWERED_TRIES
from domain.events import Event, MessageRefused
from handlers.kit import qr
from handlers.kit.update_context import Setup
from services.staff_room import staff_chat
from storage.core import chats, messages, outbox, sends
from storage.core.database import Database, Transaction
from storage.core.outbox import Lane, Outgoing
from storage.people import people
from tests.bot.stand_in import Drop, Held, Late, No, Raw, StandIn
from tests.waiting import until

Start = Callable[..., Awaitable[Delivery]]
_others = itertools.count(9000)


@pytest.fixture
async def start(database: Database, request_: Request, setup: Setup, tmp_path: Path) -> AsyncIterator[Start]:
    """Start a delivery, as often as wanted; `rate` is the overall limit, 0 none, `now` the clock of the limits."""
    running: list[tuple[Delivery, asyncio.Task[None]]] = []

    async def begin(rate: float = 0, now: Callable[[], float] = time.monotonic) -> Delivery:
        limiter = Limiter(rate, now)
        delivery = Delivery(database, request_, limiter, tmp_path, Alarm(database, request_, setup))
        running.append((delivery, asyncio.create_task(delivery.run())))
        return delivery

    yield begin
    for delivery, task in running:
        delivery.stop()
        await task


async def person(database: Database, number: int = 501) -> int:
    def meet(tx: Transaction) -> int:
        who = people.meet(tx, number, f"Person {number}", None, "en")
        people.set_started(tx, who.id)
        return chats.meet(tx, number, "private", None, False).id

    return await database.run(meet)


async def group(database: Database, number: int = -100900, forum: bool = False) -> int:
    return await database.run(lambda tx: chats.meet(tx, number, "supergroup", "Staff", forum).id)


async def put(database: Database, chat: int, text: str, **more: Any) -> int:
    """A message into the outbox."""
    more = {"action": "message", **more}
    content = {"text": text, **more.pop("content", {})}
    row = await database.run(outbox.add, Outgoing(chat=chat, content=content, **more))
    assert row is not None
    return row


async def row(database: Database, number: int) -> dict[str, Any]:
    (found,) = await database.run(lambda tx: tx.query("SELECT * FROM outbox WHERE id = ?", (number,)))
    return dict(found)


async def becomes(database: Database, number: int, state: str, *, with_error: bool = False) -> dict[str, Any]:
    """Wait until a row is in that state, `with_error` also told why; the row."""

    async def look() -> dict[str, Any] | None:
        found = await row(database, number)
        return found if found["state"] == state and (found["error"] or not with_error) else None

    return await until(look, f"row {number} to be {state}")


async def has_gone_round(database: Database) -> int:
    """Wait until delivery has looked at all that waits and sent what may go: somebody else's message has gone out."""
    number = next(_others)
    await becomes(database, await put(database, await person(database, number), "round"), "sent")
    return number


async def events_of(database: Database, kind: str) -> list[dict[str, Any]]:
    found = await database.run(lambda tx: tx.query("SELECT * FROM events WHERE kind = ?", (kind,)))
    return [dict(each) for each in found]


# -- the ordinary way


async def test_pending_sending_sent(telegram: StandIn, database: Database, start: Start) -> None:
    chat = await person(database)
    number = await put(database, chat, "Hello", subject="report:1", purpose="answer")
    assert (await row(database, number))["state"] == "pending"
    telegram.will("sendMessage", held := Held())
    await start()
    await telegram.sees(lambda: telegram.open)
    assert (await row(database, number))["state"] == "sending"
    held.goes.set()
    await becomes(database, number, "sent")
    kept = await database.run(messages.find, chat, 1000)
    assert kept is not None and (kept.subject, kept.purpose, kept.incoming) == ("report:1", "answer", False)
    assert telegram.of("sendMessage")[0]["chat_id"] == 501


async def test_a_chat_has_one_in_flight_and_keeps_its_order(
    telegram: StandIn, database: Database, start: Start
) -> None:
    here, there = await person(database), await person(database, 502)
    for number in range(4):
        await put(database, here, f"here {number}")
        await put(database, there, f"there {number}")
    # The first of one chat is slow, and refused with a pause: nothing of that chat may overtake it.
    telegram.will("sendMessage", lambda each: Late(0.05, No(429, "slow", {"retry_after": 0.1})))
    await start()
    await telegram.sees(lambda: len(telegram.texts) == 9)
    assert telegram.most_open <= 2
    assert [text for text in telegram.texts if text.startswith("here")] == [
        "here 0", "here 0", "here 1", "here 2", "here 3",
    ]  # fmt: skip
    assert [text for text in telegram.texts if text.startswith("there")] == [f"there {number}" for number in range(4)]


async def test_a_group_has_one_in_flight_for_each_thing(telegram: StandIn, database: Database, start: Start) -> None:
    chat = await group(database, forum=True)
    topic = await database.run(chats.topic, chat, "works", "Works")
    for number in range(3):
        for report in range(4):
            await put(database, chat, f"{report}: {number}", subject=f"report:{report}", topic=topic)
    telegram.will("sendMessage", *(held := [Held() for _ in range(4)]))
    await start()
    await telegram.sees(lambda: telegram.open == 4)
    for each in reversed(held):
        each.goes.set()
    await telegram.sees(lambda: len(telegram.texts) == 12)
    assert telegram.most_open == 4
    # Made once, and alone.
    assert [method for method, _ in telegram.calls[:2]] == ["createForumTopic", "sendMessage"]
    assert len(telegram.of("createForumTopic")) == 1
    for report in range(4):
        mine = [text for text in telegram.texts if text.startswith(f"{report}:")]
        assert mine == [f"{report}: {number}" for number in range(3)]


async def test_a_result_not_yet_marked_keeps_its_chat_busy(telegram: StandIn, database: Database, start: Start) -> None:
    """Landed and not committed: the next row would not know the card's message, and send a second card."""
    chat, others = await person(database), [await person(database, 600 + number) for number in range(20)]
    card = await database.run(messages.new_card, chat, "report:1", "status")
    await start()
    for number in range(12):
        before = len(telegram.texts)
        await put(database, chat, f"state {number}", action="card", card=card)
        for other in others:
            await put(database, other, "busy")
        await telegram.sees(lambda: len(telegram.texts) > before)  # noqa: B023 - looked at before the next one
    await telegram.sees(lambda: "state 11" in telegram.texts)
    assert len([each for each in telegram.of("sendMessage") if each["chat_id"] == 501]) == 1


async def test_at_most_64_at_once(telegram: StandIn, database: Database, start: Start) -> None:
    goes = asyncio.Event()
    for number in range(IN_FLIGHT + 30):
        telegram.will("sendMessage", Held(goes))
        await put(database, await person(database, 1000 + number), "x")
    await start()
    await telegram.sees(lambda: telegram.open == IN_FLIGHT)
    goes.set()
    await telegram.sees(lambda: len(telegram.texts) == IN_FLIGHT + 30)
    assert telegram.most_open == IN_FLIGHT


async def test_a_throttled_group_hides_nobody(telegram: StandIn, database: Database, start: Start) -> None:
    crowd, alone = await group(database), await person(database)

    def fill(tx: Transaction) -> None:
        for number in range(1000):
            outbox.add(tx, Outgoing(chat=crowd, action="message", content={"text": f"{number}"}))

    await database.run(fill)
    await put(database, alone, "mine")
    await start(rate=30)
    await telegram.sees(lambda: "mine" in telegram.texts[:3])
    await telegram.sees(lambda: len(telegram.texts) == 19)
    await has_gone_round(database)
    assert len(telegram.texts) == 20, "20 a minute for a group, two of them kept for danger; and what went to others"


async def test_lanes(telegram: StandIn, database: Database, start: Start) -> None:
    """Danger goes before what somebody waits for, that before notices, notices before broadcasts."""
    chat = await person(database)
    for lane in reversed(Lane):
        await put(database, chat, lane.name, lane=lane)
    await start()
    await telegram.sees(lambda: len(telegram.texts) == 4)
    assert telegram.texts == ["URGENT", "INTERACTIVE", "NOTICE", "BROADCAST"]


async def test_a_restart_does_not_forget_what_went_out(telegram: StandIn, database: Database, start: Start) -> None:
    chat = await group(database)
    for number in range(20):
        await database.run(sends.finish, await put(database, chat, f"{number}"), "sent")
    await put(database, chat, "one more")
    await start(rate=30)
    await has_gone_round(database)
    assert telegram.texts == ["round"]


# -- refusals


async def test_429_is_obeyed_exactly_and_only_there(telegram: StandIn, database: Database, start: Start) -> None:
    slow, other = await person(database), await person(database, 502)
    telegram.will("sendMessage", No(429, "Too Many Requests: retry after 60", {"retry_after": 60}))
    await put(database, slow, "slow")
    now = 1000.0
    await start(now=lambda: now)
    await telegram.sees(lambda: telegram.texts == ["slow"])
    await becomes(database, await put(database, other, "other"), "sent")
    assert telegram.texts == ["slow", "other"]
    now += 59.9
    await has_gone_round(database)
    assert telegram.texts.count("slow") == 1
    now += 0.1
    await has_gone_round(database)
    await telegram.sees(lambda: telegram.texts.count("slow") == 2)


async def test_5xx_backs_off(telegram: StandIn, database: Database, start: Start) -> None:
    telegram.will("sendMessage", No(500, "Internal Server Error"), Raw(502, "<html>bad gateway</html>"))
    number = await put(database, await person(database), "x")
    await start()
    found = await becomes(database, number, "sent")
    assert (found["tries"], len(telegram.texts)) == (2, 3)


async def test_a_429_is_obeyed_over_a_restart(telegram: StandIn, database: Database, start: Start) -> None:
    chat = await person(database)
    telegram.will("sendMessage", No(429, "Too Many Requests: retry after 60", {"retry_after": 60}))
    number = await put(database, chat, "slow")
    first = await start()
    await telegram.sees(lambda: telegram.texts == ["slow"])
    await becomes(database, number, "pending")
    first.stop()
    await start()
    other = await put(database, await person(database, 502), "other")
    await becomes(database, other, "sent")
    assert telegram.texts == ["slow", "other"]


async def test_what_goes_on_failing_lets_the_others_of_its_chat_pass(
    telegram: StandIn, database: Database, start: Start
) -> None:
    chat = await person(database)
    telegram.will("sendMessage", *[lambda each: No(500, "Internal") if each["text"] == "bad" else None] * 2)
    bad = await put(database, chat, "bad")
    await database.run(lambda tx: tx.execute("UPDATE outbox SET tries = ?", (HOLDING_TRIES,)))
    later = await put(database, chat, "later")
    await start()
    await becomes(database, later, "sent")
    assert (await row(database, bad))["state"] == "waiting"
    await database.run(lambda tx: tx.execute("UPDATE outbox SET not_before = created_at WHERE state = 'waiting'"))
    await database.run(sends.promote)
    await becomes(database, bad, "sent")
    assert telegram.texts == ["bad", "later", "bad"]


async def test_what_is_never_answered_is_not_sent_for_ever(telegram: StandIn, database: Database, start: Start) -> None:
    """Found on its way after each start: that it was tried is remembered, and there is an end to it."""
    number = await put(database, await person(database), "x")
    for tried in range(1, UNANSWERED_TRIES):
        await database.run(sends.claim, [number])
        delivery = await start()
        found = await becomes(database, number, "waiting" if tried > HOLDING_TRIES else "pending")
        delivery.stop()
        assert found["unanswered"] == tried and found["not_before"] > found["created_at"]
    await database.run(sends.claim, [number])
    await start()
    assert "never answered" in (await becomes(database, number, "failed"))["error"]
    assert len(await events_of(database, "message.refused")) == 1


async def test_a_permanent_refusal_fails_alone_and_is_reported_once(
    telegram: StandIn, database: Database, start: Start
) -> None:
    admin = await person(database, 777)

    def publisher(tx: Transaction, event: Event) -> None:
        if isinstance(event, MessageRefused):
            report = Outgoing(chat=admin, action="message", content={"text": "report"}, purpose="report")
            outbox.add(tx, report)

    database.publisher = publisher
    chat = await person(database)
    words = "Bad Request: can't parse entities: unsupported start tag"
    telegram.will("sendMessage", *[lambda each: No(400, words) if each["text"] == "broken" else None] * 5)
    number = await put(database, chat, "broken")
    after = await put(database, chat, "after")
    await start()
    assert (await becomes(database, number, "failed"))["error"] == words
    await becomes(database, after, "sent")
    await telegram.sees(lambda: len(telegram.texts) == 3)
    await has_gone_round(database)
    assert sorted(telegram.texts) == ["after", "broken", "report", "round"]
    assert len(await events_of(database, "message.refused")) == 1


async def test_a_refused_report_is_not_reported(telegram: StandIn, database: Database, start: Start) -> None:
    telegram.will("sendMessage", No(400, "Bad Request: no"))
    number = await put(database, await person(database), "report", purpose="report")
    await start()
    await becomes(database, number, "failed")
    assert await events_of(database, "message.refused") == []


async def test_a_photo_that_telegram_does_not_know_fails_alone(
    telegram: StandIn, database: Database, start: Start
) -> None:
    chat = await person(database)
    telegram.will("sendPhoto", No(400, "Bad Request: wrong file identifier/HTTP URL specified"))
    photo = await put(database, chat, "", action="photo", content={"file_id": "old"})
    voice = await put(database, chat, "", action="voice", content={"file_id": "good"})
    await start()
    await becomes(database, photo, "failed")
    await becomes(database, voice, "sent")


async def test_blocked_until_they_speak_again(telegram: StandIn, database: Database, start: Start) -> None:
    chat = await person(database)
    telegram.will("sendMessage", No(403, "Forbidden: bot was blocked by the user"))
    rows = [await put(database, chat, f"{number}") for number in range(3)]
    await start()
    for number in rows:
        assert (await becomes(database, number, "dropped"))["error"] == "Forbidden: bot was blocked by the user"
    later = await put(database, chat, "later")
    await becomes(database, later, "dropped")
    assert telegram.texts == ["0"]
    assert len(await events_of(database, "person.unreachable")) == 1
    await database.run(lambda tx: staff_chat.back(tx, chats.by_id(tx, chat)))
    await becomes(database, await put(database, chat, "welcome back"), "sent")


@pytest.mark.parametrize("code", [401, 404])
async def test_a_revoked_token_is_no_fault_of_the_messages(
    telegram: StandIn, database: Database, start: Start, code: int
) -> None:
    telegram.will("sendMessage", No(code, "Unauthorized"))
    number = await put(database, await person(database), "x")
    await start()
    assert (await becomes(database, number, "sent"))["tries"] == 0


async def test_a_group_that_moved(telegram: StandIn, database: Database, start: Start) -> None:
    chat = await group(database, -900)
    telegram.will("sendMessage", No(400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -100900}))
    number = await put(database, chat, "x")
    await start()
    await becomes(database, number, "sent")
    assert [each["chat_id"] for each in telegram.of("sendMessage")] == [-900, -100900]
    assert (await database.run(chats.by_id, chat)).telegram_id == -100900


# -- cards and topics


async def test_a_card_is_sent_once_then_edited(telegram: StandIn, database: Database, start: Start) -> None:
    chat = await person(database)
    card = await database.run(messages.new_card, chat, "report:1", "status")
    await start()
    await becomes(database, await put(database, chat, "one", action="card", card=card), "sent")
    telegram.will("editMessageText", No(400, "Bad Request: message is not modified: specified new message content"))
    await becomes(database, await put(database, chat, "two", action="card", card=card), "sent")
    assert [name for name, _ in telegram.calls] == ["sendMessage", "editMessageText"]
    assert telegram.of("editMessageText")[0]["message_id"] == 1000


@pytest.mark.parametrize("words", ["message to edit not found", "message can't be edited"])
async def test_a_card_that_is_gone_is_sent_anew(
    telegram: StandIn, database: Database, start: Start, words: str
) -> None:
    chat = await person(database)
    card = await database.run(messages.new_card, chat, "report:1", "status")
    await database.run(messages.set_card_message, card, 55)
    telegram.will("editMessageText", No(400, f"Bad Request: {words}"))
    await start()
    await becomes(database, await put(database, chat, "new", action="card", card=card), "sent")
    assert await database.run(lambda tx: tx.query("SELECT message_id FROM cards")[0]["message_id"]) == 1000


async def test_newer_content_replaces_what_is_on_its_way_and_fails(
    telegram: StandIn, database: Database, start: Start
) -> None:
    chat = await person(database)
    card = await database.run(messages.new_card, chat, "report:1", "status")
    telegram.will("sendMessage", Late(0.1, No(500, "Internal Server Error")))
    old = await put(database, chat, "old", action="card", card=card)
    await start()
    await telegram.sees(lambda: telegram.texts == ["old"])
    new = await put(database, chat, "new", action="card", card=card)
    assert new != old
    await becomes(database, new, "sent")
    assert (await row(database, old))["state"] == "dropped"
    assert telegram.texts == ["old", "new"]


async def test_topics_are_made_when_first_used_and_made_again(
    telegram: StandIn, database: Database, start: Start
) -> None:
    chat = await group(database, forum=True)
    topic = await database.run(chats.topic, chat, "repairs", "Repairs")
    await start()
    await becomes(database, await put(database, chat, "one", topic=topic), "sent")
    telegram.will("sendMessage", None, No(400, "Bad Request: message thread not found"))
    for text in ("two", "three"):
        await becomes(database, await put(database, chat, text, topic=topic), "sent")
    assert [name for name, _ in telegram.calls] == [
        "createForumTopic", "sendMessage", "sendMessage", "sendMessage", "createForumTopic", "sendMessage",
    ]  # fmt: skip
    threads = [each["message_thread_id"] for each in telegram.of("sendMessage")]
    assert threads == [1000, 1000, 1000, 1003]


async def test_a_topic_whose_making_was_not_answered_loses_no_message(
    telegram: StandIn, database: Database, start: Start
) -> None:
    """Even a kind that may be dropped when uncertain: the message itself was certainly not sent."""
    chat = await group(database, forum=True)
    topic = await database.run(chats.topic, chat, "repairs", "Repairs")
    telegram.will("createForumTopic", Drop())
    await start()
    await becomes(database, await put(database, chat, "x", topic=topic, when_uncertain="drop"), "sent")


async def test_a_topic_is_noted_before_anything_is_sent_into_it(
    telegram: StandIn, database: Database, start: Start
) -> None:
    """Dying while the message is on its way makes no second topic beside the second message."""
    chat = await group(database, forum=True)
    topic = await database.run(chats.topic, chat, "repairs", "Repairs")
    telegram.will("sendMessage", Late(0.3))
    await start()
    number = await put(database, chat, "x", topic=topic)
    await telegram.sees(lambda: telegram.texts == ["x"])
    assert (await row(database, number))["state"] == "sending"
    noted = await database.run(lambda tx: tx.one("SELECT thread_id FROM topics WHERE id = ?", (topic,)))
    assert noted is not None and noted["thread_id"] == 1000
    await becomes(database, number, "sent")
    assert telegram.of("sendMessage")[0]["message_thread_id"] == 1000 and telegram.texts == ["x"]


async def test_a_topic_that_never_stays_is_given_up(telegram: StandIn, database: Database, start: Start) -> None:
    chat = await group(database, forum=True)
    topic = await database.run(chats.topic, chat, "repairs", "Repairs")
    telegram.will("sendMessage", *[No(400, "Bad Request: message thread not found")] * 50)
    await start()
    await becomes(database, await put(database, chat, "x", topic=topic), "failed")
    assert len(telegram.of("createForumTopic")) <= 6


async def test_a_private_chats_topic_that_is_gone_loses_no_message(
    telegram: StandIn, database: Database, start: Start
) -> None:
    chat = await person(database)

    def write(tx: Transaction) -> int:
        tx.thread = (chat, 7)
        number = outbox.add(tx, Outgoing(chat=chat, action="message", content={"text": "x"}))
        assert number is not None
        return number

    number = await database.run(write)
    telegram.will("sendMessage", No(400, "Bad Request: message thread not found"))
    await start()
    await becomes(database, number, "sent")
    assert [each.get("message_thread_id") for each in telegram.of("sendMessage")] == [7, None]


# -- uncertain


@pytest.mark.parametrize(("answer", "state", "sends"), [("again", "sent", 2), ("drop", "dropped", 1)])
async def test_sent_and_not_answered(
    telegram: StandIn, database: Database, start: Start, answer: str, state: str, sends: int
) -> None:
    telegram.will("sendMessage", Drop())
    number = await put(database, await person(database), "x", when_uncertain=answer)
    await start()
    await becomes(database, number, state)
    assert len(telegram.texts) == sends


async def test_an_edit_is_repeated_freely(telegram: StandIn, database: Database, start: Start) -> None:
    chat = await person(database)
    card = await database.run(messages.new_card, chat, "report:1", "status")
    await database.run(messages.set_card_message, card, 55)
    telegram.will("editMessageText", Drop())
    number = await put(database, chat, "x", action="card", card=card, when_uncertain="drop")
    await start()
    await becomes(database, number, "sent")


@pytest.mark.parametrize(
    ("answer", "on_screen", "state"),
    [("again", False, "sent"), ("drop", False, "dropped"), ("drop", True, "sent"), ("again", True, "sent")],
)
async def test_found_on_its_way_after_a_crash(
    telegram: StandIn, database: Database, start: Start, answer: str, on_screen: bool, state: str
) -> None:
    """A new message may have arrived; the edit of a card may be repeated whatever its kind."""
    chat = await person(database)
    card = await database.run(messages.new_card, chat, "report:1", "status")
    if on_screen:
        await database.run(messages.set_card_message, card, 55)
    number = await put(database, chat, "x", action="card", card=card, when_uncertain=answer)
    await database.run(sends.claim, [number])
    await start()
    await becomes(database, number, state)
    assert len(telegram.texts) == (state == "sent")


async def test_what_may_have_to_be_taken_out_again_is_in_no_unknown_message(
    telegram: StandIn, database: Database, start: Start
) -> None:
    """A copy that came without our knowing it stays for good: it says nothing that has to leave the chat again."""
    chat = await person(database)
    card = await database.run(messages.new_card, chat, "repair:1", "offer")
    telegram.will("sendMessage", Drop())
    content = {"until_known": "Yours", "markup": {"inline_keyboard": [[{"text": "Done", "callback_data": "x"}]]}}
    number = await put(database, chat, "Flat 502", action="card", card=card, content=content)
    await start()
    await becomes(database, number, "sent")
    sent, edits = telegram.of("sendMessage"), telegram.of("editMessageText")
    assert [each["text"] for each in sent] == ["Yours", "Yours"] and "reply_markup" not in sent[1]
    (edit,) = edits
    known = await database.run(lambda tx: tx.query("SELECT message_id FROM cards")[0]["message_id"])
    assert (edit["text"], edit["message_id"]) == ("Flat 502", known) and edit["reply_markup"]


async def test_what_leaves_before_it_was_written_is_never_written(
    telegram: StandIn, database: Database, start: Start
) -> None:
    chat = await person(database)
    card = await database.run(messages.new_card, chat, "repair:1", "offer")
    telegram.will("sendMessage", held := Held())
    first = await put(database, chat, "Flat 502", action="card", card=card, content={"until_known": "Yours"})
    await start()
    await telegram.sees(lambda: telegram.open)
    last = await put(database, chat, "Not yours any more", action="card", card=card)
    held.goes.set()
    await becomes(database, last, "sent")
    assert (await row(database, first))["state"] == "dropped"
    assert telegram.texts == ["Yours", "Not yours any more"]


# -- the network, the disk, the end


async def test_without_a_network_everything_waits_and_goes_on_at_once(
    telegram: StandIn, database: Database, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    pause_all = Limiter.pause_all
    monkeypatch.setattr(Limiter, "pause_all", lambda limiter, _seconds: pause_all(limiter, 3600.0))
    await telegram.stop()
    rows = [await put(database, await person(database, 600 + number), "x") for number in range(30)]
    delivery = await start()
    await until(lambda: delivery.without_network, "it to find that there is no network")
    for number in rows:
        assert (await becomes(database, number, "pending"))["tries"] == 0
    await telegram.start()
    delivery.network_is_back()
    for number in rows:  # though it would else have waited for an hour
        await becomes(database, number, "sent")


async def test_an_answer_nobody_foresaw_stops_nothing(telegram: StandIn, database: Database, start: Start) -> None:
    chat, team = await person(database), await group(database, forum=True)
    topic = await database.run(chats.topic, team, "repairs", "Repairs")
    telegram.will("sendMessage", {"message_id": {"odd": 1}, "chat": {"id": 501}})
    telegram.will("createForumTopic", ["odd"])
    odd = await put(database, chat, "odd")
    after = await put(database, chat, "after")
    other = await put(database, team, "other", topic=topic)
    await start()
    assert "cannot be marked" in (await becomes(database, odd, "sent"))["error"]
    await becomes(database, after, "sent")
    await becomes(database, other, "failed")


async def test_a_row_that_cannot_be_read_stops_nothing(telegram: StandIn, database: Database, start: Start) -> None:
    chat = await person(database)
    broken = await put(database, chat, "x")
    await database.run(lambda tx: tx.execute("UPDATE outbox SET content = 'no json'"))
    after = await put(database, chat, "after")
    await start()
    await becomes(database, broken, "dropped")
    await becomes(database, after, "sent")


async def test_files(telegram: StandIn, database: Database, start: Start, tmp_path: Path) -> None:
    chat = await person(database)
    (tmp_path / "media").mkdir()
    path = tmp_path / "media" / "code.png"
    path.write_bytes(b"\x89PNG")
    content = {"path": "media/code.png", "once": True, "text": "caption"}
    telegram.will("sendPhoto", No(500, "later"), None)
    number = await put(database, chat, "", action="photo", content=content)
    await start()
    await telegram.sees(lambda: telegram.of("sendPhoto"))
    assert path.exists(), "it is sent again"
    await becomes(database, number, "sent")
    assert telegram.of("sendPhoto")[1]["photo"] == b"\x89PNG"
    await telegram.sees(lambda: not path.exists())
    gone = await put(database, chat, "", action="photo", content=content)
    await becomes(database, gone, "failed")


async def test_a_qr_code_is_drawn_when_it_is_sent(
    telegram: StandIn, database: Database, start: Start, tmp_path: Path
) -> None:
    link = "https://t.me/stand_in_bot?start=i-abc"
    telegram.will("sendPhoto", No(500, "later"), None)
    number = await put(database, await person(database), "scan", action="photo", content=qr.content(link, "scan"))
    await start()
    await becomes(database, number, "sent")
    first, second = telegram.of("sendPhoto")
    assert first["photo"] == second["photo"] and first["photo"].startswith(b"\x89PNG") and first["caption"] == "scan"
    assert not [each for each in await asyncio.to_thread(os.listdir, tmp_path) if each.endswith(".png")]


async def test_a_name_of_old_fails_once_and_admins_are_told(
    telegram: StandIn, database: Database, start: Start
) -> None:
    chat = await person(database)
    rows = [
        await put(database, chat, "x", action="action_of_old"),
        await put(database, chat, "x", action="worded", content={"by": "author_of_old"}),
        await put(database, chat, "x", action="worded"),
    ]
    report = await put(database, chat, "x", action="action_of_old", purpose="report")
    after = await put(database, chat, "after")
    await start()
    for number in (*rows, report):
        assert "unknown" in (await becomes(database, number, "failed"))["error"]
    await becomes(database, after, "sent")
    assert telegram.texts == ["after"]
    told = [json.loads(each["data"]) for each in await events_of(database, "work.given_up")]
    assert [each["of"] for each in told] == ["unknown_name"] * len(rows), "once each"


async def test_stopping_marks_what_lands_and_leaves_the_rest_uncertain(
    telegram: StandIn, database: Database, request_: Request, setup: Setup, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("bot.sending.delivery.LANDING_SECONDS", 0.5)
    soon, never = await person(database), await person(database, 502)
    telegram.will("sendMessage", lands := Held(), Held())
    rows = [await put(database, soon, "soon"), await put(database, never, "never"), await put(database, soon, "next")]
    delivery = Delivery(database, request_, Limiter(0, time.monotonic), tmp_path, Alarm(database, request_, setup))
    running = asyncio.create_task(delivery.run())
    await telegram.sees(lambda: len(telegram.texts) == 2)
    delivery.stop()
    lands.goes.set()
    await running
    assert [(await row(database, number))["state"] for number in rows] == ["sent", "sending", "pending"]


async def test_a_full_disk_sends_nothing_twice(telegram: StandIn, database: Database, start: Start) -> None:
    chat = await person(database)
    number = await put(database, chat, "x", subject="report:1")
    telegram.will("sendMessage", held := Held())
    await start()
    await telegram.sees(lambda: telegram.texts == ["x"])
    await database.run_in_database_thread(lambda: database.connection.execute("PRAGMA busy_timeout=10"))
    with contextlib.closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # for everybody else the file is locked: trouble, as a full disk is
        with structlog.testing.capture_logs() as logs:
            held.goes.set()
            await until(lambda: [line for line in logs if line["event"] == "delivery_storage_trouble"], "trouble")
        other.execute("ROLLBACK")
    assert (await becomes(database, number, "sent"))["tries"] == 0
    assert telegram.texts == ["x"]


# -- texts that are too long


def test_what_fits_is_left_alone() -> None:
    for text in ("", "x" * 4096, "<b>" + "y" * 4096 + "</b>", "&lt;" * 4096):
        assert fit(text, 4096) == text


@pytest.mark.parametrize("letter", ["x", "&amp;", "福", "😀"])
def test_what_does_not_is_cut_with_its_tags_closed(letter: str) -> None:
    cut = fit(f'<b>A <blockquote>{letter * 5000}</blockquote></b><a href="x">link</a>', 4096)
    assert cut.endswith("…</blockquote></b>") and "<a" not in cut
    seen = cut.replace("<b>", "").replace("<blockquote>", "").replace("</blockquote>", "").replace("</b>", "")
    seen = seen.replace("&amp;", "x")
    assert 4090 <= len(seen.encode("utf-16-le")) // 2 <= 4096
    assert "&" not in seen


async def test_a_long_text_is_cut_rather_than_refused(telegram: StandIn, database: Database, start: Start) -> None:
    chat = await person(database)
    await becomes(database, await put(database, chat, "x" * 5000), "pending")
    await start()
    await telegram.sees(lambda: telegram.texts)
    assert len(telegram.texts[0]) == 4096
    assert json.loads((await row(database, 1))["content"])["text"] == "x" * 5000


# -- reactions, and what is taken back


async def test_a_reaction_the_group_does_not_allow_troubles_nobody(
    telegram: StandIn, database: Database, start: Start
) -> None:
    chat = await group(database)
    kept = await database.run(lambda tx: messages.keep(tx, chat, 7, incoming=True, purpose="staff"))
    number = await put(database, chat, "", action="react", message=kept, content={"emoji": "✍"})
    telegram.will("setMessageReaction", No(400, "Bad Request: REACTION_INVALID"))
    await start()
    await becomes(database, number, "dropped")
    assert telegram.of("setMessageReaction")[0]["message_id"] == 7
    assert await events_of(database, "message.refused") == []


async def a_copy(database: Database, chat: int, message_id: int | None) -> int:
    def make(tx: Transaction) -> int:
        card = messages.new_card(tx, chat, "report:1", "answer:1")
        messages.set_card_message(tx, card, message_id)
        return card

    return await database.run(make)


@pytest.mark.parametrize(
    ("kind", "method", "field"), [("text", "editMessageText", "text"), ("photo", "editMessageCaption", "caption")]
)
async def test_what_cannot_be_deleted_says_that_it_was_taken_back(
    telegram: StandIn, database: Database, start: Start, kind: str, method: str, field: str
) -> None:
    chat = await person(database)
    card = await a_copy(database, chat, 9)
    telegram.will("deleteMessage", No(400, "Bad Request: message can't be deleted for everyone"))
    number = await put(database, chat, "Taken back.", action="take_back", card=card, content={"kind": kind})
    await start()
    await becomes(database, number, "sent")
    assert [each[field] for each in telegram.of(method)] == ["Taken back."]


async def test_taking_back_what_waits_makes_nothing_of_it(telegram: StandIn, database: Database, start: Start) -> None:
    chat = await person(database)
    card = await a_copy(database, chat, None)
    first = await put(database, chat, "Too early", card=card)
    assert await put(database, chat, "Taken back.", action="take_back", card=card, content={"kind": "text"}) == first
    await start()
    await becomes(database, first, "dropped")
    assert telegram.of("sendMessage") == [] and telegram.of("deleteMessage") == []


# -- albums


def part(number: int, kind: str = "photo") -> dict[str, str]:
    return {"type": kind, "file_id": f"F{number}"}


async def album(database: Database, chat: int, *media: dict[str, str], **more: Any) -> int:
    out = Outgoing(chat=chat, action="album", content={"media": list(media), "silent": True}, **more)
    number = await database.run(outbox.add, out)
    assert number is not None
    return number


async def test_an_album_goes_out_whole_and_each_part_is_known(
    telegram: StandIn, database: Database, start: Start
) -> None:
    chat = await group(database)
    number = await album(database, chat, part(1), part(2, "video"), subject="report:1", purpose="talk")
    await start()
    await becomes(database, number, "sent")
    (call,) = telegram.of("sendMediaGroup")
    assert call["media"] == [{"type": "photo", "media": "F1"}, {"type": "video", "media": "F2"}]
    for message_id in (1000, 1001):
        kept = await database.run(messages.find, chat, message_id)
        assert kept is not None and (kept.subject, kept.purpose) == ("report:1", "talk")


async def test_parts_that_come_later_join_what_waits_and_a_full_one_is_followed_by_another(
    telegram: StandIn, database: Database, start: Start
) -> None:
    chat = await person(database)
    rows = [await album(database, chat, part(number), album="A") for number in range(11)]
    assert len(set(rows)) == 2
    other = await album(database, chat, part(99), album="B")
    await start()
    await becomes(database, other, "sent")
    (call,) = telegram.of("sendMediaGroup")
    assert [each["media"] for each in call["media"]] == [f"F{number}" for number in range(10)]
    assert [call["photo"] for call in telegram.of("sendPhoto")] == ["F10", "F99"], "alone it is no album"
    # What has gone out takes nothing more.
    late = await album(database, chat, part(12), album="A")
    await becomes(database, late, "sent")
    assert telegram.of("sendPhoto")[-1]["photo"] == "F12"


async def test_one_bad_file_does_not_cost_the_others(telegram: StandIn, database: Database, start: Start) -> None:
    chat = await person(database)
    telegram.will("sendMediaGroup", No(400, "Bad Request: wrong file identifier/HTTP URL specified"))
    telegram.will("sendPhoto", No(400, "Bad Request: wrong file identifier/HTTP URL specified"))
    number = await album(database, chat, part(1), part(2), part(3), subject="report:1")
    await start()
    await becomes(database, number, "dropped")
    await telegram.sees(lambda: len(telegram.of("sendPhoto")) == 3)
    assert [call["photo"] for call in telegram.of("sendPhoto")] == ["F1", "F2", "F3"]
    assert len(await events_of(database, "message.refused")) == 1


async def test_an_album_counts_for_the_limits_also_after_a_restart(
    telegram: StandIn, database: Database, start: Start
) -> None:
    chat = await group(database)
    await becomes(database, await _album_of_ten(database, chat, start), "sent")
    await start(30)
    await album(database, chat, *(part(number) for number in range(9)))
    await has_gone_round(database)
    assert len(telegram.of("sendMediaGroup")) == 1, "ten and nine are more than a group may get in a minute"


async def _album_of_ten(database: Database, chat: int, start: Start) -> int:
    number = await album(database, chat, *(part(number) for number in range(10)))
    delivery = await start()
    await becomes(database, number, "sent")
    delivery.stop()
    return number


# -- what nobody foresaw


async def test_a_round_that_fails_is_tried_again_and_only_many_in_a_row_end_it(
    telegram: StandIn, database: Database, request_: Request, setup: Setup, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(bot.kit.retrying, "FIRST_DELAY", 0.01)
    failures = [LookupError("nobody foresaw")] * (bot.kit.retrying.FAULTS - 1)
    lanes = sends.lanes

    def fails_at_first(tx: Transaction) -> Any:
        if failures:
            raise failures.pop()
        return lanes(tx)

    monkeypatch.setattr(sends, "lanes", fails_at_first)
    delivery = Delivery(database, request_, Limiter(0, time.monotonic), tmp_path, Alarm(database, request_, setup))
    with structlog.testing.capture_logs() as logs:
        task = asyncio.create_task(delivery.run())
        await becomes(database, await put(database, await person(database), "after all"), "sent")
        assert [line["faults"] for line in logs if line["event"] == "delivery_fault"] == [1, 2, 3, 4]
        failures += [LookupError("for ever")] * bot.kit.retrying.FAULTS
        await put(database, 1, "again")
        with pytest.raises(LookupError):
            await asyncio.wait_for(task, 5)
