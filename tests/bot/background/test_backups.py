"""The nightly backup: each night one, a missed one is made up for, a failing one is told of once."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.background.backups import Backups
from storage.core import scheduled_tasks, tidying
from storage.core.database import Database, Transaction
from storage.core.tidying import Tidied
from tests.support import Clock
from tests.waiting import until

SHANGHAI = ZoneInfo("Asia/Shanghai")
EVENING = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
NIGHT = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)  # half past three in Shanghai


def planned(tx: Transaction) -> datetime | None:
    return scheduled_tasks.planned(tx, "backup")


def told(tx: Transaction) -> list[str]:
    return [row["kind"] for row in tx.query("SELECT kind FROM events ORDER BY id")]


class Night:
    """A running worker, whose clock is moved."""

    def __init__(self, worker: Backups, database: Database, clock: Clock, folder: Path) -> None:
        self.worker, self.database, self.clock, self.folder = worker, database, clock, folder

    @property
    def made(self) -> list[str]:
        return sorted(each.name for each in self.folder.glob("*.db"))

    async def until(self, reached: Callable[[datetime], bool]) -> None:
        """Wait until the next one is planned for a time that fits."""

        async def look() -> bool:
            at = await self.database.run(planned)
            return at is not None and reached(at)

        await until(look, "the next to be planned")

    async def move_to(self, instant: datetime) -> None:
        self.clock.at = instant
        self.worker.soon()
        await self.until(lambda at: at > instant)


@pytest.fixture
async def night(database: Database, clock: Clock, tmp_path: Path) -> AsyncIterator[Night]:
    clock.at = EVENING
    async with at_work(database, clock, tmp_path) as night:
        yield night


@asynccontextmanager
async def at_work(database: Database, clock: Clock, tmp_path: Path, kept_days: int = 90) -> AsyncIterator[Night]:
    folder = tmp_path / "backups"
    worker = Backups(database, folder, SHANGHAI, kept_days)
    task = asyncio.create_task(worker.run())
    night = Night(worker, database, clock, folder)
    await night.until(lambda at: at > clock.now())
    yield night
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def test_planned_for_the_quiet_hour_and_made_then(night: Night) -> None:
    assert await night.database.run(planned) == NIGHT
    await night.move_to(NIGHT - timedelta(minutes=1))
    assert night.made == []
    await night.move_to(NIGHT + timedelta(seconds=5))
    assert night.made == ["nightly-20260302T193005000000.db"]
    assert await night.database.run(planned) == NIGHT + timedelta(days=1)


async def test_a_month_of_nights_leaves_what_the_rule_keeps(night: Night) -> None:
    night.folder.mkdir()
    (night.folder / "manual-20200101T000000000000.db").touch()
    for day in range(30):
        await night.move_to(NIGHT + timedelta(days=day))
    days = ("0314", "0321", "0325", "0326", "0327", "0328", "0329", "0330", "0331")
    assert night.made == ["manual-20200101T000000000000.db", *(f"nightly-2026{day}T193000000000.db" for day in days)]


OLD = ("nightly-20251101T000000000000", "before-schema-39-20251101T000000000000", "replaced-20251101T000000000000")
YOUNG = ("before-schema-40-20260201T000000000000", "replaced-20260201T000000000000")
MANUAL = "manual-20200101T000000000000"


def laid_down(folder: Path) -> None:
    folder.mkdir()
    for name in (*OLD, *YOUNG, MANUAL):
        (folder / f"{name}.db").touch()
        (folder / f"{name}.taken-away.jsonl").touch()
    (folder / f"{OLD[-1]}.db-wal").touch()


async def believed(night: Night) -> None:
    """The clock has been right for days."""
    await night.database.run(lambda tx: tidying.keep(tx, Tidied(tx.now, ("", 0))))


async def test_old_copies_go_with_what_lies_beside_them(night: Night) -> None:
    laid_down(night.folder)
    await believed(night)
    await night.move_to(NIGHT)
    left = {each.name for each in night.folder.iterdir()}
    stay = {f"{name}{end}" for name in (*YOUNG, MANUAL) for end in (".db", ".taken-away.jsonl")}
    assert left == stay | {"nightly-20260302T193000000000.db"}


async def test_with_a_clock_far_ahead_no_copy_goes_for_being_old(night: Night) -> None:
    laid_down(night.folder)
    before = {each.name for each in night.folder.iterdir()}
    night.clock.advance(days=-100)
    await believed(night)
    await night.move_to(NIGHT + timedelta(days=4000))
    assert before <= {each.name for each in night.folder.iterdir()}


async def test_copies_stay_for_good_where_that_is_set(database: Database, clock: Clock, tmp_path: Path) -> None:
    clock.at = EVENING
    laid_down(tmp_path / "backups")
    async with at_work(database, clock, tmp_path, kept_days=0) as night:
        await believed(night)
        await night.move_to(NIGHT)
        assert {f"{name}.db" for name in (*OLD, *YOUNG, MANUAL)} < set(night.made)


async def test_a_night_the_program_slept_through_is_made_up_for_at_the_start(
    database: Database, clock: Clock, tmp_path: Path
) -> None:
    clock.at = EVENING
    async with at_work(database, clock, tmp_path):
        pass  # planned for the night, and ended before it
    clock.at = NIGHT + timedelta(days=3, hours=5)
    async with at_work(database, clock, tmp_path) as later:
        assert later.made == ["nightly-20260306T003000000000.db"]
        assert await database.run(planned) == NIGHT + timedelta(days=4)


async def test_a_clock_set_back_does_not_put_it_off(night: Night) -> None:
    await night.move_to(NIGHT + timedelta(days=300))
    night.clock.at = EVENING
    night.worker.soon()
    await night.until(lambda at: at == NIGHT)


async def test_a_failure_is_told_once_tried_again_each_hour_and_its_end_is_told(night: Night) -> None:
    night.folder.write_text("a file where the folder should be")
    await night.move_to(NIGHT)
    assert await night.database.run(planned) == NIGHT + timedelta(hours=1)
    await night.move_to(NIGHT + timedelta(hours=1))
    assert await night.database.run(told) == ["backup.missed"]
    night.folder.unlink()
    await night.move_to(NIGHT + timedelta(hours=2))
    assert await night.database.run(told) == ["backup.missed", "backup.made_again"]
    assert len(night.made) == 1
    await night.move_to(NIGHT + timedelta(days=1))
    assert await night.database.run(told) == ["backup.missed", "backup.made_again"]
