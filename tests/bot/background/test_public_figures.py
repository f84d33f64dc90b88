"""The worker of public figures: what is over is published and drawn, once, and anew when it is missing."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.background import public_figures as module
from bot.background.programs import ProgramFailed
from bot.background.public_figures import PublicFigures
from handlers.kit.update_context import Setup
from services.figures import public_figures as service
from storage.core import page_files, scheduled_tasks
from storage.core.database import Database, Transaction
from storage.core.reading import Reader
from storage.figures import public_figures
from tests.bot.counting_here import CountingHere
from tests.services.reporting import submitted
from tests.support import Clock, person
from tests.waiting import until
from web.figures import charts
from web.figures.figures_writing import FiguresSite


class Drawing:
    """In place of `paper`: notes what it was told, and puts a file there."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.fails = False

    async def __call__(self, told: dict[str, Any]) -> dict[str, Any]:
        self.told += json.loads(json.dumps(told))["order"]["charts"]
        if self.fails:
            raise ProgramFailed("no library")
        for chart in told["order"]["charts"]:
            page_files.keep(Path(told["folder"]), f"{chart['name']}.svg", b"<svg/>")
        return {"files": []}


@pytest.fixture
async def site(database: Database, setup: Setup) -> AsyncIterator[FiguresSite]:
    reader = Reader(database, "pages")
    yield FiguresSite(setup.community, setup.bot_username, reader, setup.media / charts.FOLDER)
    reader.close()


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> Drawing:
    found = Drawing()
    monkeypatch.setattr(module, "draw", found)
    return found


async def reported(database: Database, setup: Setup, clock: Clock, count: int = 7) -> None:
    """So many reports in March; then it is April."""

    def report(tx: Transaction) -> None:
        for number in range(count):
            submitted(tx, setup.community, person(tx, f"N{number}"))

    await database.run(report)
    clock.advance(days=31)


async def works(database: Database, site: FiguresSite, done: Callable[[], Awaitable[bool]]) -> None:
    """The worker runs until that is so."""
    task = asyncio.create_task(PublicFigures(database, site, CountingHere(database)).run())
    await until(done)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def publishes(database: Database, site: FiguresSite) -> None:
    """The worker runs until the next time is planned, and nothing is due."""

    async def is_done() -> bool:
        planned = await database.read(scheduled_tasks.planned, service.KIND)
        return planned is not None and planned > database.now()

    await works(database, site, is_done)


async def test_what_is_over_is_published_and_drawn_in_every_language(
    database: Database, setup: Setup, clock: Clock, site: FiguresSite, drawing: Drawing
) -> None:
    await reported(database, setup, clock)
    await publishes(database, site)
    assert await database.read(public_figures.names) == ["2026-03", "2026-Q1"]
    assert {chart["language"] for chart in drawing.told} == {"en", "zh_Hans"}
    files = page_files.names(site.photos)
    assert files and len(files) == len(drawing.told)


async def test_what_is_missing_is_drawn_anew_and_what_nobody_shows_goes(
    database: Database, setup: Setup, clock: Clock, site: FiguresSite, drawing: Drawing
) -> None:
    await reported(database, setup, clock)
    await publishes(database, site)
    files = page_files.names(site.photos)
    page_files.remove(site.photos, files[0])
    page_files.keep(site.photos, "cold.svg", b"<svg/>")
    before = len(drawing.told)

    async def is_there() -> bool:
        return page_files.names(site.photos) == files

    await works(database, site, is_there)
    assert page_files.names(site.photos) == files
    assert len(drawing.told) == before + 1


async def test_without_a_font_or_library_figures_are_published_all_the_same(
    database: Database, setup: Setup, clock: Clock, site: FiguresSite, drawing: Drawing
) -> None:
    drawing.fails = True
    await reported(database, setup, clock)
    await publishes(database, site)
    assert await database.read(public_figures.names) == ["2026-03", "2026-Q1"]
    assert page_files.names(site.photos) == []
