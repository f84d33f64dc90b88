"""The two durable doors: what comes in is kept as it came, what goes out is kept until it went."""

import json
from datetime import timedelta
from typing import Any

import pytest

from storage.core import chats, inbox, messages, outbox, sends
from storage.core.database import Database, Transaction
from storage.core.outbox import Lane, Outgoing
from tests.support import Clock

TWO_DAYS = timedelta(hours=48)


def bodies(tx: Transaction) -> list[Any]:
    return [json.loads(row["body"]) for row in tx.query("SELECT body FROM inbox ORDER BY id")]


async def test_an_update_is_kept_once_in_order_of_arrival(database: Database) -> None:
    """Update ids restart at random after a quiet week: a smaller one may well be later."""
    updates = [{"update_id": 900, "n": 1}, {"update_id": 5, "n": 2}, {"update_id": 900, "n": 3}]
    assert await database.run(inbox.store, updates) == 2
    assert await database.run(inbox.store, updates) == 0
    assert [row["n"] for row in await database.run(bodies)] == [1, 2]
    assert [json.loads(row["body"])["n"] for row in await database.run(inbox.waiting, 50)] == [1, 2]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b", "a\ufffdb"),
        ("\x00\x00", "\ufffd\ufffd"),
        ("the letters \\u0000", "the letters \\u0000"),
        ("\\\x00", "\\\ufffd"),
        ("half \ud83d", "half ?"),
        ("whole 😀", "whole 😀"),
    ],
)
async def test_hostile_letters_are_kept_out_and_words_kept(database: Database, text: str, kept: str) -> None:
    await database.run(inbox.store, [{"update_id": 1, "text": text}])
    assert (await database.run(bodies))[0]["text"] == kept


@pytest.mark.parametrize(
    "given", [None, 7, "x", [], {}, {"update_id": None}, {"update_id": "7"}, {"update_id": True}, {"update_id": 2**63}]
)
def test_what_is_no_update(given: object) -> None:
    assert not inbox.storable(given)


async def store_done(database: Database, first: int, count: int) -> None:
    def work(tx: Transaction) -> None:
        inbox.store(tx, [{"update_id": number, "words": "secret"} for number in range(first, first + count)])
        for row in inbox.waiting(tx, count):
            inbox.done(tx, row["id"])

    await database.run(work)


async def test_handled_updates_go_after_two_days(database: Database, clock: Clock) -> None:
    await store_done(database, 1, 300)
    clock.advance(hours=47)
    await store_done(database, 1001, 1)
    assert await database.run(inbox.forget_done, TWO_DAYS) == 0
    clock.advance(hours=2)
    assert await database.run(inbox.forget_done, TWO_DAYS) == 201
    kept = await database.run(bodies)
    assert len(kept) == inbox.KEPT_IN_ANY_CASE
    assert [each for each in kept if each] == [{"update_id": 1001, "words": "secret"}], "the others' words are gone"
    # Telegram may hand its last batch over again; it is still known.
    assert await database.run(inbox.store, [{"update_id": 300}]) == 0


async def test_a_clock_that_was_wrong_keeps_nothing_for_ever(database: Database, clock: Clock) -> None:
    clock.advance(days=400)
    await store_done(database, 1, 150)
    clock.advance(days=-400)
    assert await database.run(inbox.forget_done, TWO_DAYS) == 50
    assert not any(await database.run(bodies))


async def test_nothing_unhandled_or_set_aside_is_forgotten(database: Database, clock: Clock) -> None:
    await database.run(inbox.store, [{"update_id": 1}])
    await database.run(inbox.quarantine, 1, "x" * 5000)
    await store_done(database, 1000, 200)
    await database.run(inbox.store, [{"update_id": 2}])
    clock.advance(days=100)
    await database.run(inbox.forget_done, TWO_DAYS)
    kept = await database.run(bodies)
    assert [each["update_id"] for each in kept if each] == [1, 2]


# -- the outbox


@pytest.fixture
async def chat(database: Database) -> int:
    def meet(tx: Transaction) -> int:
        return chats.meet(tx, 501, "private", None, False).id

    return await database.run(meet)


def message(chat: int, text: str = "x", **more: Any) -> Outgoing:
    return Outgoing(chat=chat, action="message", content={"text": text}, **more)


def rows(tx: Transaction) -> list[dict[str, Any]]:
    return [dict(row) for row in tx.query("SELECT * FROM outbox ORDER BY id")]


async def test_edits_of_one_card_become_one(database: Database, chat: int, clock: Clock) -> None:
    def work(tx: Transaction) -> None:
        card = messages.new_card(tx, chat, "report:1", "status")
        soon = clock.now() + timedelta(seconds=1)
        outbox.add(tx, message(chat, "first", card=card, lane=Lane.NOTICE, not_before=soon))
        outbox.add(tx, message(chat, "later part", card=card, not_before=soon + timedelta(seconds=1)))

    await database.run(work)
    (row,) = await database.run(rows)
    assert (json.loads(row["content"])["text"], row["state"], row["lane"]) == ("later part", "waiting", 0)
    clock.advance(seconds=1.5)
    assert await database.run(sends.promote) == 0, "the later part puts it off"
    await database.run(lambda tx: outbox.add(tx, message(chat, "now", card=1)))
    (row,) = await database.run(rows)
    assert (json.loads(row["content"])["text"], row["state"]) == ("now", "pending")


async def test_a_row_on_its_way_gives_way_to_newer_content(database: Database, chat: int) -> None:
    def work(tx: Transaction) -> None:
        card = messages.new_card(tx, chat, "report:1", "status")
        old = outbox.add(tx, message(chat, "old", card=card))
        assert old is not None
        sends.claim(tx, [old])
        outbox.add(tx, message(chat, "new", card=card))
        sends.release(tx, old, "no network", count_try=True)

    await database.run(work)
    old, new = await database.run(rows)
    assert (old["state"], old["finished_at"] is not None, new["state"]) == ("dropped", True, "pending")


async def test_one_occurrence_is_written_once_and_its_words_go(database: Database, chat: int, clock: Clock) -> None:
    def add(tx: Transaction) -> int | None:
        return outbox.add(tx, message(chat, once="pledge:7:2026-12-05T19:00"))

    first = await database.run(add)
    assert first is not None
    assert await database.run(add) is None
    other = await database.run(lambda tx: outbox.add(tx, message(chat)))
    for row_id in (first, other):
        await database.run(sends.finish, row_id, "sent")
    clock.advance(days=8)
    assert await database.run(sends.forget_finished, timedelta(days=7), 9) == 2
    (kept,) = await database.run(rows)
    assert (kept["id"], kept["content"]) == (first, "{}")
    assert await database.run(add) is None


async def test_heads_are_fetched_per_chat(database: Database) -> None:
    """A group with a thousand rows hides nobody."""

    def work(tx: Transaction) -> list[tuple[int, str]]:
        group, person = (
            chats.meet(tx, number, kind, None, False).id for number, kind in [(-9, "group"), (9, "private")]
        )
        for number in range(1000):
            outbox.add(tx, message(group, f"{number}"))
        outbox.add(tx, message(person, "mine"))
        first = sends.head(tx, 0, 0)
        assert first is not None
        second = sends.head(tx, 0, first["chat"])
        assert second is not None and sends.head(tx, 0, second["chat"]) is None
        return [(row["chat"], json.loads(row["content"])["text"]) for row in (first, second)]

    assert [text for _, text in await database.run(work)] == ["0", "mine"]
