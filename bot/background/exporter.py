"""Makes the files that were ordered from the database, in a program of its own, and has them sent.

What is to be made is a row, so a crash forgets none. A file lies on the disk from when it is made until it was sent:
what was left by a crash is deleted as soon as nothing waits any more.
"""

import asyncio
import json
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.background import programs
from bot.background.worker import Finish, Worker
from domain.figures.exports import Wanted
from domain.people.rights import NotAllowed
from handlers.figures.exports import sending
from handlers.kit.update_context import Setup
from services.figures import exporting
from storage.core.database import Database, Transaction
from storage.core.disk import flush_file, make_folder

PROGRAM_SECONDS = 900.0
LOOK_SECONDS = 30.0
TRIES = 2
AGAIN = timedelta(seconds=10)
LARGEST = 50 * 1024 * 1024
"""Bytes of a file that Telegram takes from a bot."""


class Exporter(Worker):
    """Works until cancelled, one order at a time."""

    kind = exporting.KIND
    tries = TRIES
    again = AGAIN

    def __init__(self, database: Database, setup: Setup, community: Path) -> None:
        super().__init__(database)
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
        data = json.loads(row["data"])
        wanted = Wanted.from_json(data["wanted"])
        file = sending.file_of(self._setup, row["id"], wanted)
        await asyncio.to_thread(make_folder, file.parent)
        told = await make(
            {
                "database": str(self._database.path.resolve()),
                "community": str(self._community.resolve()),
                "wanted": data["wanted"],
                "language": data["language"],
                "file": str(file.resolve()),
                "now": self._database.now().isoformat(),
            }
        )

        size = await asyncio.to_thread(flush_file, file) if "rows" in told else 0

        def finish(tx: Transaction) -> bool:
            if size > LARGEST:
                tx.after_commit.append(lambda: shutil.rmtree(file.parent, ignore_errors=True))
                sending.too_large(tx, self._setup, row["subject"], size)
                return True
            if "unwritable" in told:
                sending.unwritable(tx, self._setup, row["subject"], told["unwritable"])
                return True
            try:
                exporting.made(tx, data, told["rows"])
            except NotAllowed:
                tx.after_commit.append(lambda: shutil.rmtree(file.parent, ignore_errors=True))
                sending.refused(tx, self._setup, row["subject"])
            else:
                sending.made(tx, self._setup, row["subject"], wanted, file, told["rows"])
            return True

        return finish

    def _set_aside(self, tx: Transaction, row: sqlite3.Row, error: Exception) -> None:
        sending.failed(tx, self._setup, row["subject"])


async def make(order: dict[str, Any], program: str = "bot.exports") -> dict[str, Any]:
    """Have a program of ours carry an order out; returns its answer. Raises ProgramFailed, OSError, TimeoutError."""
    return await programs.carry_out(program, order, PROGRAM_SECONDS)
