"""Drafts what a voice note says, with a program of the operator's (TRANSCRIBE_COMMAND); staff decide.

What is to be done is a row, so a crash forgets none. The program gets the name of a sound file as its last argument and
writes text to its standard output. Nothing leaves this machine unless that program sends it.
"""

import asyncio
import contextlib
import shlex
import tempfile
from datetime import timedelta
from pathlib import Path

import structlog

from bot.request import NotSent, Refused, Request, Uncertain
from domain.events import Event, VoiceSubmitted
from domain.subjects import split, subject
from services.voices import draft_heard
from storage import due, voices
from storage.database import Database, Transaction
from storage.trouble import is_trouble

KIND = "transcribe"
SPOKEN = ("voice", "audio", "video_note")
PROGRAM_SECONDS = 120.0
LOOK_SECONDS = 30.0
TRIES = 3
AGAIN = timedelta(minutes=10)
TEXT_LIMIT = 2000
log = structlog.get_logger()


class Transcriber:
    """Works until cancelled, one file at a time."""

    def __init__(self, database: Database, request: Request, command: str, folder: Path) -> None:
        self._database = database
        self._request = request
        self._command = shlex.split(command)
        self._folder = folder
        self._wake = asyncio.Event()
        database.listen(due.planned_signal(KIND), self._wake.set)

    @staticmethod
    def note(tx: Transaction, event: Event) -> None:
        """A report came: plan its spoken parts."""
        if isinstance(event, VoiceSubmitted):
            for part in voices.parts(tx, event.voice):
                if part.purpose == "report" and part.kind in SPOKEN:
                    due.plan(tx, KIND, subject("part", part.id), tx.now, f"{KIND}:{part.id}")

    async def run(self) -> None:
        """Do what is due, then wait for more."""
        self._folder.mkdir(parents=True, exist_ok=True)
        while True:
            self._wake.clear()
            try:
                for row in await self._database.run(due.claim, (KIND,), 10):
                    await self._do(row["id"], split(row["subject"])[1], row["tries"])
            except Exception as error:
                if not is_trouble(error):
                    raise
                # The loop tells the admins of a full disk; the rows are still there when it works again.
                log.error("transcription_storage_trouble", error=str(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), LOOK_SECONDS)

    async def _do(self, due_id: int, part_id: int, tries: int) -> None:
        part = await self._database.run(voices.part, part_id)
        text = ""
        try:
            if part is not None and part.file_id is not None:
                text = await self._transcribe(part.file_id)
        except (NotSent, Uncertain, Refused, OSError, TimeoutError) as error:
            log.warning("transcription_failed", part=part_id, error=type(error).__name__, tries=tries + 1)
            if tries + 1 < TRIES:
                await self._database.run(due.push, due_id, AGAIN)
                return

        def finish(tx: Transaction) -> None:
            if part is not None and text:
                draft_heard(tx, part.voice, text)
            due.finished(tx, due_id)

        await self._database.run(finish)

    async def _transcribe(self, file_id: str) -> str:
        content = await self._request.download(file_id)
        with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".ogg") as file:
            file.write(content)
            file.flush()
            process = await asyncio.create_subprocess_exec(
                *self._command, file.name, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
            )
            try:
                output, _ = await asyncio.wait_for(process.communicate(), PROGRAM_SECONDS)
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if process.returncode != 0:
            raise OSError(f"the program ended with {process.returncode}")
        return output.decode("utf-8", "replace").strip()[:TEXT_LIMIT]
