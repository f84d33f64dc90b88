"""The photos on the web board: fetched from Telegram when staff release them, deleted once nobody may see them.

One kind of row in `scheduled_tasks` for both, by promise: what is to be there is looked up, what is missing fetched,
the rest removed. Telegram takes place and device out of photos before anybody gets them; files sent as documents, which
keep theirs, are not on the board.
"""

import sqlite3
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import structlog

from bot.request import Refused, Request
from bot.worker import Finish, Worker
from domain.core.subjects import split
from services.pledges.board_photos import KIND, see_to
from storage.core.database import Database, Transaction
from storage.pledges import board, board_files, occurrences

MOST_EACH = 20
"""As many as the page of one promise shows."""
CHUNK = 100
LARGEST = 10_000_000
LOOK_SECONDS = 30.0
LOOK_THROUGH_SECONDS = 3600.0
TRIES = 6
AGAIN = timedelta(minutes=10)
log = structlog.get_logger()


class PhotosMissing(Exception):
    """Some photos of a promise could not be fetched."""


class BoardPhotos(Worker):
    """Works until cancelled, one promise at a time."""

    kind = KIND
    tries = TRIES
    again = AGAIN

    def __init__(self, database: Database, request: Request, folder: Path) -> None:
        super().__init__(database)
        self._request = request
        self._folder = folder
        self._looked: float | None = None
        self._given_up: set[int] = set()

    @property
    def poll_seconds(self) -> float:
        return LOOK_SECONDS

    async def _prepare(self) -> None:
        if self._looked is None or time.monotonic() - self._looked > LOOK_THROUGH_SECONDS:
            await self._look_through()
            self._looked = time.monotonic()

    async def _look_through(self) -> None:
        """After a crash or a restored database files may be there that should not be, and others be missing."""
        for pledge in {named[0] for name in board_files.names(self._folder) if (named := board_files.named(name))}:
            await self._remove_unseen(pledge)
        after = 0
        while numbers := await self._database.read(board.with_photos, after, CHUNK):
            after = numbers[-1]
            for number in numbers:
                if number not in self._given_up and any(
                    not (self._folder / name).is_file() for name in await self._wanted(number)
                ):
                    await self._database.run(see_to, number)

    async def _do(self, row: sqlite3.Row) -> Finish:
        pledge = split(row["subject"])[1]
        wanted = await self._wanted(pledge)
        gone: list[int] = []
        missing: Exception | None = None
        for name, (checkin, file_id) in wanted.items():
            try:
                await self._fetch(name, file_id)
            except Refused as error:
                log.warning("board_photo_refused", checkin=checkin, code=error.code)
                if error.code == 400:
                    gone.append(checkin)
                else:
                    missing = error
            except Exception as error:
                missing = error  # one file costs none of the others
        await self._remove_unseen(pledge)
        if missing is not None and await self._database.run(_note_gone, pledge, wanted, gone):
            raise PhotosMissing from missing
        return lambda tx: _note_gone(tx, pledge, wanted, gone)

    def _set_aside(self, tx: Transaction, row: sqlite3.Row, error: Exception) -> None:
        self._given_up.add(split(row["subject"])[1])

    async def _wanted(self, pledge: int) -> "Wanted":
        return await self._database.read(_wanted, pledge)

    async def _fetch(self, name: str, file_id: str) -> None:
        if (self._folder / name).is_file():
            return
        content = await self._request.download(file_id)
        if board_files.kind(content) is None or len(content) > LARGEST:
            raise Refused(400, "this is no picture for a page")
        board_files.keep(self._folder, name, content)

    async def _remove_unseen(self, pledge: int) -> None:
        wanted = await self._wanted(pledge)
        for name in board_files.of_pledge(self._folder, pledge):
            if name not in wanted:
                board_files.remove(self._folder, name)


Wanted = dict[str, tuple[int, str]]
"""The files that are to be there: by name, the check-in and Telegram's name for it."""


def _wanted(tx: Transaction, pledge: int) -> Wanted:
    found = board.photos(tx, pledge, MOST_EACH)
    return {board_files.name(pledge, checkin, file_id): (checkin, file_id) for checkin, file_id in found}


def _note_gone(tx: Transaction, pledge: int, wanted: Wanted, gone: Sequence[int]) -> bool:
    """Telegram has the photos of these check-ins no more. False when others are wanted meanwhile: it is still due."""
    tx.signal(board.CHANGED)
    if _wanted(tx, pledge) != wanted:
        return False
    for checkin in gone:
        occurrences.photo_gone(tx, checkin)
    return True
