"""Photos on public pages: fetched from Telegram once they may be shown, deleted once nobody may see them.

One kind of row in `scheduled_tasks` for both, by owner (a promise, a project): what is to be there is looked up, what
is missing fetched, the rest removed. Telegram takes place and device out of photos before anybody gets them; files sent
as documents, which keep theirs, are on no page.
"""

import sqlite3
import time
from abc import abstractmethod
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import structlog

from bot.background.worker import Finish, Worker
from bot.kit.request import Refused, Request
from domain.core.subjects import split
from storage.core import page_files
from storage.core.database import Database, Transaction

MOST_EACH = 20
"""As many as the page of one promise or project shows."""
CHUNK = 100
LARGEST = 10_000_000
LOOK_SECONDS = 30.0
LOOK_THROUGH_SECONDS = 3600.0
TRIES = 6
AGAIN = timedelta(minutes=10)
log = structlog.get_logger()


class PhotosMissing(Exception):
    """Some photos of an owner could not be fetched."""


class PagePhotos(Worker):
    """Works until cancelled, one owner at a time. What is shown of which owner its kinds say."""

    tries = TRIES
    again = AGAIN
    changed: ClassVar[str]
    """The signal that a page shows a photo no more."""

    def __init__(self, database: Database, request: Request, folder: Path) -> None:
        super().__init__(database)
        self._request = request
        self._folder = folder
        self._looked: float | None = None
        self._given_up: set[int] = set()

    @staticmethod
    @abstractmethod
    def see_to(tx: Transaction, owner: int) -> None:
        """Plan a row for an owner."""

    @staticmethod
    @abstractmethod
    def shown(tx: Transaction, owner: int, limit: int) -> list[tuple[int, str]]:
        """The photos its page shows at this moment: the id of each, and Telegram's name for its file."""

    @staticmethod
    @abstractmethod
    def with_photos(tx: Transaction, after: int, limit: int) -> list[int]:
        """The owners whose pages show photos, by number; those behind `after`."""

    @staticmethod
    @abstractmethod
    def gone(tx: Transaction, photo: int) -> None:
        """Note that Telegram has that file no more."""

    @property
    def poll_seconds(self) -> float:
        return LOOK_SECONDS

    async def _prepare(self) -> None:
        if self._looked is None or time.monotonic() - self._looked > LOOK_THROUGH_SECONDS:
            await self._look_through()
            self._looked = time.monotonic()

    async def _look_through(self) -> None:
        """After a crash or a restored database files may be there that should not be, and others be missing."""
        for owner in {named[0] for name in page_files.names(self._folder) if (named := page_files.named(name))}:
            await self._remove_unseen(owner)
        after = 0
        while numbers := await self._database.read(self.with_photos, after, CHUNK):
            after = numbers[-1]
            for number in numbers:
                if number not in self._given_up and any(
                    not (self._folder / name).is_file() for name in await self._wanted(number)
                ):
                    await self._database.run(self.see_to, number)

    async def _do(self, row: sqlite3.Row) -> Finish:
        owner = split(row["subject"])[1]
        wanted = await self._wanted(owner)
        gone: list[int] = []
        missing: Exception | None = None
        for name, (photo, file_id) in wanted.items():
            try:
                await self._fetch(name, file_id)
            except Refused as error:
                log.warning("page_photo_refused", kind=self.kind, photo=photo, code=error.code)
                if error.code == 400:
                    gone.append(photo)
                else:
                    missing = error
            except Exception as error:
                missing = error  # one file costs none of the others
        await self._remove_unseen(owner)
        if missing is not None and await self._database.run(self._note_gone, owner, wanted, gone):
            raise PhotosMissing from missing
        return lambda tx: self._note_gone(tx, owner, wanted, gone)

    def _set_aside(self, tx: Transaction, row: sqlite3.Row, error: Exception) -> None:
        self._given_up.add(split(row["subject"])[1])

    async def _wanted(self, owner: int) -> "Wanted":
        return await self._database.read(self._wanted_now, owner)

    def _wanted_now(self, tx: Transaction, owner: int) -> "Wanted":
        found = self.shown(tx, owner, MOST_EACH)
        return {page_files.name(owner, photo, file_id): (photo, file_id) for photo, file_id in found}

    async def _fetch(self, name: str, file_id: str) -> None:
        if (self._folder / name).is_file():
            return
        content = await self._request.download(file_id)
        if page_files.kind(content) is None or len(content) > LARGEST:
            raise Refused(400, "this is no picture for a page")
        page_files.keep(self._folder, name, content)

    async def _remove_unseen(self, owner: int) -> None:
        wanted = await self._wanted(owner)
        for name in page_files.of_owner(self._folder, owner):
            if name not in wanted:
                page_files.remove(self._folder, name)

    def _note_gone(self, tx: Transaction, owner: int, wanted: "Wanted", gone: Sequence[int]) -> bool:
        """Telegram has these photos no more. False when others are wanted meanwhile: it is still due."""
        tx.signal(self.changed)
        if self._wanted_now(tx, owner) != wanted:
            return False
        for photo in gone:
            self.gone(tx, photo)
        return True


Wanted = dict[str, tuple[int, str]]
"""The files that are to be there: by name, the photo and Telegram's name for it."""
