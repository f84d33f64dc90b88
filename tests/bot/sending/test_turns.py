"""Those who write to a chat take turns, and what one causes in a group leaves room for the others."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.kit.alarm import Alarm
from bot.kit.request import Request
from bot.sending.delivery import LOOK_DOWN, Delivery
from bot.sending.limits import GROUP_MESSAGES, GROUP_RESERVE, GROUP_WINDOW, SHARE, Limiter
from handlers.kit.update_context import Setup
from storage.core import messages, outbox, sends
from storage.core.database import Database, Transaction
from storage.core.outbox import Lane, Outgoing
from storage.people import people
from tests.bot.sending.test_delivery import group, person
from tests.bot.stand_in import StandIn
from tests.support import Seconds
from tests.walk.plans import Plans

ROOM = GROUP_MESSAGES - GROUP_RESERVE


def say(tx: Transaction, who: int | None, chat: int, text: str, about: str | None = None, **more: object) -> int:
    """A message that somebody causes."""
    tx.answering = who
    row = outbox.add(tx, Outgoing(chat=chat, action="message", content={"text": text}, subject=about, **more))  # type: ignore[arg-type]
    assert row is not None
    return row


async def waiting(database: Database, chat: int, lane: Lane = Lane.INTERACTIVE, count: int = 1000) -> list[str]:
    """What is to be sent to a chat, in order."""
    rows = await database.run(sends.heads_of, int(lane), chat, count)
    return [row["content"][10:-2] for row in rows]


async def three(database: Database) -> tuple[int, int, int]:
    """Three people."""
    met = [await database.run(lambda tx, n: people.meet(tx, n, f"P{n}", None, "en").id, 600 + n) for n in range(3)]
    return met[0], met[1], met[2]


# -- the order


async def test_a_hundred_of_one_person_are_before_nobody(database: Database) -> None:
    chat, (ann, bo, cem) = await group(database), await three(database)

    def write(tx: Transaction) -> None:
        for number in range(100):
            say(tx, ann, chat, f"ann {number}", f"report:{number}")
        for number in range(2):
            say(tx, bo, chat, f"bo {number}", "report:200")
        say(tx, cem, chat, "cem", "report:300")
        say(tx, None, chat, "the bot", "queue:1")

    await database.run(write)
    order = await waiting(database, chat)
    assert order[:6] == ["ann 0", "bo 0", "cem", "the bot", "ann 1", "bo 1"]
    assert [each for each in order if each.startswith("ann")] == [f"ann {number}" for number in range(100)]


async def test_who_comes_in_the_middle_is_next(database: Database) -> None:
    chat, (ann, bo, _) = await group(database), await three(database)

    def write(tx: Transaction) -> None:
        rows = [say(tx, ann, chat, f"ann {number}", f"report:{number}") for number in range(100)]
        sends.claim(tx, rows[:60])
        for row in rows[:60]:
            sends.finish(tx, row, "sent")
        say(tx, bo, chat, "bo", "report:200")

    await database.run(write)
    assert (await waiting(database, chat))[:3] == ["ann 60", "bo", "ann 61"]


async def test_what_is_about_one_thing_keeps_its_order_but_a_card_on_the_screen_may_be_changed(
    database: Database,
) -> None:
    chat, (ann, bo, _) = await group(database), await three(database)

    def write(tx: Transaction) -> None:
        shown, new = messages.new_card(tx, chat, "report:1", "staff"), messages.new_card(tx, chat, "report:1", "other")
        messages.set_card_message(tx, shown, 7)
        for number in range(5):
            say(tx, ann, chat, f"ann {number}", "report:1")
        say(tx, bo, chat, "bo", "report:1")
        say(tx, bo, chat, "new card", "report:1", card=new)
        say(tx, bo, chat, "shown card", "report:1", card=shown)

    await database.run(write)
    order = await waiting(database, chat)
    assert [each for each in order if each != "shown card"] == [*(f"ann {n}" for n in range(5)), "bo", "new card"]
    assert order.index("shown card") < 4


async def test_a_card_somebody_else_waits_for_takes_their_turn(database: Database) -> None:
    chat, (ann, bo, _) = await group(database), await three(database)

    def write(tx: Transaction) -> None:
        for number in range(50):
            say(tx, ann, chat, f"ann {number}", f"report:{number}")
        card = messages.new_card(tx, chat, "report:60", "staff")
        say(tx, ann, chat, "card", "report:60", card=card)
        say(tx, bo, chat, "bo's card", "report:60", card=card)

    await database.run(write)
    assert (await waiting(database, chat))[:2] == ["ann 0", "bo's card"]


async def test_in_a_private_chat_each_persons_order_holds(database: Database) -> None:
    """A volunteer to whom two residents write: one's hundred delay the other's one; nobody's are turned round."""
    chat = await person(database, 501)
    ann, bo, _ = await three(database)
    own = await database.run(lambda tx: people.by_telegram_id(tx, 501))
    assert own is not None

    def write(tx: Transaction) -> None:
        for number in range(50):
            say(tx, ann, chat, f"ann {number}", f"repair:{number % 3}")
        say(tx, bo, chat, "bo 0", "repair:7")
        say(tx, own.id, chat, "an answer")
        say(tx, bo, chat, "bo 1", "repair:8")

    await database.run(write)
    order = await waiting(database, chat)
    assert order[:2] == ["ann 0", "bo 0"] and order.index("an answer") <= 2
    for who in ("ann", "bo"):
        theirs = [int(each.split()[1]) for each in order if each.startswith(who)]
        assert theirs == sorted(theirs)


