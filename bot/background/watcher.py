"""Looks once a day whether anything has to be looked after; admins hear of it only then."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

from bot.background.worker import Finish, Worker
from domain.community import Community
from domain.operations.troubles import Outside
from services.operations import watching
from storage.core import backup
from storage.core.database import Database, Transaction
from storage.core.reading import read_beside

LOOK_SECONDS = 60.0


class Watcher(Worker):
    """Works until cancelled. What is due is a row: a look that was missed is taken at the next start, and one only."""

    kind = watching.KIND
    tries = 3
    again = watching.AGAIN

    def __init__(self, database: Database, data_dir: Path, community: Community) -> None:
        super().__init__(database)
        self._data_dir = data_dir
        self._community = community

    @property
    def poll_seconds(self) -> float:
        return LOOK_SECONDS

    async def _prepare(self) -> None:
        await self._database.run(watching.plan, self._community)

    async def _do(self, row: sqlite3.Row) -> Finish:
        beside = await asyncio.to_thread(outside, self._data_dir, self._database.path)
        found = await asyncio.to_thread(
            read_beside, self._database.path, self._database.now, lambda tx: watching.found(tx, beside)
        )

        def looked(tx: Transaction) -> bool:
            watching.looked(tx, self._community, found)
            return True

        return looked


def outside(data_dir: Path, database: Path) -> Outside:
    """What the disk says. Raises OSError."""
    copies = backup.made(data_dir / "backups", backup.NIGHTLY)
    return Outside(shutil.disk_usage(data_dir).free, database.stat().st_size, max(copies, default=None))
