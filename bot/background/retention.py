"""What is kept no longer goes, each night: kind by kind, a little at a time, beside everything else.

A piece is a transaction of its own and takes some milliseconds, whatever the machine; in between others take their
turn. What is left to do is seen from what is there, so a night that is interrupted goes on where it was.
"""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.background.worker import Finish, Worker
from domain.operations.retention import KeptDays
from services.broadcasts import forgetting_lists
from services.operations import retention
from services.personal_data import long_away, lookups
from services.repairs import growing_old as old_repairs
from services.reports import growing_old as old_reports
from storage.core import tidying
from storage.core.database import Database, Transaction
from storage.core.trouble import is_trouble
from storage.people import invitations

LOOK_SECONDS = 60.0
PIECE_SECONDS = 0.01
"""So long a piece should take."""
FEWEST, MOST = 5, 1000
PAUSE = 0.001
log = structlog.get_logger()

Forget = Callable[[Transaction, datetime, int], bool]
"""Has the next things go, so many at most, that were over before that; True while more may be left."""

Run = Callable[[Callable[[Transaction], tuple[bool, float]]], Awaitable[tuple[bool, float]]]


@dataclass(frozen=True)
class Step:
    """What goes after so many days; 0: it never does."""

    name: str
    days: int
    forget: Forget


def steps(kept: KeptDays) -> tuple[Step, ...]:
    """All that goes, in its order."""
    return (
        Step("reports", kept.reports, old_reports.forget_some),
        Step("addresses", kept.addresses, old_repairs.forget_addresses),
        Step("repairs", kept.repairs, old_repairs.forget_words),
        Step("recipients", kept.recipients, forgetting_lists.forget_some),
        Step("lookups", kept.lookups, lookups.forget_some),
        Step("people", kept.people, long_away.LongAway().forget_some),
        Step("invitations", kept.invitations, _all_at(invitations.forget_old)),
    )


def _all_at(forget: Callable[[Transaction, datetime, int], int]) -> Forget:
    """What says how many went."""
    return lambda tx, before, limit: forget(tx, before, limit) == limit


class Retention(Worker):
    """Works until cancelled. A night slept through is made up for at the next start."""

    kind = retention.KIND
    tries = 1
    again = timedelta(hours=1)

    def __init__(self, database: Database, zone: ZoneInfo, kept: KeptDays) -> None:
        super().__init__(database)
        self._zone = zone
        self._steps = [each for each in steps(kept) if each.days > 0]

    @property
    def poll_seconds(self) -> float:
        return LOOK_SECONDS

    async def _prepare(self) -> None:
        await self._database.run(retention.plan, self._zone)

    async def _do(self, row: sqlite3.Row) -> Finish:
        sure = await self._database.run(tidying.sure)
        if sure is None:
            return self._done
        failed: Exception | None = None
        for step in self._steps:
            try:
                await go_through(self._database.run, step, sure - timedelta(days=step.days))
            except Exception as error:
                if is_trouble(error):
                    raise
                # What cannot go holds up nothing else; the first failure is told when all others are done.
                log.error("not_forgotten", what=step.name, error=type(error).__name__)
                failed = failed or error
        if failed is not None:
            raise failed
        return self._done

    def _done(self, tx: Transaction) -> bool:
        retention.done(tx, self._zone)
        return True

    def _set_aside(self, tx: Transaction, row: sqlite3.Row, error: Exception) -> None:
        retention.done(tx, self._zone)


async def go_through(run: Run, step: Step, before: datetime) -> None:
    """Have all go of a kind that was over before that; `run` does a piece of it in a transaction."""
    limit, pieces, began = FEWEST, 0, time.monotonic()

    def piece(tx: Transaction) -> tuple[bool, float]:
        begins = time.monotonic()
        return step.forget(tx, before, limit), time.monotonic() - begins

    while True:
        more, took = await run(piece)
        pieces += 1
        if not more:
            break
        limit = _next_limit(limit, took)
        await asyncio.sleep(PAUSE)
    if pieces > 1:
        log.info("kept_no_longer", what=step.name, pieces=pieces, seconds=round(time.monotonic() - began, 1))


def _next_limit(limit: int, took: float) -> int:
    """More at a time where that was quick, fewer where it was slow."""
    if took < PIECE_SECONDS / 2:
        return min(MOST, limit * 2)
    if took > PIECE_SECONDS:
        return max(FEWEST, int(limit * PIECE_SECONDS / took))
    return limit
