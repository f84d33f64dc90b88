"""How long Telegram was not heard: measured by a clock nobody moves, kept for the next start, and said once."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.background.scheduler import Scheduler
from bot.intake.contact import KEEP_SECONDS, LOST_SECONDS, Contact
from bot.tasks import tasks
from domain.people.rights import Role
from handlers.kit.update_context import Setup
from handlers.operations import downtime_notices
from handlers.reports.resident import deciding
from services import drafts
from services.reports import submitting, working
from storage.core import chats, conversations, inbox, messages, scheduled_tasks
from storage.core import settings as kept
from storage.core.database import Database, Transaction
from storage.reports.reports import NewPart
from tests.support import MONDAY, Clock, Seconds, happened, outbox_of, person, texts_of

pytestmark = pytest.mark.usefixtures("notices")


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
async def contact(database: Database, seconds: Seconds) -> Contact:
    contact = Contact(database, seconds)
    await contact.heard()
    return contact


def passes(clock: Clock, seconds: Seconds, by: timedelta) -> None:
    """Time goes by, for both clocks."""
    clock.at += by
    seconds.at += by.total_seconds()


async def gaps(database: Database) -> list[tuple[str, str]]:
    def read(tx: Transaction) -> list[tuple[str, str]]:
        rows = tx.query("SELECT data FROM events WHERE kind = 'program.out_of_reach' ORDER BY id")
        return [(data["since"], data["until"]) for data in (json.loads(row["data"]) for row in rows)]

    return await database.run(read)


async def kept_at(database: Database) -> str | None:
    return await database.run(kept.get, "last_contact")


async def test_two_days_without_a_network_are_told_when_it_is_back(
    database: Database, clock: Clock, seconds: Seconds, contact: Contact
) -> None:
    await database.run(lambda tx: person(tx, "Ada", Role.ADMIN))
    passes(clock, seconds, timedelta(days=2))
    assert contact.is_lost
    await contact.heard()
    assert not contact.is_lost
    assert await gaps(database) == [("2026-03-02T02:00:00.000000Z", "2026-03-04T02:00:00.000000Z")]
    (told,) = await database.run(texts_of)
    assert "From Monday, 2 March, 10:00 to Wednesday, 4 March, 10:00" in told and "3 March, 10:00 may be lost" in told
    await contact.heard()
    assert len(await gaps(database)) == 1


async def test_a_clock_moved_while_it_runs_is_no_gap_and_a_gap_is_as_long_as_it_was(
    database: Database, clock: Clock, seconds: Seconds, contact: Contact
) -> None:
    clock.advance(days=21)
    seconds.at += 25
    await contact.heard()
    assert await gaps(database) == []
    clock.advance(days=-21)
    passes(clock, seconds, timedelta(seconds=200))
    await contact.heard()
    assert await gaps(database) == [("2026-03-02T02:00:00.000000Z", "2026-03-02T02:03:20.000000Z")]


@pytest.mark.parametrize(("gap", "counts"), [(100, False), (150, False), (151, True)])
async def test_between_two_runs_the_time_of_day_counts(
    database: Database, clock: Clock, seconds: Seconds, contact: Contact, gap: int, counts: bool
) -> None:
    await contact.keep()
    clock.advance(seconds=gap)
    await Contact(database, seconds).heard()
    assert bool(await gaps(database)) is counts


async def test_a_clock_that_was_behind_at_the_start_says_nothing(
    database: Database, clock: Clock, seconds: Seconds, contact: Contact
) -> None:
    clock.advance(days=-1)
    await Contact(database, seconds).heard()
    assert await gaps(database) == []
    assert await kept_at(database) == "2026-03-01T02:00:00.000000Z", "and it goes on from there"


async def test_it_is_seldom_written(database: Database, clock: Clock, seconds: Seconds, contact: Contact) -> None:
    first = await kept_at(database)
    passes(clock, seconds, timedelta(seconds=KEEP_SECONDS - 1))
    await contact.heard()
    assert await kept_at(database) == first
    passes(clock, seconds, timedelta(seconds=1))
    await contact.heard()
    assert await kept_at(database) != first


async def test_a_gap_that_cannot_be_written_counts_on(
    database: Database, clock: Clock, seconds: Seconds, contact: Contact
) -> None:
    passes(clock, seconds, timedelta(seconds=LOST_SECONDS + 1))
    await database.run_in_database_thread(lambda: database.connection.execute("PRAGMA query_only = ON"))
    await contact.heard()
    assert contact.is_lost
    await database.run_in_database_thread(lambda: database.connection.execute("PRAGMA query_only = OFF"))
    passes(clock, seconds, timedelta(seconds=60))
    await contact.heard()
    assert await gaps(database) == [("2026-03-02T02:00:00.000000Z", "2026-03-02T02:03:31.000000Z")]


async def test_no_draft_is_thrown_away_while_nobody_can_be_heard(
    database: Database, setup: Setup, clock: Clock, seconds: Seconds, contact: Contact
) -> None:
    def begin(tx: Transaction) -> int:
        mei = person(tx, "Mei")
        chat = chats.private_with(tx, mei.id)
        assert chat is not None
        number = conversations.begin(
            tx, chat.id, mei.id, deciding.REASON.name, "reason", {"report": 1, "_why": "no"}
        ).id
        drafts.plan_lapse(tx, number)
        return number

    number = await database.run(begin)
    passes(clock, seconds, timedelta(hours=25))
    scheduler = Scheduler(database, tasks(replace(setup, hears_telegram=lambda: not contact.is_lost)))
    await scheduler.tick()
    found = await database.run(conversations.by_id, number)
    assert found is not None and found.state == "open"
    await contact.heard()
    passes(clock, seconds, downtime_notices.SETTLE)
    await scheduler.tick()
    lapses = await database.run(scheduled_tasks.planned, f"draft:{number}")
    assert lapses == clock.now() + drafts.LAPSE, "asked once more, and reckoned anew"
    assert "question.lapsed" not in await database.run(happened)
    (asked,) = [text for text in await database.run(texts_of) if "I could not be reached for a while" in text]
    assert asked


async def test_many_questions_come_some_at_a_time_each_once(
    database: Database, setup: Setup, clock: Clock, seconds: Seconds, contact: Contact
) -> None:
    count = downtime_notices.CHUNK + 10

    def resolve(tx: Transaction) -> None:
        wei = person(tx, "Wei", Role.STAFF)
        for _ in range(count):
            mei = person(tx, "Mei")
            new = submitting.NewReport([NewPart("text", text="Lamp")])
            report = submitting.submit(tx, setup.community, mei, new)
            working.resolve(tx, setup.community, wei, report, [NewPart("text", text="A new lamp")])
        tx.publish()
        for row in outbox_of(tx):  # they have arrived
            if row["purpose"] == "asked:fixed":
                messages.keep(tx, row["chat"], row["id"], incoming=False, purpose=row["purpose"],
                              subject=row["subject"], outbox=row["id"])  # fmt: skip
        tx.execute("DELETE FROM outbox")

    def asked(tx: Transaction) -> tuple[int, int]:
        rows = outbox_of(tx)
        return sum("Is it fixed?" in row["content"].get("text", "") for row in rows if row["once"]), sum(
            row["action"] == "unbutton" for row in rows
        )

    await database.run(resolve)
    passes(clock, seconds, timedelta(minutes=10))
    await contact.heard()
    scheduler = Scheduler(database, tasks(replace(setup, hears_telegram=lambda: not contact.is_lost)))
    passes(clock, seconds, downtime_notices.SETTLE)
    await database.run(inbox.store, [{"update_id": 1}])
    await scheduler.tick()
    assert await database.run(asked) == (0, 0), "what waited at Telegram comes first"
    await database.run(lambda tx: inbox.done(tx, 1))
    for expected in (downtime_notices.CHUNK, count, count):
        passes(clock, seconds, downtime_notices.SETTLE)
        await scheduler.tick()
        assert await database.run(asked) == (expected, expected)
    assert (
        clock.now() > MONDAY
        and await database.run(lambda tx: tx.query("SELECT * FROM scheduled_tasks WHERE kind = 'ask_again'")) == []
    )
