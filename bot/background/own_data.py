"""Makes the copies that people asked for of what is kept about them: reads and packs by a program of its own, fetches
their files from Telegram here, for the program is told no secret.

What is to be made is a row, so a crash forgets none and sends none twice: row, event and messages are one transaction.
What was left on the disk is deleted as soon as nothing waits any more.
"""

import asyncio
import json
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

from bot.background.exporter import make
from bot.background.worker import Finish, Worker
from bot.exports import own_files
from bot.kit.request import Request
from domain.core.subjects import split
from handlers.kit.update_context import Setup
from handlers.personal_data import sending
from services.personal_data import exporting
from storage.core.database import Database, Transaction
from storage.core.disk import flush_file, make_folder

PROGRAM = "bot.exports.own_data"
LOOK_SECONDS = 30.0
TRIES = 3
AGAIN = timedelta(minutes=1)


class OwnData(Worker):
    """Works until cancelled, one copy at a time."""

    kind = exporting.KIND
    tries = TRIES
    again = AGAIN

    def __init__(self, database: Database, request: Request, setup: Setup, community: Path) -> None:
        super().__init__(database)
        self._request = request
        self._setup = setup
        self._community = community

    @property
    def poll_seconds(self) -> float:
        return LOOK_SECONDS

    async def _prepare(self) -> None:
        left = sending.folders(self._setup)
        if left and not await self._database.read(sending.is_anything_waiting):
            for folder in left:
                shutil.rmtree(folder, ignore_errors=True)

    async def _do(self, row: sqlite3.Row) -> Finish:
        order = {
            "database": str(self._database.path.resolve()),
            "community": str(self._community.resolve()),
            "person": split(row["subject"])[1],
            "language": json.loads(row["data"])["language"],
            "now": self._database.now().isoformat(),
        }
        folder = sending.folder_of(self._setup, row["id"])
        shutil.rmtree(folder, ignore_errors=True)
        await asyncio.to_thread(make_folder, folder / own_files.FOLDER)
        wanted = (await make(order, PROGRAM))["files"]
        fetched = await own_files.fetch(self._request, wanted, folder)
        with_files = {**order, "folder": str(folder.resolve()), "fetched": fetched}
        made = await make(with_files, PROGRAM)
        shutil.rmtree(folder / own_files.FOLDER)
        for name in made["zips"]:
            await asyncio.to_thread(flush_file, folder / name)

        def finish(tx: Transaction) -> bool:
            zips = [folder / name for name in made["zips"]]
            missing = len(wanted) - len(fetched)
            sending.made(tx, self._setup, row["subject"], zips, rows=made["rows"], files=len(fetched), missing=missing)
            return True

        return finish

    def _set_aside(self, tx: Transaction, row: sqlite3.Row, error: Exception) -> None:
        sending.failed(tx, self._setup, row["subject"])
