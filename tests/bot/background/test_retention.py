"""What is kept no longer goes each night, by itself, in pieces, and by no clock that is wrong for an hour."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.background import retention as background
from bot.background.retention import Retention
from domain.operations.retention import LATER, KeptDays
from services.operations import retention, wiping
from storage.core import scheduled_tasks, tidying
from storage.core.database import Database, Transaction
from storage.core.tidying import Tidied
from storage.people import invitations
from tests.support import Clock
from tests.waiting import until

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)  # half past two in Shanghai
DAYS = KeptDays.invitations


def planned(tx: Transaction) -> datetime | None:
    return scheduled_tasks.planned(tx, retention.KIND)


def expired(tx: Transaction, at: datetime, count: int = 1) -> None:
    for number in range(count):
        invitations.add(tx, f"{at:%j}-{number}", "role:staff", None, at)


async def left(database: Database) -> int:
    return await database.run(lambda tx: tx.number("SELECT count(*) FROM invitations"))


async def believe(database: Database) -> None:
    """The clock has been right for days."""
    await database.run(lambda tx: tidying.keep(tx, Tidied(tx.now, ("", 0))))


@asynccontextmanager
async def at_work(database: Database, kept: KeptDays | None = None) -> AsyncIterator[Retention]:
    worker = Retention(database, SHANGHAI, kept or KeptDays())
    task = asyncio.create_task(worker.run())
    yield worker
    task.cancel()
    await asyncio.wait({task})


async def is_planned(database: Database, fits: Callable[[datetime], bool]) -> None:
    async def look() -> bool:
        at = await database.run(planned)
        return at is not None and fits(at)

    await until(look, "the next night to be planned")


async def one_night(database: Database, clock: Clock, worker: Retention, at: datetime) -> None:
    await is_planned(database, lambda planned: planned > clock.at)
    clock.at = at
    worker.soon()
    await is_planned(database, lambda planned: planned > at)


async def test_it_goes_in_the_night_once_it_is_old(database: Database, clock: Clock) -> None:
    old = NIGHT - timedelta(days=DAYS) - LATER
    await database.run(expired, old - timedelta(hours=1), 30)
    await database.run(expired, old + timedelta(days=1), 2)
    async with at_work(database) as worker:
        await is_planned(database, lambda at: at == NIGHT)
        assert await left(database) == 32
        clock.at = NIGHT
        await believe(database)
        worker.soon()
        await is_planned(database, lambda at: at == NIGHT + timedelta(days=1))
        assert await left(database) == 2


@pytest.mark.parametrize(("days", "wiped"), [(0, False), (5, False), (6, True)])
async def test_once_a_week_it_is_wiped_off_the_disk(database: Database, clock: Clock, days: int, wiped: bool) -> None:
    clock.at = NIGHT + timedelta(days=days)
    await database.run(retention.done, SHANGHAI)
    planned = await database.run(lambda tx: scheduled_tasks.planned(tx, wiping.KIND))
    assert (planned is not None) == wiped


async def test_a_clock_that_is_years_ahead_takes_nothing(database: Database, clock: Clock) -> None:
    await database.run(expired, clock.at)
    await believe(database)
    async with at_work(database) as worker:
        await one_night(database, clock, worker, NIGHT + timedelta(days=4000))
        assert await left(database) == 1


async def test_what_is_kept_for_good_stays(database: Database, clock: Clock) -> None:
    await database.run(expired, clock.at)
    clock.at += timedelta(days=4000)
    await believe(database)
    nothing_goes = KeptDays(**dict.fromkeys(KeptDays.__dataclass_fields__, 0))
    async with at_work(database, nothing_goes) as worker:
        await one_night(database, clock, worker, clock.at + timedelta(days=1))
        assert await left(database) == 1
    assert Retention(database, SHANGHAI, nothing_goes)._steps == []


async def test_ended_in_the_middle_it_goes_on_with_the_next_start(
    database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await database.run(expired, clock.at, 30)
    await database.run(retention.plan, SHANGHAI)
    clock.at += timedelta(days=DAYS + 10)
    await believe(database)
    monkeypatch.setattr(background, "FEWEST", 5)
    monkeypatch.setattr(background, "MOST", 5)
    monkeypatch.setattr(background, "PAUSE", 3600.0)
    async with at_work(database):
        await until(lambda: _is(database, 25), "the first piece")
    monkeypatch.setattr(background, "PAUSE", 0.0)
    async with at_work(database):
        await until(lambda: _is(database, 0), "the rest")


async def _is(database: Database, count: int) -> bool:
    return await left(database) == count


async def test_what_fails_holds_up_nothing_else_and_admins_are_told(
    database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_tx: Transaction, _before: datetime, _limit: int) -> bool:
        raise ValueError

    monkeypatch.setattr(background.old_reports, "forget_some", fail)
    await database.run(expired, clock.at)
    clock.at += timedelta(days=DAYS + 10)
    await believe(database)
    async with at_work(database) as worker:
        await one_night(database, clock, worker, clock.at + timedelta(days=1))
        assert await left(database) == 0
        (told,) = await database.run(lambda tx: tx.query("SELECT data FROM events WHERE kind = 'work.given_up'"))
        assert '"retention"' in told["data"]


def test_as_many_go_at_a_time_as_fit() -> None:
    limit = background.FEWEST
    for _ in range(20):
        limit = background._next_limit(limit, limit * 0.0001)
    assert 40 <= limit <= 110, "a hundredth of a second"
    assert background._next_limit(100, background.PIECE_SECONDS * 4) == 25
    assert background._next_limit(background.FEWEST, 10.0) == background.FEWEST
