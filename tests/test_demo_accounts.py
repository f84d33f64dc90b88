"""What the demo's page says of updates: handed over, answered, lost. The bot's book is a real database."""

from datetime import timedelta
from pathlib import Path

import pytest

from demo.accounts import Accounts
from storage.core import chats, inbox, outbox, sends
from storage.core.database import Database, Transaction
from storage.core.inspection import UnreadableError, updates_in
from storage.core.outbox import Lane, Outgoing
from tests.support import Clock


async def take(database: Database, updates: range, *, done: bool = True) -> None:
    """The bot takes updates in and handles them."""

    def keep(tx: Transaction) -> None:
        inbox.store(tx, [{"update_id": number} for number in updates])
        for row in inbox.waiting(tx, len(updates)) if done else []:
            inbox.done(tx, row["id"])

    await database.run(keep)


async def test_what_the_bot_forgets_after_its_time_is_not_lost(
    tmp_path: Path, database: Database, clock: Clock
) -> None:
    accounts = Accounts()
    accounts.hand_over(range(1, 151), kept=[])
    await take(database, range(1, 151))
    before = accounts.reckon(updates_in(tmp_path / "bot.db"))
    clock.advance(days=7)
    assert await database.run(inbox.forget_done, timedelta(days=2)) == 50
    assert len(updates_in(tmp_path / "bot.db")) == 100
    assert accounts.reckon(updates_in(tmp_path / "bot.db")) == before
    assert before == {"handed_over": 150, "answered": 150, "lost": 0}


async def test_an_update_that_is_confirmed_and_not_in_the_inbox_is_lost(tmp_path: Path, database: Database) -> None:
    accounts = Accounts()
    accounts.hand_over([1, 2, 3, 4], kept=[4])
    await take(database, range(1, 3))
    figures = accounts.reckon(updates_in(tmp_path / "bot.db"))
    assert figures == {"handed_over": 4, "answered": 2, "lost": 1}, "the fourth will be handed over again"
    assert accounts.handed_over == 4


async def test_an_update_that_vanishes_before_it_was_handled_is_lost(tmp_path: Path, database: Database) -> None:
    accounts = Accounts()
    accounts.hand_over([1], kept=[])
    await take(database, range(1, 2), done=False)
    assert accounts.reckon(updates_in(tmp_path / "bot.db"))["lost"] == 0
    await database.run(lambda tx: tx.execute("DELETE FROM inbox"))
    assert accounts.reckon(updates_in(tmp_path / "bot.db"))["lost"] == 1


async def test_answered_is_what_was_handled_and_whose_words_are_sent(tmp_path: Path, database: Database) -> None:
    accounts = Accounts()
    accounts.hand_over([1], kept=[])

    def handle(tx: Transaction) -> int | None:
        inbox.store(tx, [{"update_id": 1}])
        chat = chats.meet(tx, 7, "private", None, False)
        inbox.done(tx, inbox.waiting(tx, 1)[0]["id"])
        return outbox.add(
            tx, Outgoing(chat=chat.id, action="message", content={"text": "Hello"}, lane=Lane.INTERACTIVE)
        )

    row = await database.run(handle)
    assert row is not None
    assert accounts.reckon(updates_in(tmp_path / "bot.db"))["answered"] == 0
    await database.run(sends.claim, [row])
    assert accounts.reckon(updates_in(tmp_path / "bot.db"))["answered"] == 0
    await database.run(sends.finish, row, "sent")
    assert accounts.reckon(updates_in(tmp_path / "bot.db"))["answered"] == 1


async def test_what_was_set_aside_is_told_apart(tmp_path: Path, database: Database) -> None:
    accounts = Accounts()
    accounts.hand_over([1], kept=[])
    await take(database, range(1, 2), done=False)
    await database.run(lambda tx: inbox.quarantine(tx, inbox.waiting(tx, 1)[0]["id"], "the program ended"))
    figures = accounts.reckon(updates_in(tmp_path / "bot.db"))
    assert figures == {"handed_over": 1, "answered": 0, "lost": 0, "set_aside": 1}


def test_a_database_that_is_not_there_yet_is_no_loss(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        updates_in(tmp_path / "bot.db")
