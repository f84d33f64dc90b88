"""Has the days that are over closed, at night, by a program of its own (`close_days.py`): it takes minutes the first
time, and seconds each night."""

import asyncio
import sqlite3

import structlog

from bot.background import programs
from bot.background.worker import Finish, Worker
from domain.calendar.hours import WorkingHours
from services.figures import closing
from storage.core.database import Database, Transaction
from storage.core.instants import to_text
from storage.core.reading import read_beside

LOOK_SECONDS = 60.0
log = structlog.get_logger()


class DayCloser(Worker):
    """Works until cancelled. What is missing at the start, on an old database or after a restore, is made at once."""

    kind = closing.KIND
    tries = 1
    again = closing.AGAIN

    def __init__(self, database: Database, hours: WorkingHours) -> None:
        super().__init__(database)
        self._hours = hours
        self._looked = False

    @property
    def poll_seconds(self) -> float:
        return LOOK_SECONDS

    async def _prepare(self) -> None:
        is_behind = not self._looked and await asyncio.to_thread(self._is_behind)
        self._looked = True
        await self._database.run(closing.plan, self._hours.zone, now=is_behind)

    def _is_behind(self) -> bool:
        try:
            return read_beside(self._database.path, self._database.now, lambda tx: closing.is_behind(tx, self._hours))
        except sqlite3.DatabaseError as error:
            log.warning("facts_unreadable", error=str(error))
            return True

    async def _do(self, row: sqlite3.Row) -> Finish:
        until = closing.over(self._database.now(), self._hours.zone)
        told = {
            "database": str(self._database.path.resolve()),
            "hours": closing.as_text(self._hours),
            "until": to_text(until),
        }
        try:
            chunks = await close(told)
        except Exception as error:
            log.error("days_not_closed", error=str(error) or type(error).__name__)
            return _again
        log.info("days_closed", until=told["until"], chunks=chunks)
        return self._done

    def _done(self, tx: Transaction) -> bool:
        closing.done(tx, self._hours.zone)
        return True


async def close(order: dict[str, str]) -> int:
    """Have it done, however long it takes; how many chunks that took. Raises ProgramFailed, OSError."""
    answer = await programs.carry_out("bot.background.close_days", order)
    return int(answer["chunks"])


def _again(tx: Transaction) -> bool:
    closing.failed(tx)
    return True
