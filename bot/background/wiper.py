"""Sees that what was deleted is nowhere on the disk any more: the search's index, files left behind, the log.

In small steps beside everybody, so that nobody who writes or reads waits for it. Killed at any moment, it begins anew.
"""

import asyncio
import contextlib
import shutil
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import structlog

from bot.background.worker import Finish, Worker
from domain.community import Community
from services.operations import wiping
from storage.core import backup, left_behind
from storage.core.database import Database, Transaction
from storage.core.instants import to_text
from storage.core.left_behind import Gaps

LOOK_SECONDS = 60.0
PAUSE_SECONDS = 0.02
LOOK_PAGES, FILL_PAGES = 256, 128
LOG_PAUSE_SECONDS = 0.1
LOG_TRIES = 3000
"""Five minutes: nobody reads from the log for so long but exports, and then it is tried again later."""
ABANDONED_SECONDS = 1800.0
"""Nobody makes a file for so long."""
log = structlog.get_logger()


class StillRead(Exception):
    """Somebody read from the write-ahead log all the time; it is tried again later."""


class Wiper(Worker):
    """Works until cancelled."""

    kind = wiping.KIND
    tries = 100
    again = timedelta(minutes=1)

    def __init__(self, database: Database, community: Community, data_dir: Path) -> None:
        super().__init__(database)
        self._community = community
        self._data_dir = data_dir
        self._gaps: Gaps | None = None

    @property
    def poll_seconds(self) -> float:
        return LOOK_SECONDS

    async def _do(self, row: sqlite3.Row) -> Finish:
        begun, started = to_text(self._database.now()), time.monotonic()
        await self._index()
        steps = await self._merge()
        pages = await self._fill_gaps()
        await asyncio.to_thread(self._remove_leftovers)
        await self._empty_log()
        log.info("wiped", steps=steps, pages=pages, seconds=round(time.monotonic() - started, 1))

        def finish(tx: Transaction) -> bool:
            return wiping.done(tx, begun, row["data"])

        return finish

    async def _index(self) -> None:
        waits = True
        while waits:
            waits = await self._database.run(wiping.index_what_waits, self._community)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _merge(self) -> int:
        steps = 1
        is_left = await self._database.run(wiping.merge_step, True)
        while is_left:
            # As long a rest as the step took, at least: others write meanwhile.
            await asyncio.sleep(PAUSE_SECONDS)
            is_left = await self._database.run(wiping.merge_step, False)
            steps += 1
        return steps

    async def _fill_gaps(self) -> int:
        """First look which pages need it, which nobody has to wait for; returns how many did."""
        if self._gaps is None:
            self._gaps = left_behind.Gaps(self._database.path)
            self._database.after_close.append(self._gaps.close)
        gaps, first, filled = self._gaps, 0, 0
        await self._empty_log()
        while (dirty := await asyncio.to_thread(gaps.dirty, first, LOOK_PAGES)) is not None:
            for start in range(0, len(dirty), FILL_PAGES):
                pages = dirty[start : start + FILL_PAGES]
                await self._until(partial(self._fill, gaps, pages))
                filled += len(pages)
            first += LOOK_PAGES
            await asyncio.sleep(0)
        await asyncio.to_thread(gaps.flush)
        return filled

    async def _fill(self, gaps: Gaps, pages: list[int]) -> bool:
        return await self._database.run_in_database_thread(lambda: gaps.fill(self._database.connection, pages))

    async def _empty_log(self) -> None:
        async def empty() -> bool:
            with contextlib.suppress(sqlite3.OperationalError):  # busy; anything else comes again with the next write
                return await asyncio.to_thread(left_behind.empty_log, self._database.path)
            return False

        await self._until(empty)

    async def _until(self, step: Callable[[], Awaitable[bool]]) -> None:
        """Again and again, while somebody reads from the log. Raises StillRead."""
        for _ in range(LOG_TRIES):
            if await step():
                return
            await asyncio.sleep(LOG_PAUSE_SECONDS)
        raise StillRead

    def _remove_leftovers(self) -> None:
        """What a program that was killed left half made."""
        backup.sweep(self._data_dir / "backups")
        for path in self._half_made():
            with contextlib.suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > ABANDONED_SECONDS:
                    _remove(path)

    def _half_made(self) -> Iterator[Path]:
        """A copy put in place that never was; sound that was being read; a page's photo being fetched."""
        yield from self._data_dir.glob("*.restoring*")
        yield from (self._data_dir / "media").glob("*.ogg")
        yield from (self._data_dir / "media").glob("*/*.part")


def _remove(path: Path) -> None:
    remove: Callable[[Path], None] = shutil.rmtree if path.is_dir() else Path.unlink
    remove(path)