async def test_ones_own_answers_come_in_the_order_they_were_written(database: Database) -> None:
    chat = await person(database, 501)
    own = await database.run(lambda tx: people.by_telegram_id(tx, 501))
    assert own is not None

    def write(tx: Transaction) -> None:
        for number in range(30):
            say(tx, own.id if number % 3 else None, chat, f"{number}", f"report:{number % 4}" if number % 2 else None)

    await database.run(write)
    assert await waiting(database, chat) == [str(number) for number in range(30)]


async def test_no_queue_is_walked(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    chat, (ann, _, _) = await group(database), await three(database)
    plans = Plans()
    monkeypatch.setattr(Transaction, "execute", plans.listening(Transaction.execute))

    def write(tx: Transaction) -> None:
        card = messages.new_card(tx, chat, "report:1", "staff")
        for number in range(3):
            say(tx, ann, chat, f"{number}", "report:1")
            say(tx, ann, chat, f"{number}", "report:1", card=card)
        sends.heads_of(tx, 0, chat, LOOK_DOWN)
        sends.head(tx, 0, 0)
        found = [sql for sql in plans._seen if "outbox" in sql]
        assert len(found) >= 4
        for sql in found:
            said = tx.query(f"EXPLAIN QUERY PLAN {sql}", plans._seen[sql])
            details = [row["detail"] for row in said]
            assert not any("TEMP B-TREE" in each or each == "SCAN outbox" for each in details), (sql, details)

    await database.run(write)


# -- the share


def sends_all(limiter: Limiter, now: Seconds, who: int, seconds: float, urgent: bool = False) -> list[float]:
    """When somebody's messages go out to group 1 who has any number of them."""
    until, went = now.at + seconds, []
    while now.at < until:
        wait = max(limiter.wait(1, False, urgent), limiter.wait_share(1, who, urgent))
        if wait > 0:
            now.at += wait
        else:
            limiter.take(1, False, person=who, urgent=urgent)
            went.append(now.at)
            now.at += 0.1
    return went


@pytest.mark.parametrize("floods", [1, 2, 3])
@pytest.mark.parametrize("urgent", [False, True])
def test_whoever_has_caused_none_waits_for_nobody_who_has_caused_many(floods: int, urgent: bool) -> None:
    now = Seconds()
    limiter = Limiter(30, now)
    for _ in range(60):
        for who in range(1, floods + 1):
            if not limiter.wait(1, False, urgent) and not limiter.wait_share(1, who, urgent):
                limiter.take(1, False, person=who, urgent=urgent)
        assert limiter.wait(1, False, urgent) == 0 == limiter.wait_share(1, 99, urgent), "somebody else may write"
        now.at += 1.7


def test_a_flood_goes_on_at_its_share() -> None:
    now = Seconds()
    went = sends_all(Limiter(30, now), now, 1, 10 * GROUP_WINDOW)
    most = ROOM * SHARE // (SHARE + 1)
    assert len(went) >= 10 * most
    for at in went:
        assert sum(at <= other < at + GROUP_WINDOW for other in went) <= most


def test_whoever_has_written_much_may_still_be_in_danger() -> None:
    now = Seconds()
    limiter = Limiter(30, now)
    sends_all(limiter, now, 1, 1.15)
    assert limiter.wait_share(1, 1) > 0 == limiter.wait_share(1, 1, urgent=True) == limiter.wait(1, False, urgent=True)


def test_without_limits_and_for_nobody_there_is_no_share() -> None:
    now = Seconds()
    for limiter, who in ((Limiter(0, now), 1), (Limiter(30, now), 0), (Limiter(30, now), None)):
        for _ in range(30):
            limiter.take(1, False, person=who)
        assert limiter.wait_share(1, who) == 0


# -- both together


@pytest.fixture
async def limited(database: Database, request_: Request, setup: Setup, tmp_path: Path) -> AsyncIterator[Delivery]:
    delivery = Delivery(database, request_, Limiter(30, time.monotonic), tmp_path, Alarm(database, request_, setup))
    task = asyncio.create_task(delivery.run())
    yield delivery
    delivery.stop()
    await task


async def test_who_comes_behind_more_than_is_looked_down_is_sent_at_once(
    telegram: StandIn, database: Database, limited: Delivery
) -> None:
    chat, (ann, bo, cem) = await group(database), await three(database)
    await database.run(lambda tx: [say(tx, ann, chat, f"ann {n}", f"report:{n}") for n in range(4 * LOOK_DOWN)])
    await telegram.sees(lambda: len(telegram.texts) == ROOM * SHARE // (SHARE + 1))
    await database.run(say, bo, chat, "bo", "report:900")
    await database.run(say, cem, chat, "cem", "report:901")
    await telegram.sees(lambda: {"bo", "cem"} <= set(telegram.texts))
    assert Counter(text.split()[0] for text in telegram.texts) == {
        "ann": ROOM * SHARE // (SHARE + 1),
        "bo": 1,
        "cem": 1,
    }


async def test_a_restart_does_not_forget_whose_they_were(
    telegram: StandIn, database: Database, request_: Request, setup: Setup, tmp_path: Path
) -> None:
    chat, (ann, bo, _) = await group(database), await three(database)
    most = ROOM * SHARE // (SHARE + 1)
    await database.run(lambda tx: [say(tx, ann, chat, f"ann {n}", f"report:{n}") for n in range(40)])
    for run in range(2):
        limiter = Limiter(30, time.monotonic)
        delivery = Delivery(database, request_, limiter, tmp_path, Alarm(database, request_, setup))
        task = asyncio.create_task(delivery.run())
        if run:
            await database.run(say, bo, chat, "bo", "report:900")
        await telegram.sees(lambda: len(telegram.texts) == most + run)  # noqa: B023 - looked at in this round
        delivery.stop()
        await task
    assert telegram.texts.count("bo") == 1 and len(telegram.texts) == most + 1
