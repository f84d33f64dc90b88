"""What is kept no longer goes, in small pieces; and nothing comes twice because of it."""

import pytest

from bot.background import tidying
from storage.core import chats, conversations, outbox, sends
from storage.core import tidying as how_far
from storage.core.database import Database, Transaction
from storage.core.outbox import Outgoing
from storage.core.tidying import Tidied
from storage.people import people
from tests.support import Clock

DATED = "pledges:7:2026-03-02"
INTRODUCED = "introduction:7:9"
UNDATED = "escalated:7:2:9"


def ask(tx: Transaction, once: str | None) -> int | None:
    chat = chats.meet(tx, 501, "private", None, False)
    return outbox.add(tx, Outgoing(chat=chat.id, action="message", content={"text": "words"}, once=once))


async def send(database: Database, *keys: str | None) -> None:
    """So many messages, sent."""
    for once in keys:
        row = await database.run(ask, once)
        assert row is not None
        await database.run(sends.finish, row, "sent")


async def an_hour(database: Database) -> int:
    """Tidy up as each hour; how many pieces that took."""
    await database.run(tidying.begin)
    pieces = 1
    while await database.run(tidying.tidy):
        pieces += 1
    return pieces


async def left(database: Database) -> list[str | None]:
    return await database.run(lambda tx: [row["once"] for row in tx.query("SELECT once FROM outbox ORDER BY id")])


async def days(database: Database, clock: Clock, number: int) -> None:
    for _ in range(number):
        clock.advance(days=1)
        await an_hour(database)


async def test_keys_go_after_ninety_days_but_for_introductions(database: Database, clock: Clock) -> None:
    await an_hour(database)
    await send(database, DATED, UNDATED, INTRODUCED, None)
    await days(database, clock, 8)
    assert await left(database) == [DATED, UNDATED, INTRODUCED]
    assert (
        await database.run(lambda tx: [row["content"] for row in tx.query("SELECT content FROM outbox")]) == ["{}"] * 3
    )
    await days(database, clock, 81)
    assert await database.run(ask, DATED) is None
    await days(database, clock, 3)
    assert await left(database) == [INTRODUCED], "who has read of a neighbour is not told again so soon"
    assert await database.run(ask, INTRODUCED) is None


async def test_an_introduction_is_known_for_two_years(database: Database, clock: Clock) -> None:
    await send(database, INTRODUCED)
    for passed, stays in ((729, [INTRODUCED]), (10, [])):
        clock.advance(days=passed)
        await database.run(lambda tx: how_far.keep(tx, Tidied(tx.now, ("9", 0))))
        await an_hour(database)
        assert await left(database) == stays


@pytest.mark.parametrize("ahead", [1, 100, 4000])
async def test_a_clock_that_was_wrong_for_a_while_makes_nothing_come_twice(
    database: Database, clock: Clock, ahead: int
) -> None:
    await an_hour(database)
    await send(database, DATED)
    for _ in range(3):
        clock.advance(days=ahead)
        await an_hour(database)
        clock.advance(days=-ahead)
        await an_hour(database)
    assert await database.run(ask, DATED) is None


async def test_a_first_look_with_a_wrong_clock_takes_nothing(database: Database, clock: Clock) -> None:
    await send(database, DATED)
    clock.advance(days=4000)
    await an_hour(database)
    clock.advance(days=-4000)
    assert await database.run(ask, DATED) is None


async def test_it_goes_in_small_pieces(database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying, "CHUNK", 10)
    await an_hour(database)
    await send(database, *(f"digest:{number}:2026-03-02" for number in range(25)), *[None] * 25)

    def talk(tx: Transaction) -> None:
        who = people.meet(tx, 501, "Bo", None, "en")
        chat = chats.meet(tx, 501, "private", None, False)
        for number in range(25):
            one = conversations.begin(tx, chat.id, who.id, "report", "summary", {"words": [number]})
            one.state = "ended"
            conversations.save(tx, one)

    await database.run(talk)
    clock.advance(days=8)
    assert await an_hour(database) >= 8, "25 drafts, 25 words, 25 rows"
    assert len(await left(database)) == 25
    await days(database, clock, 90)
    assert await left(database) == []
    assert await database.run(lambda tx: tx.query("SELECT 1 FROM conversations")) == []
