"""Data sets: what happened somewhere in the past, as a database of its own that is made when it is asked for."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from bot.kit.settings import Settings
from demo.district import year

Days = tuple[date | None, date | None]


@dataclass(frozen=True)
class DataSet:
    """What there is of it. `make(folder, language)` makes `bot.db` and `community.toml` in that folder.

    `first` to `last` is the time that it is about, and `today` the day on which somebody looks back at it.
    """

    make: Callable[[Path, str], Awaitable[None]]
    first: date
    last: date
    today: date
    promises: int
    """How many promises there are before anybody else makes one."""

    @contextmanager
    def counted(
        self, first: date | None, last: date | None, language: str | None
    ) -> Iterator[tuple[Settings, Days, datetime]]:
        """Make it in a folder that goes again. With what it is counted, the days of which, and when.

        Without days it is the time that it is about. Its people speak that language where they can, else English.
        """

        async def make(folder: Path) -> None:
            await self.make(folder, "zh" if (language or "").startswith("zh") else "en")

        begins = first or self.first
        ends = last or (self.last if begins <= self.last else self.today)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            asyncio.run(make(folder))
            settings = Settings.model_construct(data_dir=folder, community=folder / "community.toml")
            yield settings, (begins, ends), datetime.combine(self.today, time(0), UTC)


DATA_SETS = {"district": DataSet(year.make, year.BEGINS, year.ENDS, year.TODAY, year.DATA["promises"])}
