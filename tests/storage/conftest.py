"""A real file, and a clock that only moves when it is told to."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import events
from storage.database import Database


class Hands:
    """A clock whose hands are moved by hand."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant

    def move(self, **by: float) -> None:
        self.instant += timedelta(**by)


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
async def database(tmp_path: Path, clock: Hands) -> AsyncIterator[Database]:
    database = Database(tmp_path / "bot.db", clock.now)
    database.record = events.record
    await database.open()
    yield database
    await database.close()
