"""What all tests share: one empty database, one clock that only moves when told to; and the order of the tests."""

import contextlib
import shutil
import signal
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from types import FrameType
from typing import Never

import pytest

from domain.community import Community
from handlers.kit.update_context import Setup
from storage.core import events
from storage.core.database import Database
from storage.core.migrate import migrate
from tests.support import Clock, make_setup


def pytest_configure() -> None:
    """Ctrl-C is heard by a function of ours, which does what Python's own does.

    `asyncio.Runner` puts a handler of its own in the place of Python's for each fixture and each test. Python then
    writes that handler out, with the task it holds and all that a fixture gives: two thirds of the CPU of
    `tests/e2e/reports/test_reporting.py`.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupted)


def _interrupted(_number: int, _frame: FrameType | None) -> Never:
    raise KeyboardInterrupt


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with what takes long come first: nobody is to be left alone with one when the others have finished."""
    long = {item.path for item in items if any(item.get_closest_marker(mark) for mark in ("slow", "browser"))}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the newest schema and nothing in it. To make it takes longer than most tests; they begin with a copy.

    That the bot makes one where there is none is seen in tests/bot/test_application.py and tests/storage.
    """
    path = tmp_path_factory.mktemp("empty") / "bot.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        migrate(connection, path)
    return path


@pytest.fixture
def clock() -> Clock:
    """A Monday, ten in the morning, until the test moves it."""
    return Clock()


@pytest.fixture
async def database(tmp_path: Path, empty_database: Path, clock: Clock) -> AsyncIterator[Database]:
    """The file `bot.db` in the test's folder, open and empty. Events are kept; nobody is told of them (`notices`)."""
    shutil.copyfile(empty_database, tmp_path / "bot.db")
    database = Database(tmp_path / "bot.db", clock.now)
    database.record = events.record
    await database.open()
    yield database
    await database.close()


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    """The estate of the example file, with media in the test's folder."""
    return make_setup(tmp_path)


@pytest.fixture
def community(setup: Setup) -> Community:
    """The estate of the example file."""
    return setup.community


@pytest.fixture
def notices(database: Database, setup: Setup) -> None:
    """Events become notices, as in the running bot."""
    database.publisher = setup.publish
