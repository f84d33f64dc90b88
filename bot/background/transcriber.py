"""Drafts what a voice note says, with a program of the operator's (TRANSCRIBE_COMMAND); staff decide.

What is to be done is a row, so a crash forgets none. The program gets the name of a sound file as its last argument and
writes text to its standard output. Nothing leaves this machine unless that program sends it.
"""

import shlex
import sqlite3
import tempfile
from datetime import timedelta
from pathlib import Path

from bot.background import programs
from bot.background.worker import Finish, Worker
from bot.kit.request import Request
from domain.core.subjects import split
from services.reports.hearing import draft_heard
from services.reports.transcribing import KIND
from storage.core.database import Database, Transaction
from storage.reports import reports

PROGRAM_SECONDS = 120.0
LOOK_SECONDS = 30.0
TRIES = 3
AGAIN = timedelta(minutes=10)
TEXT_LIMIT = 2000


class Transcriber(Worker):
    """Works until cancelled, one file at a time."""

    kind = KIND
    tries = TRIES
    again = AGAIN

    def __init__(self, database: Database, request: Request, command: str, folder: Path) -> None:
        super().__init__(database)
        self._request = request
        self._command = shlex.split(command)
        self._folder = folder

    @property
    def poll_seconds(self) -> float:
        return LOOK_SECONDS

    async def _do(self, row: sqlite3.Row) -> Finish:
        part = await self._database.run(reports.part, split(row["subject"])[1])
        text = ""
        if part is not None and part.file_id is not None:
            text = await self._transcribe(part.file_id)

        def finish(tx: Transaction) -> bool:
            if part is not None and text:
                draft_heard(tx, part.report, text)
            return True

        return finish

    async def _transcribe(self, file_id: str) -> str:
        content = await self._request.download(file_id)
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".ogg") as file:
            file.write(content)
            file.flush()
            ended = await programs.run_foreign((*self._command, file.name), PROGRAM_SECONDS)
        if ended.code != 0:
            raise OSError(f"the program ended with {ended.code}")
        return ended.said.decode("utf-8", "replace").strip()[:TEXT_LIMIT]
