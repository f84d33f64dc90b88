"""Writes what was taken away to its file, right after the commit and before anybody is told that it is done.

The transaction that takes away keeps a row of it, and what the same update wants to send is held
(storage/core/taken_away.py). Here the rows are written and flushed, on a thread; then they are deleted and what was
held goes out. Killed in between, the rows are still there at the next start, before anything else is done; a line the
file has already is not written twice.
"""

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec

import structlog

from domain.operations.taken_away import Line
from services.people import taken_away as service
from storage.core import taken_away, taken_away_file
from storage.core.database import Database, Transaction
from storage.core.instants import to_text
from storage.core.trouble import is_trouble

FIRST_DELAY = 0.2
LONGEST_DELAY = 30.0
PATIENCE = 5.0
ANSWER_SECONDS = 5.0
log = structlog.get_logger()
P = ParamSpec("P")


class TakenAway:
    """Runs until cancelled."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._path = taken_away_file.beside(database.path)
        self._wake = asyncio.Event()
        self._written = asyncio.Event()
        self._written.set()
        database.listen(taken_away.SIGNAL, self._more)

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    async def begin(self) -> None:
        """See that there is a file with this database's key, and that it has all. Raises OSError."""
        now, name = await self._database.run(_now_and_name)
        lines = await asyncio.to_thread(taken_away_file.read, self._path)
        if name not in taken_away_file.keys(lines):
            await asyncio.to_thread(taken_away_file.append, self._path, [taken_away_file.begun(name, now)])
        while not await self._write():
            pass

    async def run(self) -> None:
        """Write what comes; while that fails, try again, and let the admins know."""
        delay, failed, told = FIRST_DELAY, 0.0, False
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                if not await self._write():
                    self._wake.set()
                    continue
            except Exception as error:  # whatever it is: what waits for the file waits on, and the program lives
                words = str(error) if isinstance(error, OSError) or is_trouble(error) else type(error).__name__
                log.error("taken_away_not_written", error=words, retry_in=delay)
                failed += delay
                if failed >= PATIENCE and not told:
                    told = await self._tell(words)
                self._wake.set()
                await asyncio.sleep(delay)
                delay = min(delay * 2, LONGEST_DELAY)
                continue
            if told:
                told = not await self._try(service.works_again)
            delay, failed = FIRST_DELAY, 0.0

    async def written(self) -> bool:
        """Wait until the file has all that was taken away so far; False when it takes too long for somebody waiting."""
        if not self._written.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ANSWER_SECONDS):
                    await self._written.wait()
        return self._written.is_set()

    def _more(self) -> None:
        self._written.clear()
        self._wake.set()

    async def _write(self) -> bool:
        """Write what waits; False when more came meanwhile."""
        lines: list[Line] = await self._database.read(taken_away.waiting)
        if lines:
            await asyncio.to_thread(taken_away_file.append, self._path, lines)
        if not await self._database.run(taken_away.written, lines[-1].number if lines else 0):
            return False
        if not self._wake.is_set():
            self._written.set()
        return True

    async def _tell(self, error: str) -> bool:
        return await self._try(service.failing, error)

    async def _try(
        self, tell: Callable[Concatenate[Transaction, P], object], *args: P.args, **kwargs: P.kwargs
    ) -> bool:
        """Write what the admins are told; False when that failed as well, and is to be tried again."""
        try:
            await self._database.run(tell, *args, **kwargs)
        except Exception as second:
            log.error("taken_away_untold", error=type(second).__name__)
            return False
        return True


def _now_and_name(tx: Transaction) -> tuple[str, str]:
    return to_text(tx.now), taken_away.name_of(taken_away.key(tx))
