"""Counts and draws the figures whose picture somebody asked for: on a connection of its own that cannot write, and in a
program of its own. Neither the loop nor the database's thread waits for it."""

import asyncio
import json
import sqlite3
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.background.printer import draw
from bot.background.worker import Finish, Worker
from handlers.figures import picture
from handlers.kit.update_context import Setup
from storage.core.database import Database, Transaction
from storage.core.reading import read_beside

LOOK_SECONDS = 30.0
TRIES = 2
AGAIN = timedelta(seconds=10)


class FiguresPicture(Worker):
    """Works until cancelled, one picture at a time."""

    kind = picture.KIND
    tries = TRIES
    again = AGAIN

    def __init__(self, database: Database, setup: Setup) -> None:
        super().__init__(database)
        self._setup = setup

    @property
    def poll_seconds(self) -> float:
        return LOOK_SECONDS

    async def _do(self, row: sqlite3.Row) -> Finish:
        about, told = row["subject"], json.loads(row["data"])
        ordered = await self._count(about, told)
        if ordered is None:
            return lambda tx: True
        answer: dict[str, object] = {"files": []}
        folder = picture.folder(self._setup, row["id"])
        if ordered.charts is not None:
            answer = await draw({"kind": "charts", "order": ordered.charts, "folder": str(folder.resolve())})

        def finish(tx: Transaction) -> bool:
            files = answer.get("files")
            if isinstance(files, list):
                named = [folder / Path(file).name for file in files]
                picture.drawn(tx, self._setup, about, told, ordered, named)
            else:
                picture.failed(tx, self._setup, about, told, str(answer.get("unwritable")))
            return True

        return finish

    async def _count(self, about: str, told: dict[str, Any]) -> picture.Ordered | None:
        database, given_up = self._database, threading.Event()
        try:
            return await asyncio.to_thread(
                read_beside, database.path, database.now, lambda tx: picture.read(tx, self._setup, about, told),
                given_up.is_set,
            )  # fmt: skip
        finally:
            # A thread cannot be cancelled, and the program does not end before it does.
            given_up.set()

    def _set_aside(self, tx: Transaction, row: sqlite3.Row, error: Exception) -> None:
        picture.failed(tx, self._setup, row["subject"], json.loads(row["data"]), None)
