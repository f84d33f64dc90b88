"""The board's own web server over a real database, as the running bot has it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any, TypeVar

import aiohttp
import pytest

from bot.serving import Pages
from handlers.kit.update_context import Setup
from storage.core import page_files
from storage.core.database import Database, Transaction
from storage.core.reading import Reader
from storage.people.people import Person
from storage.pledges.board import CHANGED, FOLDER
from storage.projects import photos
from tests.support import Clock, free_port
from tests.web import promises, public_projects
from web.page_cache import PageCache
from web.pledges.board_writing import Board
from web.projects.page_writing import ProjectSite
from web.server import WebServer

R = TypeVar("R")
PAGES = "https://voices.example.org"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 64


class Hall:
    """The board, and the people who promise; `get` is a visitor."""

    def __init__(self, database: Database, clock: Clock, setup: Setup, shown: Board, port: int) -> None:
        self.database, self.clock, self.setup, self.board = database, clock, setup, shown
        self.projects: ProjectSite
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

    async def lively_projects(self) -> None:
        """Two projects with something of everything, and their photos."""
        self.projects.cache = PageCache(0, 0)
        for each in await self.run(lambda tx: public_projects.lively(tx, self.setup.community, self.wei)):
            self.puts_photo(page_files.name(each.project, each.id, each.file_id))

    def puts_photo(self, name: str, content: bytes = JPEG) -> None:
        """The file of a project's photo comes."""
        page_files.keep(self.projects.photos, name, content)


@pytest.fixture
async def hall(database: Database, clock: Clock, setup: Setup, notices: None) -> AsyncIterator[Hall]:
    async with aiohttp.ClientSession() as session:
        database.publisher = replace(setup, shows_board=True).publish
        reader = Reader(database, "board")
        shown = Board(setup.community, setup.bot_username, reader, setup.media / FOLDER)
        database.listen(CHANGED, shown.cache.forget)
        port = free_port()
        projects = ProjectSite(setup.community, setup.bot_username, reader, setup.media / photos.FOLDER, PAGES)
        database.listen(photos.CHANGED, projects.cache.forget)
        pages = Pages(shown, projects)
        server = WebServer(pages.routes(), "127.0.0.1", port, pages.missing)
        server.open()
        task = asyncio.create_task(server.run())
        made = Hall(database, clock, setup, shown, port)
        made.projects = projects
        made.session = session
        made.bo = await database.run(promises.pledger, "Bo Chen")
        made.wei = await database.run(promises.staff)
        with contextlib.ExitStack() as ends:
            ends.callback(reader.close)
            yield made
        server.end()
        await task
