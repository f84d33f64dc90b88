"""What takes seconds and a file or a program of its own: done beside the road, row by row of `scheduled_tasks`.

A row is the order, so a crash forgets none. One that fails is tried again later; after some tries it is set aside, what
follows from that is written, and admins are told. Nothing a worker meets ends the program: started again, it would
meet the same row.
"""

import asyncio
import contextlib
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar

import structlog

from domain.events import WorkGivenUp
from storage.core import scheduled_tasks
from storage.core.database import Database, Transaction
from storage.core.trouble import is_trouble

CHUNK = 10
log = structlog.get_logger()

Finish = Callable[[Transaction], bool]
"""Writes what comes of a row, in the transaction in which it is done with; False when it is still to be done."""


class Worker(ABC):
    """Works until cancelled, one row at a time."""

    kind: ClassVar[str]
    """Of the rows of `scheduled_tasks` that are its own."""
    tries: ClassVar[int]
    """After so many a row is set aside."""
    again: ClassVar[timedelta]
    """So long after a failure it is tried again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._wake = asyncio.Event()
        database.listen(scheduled_tasks.planned_signal(self.kind), self._wake.set)

    def soon(self) -> None:
        """Look now: the clock was moved."""
        self._wake.set()

    @property
    @abstractmethod
    def poll_seconds(self) -> float:
        """So often it looks for what is due, beside when something is planned."""

    @abstractmethod
    async def _do(self, row: sqlite3.Row) -> Finish:
        """Do what a row orders. Raises whatever it meets: the row is tried again then."""

    async def _prepare(self) -> None:  # noqa: B027 - most have nothing to prepare
        """What is to be done each time before looking for rows. Raises whatever it meets."""

    async def _leave(self) -> None:  # noqa: B027
        """What is to be let go of when it is cancelled."""

    def _set_aside(self, tx: Transaction, row: sqlite3.Row, error: Exception) -> None:  # noqa: B027
        """What follows from giving a row up, such as telling whoever ordered it."""

    async def run(self) -> None:
        """Do what is due, then wait for more."""
        try:
            await self._work()
        finally:
            await self._leave()

    async def _work(self) -> None:
        while True:
            self._wake.clear()
            try:
                await self._prepare()
                await self.do_due()
            except Exception as error:
                if is_trouble(error):
                    # The loop tells the admins of a full disk; the rows are still there when it works again.
                    log.error("worker_storage_trouble", kind=self.kind, error=str(error))
                else:
                    log.exception("worker_failed", kind=self.kind)
            # Not `wait_for`: cancelled in the moment it is woken, that goes on as if nothing had been said (3.11).
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.poll_seconds):
                    await self._wake.wait()

    async def do_due(self) -> None:
        """Do what is due now, some rows of it."""
        for row in await self._database.run(scheduled_tasks.claim, (self.kind,), CHUNK):
            await self._one(row)

    async def _one(self, row: sqlite3.Row) -> None:
        try:
            finish = await self._do(row)
            await self._database.run(_finished, row["id"], finish)
        except Exception as error:
            if is_trouble(error) and not isinstance(error, OSError):
                raise  # no row's fault; a file that cannot be read or written may be
            log.error("work_failed", kind=self.kind, task=row["id"], error=_words(error), tries=row["tries"] + 1)
            await self._database.run(self._failed, row, error)

    def _failed(self, tx: Transaction, row: sqlite3.Row, error: Exception) -> None:
        if row["tries"] + 1 < self.tries:
            scheduled_tasks.push(tx, row["id"], self.again)
            return
        scheduled_tasks.finished(tx, row["id"])
        told = WorkGivenUp(work=row["id"], of=row["kind"], about=row["subject"], error=_words(error))
        each: tuple[Callable[[], None], ...] = (lambda: self._set_aside(tx, row, error), lambda: tx.emit(told))
        for follows in each:
            try:
                with tx.savepoint():
                    follows()
            except Exception as second:
                if is_trouble(second):
                    raise
                log.error("work_untold", kind=self.kind, task=row["id"], error=type(second).__name__)


def _finished(tx: Transaction, task_id: int, finish: Finish) -> None:
    # What planned its next occurrence under the same key has moved this row already.
    if finish(tx) and scheduled_tasks.is_due(tx, task_id):
        scheduled_tasks.finished(tx, task_id)


def _words(error: Exception) -> str:
    """What an admin can look for: never what somebody wrote, which an error may quote."""
    return type(error).__name__
