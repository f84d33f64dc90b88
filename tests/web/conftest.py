"""The bot's own web server over a real database, with all public pages, as the running bot has it; and a browser."""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any, TypeVar

import aiohttp
import pytest

from bot.serving import Pages, make_pages
from domain.community import Community
from handlers.kit.update_context import Setup
from storage.core import page_files
from storage.core.database import Database, Transaction
from storage.people.people import Person
from tests.support import Clock, free_port
from tests.web import plans, promises, public_figures, public_projects, public_reports
from web.page_cache import PageCache
from web.server import WebServer

R = TypeVar("R")
PAGES = "https://voices.example.org"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 64


class Hall:
    """The public pages, and the people who promise; `get` is a visitor."""

    def __init__(self, database: Database, clock: Clock, setup: Setup, pages: Pages, port: int) -> None:
        self.database, self.clock, self.setup, self.pages = database, clock, setup, pages
        self.board, self.projects, self.figures = pages.board, pages.projects, pages.figures
        self.reports, self.plan = pages.reports, pages.plan
        self.address = f"http://127.0.0.1:{port}"
        self.session: aiohttp.ClientSession
        self.bo: Person
        self.wei: Person

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        """A page, and its status."""
        async with self.session.get(self.address + path, headers=headers, allow_redirects=False) as response:
            return response.status, (await response.read()).decode(errors="replace")

    async def sees(self, path: str = "/board", **headers: str) -> str:
        """A page that must be there."""
        status, text = await self.get(path, **headers)
        assert status == 200, text
        return text

    async def turns_to(self, path: str) -> str | None:
        """After how long the browser goes on by itself, and where to."""
        async with self.session.get(self.address + path) as response:
            return response.headers.get("Refresh")

    async def run(self, function: Callable[[Transaction], R]) -> R:
        """Something happens, in a transaction."""
        return await self.database.run(function)

    async def promise(self, words: str, *given: Any, who: Person | None = None, **more: Any) -> int:
        """One more on the board, Bo's unless said otherwise."""
        return await self.run(
            lambda tx: promises.promise(tx, self.setup.community, who or self.bo, self.wei, words, *given, **more)
        )

    def puts(self, pledge: int, checkin: int, file_id: str, content: bytes = JPEG) -> str:
        """A photo's file comes; returns its name."""
        name = page_files.name(pledge, checkin, file_id)
        page_files.keep(self.board.photos, name, content)
        return name

    async def everything(self) -> None:
        """Something of every kind that a public page shows: whatever is shown on a new page is put here, too."""
        await self.lively_projects()
        for plan in (promises.WEEKEND, promises.EVERY_DAY, promises.COUPLETS, promises.ON_CALL, promises.ONCE):
            await self.promise(promises.LONG, plan, areas=("b3", "south"), name=True, photos=True)
        for _ in range(22):
            other = await self.run(lambda tx: promises.pledger(tx, "N"))
            await self.promise("I water the flowers", promises.ON_CALL, who=other)
        self.clock.advance(days=9)
        for _ in range(6):
            await self.run(lambda tx: promises.keep(tx, self.bo, 2))
        await self.run(lambda tx: promises.count(tx, self.bo, 3, 5))
        said = await self.run(lambda tx: promises.say(tx, self.bo, 3, "Done", "file", released_by=self.wei))
        self.puts(3, said, "file")
        for _ in range(12):
            await self.run(lambda tx: public_projects.project(tx, self.setup.community, self.wei))
        await self.run(lambda tx: plans.lively(tx, self.setup.community, self.wei))
        await self.lively_figures()
        await self.lively_reports()

    async def lively_projects(self) -> None:
        """Two projects with something of everything, and their photos."""
        self.projects.cache = PageCache(0, 0)
        for each in await self.run(lambda tx: public_projects.lively(tx, self.setup.community, self.wei)):
            self.puts_photo(page_files.name(each.project, each.id, each.file_id))

    async def lively_figures(self) -> None:
        """Figures of more than a year, with charts of them."""
        await self.run(lambda tx: public_figures.lively(tx, self.setup.community))
        await self.run(lambda tx: public_figures.draw(tx, self.figures))
        self.figures.cache.forget()

    async def lively_reports(self) -> None:
        """A released report in each state, one of them with a photo."""
        photo = await self.run(lambda tx: public_reports.lively(tx, self.setup.community, self.wei))
        self.puts_report_photo(page_files.name(photo.id, photo.id, photo.file_id))
        self.reports.cache.forget()

    def puts_report_photo(self, name: str, content: bytes = JPEG) -> None:
        """The file of a report's photo comes."""
        page_files.keep(self.reports.photos, name, content)

    def puts_photo(self, name: str, content: bytes = JPEG) -> None:
        """The file of a project's photo comes."""
        page_files.keep(self.projects.photos, name, content)


@contextlib.asynccontextmanager
async def another_hall(hall: Hall, community: Community) -> AsyncIterator[Hall]:
    """The same database, served by a program whose community file says otherwise."""
    pages, port = make_pages(replace(hall.setup, community=community, pages_address=PAGES), hall.database), free_port()
    server = WebServer(pages.routes(), "127.0.0.1", port, pages.missing)
    server.open()
    task = asyncio.create_task(server.run())
    other = Hall(hall.database, hall.clock, hall.setup, pages, port)
    other.session = hall.session
    try:
        yield other
    finally:
        pages.close()
        server.end()
        await task


@pytest.fixture
async def hall(database: Database, clock: Clock, setup: Setup, notices: None) -> AsyncIterator[Hall]:
    async with aiohttp.ClientSession() as session:
        shown = replace(setup, shows_board=True, pages_address=PAGES)
        database.publisher = shown.publish
        pages, port = make_pages(shown, database), free_port()
        server = WebServer(pages.routes(), "127.0.0.1", port, pages.missing)
        server.open()
        task = asyncio.create_task(server.run())
        made = Hall(database, clock, setup, pages, port)
        made.session = session
        made.bo = await database.run(promises.pledger, "Bo Chen")
        made.wei = await database.run(promises.staff)
        yield made
        pages.close()
        server.end()
        await task


@pytest.fixture
async def browser() -> AsyncIterator[Any]:
    """Chromium; a test that wants it is skipped where it or Playwright is missing, and no other one is."""
    playwright_api = pytest.importorskip("playwright.async_api", reason="Playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    async with playwright_api.async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        await chromium.close()
