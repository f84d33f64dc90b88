"""Days are closed by themselves: at the start where facts are missing, and each night; what fails is tried again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.background import day_closer
from bot.background.day_closer import DayCloser
from bot.background.programs import ProgramFailed
from domain.community import Community
from services.figures import closing, from_facts
from storage.core import facts_file, scheduled_tasks
from storage.core.database import Database, Transaction
from storage.core.reading import read_beside
from tests.services.reporting import submitted
from tests.support import Clock, person
from tests.waiting import until


@asynccontextmanager
async def at_work(database: Database, community: Community) -> AsyncIterator[DayCloser]:
    worker = DayCloser(database, community.hours)
    task = asyncio.create_task(worker.run())
    yield worker
    assert not task.done(), task
    task.cancel()
    await asyncio.wait({task})  # what it started ends with it


async def closed_until_today(database: Database, community: Community) -> bool:
    def look(tx: Transaction) -> bool:
        so_far = from_facts.closed(tx, community.hours)
        return so_far is not None and so_far.until == closing.over(tx.now, community.zone)

    return read_beside(database.path, database.now, look)


async def reported(database: Database, community: Community) -> None:
    await database.run(lambda tx: submitted(tx, community, person(tx, "Mei")))


async def next_time(database: Database) -> object:
    return await database.read(lambda tx: scheduled_tasks.planned(tx, closing.KIND))


async def test_an_old_database_gets_its_facts_at_the_start_and_more_each_night(
    database: Database, clock: Clock, community: Community
) -> None:
    await reported(database, community)
    clock.advance(days=3)
    async with at_work(database, community) as worker:
        await until(lambda: closed_until_today(database, community), "the days to be closed")
        await until(lambda: _is_planned(database), "the night to be planned")
        clock.advance(days=1)
        worker.soon()
        await until(lambda: closed_until_today(database, community), "the next day to be closed")
    facts_file.remove(database.path)
    async with at_work(database, community):
        await until(lambda: closed_until_today(database, community), "the days to be closed anew")


async def test_where_nothing_was_reported_nothing_is_started(
    database: Database, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def close(_told: dict[str, str]) -> int:
        raise AssertionError

    monkeypatch.setattr(day_closer, "close", close)
    async with at_work(database, community):
        await until(lambda: _is_planned(database), "the night to be planned")
    assert not facts_file.beside(database.path).exists()


async def test_what_fails_is_tried_again_in_an_hour(
    database: Database, clock: Clock, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = 0

    async def close(_told: dict[str, str]) -> int:
        nonlocal tried
        tried += 1
        raise ProgramFailed("the disk is full")

    monkeypatch.setattr(day_closer, "close", close)
    await reported(database, community)
    clock.advance(days=2)
    async with at_work(database, community) as worker:
        await until(lambda: tried == 1, "the first try")
        await until(lambda: _is_planned(database), "the next one to be planned")
        clock.advance(hours=1)
        worker.soon()
        await until(lambda: tried == 2, "the second")


async def _is_planned(database: Database) -> bool:
    planned = await next_time(database)
    return planned is not None and planned > database.now()  # type: ignore[operator]
