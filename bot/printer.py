"""Draws what was ordered for printing, in a program of its own: it takes a second or more and 200 MB while it draws.

What is to be drawn is a row, so a crash forgets none; what comes of it is sent like everything else.
"""

import asyncio
import contextlib
import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from handlers import printing
from handlers.here import Setup
from storage import due
from storage.database import Database, Transaction
from storage.trouble import is_trouble

ROOT = Path(__file__).resolve().parent.parent
PROGRAM_SECONDS = 180.0
LOOK_SECONDS = 30.0
TRIES = 2
AGAIN = timedelta(seconds=10)
log = structlog.get_logger()


class DrawingFailed(Exception):
    """The program that draws ended otherwise than it should."""


class Printer:
    """Works until cancelled, one order at a time."""

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database = database
        self._setup = setup
        self._wake = asyncio.Event()
        database.listen(due.planned_signal(printing.KIND), self._wake.set)

    async def run(self) -> None:
        """Draw what is due, then wait for more."""
        while True:
            self._wake.clear()
            try:
                for row in await self._database.run(due.claim, (printing.KIND,), 10):
                    await self._do(row["id"], row["subject"], json.loads(row["data"]), row["tries"])
            except Exception as error:
                if not is_trouble(error):
                    raise
                # The loop tells the admins of a full disk; the rows are still there when it works again.
                log.error("printing_storage_trouble", error=str(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), LOOK_SECONDS)

    async def _do(self, due_id: int, about: str, data: dict[str, Any], tries: int) -> None:
        folder = printing.folder(self._setup, due_id)
        try:
            told = await draw({"kind": data["kind"], "order": data["order"], "folder": str(folder.resolve())})
        except (DrawingFailed, OSError, TimeoutError) as error:
            log.error("printing_failed", due=due_id, error=str(error) or type(error).__name__, tries=tries + 1)
            if tries + 1 < TRIES:
                await self._database.run(due.push, due_id, AGAIN)
                return
            told = {}

        def finish(tx: Transaction) -> None:
            if "files" in told:
                files = [folder / Path(file).name for file in told["files"]]
                printing.printed(tx, self._setup, about, data["caption"], files, told["left_out"])
            else:
                printing.failed(tx, self._setup, about, told.get("unwritable"))
            due.finished(tx, due_id)

        await self._database.run(finish)
        log.info("printed", due=due_id, files=len(told.get("files", ())))


async def draw(told: dict[str, Any]) -> dict[str, Any]:
    """Have `paper` carry an order out; returns its answer. Raises DrawingFailed, OSError, TimeoutError."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "paper", cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        said, trouble = await asyncio.wait_for(process.communicate(json.dumps(told).encode()), PROGRAM_SECONDS)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        last = trouble.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise DrawingFailed(f"ended with {process.returncode}: {last[:200]}")
    answer: dict[str, Any] = json.loads(said)
    return answer
