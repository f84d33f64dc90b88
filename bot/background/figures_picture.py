"""Has the figures counted and drawn whose picture somebody asked for, each by a program of its own."""

import json
import sqlite3
from datetime import timedelta
from pathlib import Path

from bot.background.counting import Counting
from bot.background.printer import draw
from bot.background.worker import Finish, Worker
from handlers.figures import picture
from handlers.kit.update_context import Setup
from storage.core.database import Database, Transaction

LOOK_SECONDS = 30.0
TRIES = 2
AGAIN = timedelta(seconds=10)


class FiguresPicture(Worker):
    """Works until cancelled, one picture at a time."""

    kind = picture.KIND
    tries = TRIES
    again = AGAIN

    def __init__(self, database: Database, setup: Setup, counting: Counting) -> None:
        super().__init__(database)
        self._setup = setup
        self._counting = counting

    @property
    def poll_seconds(self) -> float:
        return LOOK_SECONDS

    async def _do(self, row: sqlite3.Row) -> Finish:
        about, told = row["subject"], json.loads(row["data"])
        say = await self._database.read(picture.reader, self._setup, about)
        ordered = await self._counting.count(picture.read, self._setup.community, say, told)
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

    async def _leave(self) -> None:
        await self._counting.close()

    def _set_aside(self, tx: Transaction, row: sqlite3.Row, error: Exception) -> None:
        picture.failed(tx, self._setup, row["subject"], json.loads(row["data"]), None)
