"""What is due happens exactly once, across restarts, failures and clocks that are moved."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.background.scheduler import CHUNK, TRIES, Scheduler
from domain.events import Event
from storage.core import inbox, scheduled_tasks
from storage.core.database import Database, Transaction
from storage.core.settings import put
from tests.support import Clock


def done(tx: Transaction) -> list[str]:
    return [row["key"] for row in tx.query("SELECT key FROM settings ORDER BY rowid")]


def waiting(tx: Transaction) -> list[str]:
    return [row["subject"] for row in tx.query("SELECT subject FROM scheduled_tasks ORDER BY id")]


@pytest.fixture
def make(database: Database, clock: Clock) -> Callable[[], Scheduler]:
    """A scheduler, as after each start of the program."""

    def remind(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        put(tx, subject, "")
        if data.get("fail"):
            raise ValueError
        if data.get("left"):
            scheduled_tasks.plan(tx, "remind", subject, tx.now, f"o:{subject}", {"left": data["left"] - 1})
        if "again" in data:
            scheduled_tasks.plan(tx, "remind", subject, tx.now + timedelta(hours=data["again"]), f"o:{subject}", data)

    return lambda: Scheduler(database, {"remind": remind})


def plan(tx: Transaction, clock: Clock, number: int, minutes: float = 0, **data: Any) -> None:
    scheduled_tasks.plan(
        tx, "remind", f"thing:{number}", clock.now() + timedelta(minutes=minutes), f"o:thing:{number}", data
    )


async def test_once_when_its_time_has_come(database: Database, clock: Clock, make: Callable[[], Scheduler]) -> None:
    for number, minutes in enumerate([-1, 0, 5]):
        await database.run(plan, clock, number, minutes)
    await make().tick()
    await make().tick()
    assert await database.run(done) == ["thing:0", "thing:1"]
    assert await database.run(waiting) == ["thing:2"]


async def test_more_than_a_chunk_at_once(database: Database, clock: Clock, make: Callable[[], Scheduler]) -> None:
    def fill(tx: Transaction) -> None:
        for number in range(2 * CHUNK + 1):
            plan(tx, clock, number)

    await database.run(fill)
    await make().tick()
    assert len(await database.run(done)) == 2 * CHUNK + 1
    assert await database.run(waiting) == []


async def test_a_chunk_done_together_says_what_comes_again_and_one_bad_row_holds_up_none(
    database: Database, clock: Clock
) -> None:
    chunks: list[int] = []

    def together(tx: Transaction, rows: Sequence[Any]) -> dict[int, datetime]:
        chunks.append(len(rows))
        for row in rows:
            if row["subject"] == "thing:1":
                raise ValueError
            put(tx, row["subject"], "")
        return {row["id"]: tx.now + timedelta(days=7) for row in rows if row["subject"] == "thing:0"}

    for number in range(3):
        await database.run(plan, clock, number)
    scheduler = Scheduler(database, {}, {"remind": together})
    await scheduler.tick()
    assert chunks == [3, 1, 1, 1], "all at once; and when that fails, each by itself"
    assert await database.run(done) == ["thing:0", "thing:2"]
    rows = await database.run(
        lambda tx: tx.query("SELECT subject, tries, next_due > ? AS later FROM scheduled_tasks", ("2026-03-08",))
    )
    assert [tuple(row) for row in rows] == [("thing:0", 0, 1), ("thing:1", 1, 0)]
    await scheduler.tick()
    assert chunks == [3, 1, 1, 1], "nothing is due any more"


async def test_slow_tasks_let_others_have_the_database_in_between(
    database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.background.scheduler.CHUNK_SECONDS", 0.0)
    for number in range(3):
        await database.run(plan, clock, number)
    handled: list[str] = []
    scheduler = Scheduler(database, {"remind": lambda _tx, about, _data: handled.append(about)})
    assert await database.run(scheduler._chunk) == CHUNK, "there is more to do"
    assert handled == []
    monkeypatch.setattr("bot.background.scheduler.CHUNK_SECONDS", 60.0)
    await scheduler.tick()
    assert handled == ["thing:0", "thing:1", "thing:2"]


async def test_a_failing_task_waits_an_hour_and_holds_up_nobody(
    database: Database, clock: Clock, make: Callable[[], Scheduler]
) -> None:
    await database.run(plan, clock, 0, fail=True)
    await database.run(lambda tx: scheduled_tasks.plan(tx, "remind", "thing:1", clock.now(), "bad json"))
    await database.run(
        lambda tx: tx.execute("UPDATE scheduled_tasks SET data = 'no json' WHERE occurrence = 'bad json'")
    )
    await database.run(plan, clock, 2)
    await make().tick()
    assert await database.run(done) == ["thing:2"], "nothing of what failed stays"
    rows = await database.run(lambda tx: tx.query("SELECT subject, tries FROM scheduled_tasks ORDER BY id"))
    assert [tuple(row) for row in rows] == [("thing:0", 1), ("thing:1", 1)]
    await database.run(lambda tx: tx.execute("UPDATE scheduled_tasks SET data = '{}'"))
    clock.advance(minutes=59)
    await make().tick()
    assert await database.run(done) == ["thing:2"]
    clock.advance(minutes=2)
    await make().tick()
    assert await database.run(done) == ["thing:2", "thing:0", "thing:1"]


async def test_a_clock_moved_forward_and_back(database: Database, clock: Clock, make: Callable[[], Scheduler]) -> None:
    await database.run(plan, clock, 0, 24 * 60)
    scheduler = make()
    clock.advance(days=2)
    await scheduler.tick()
    clock.advance(days=-2)
    await scheduler.tick()
    clock.advance(days=2)
    await scheduler.tick()
    assert await database.run(done) == ["thing:0"]
    assert await database.run(waiting) == []


async def test_what_plans_itself_again_comes_once_each_time(
    database: Database, clock: Clock, make: Callable[[], Scheduler]
) -> None:
    """Also when the clock jumps over several occurrences, and when the next one is due already."""
    await database.run(plan, clock, 0, again=24)
    await make().tick()
    assert await database.run(waiting) == ["thing:0"]
    clock.advance(days=10)
    await make().tick()
    await make().tick()
    rows = await database.run(lambda tx: tx.query("SELECT next_due FROM scheduled_tasks"))
    assert len(rows) == 1
    await database.run(plan, clock, 1, again=0)
    await make().tick()
    assert await database.run(waiting) == ["thing:0"], "what is due again at once would never end"


async def test_what_is_done_in_pieces_under_one_key_goes_on_to_its_end(
    database: Database, clock: Clock, make: Callable[[], Scheduler]
) -> None:
    await database.run(plan, clock, 0, left=2)
    scheduler = make()
    for left in (1, 0):
        await scheduler.tick()
        (row,) = await database.run(lambda tx: tx.query("SELECT data FROM scheduled_tasks"))
        assert json.loads(row["data"]) == {"left": left}
    await scheduler.tick()
    assert await database.run(waiting) == []


async def test_a_tick_that_fails_is_made_up_for(
    database: Database, clock: Clock, make: Callable[[], Scheduler]
) -> None:
    await database.run(plan, clock, 0)
    await database.run_in_database_thread(lambda: database.connection.execute("PRAGMA query_only=1"))
    scheduler = make()
    await scheduler.tick()
    await database.run_in_database_thread(lambda: database.connection.execute("PRAGMA query_only=0"))
    assert await database.run(done) == []
    await scheduler.tick()
    assert await database.run(done) == ["thing:0"]


async def test_tidying_goes_by_a_clock_nobody_moves(
    database: Database, clock: Clock, make: Callable[[], Scheduler], monkeypatch: pytest.MonkeyPatch
) -> None:
    def handled(tx: Transaction) -> None:
        inbox.store(tx, [{"update_id": number} for number in range(150)])
        for row in inbox.waiting(tx, 150):
            inbox.done(tx, row["id"])

    async def left() -> int:
        return len(await database.run(lambda tx: tx.query("SELECT 1 FROM inbox")))

    monkeypatch.setattr("bot.background.scheduler.TIDY_SECONDS", 0.0)
    scheduler = make()
    clock.advance(days=30)
    await scheduler.tick()
    clock.advance(days=-30)
    await database.run(handled)
    clock.advance(hours=49)
    await scheduler.tick()
    assert await left() == inbox.KEPT_IN_ANY_CASE


async def test_what_nobody_knows_is_put_away_and_what_others_do_is_not(database: Database, clock: Clock) -> None:
    for number, kind in enumerate(["kind_of_old", "print", "remind", "kind_of_old"]):
        await database.run(scheduled_tasks.plan, kind, f"thing:{number}", clock.now(), f"o:{number}", {"what": number})
    await database.run(scheduled_tasks.plan, "kind_of_old", "thing:9", clock.now() + timedelta(hours=1), "o:9")
    scheduler = Scheduler(database, {"remind": lambda _tx, _about, _data: None}, None, ("print",))
    await scheduler.tick()
    assert await database.run(waiting) == ["thing:1", "thing:9"], "what is not due yet may still be known one day"
    kept = await database.run(lambda tx: tx.query("SELECT * FROM tasks_put_away ORDER BY id"))
    assert [(row["kind"], row["subject"]) for row in kept] == [("kind_of_old", "thing:0"), ("kind_of_old", "thing:3")]
    assert json.loads(kept[0]["data"]) == {"what": 0}
    told = await database.run(lambda tx: tx.query("SELECT data FROM events WHERE kind = 'work.given_up' ORDER BY id"))
    assert [json.loads(each["data"])["about"] for each in told] == ["thing:0", "thing:3"], "somebody hears of it"


async def test_nothing_fails_each_hour_for_ever(
    database: Database, clock: Clock, make: Callable[[], Scheduler]
) -> None:
    await database.run(plan, clock, 0, fail=True)
    await database.run(plan, clock, 1, again=24)
    scheduler = make()
    for _ in range(TRIES):
        assert "thing:0" in await database.run(waiting)
        await scheduler.tick()
        clock.advance(hours=1, seconds=1)
    assert await database.run(waiting) == ["thing:1"]
    (kept,) = await database.run(lambda tx: tx.query("SELECT * FROM tasks_put_away"))
    assert (kept["subject"], kept["tries"]) == ("thing:0", TRIES - 1) and "ValueError" in kept["reason"]
    (told,) = await database.run(lambda tx: tx.query("SELECT data FROM events WHERE kind = 'work.given_up'"))
    assert json.loads(told["data"]) == {"of": "remind", "about": "thing:0", "error": "ValueError"}


async def test_what_fails_and_cannot_even_be_told_holds_up_nothing(
    database: Database, clock: Clock, make: Callable[[], Scheduler]
) -> None:
    def raises(_tx: Transaction, _event: Event) -> None:
        raise ValueError

    await database.run(plan, clock, 0, fail=True)
    await database.run(lambda tx: tx.execute("UPDATE scheduled_tasks SET tries = ?", (TRIES - 1,)))
    await database.run(plan, clock, 1)
    database.publisher = raises
    await make().tick()
    assert await database.run(done) == ["thing:1"]
    assert await database.run(waiting) == []
    (kept,) = await database.run(lambda tx: tx.query("SELECT subject FROM tasks_put_away"))
    assert kept["subject"] == "thing:0"


async def test_failures_of_long_ago_are_not_counted(
    database: Database, clock: Clock, make: Callable[[], Scheduler]
) -> None:
    """What comes again each day under one key, and failed now and then over the years, goes on."""
    await database.run(plan, clock, 0, again=24)
    await database.run(lambda tx: tx.execute("UPDATE scheduled_tasks SET tries = ?", (TRIES - 1,)))
    await make().tick()
    (row,) = await database.run(lambda tx: tx.query("SELECT tries FROM scheduled_tasks"))
    assert row["tries"] == 0
