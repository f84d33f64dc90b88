"""Makes the nightly backup, beside everything else: the copy is made on a thread, from a connection of its own."""

import asyncio
import sqlite3
import threading
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from bot.background.worker import Finish, Worker
from domain.operations.retention import backups_to_keep
from services.operations import backups
from storage.core import backup, tidying
from storage.core.database import Database, Transaction

LOOK_SECONDS = 60.0
log = structlog.get_logger()


class Backups(Worker):
    """Works until cancelled. What is due is a row, so a night slept through is made up for at the next start."""

    kind = backups.KIND
    tries = 1
    again = backups.AGAIN

    def __init__(
        self, database: Database, folder: Path, zone: ZoneInfo, kept_days: int, public_key: str | None = None
    ) -> None:
        """`kept_days`: older copies go, but for the newest; 0: none goes for being old. `public_key`: see `back_up`."""
        super().__init__(database)
        self._public_key = public_key
        self._folder = folder
        self._zone = zone
        self._kept_days = kept_days

    @property
    def poll_seconds(self) -> float:
        return LOOK_SECONDS

    async def _prepare(self) -> None:
        await self._database.run(backups.plan, self._zone)

    async def _do(self, row: sqlite3.Row) -> Finish:
        given_up = threading.Event()
        sure = await self._database.run(tidying.sure)
        since = sure - timedelta(days=self._kept_days) if sure is not None and self._kept_days else None
        try:
            path = await asyncio.to_thread(self._copy, given_up, since)
        except asyncio.CancelledError:
            # A thread cannot be cancelled, and the program does not end before it does.
            given_up.set()
            raise
        except Exception as error:
            log.error("backup_failed", error=str(error))
            return self._missed(str(error) or type(error).__name__)
        log.info("backup_made", file=path.name, bytes=path.stat().st_size)
        return self._made

    def _made(self, tx: Transaction) -> bool:
        backups.made(tx, self._zone)
        return True

    def _missed(self, error: str) -> Finish:
        """Told and tried again in its own way: night after night, and the first failure of several alone."""

        def missed(tx: Transaction) -> bool:
            backups.missed(tx, error)
            return True

        return missed

    def _copy(self, given_up: threading.Event, since: datetime | None) -> Path:
        path = backup.back_up(
            self._database.path, self._folder, backup.NIGHTLY, self._database.now(), given_up.is_set,
            public_key=self._public_key,
        )  # fmt: skip
        # Only now that a new one is there may an old one go.
        found = backup.made(self._folder, backup.NIGHTLY)
        gone = [found[at] for at in found.keys() - backups_to_keep(found, self._zone, since)]
        if since is not None:
            for label in (backup.BEFORE_SCHEMA, backup.REPLACED):
                gone += [each for at, each in backup.made(self._folder, label).items() if at < since]
        for each in gone:
            backup.remove(each)
        backup.sweep(self._folder)
        return path
