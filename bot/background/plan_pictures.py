"""The picture of the plan, made anew from what an admin sent or the community file names, in a program of its own.

What somebody sent is a due row, so a crash forgets none. The file that the community file names is looked at once at
the start: it changes only together with that file, and the bot is started anew then.
"""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import structlog

from bot.background import programs
from bot.background.worker import Finish, Worker
from bot.kit.request import Refused, Request
from domain.core.subjects import split
from domain.estate_plan.spots import Size
from domain.estate_plan.unfit import LARGEST_FILE, Unfit
from handlers.estate_plan import picture_notices
from handlers.kit.update_context import Setup
from services.estate_plan import pictures as service
from services.estate_plan.pictures import NewPicture
from storage.core.database import Database, Transaction
from storage.estate_plan import pictures

PROGRAM_SECONDS = 60.0
LOOK_SECONDS = 30.0
TRIES = 5
AGAIN = timedelta(seconds=30)
log = structlog.get_logger()


class PictureFailed(Exception):
    """The program that makes it anew ended otherwise than it should."""


class UnfitFile(Exception):
    """The file cannot be the picture, however often it is tried."""

    def __init__(self, why: Unfit) -> None:
        super().__init__(why.value)
        self.why = why


class PlanPictures(Worker):
    """Works until cancelled, one picture at a time. `file`: the one the community file names, or None."""

    kind = service.KIND
    tries = TRIES
    again = AGAIN

    def __init__(self, database: Database, request: Request, setup: Setup, file: Path | None) -> None:
        super().__init__(database)
        self._request = request
        self._setup = setup
        self._file = file

    @property
    def poll_seconds(self) -> float:
        return LOOK_SECONDS

    async def _prepare(self) -> None:
        file = self._file
        if file is None:
            return
        finish: Callable[[Transaction], None]
        try:
            finish = await self._from_file(file)
        except UnfitFile as error:
            log.warning("plan_picture_unfit", why=error.why)
            finish = self._file_refused(file, error.why)
        except OSError as error:
            log.warning("plan_picture_not_read", error=type(error).__name__)
            finish = self._file_refused(file, None)
        except PictureFailed:
            log.exception("plan_picture_failed")
            finish = self._file_refused(file, Unfit.BROKEN)
        await self._database.run(finish)
        self._file = None  # only now: what cannot be stored is looked at again

    async def _from_file(self, file: Path) -> Callable[[Transaction], None]:
        content = await asyncio.to_thread(_read, file)
        source = service.source_of(content)
        known = await self._database.read(pictures.current, True)
        if known is not None and known.source == source:
            return lambda _tx: None
        new = await made_anew(content)
        return lambda tx: _kept(tx, new)

    def _file_refused(self, file: Path, why: Unfit | None) -> Callable[[Transaction], None]:
        return lambda tx: picture_notices.file_refused(tx, self._setup, file.name, why)

    async def _do(self, row: sqlite3.Row) -> Finish:
        data = json.loads(row["data"])
        try:
            new = await made_anew(await self._fetch(data["file_id"]))
        except UnfitFile as error:
            why = error.why
            return lambda tx: self._refused(tx, row, why)

        def finish(tx: Transaction) -> bool:
            picture_notices.taken(tx, self._setup, split(row["subject"])[1], data["person"], new)
            return True

        return finish

    async def _fetch(self, file_id: str) -> bytes:
        try:
            content = await self._request.download(file_id)
        except Refused as error:
            if error.code == 400 and "too big" in error.description:
                raise UnfitFile(Unfit.TOO_HEAVY) from error
            raise
        return content

    def _refused(self, tx: Transaction, row: sqlite3.Row, why: Unfit) -> bool:
        picture_notices.refused(tx, self._setup, split(row["subject"])[1], why)
        return True

    def _set_aside(self, tx: Transaction, row: sqlite3.Row, error: Exception) -> None:
        picture_notices.not_fetched(tx, self._setup, split(row["subject"])[1])


async def made_anew(content: bytes) -> NewPicture:
    """The picture in a file. Raises UnfitFile, PictureFailed, OSError."""
    if len(content) > LARGEST_FILE:
        raise UnfitFile(Unfit.TOO_HEAVY)
    try:
        ended = await programs.run("paper.plan_picture", content, PROGRAM_SECONDS)
    except TimeoutError:
        raise UnfitFile(Unfit.TOO_MANY_DOTS) from None
    if ended.code < 0:
        # The system ended it: its bounds were reached, and what reaches them is a file with too much in it.
        raise UnfitFile(Unfit.TOO_MANY_DOTS)
    if ended.code != 0:
        raise PictureFailed(f"ended with {ended.code}")
    told, _, made = ended.said.partition(b"\n")
    answer = json.loads(told)
    if "unfit" in answer:
        raise UnfitFile(Unfit(answer["unfit"]))
    return NewPicture(made, answer["type"], Size(answer["width"], answer["height"]), service.source_of(content))


def _read(file: Path) -> bytes:
    """As much of a file as a picture may have, and one byte more by which a larger one is known. Raises OSError."""
    with file.open("rb") as opened:
        return opened.read(LARGEST_FILE + 1)


def _kept(tx: Transaction, new: NewPicture) -> None:
    service.keep(tx, new, from_file=True, actor=None)
