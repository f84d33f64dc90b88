"""Makes the copies that people asked for of what is kept about them: reads and packs by a program of its own, fetches
their files from Telegram here, for the program is told no secret.

What is to be made is a row, so a crash forgets none and sends none twice: row, event and messages are one transaction.
What was left on the disk is deleted as soon as nothing waits any more.
"""

import asyncio
import json
import re
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from bot.background.exporter import make
from bot.background.worker import Finish, Worker
from bot.kit.request import NotSent, Refused, Request, Uncertain
from domain.core.subjects import split
from handlers.kit.update_context import Setup
from handlers.personal_data import sending
from services.personal_data import exporting
from storage.core.database import Database, Transaction

PROGRAM = "bot.exports.own_data"
FETCH_SECONDS = 600.0
AT_ONCE = 4
"""So many files are fetched at the same time."""
LOOK_SECONDS = 30.0
TRIES = 3
AGAIN = timedelta(minutes=1)
_ENDING = re.compile(r"[A-Za-z0-9]{1,8}", re.ASCII)
log = structlog.get_logger()


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
        (folder / "files").mkdir(parents=True, mode=0o700)
        wanted = (await make(order, PROGRAM))["files"]
        fetched = await self._fetch(wanted, folder)
        with_files = {**order, "folder": str(folder.resolve()), "fetched": fetched}
        made = await make(with_files, PROGRAM)
        shutil.rmtree(folder / "files")

        def finish(tx: Transaction) -> bool:
            zips = [folder / name for name in made["zips"]]
            missing = len(wanted) - len(fetched)
            sending.made(tx, self._setup, row["subject"], zips, rows=made["rows"], files=len(fetched), missing=missing)
            return True

        return finish

    def _set_aside(self, tx: Transaction, row: sqlite3.Row, error: Exception) -> None:
        sending.failed(tx, self._setup, row["subject"])

    async def _fetch(self, wanted: Sequence[Mapping[str, Any]], folder: Path) -> dict[str, str]:
        """Those of the files that Telegram hands over in time: what each is called in the folder, by its unique id."""
        fetched: dict[str, str] = {}
        turn = asyncio.Semaphore(AT_ONCE)

        async def one(file: Mapping[str, Any]) -> None:
            async with turn:
                try:
                    path, content = await self._request.download_named(file["file_id"])
                except (Refused, NotSent, Uncertain) as error:
                    log.warning("own_data_file_missing", error=type(error).__name__)
                    return
            name = f"files/{file['name']}.{_ending(path)}"
            await asyncio.to_thread((folder / name).write_bytes, content)
            fetched[file["unique_id"]] = name

        tasks = [asyncio.create_task(one(file)) for file in wanted]
        try:
            if tasks:
                await asyncio.wait(tasks, timeout=FETCH_SECONDS)
        finally:
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error  # a disk that takes no file: the row is tried again
        return fetched


def _ending(path: str) -> str:
    """What a file is to be called behind its dot, as Telegram calls it: people's machines open it by that."""
    ending = path.rpartition("/")[2].rpartition(".")[2]
    return ending.lower() if _ENDING.fullmatch(ending) and "." in path else "bin"
