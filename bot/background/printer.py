"""Draws what was ordered for printing, in a program of its own: it takes a second or more and 200 MB while it draws.

What is to be drawn is a row, so a crash forgets none; what comes of it is sent like everything else.
"""

import asyncio
import json
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.background import programs
from bot.background.worker import Finish, Worker
from handlers.kit.update_context import Setup
from handlers.printing import printing
from storage.core.database import Database, Transaction
from storage.core.disk import make_folder

PROGRAM = "paper"
PROGRAM_SECONDS = 180.0
LOOK_SECONDS = 30.0
TRIES = 2
AGAIN = timedelta(seconds=10)


class Printer(Worker):
    """Works until cancelled, one order at a time."""

    kind = printing.KIND
    tries = TRIES
    again = AGAIN

    def __init__(self, database: Database, setup: Setup) -> None:
        super().__init__(database)
        self._setup = setup

    @property
    def poll_seconds(self) -> float:
        return LOOK_SECONDS

    async def _do(self, row: sqlite3.Row) -> Finish:
        data = json.loads(row["data"])
        folder = printing.folder(self._setup, row["id"])
        told = await draw({"kind": data["kind"], "order": data["order"], "folder": str(folder.resolve())})

        def finish(tx: Transaction) -> bool:
            if "files" in told:
                files = [folder / Path(file).name for file in told["files"]]
                printing.printed(tx, self._setup, row["subject"], data["caption"], files, told.get("left_out", []))
            else:
                printing.failed(tx, self._setup, row["subject"], told.get("unwritable"))
            return True

        return finish

    def _set_aside(self, tx: Transaction, row: sqlite3.Row, error: Exception) -> None:
        printing.failed(tx, self._setup, row["subject"], None)


async def draw(order: dict[str, Any]) -> dict[str, Any]:
    """Have `paper` carry an order out; returns its answer. Raises ProgramFailed, OSError, TimeoutError."""
    await asyncio.to_thread(make_folder, Path(order["folder"]))
    return await programs.carry_out(PROGRAM, order, PROGRAM_SECONDS)
