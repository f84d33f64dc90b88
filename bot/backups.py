"""Makes the nightly backup, beside everything else: the copy is made on a thread, from a connection of its own."""

import asyncio
import contextlib
import sqlite3
import threading
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from domain.retention import kept
from services import backups
from storage import backup, due
from storage.database import Database, Transaction
from storage.trouble import is_trouble

LOOK_SECONDS = 60.0
log = structlog.get_logger()


class Backups:
    """Works until cancelled. What is due is a row, so a night slept through is made up for at the next start."""

    def __init__(self, database: Database, folder: Path, zone: ZoneInfo) -> None:
        self._database = database
        self._folder = folder
        self._zone = zone
        self._wake = asyncio.Event()

    def soon(self) -> None:
        """Look now: the clock was moved."""
        self._wake.set()

    async def run(self) -> None:
        """Make what is due, then wait for the next night."""
        while True:
            self._wake.clear()
            try:
                if await self._database.run(self._is_due):
                    await self._make()
            except Exception as error:
                if not is_trouble(error):
                    raise
                # The loop tells the admins; here it is enough to come again.
                log.error("backup_storage_trouble", error=str(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), LOOK_SECONDS)

    def _is_due(self, tx: Transaction) -> bool:
        backups.plan(tx, self._zone)
        return bool(due.claim(tx, (backups.KIND,), 1))

    async def _make(self) -> None:
        given_up = threading.Event()
        try:
            path = await asyncio.to_thread(self._copy, given_up)
        except asyncio.CancelledError:
            # A thread cannot be cancelled, and the program does not end before it does.
            given_up.set()
            raise
        except (backup.BackupFailed, sqlite3.Error, OSError) as error:
            log.error("backup_failed", error=str(error))
            await self._database.run(backups.missed, str(error))
            return
        log.info("backup_made", file=path.name, bytes=path.stat().st_size)
        await self._database.run(backups.made, self._zone)

    def _copy(self, given_up: threading.Event) -> Path:
        path = backup.back_up(self._database.path, self._folder, backup.NIGHTLY, self._database.now(), given_up.is_set)
        # Only now that a new one is there may an old one go.
        found = backup.nightly(self._folder)
        for at in found.keys() - kept(found, self._zone):
            found[at].unlink(missing_ok=True)
        backup.sweep(self._folder)
        return path
