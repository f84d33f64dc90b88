"""The clock's part: one job, the tick. What is due and when is in the database; the tick only asks it.

APScheduler's default grace of one second would drop the job after a short stall, and its cron fires twice in an autumn
fold; so it only repeats the tick, and recurrences are rows (docs/scheduled-tasks.md).
"""

import asyncio
import json
import sqlite3
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.background import tidying
from domain.events import WorkGivenUp
from storage.core import scheduled_tasks, sends
from storage.core.database import Database, Transaction
from storage.core.trouble import is_trouble

TICK_SECONDS = 1.0
CHUNK = 200
CHUNK_SECONDS = 0.02
"""So long a chunk goes on with rows that are done one by one."""
PUSH = timedelta(hours=1)
TIDY_SECONDS = 3600.0
TRIES = 24
"""So often a task is tried, an hour apart; one that fails for a day will not work by itself."""
log = structlog.get_logger()

BoundTask = Callable[[Transaction, str, dict[str, Any]], None]
"""What to do when something is due: the transaction, the subject, and what was noted with it."""


BoundChunkTask = Callable[[Transaction, Sequence[sqlite3.Row]], Mapping[int, datetime]]
"""The same for a whole chunk of rows of one kind, where many are due at once; says when which of them happen again."""


class Scheduler:
    """Ticks once a second, and at once when somebody moved the clock.

    `done_by_others`: kinds that are due and not the tick's. Where they are given, what is of no kind is put away.
    """

    def __init__(
        self,
        database: Database,
        tasks: Mapping[str, BoundTask],
        chunk_tasks: Mapping[str, BoundChunkTask] | None = None,
        done_by_others: Collection[str] | None = None,
    ) -> None:
        self._database = database
        self._tasks = tasks
        self._chunk_tasks = chunk_tasks or {}
        # Only who knows what others do can tell what nobody does.
        self._known = None if done_by_others is None else (*self._tasks, *self._chunk_tasks, *done_by_others)
        self._ticking = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._tidied: float | None = None
        self._ticked = time.monotonic()
        self._stopping = False
        self._soon: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin ticking."""
        self._scheduler.add_job(
            self.tick, "interval", seconds=TICK_SECONDS, misfire_grace_time=None, coalesce=True, max_instances=1
        )
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more; waits for the chunk at hand."""
        self._stopping = True
        self._scheduler.shutdown(wait=False)
        async with self._ticking:
            pass

    @property
    def seconds_since_tick(self) -> float:
        """How long ago a tick has done a piece of its work."""
        return time.monotonic() - self._ticked

    def soon(self) -> None:
        """Tick now: the clock was moved."""
        task = asyncio.ensure_future(self.tick())
        self._soon.add(task)
        task.add_done_callback(self._soon.discard)

    async def tick(self) -> None:
        """Do everything that is due, in chunks, so that nobody waits for a thousand reminders."""
        async with self._ticking:
            try:
                await self._database.run(sends.promote)
                while not self._stopping and await self._database.run(self._chunk) == CHUNK:
                    self._ticked = time.monotonic()  # others take their turn in between: the database's lock is fair
                self._ticked = time.monotonic()
                # By a clock that nobody moves: a day forward and back again must not put it off for a day.
                if self._tidied is None or time.monotonic() - self._tidied >= TIDY_SECONDS:
                    await self._tidy()
                    self._tidied = time.monotonic()
            except Exception as error:
                if is_trouble(error):
                    log.error("tick_storage_trouble", error=str(error))
                else:
                    # The next tick tries again; nothing of this one was kept.
                    log.exception("tick_failed")

    async def _tidy(self) -> None:
        await self._database.run(tidying.begin)
        while not self._stopping and self._known is not None:
            self._ticked = time.monotonic()
            if await self._database.run(self._put_away_unknown, self._known) < CHUNK:
                break
        while not self._stopping and await self._database.run(tidying.tidy):
            self._ticked = time.monotonic()

    def _put_away_unknown(self, tx: Transaction, known: Collection[str]) -> int:
        """What an earlier version planned, and this one has no name for."""
        rows = scheduled_tasks.put_away_unknown(tx, known, CHUNK)
        for number, row in rows:
            log.warning("task_put_away", kind=row["kind"], subject=row["subject"], reason="unknown kind")
            _tell(
                tx, row, WorkGivenUp(work=number, of=row["kind"], about=row["subject"], error=scheduled_tasks.UNKNOWN)
            )
        return len(rows)

    def _chunk(self, tx: Transaction) -> int:
        rows = scheduled_tasks.claim(tx, (*self._tasks, *self._chunk_tasks), CHUNK)
        together: dict[str, list[sqlite3.Row]] = {}
        began = time.monotonic()
        for row in rows:
            if row["kind"] in self._chunk_tasks:
                together.setdefault(row["kind"], []).append(row)
            elif time.monotonic() - began < CHUNK_SECONDS:
                self._do(tx, row)
            else:
                return CHUNK  # those left are due still: others take their turn at the database first
        for kind, of_kind in together.items():
            self._do_together(tx, kind, of_kind)
        return len(rows)

    def _do_together(self, tx: Transaction, kind: str, rows: list[sqlite3.Row]) -> None:
        try:
            with tx.savepoint():
                again = self._chunk_tasks[kind](tx, rows)
                scheduled_tasks.move_many(tx, again)
                scheduled_tasks.finish_many(tx, (row["id"] for row in rows if row["id"] not in again))
        except Exception as error:
            if is_trouble(error):
                raise
            if len(rows) > 1:
                for row in rows:  # one of them is bad: it holds up none of the others
                    self._do_together(tx, kind, [row])
                return
            self._failed(tx, rows[0], error)

    def _do(self, tx: Transaction, row: sqlite3.Row) -> None:
        try:
            with tx.savepoint():
                self._tasks[row["kind"]](tx, row["subject"], json.loads(row["data"]))
                # A task that planned its next occurrence, or its next piece, under the same key has this row already.
                if not scheduled_tasks.goes_on(tx, row):
                    scheduled_tasks.finished(tx, row["id"])
                elif row["tries"]:
                    scheduled_tasks.succeeded(tx, row["id"])
        except Exception as error:
            if is_trouble(error):
                raise
            self._failed(tx, row, error)

    def _failed(self, tx: Transaction, row: sqlite3.Row, error: Exception) -> None:
        log.error("task_failed", task=row["id"], kind=row["kind"], error=type(error).__name__, tries=row["tries"] + 1)
        if row["tries"] + 1 < TRIES:
            scheduled_tasks.push(tx, row["id"], PUSH)
            return
        number = scheduled_tasks.put_away(tx, row, f"{type(error).__name__}, {TRIES} times")
        what = type(error).__name__
        _tell(tx, row, WorkGivenUp(work=number, of=row["kind"], about=row["subject"], error=what))


def _tell(tx: Transaction, row: sqlite3.Row, told: WorkGivenUp) -> None:
    try:
        with tx.savepoint():
            tx.emit(told)
    except Exception as error:
        if is_trouble(error):
            raise
        # That it cannot be told holds up nothing else that is due.
        log.error("work_untold", task=row["id"], kind=row["kind"], error=type(error).__name__)
