"""An estate on a real database, driven from plain code: people with roles, services, the clock, crashes."""

import asyncio
import contextlib
import hashlib
import itertools
import shutil
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.background.scheduler import Scheduler
from bot.tasks import authors, chunk_tasks, tasks
from domain.people.rights import Role
from services.staff_room import staff_chat
from storage.core import events, taken_away
from storage.core.blocks import Blocked
from storage.core.database import Database, Transaction
from storage.core.migrate import migrate
from storage.people import people
from storage.people.people import Person
from tests.support import MONDAY, Clock, make_setup, person
from tests.walk.screens import Screens
from tests.walk.walk import LAST

P = ParamSpec("P")
R = TypeVar("R")
GROUP = -1001
RULES = ("services.", "domain.")
CAST: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("Mei", ()), ("Li", ()), ("Bo", ()), ("Vic", (Role.VOLUNTEER,)), ("Pia", (Role.PLEDGER,)), ("Wei", (Role.STAFF,)),
    ("Lea", (Role.LEAD,)), ("Ann", (Role.ADMIN,)), ("Abe", (Role.ADMIN,)),
)  # fmt: skip
STAFF = range(5, len(CAST))


class Torn(Exception):
    """The program ends in the middle of a transaction."""


class Estate:
    """Everything is synchronous here; the database's own loop runs within each call."""

    def __init__(self, folder: Path, empty: Path) -> None:
        self.clock = Clock(MONDAY)
        self.setup = make_setup(folder)
        self.community = self.setup.community
        self.refused = 0
        self._folder = folder
        self._copies = itertools.count(1)
        self._loop = asyncio.new_event_loop()
        self._screens = Screens()
        path = folder / "0" / "bot.db"
        path.parent.mkdir()
        shutil.copyfile(empty, path)
        self._open(path)
        self.cast: list[int] = self.run(_move_in)

    def _open(self, path: Path) -> None:
        self.database = Database(path, self.clock.now)
        self.database.record, self.database.publisher = events.record, self.setup.publish
        self._loop.run_until_complete(self.database.open())
        self._scheduler = Scheduler(self.database, tasks(self.setup), chunk_tasks(self.setup))

    def close(self) -> None:
        """The end."""
        self._loop.run_until_complete(self.database.close())
        self._loop.close()

    # -- doing

    def run(self, function: Callable[Concatenate[Transaction, P], R], *args: P.args, **more: P.kwargs) -> R:
        """In a transaction of its own."""
        return self._loop.run_until_complete(self.database.run(function, *args, **more))

    def tries(self, who: int, deed: Callable[[Transaction, Person], Any]) -> Any:
        """Somebody of the cast does something; None where it is refused, and then nothing has changed by it."""

        def act(tx: Transaction) -> Any:
            return deed(tx, people.by_id(tx, self.cast[who]))

        try:
            return self.run(act)
        except refusals():
            self.refused += 1
            return None

    def tears(self, who: int, deed: Callable[[Transaction, Person], Any]) -> None:
        """The program is killed when it was done and not yet committed: nothing of it is there afterwards."""

        def act(tx: Transaction) -> None:
            with tx.savepoint():
                deed(tx, people.by_id(tx, self.cast[who]))
            raise Torn

        before = self.run(all_rows)
        try:
            self.run(act)
        except (Torn, *refusals()):
            pass
        self.killed()
        assert self.run(all_rows) == before, "what was not committed is there"

    def killed(self) -> None:
        """Go on with the files as they lie, as after SIGKILL."""
        old = self.database.path
        new = self._folder / str(next(self._copies)) / old.name
        new.parent.mkdir()
        for each in old.parent.glob(f"{old.name}*"):
            if not each.name.endswith("-shm"):
                shutil.copyfile(each, new.with_name(each.name))
        self._loop.run_until_complete(self.database.close())
        shutil.rmtree(old.parent)
        self._open(new)

    def comes_anew(self, who: int) -> None:
        """Somebody who was forgotten writes again: nobody knows them, and they have the role they had given anew."""
        name, roles = CAST[who]
        self.cast[who] = self.run(lambda tx: person(tx, name, *roles).id)

    def waits(self, **time: float) -> None:
        """Time passes; what is due is done, and what is to be sent arrives."""
        self.clock.at += timedelta(**time)
        self.delivers()
        self._loop.run_until_complete(self._scheduler.tick())
        self.delivers()

    def delivers(self) -> None:
        """What was taken away is in its file, and all messages arrive."""
        self.run(taken_away.written, LAST)
        self.run(self._screens.deliver, authors(self.setup))
        assert not self._screens.wrong, self._screens.wrong


@cache
def refusals() -> tuple[type[Exception], ...]:
    """What a service may say instead of doing it: its own exceptions, and those of the rules. Nothing is done then."""
    own = [each for each in Exception.__subclasses__() if each.__module__.startswith(RULES)]
    return (Blocked, *own)


def all_rows(tx: Transaction) -> str:
    """A number that is another one when any row is."""
    found = hashlib.sha256()
    for table in tx.query("/* ours */ SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
        for row in tx.query(f'/* ours */ SELECT * FROM "{table["name"]}" ORDER BY 1'):
            found.update(repr(tuple(row)).encode())
    return found.hexdigest()


def _move_in(tx: Transaction) -> list[int]:
    staff_chat.choose_by_setting(tx, GROUP, staff_chat.meet(tx, GROUP, "supergroup", "Staff", True))
    return [person(tx, name, *roles).id for name, roles in CAST]


def make_empty(path: Path) -> Path:
    """A file with the newest schema and nothing in it."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        migrate(connection, path)
    return path
