"""The public pages of the running bot: a promise made in the chat is on them, with its photo, as long as it may be."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TypeVar

import aiohttp
import pytest

from sandbox.client import Person, World
from storage.core import page_files
from storage.pledges.board import FOLDER
from tests.e2e.conftest import PNG, Estate, Start, estate_in
from tests.e2e.moments import time_is
from tests.e2e.pledges.test_pledge_making import DOGS, pledger, published
from tests.e2e.reading import until
from tests.support import free_port

T = TypeVar("T")

NOTE = "Two dogs, both owners were kind"


class Public:
    """A neighbourhood whose board is public, and a visitor."""

    def __init__(self, estate: Estate, session: aiohttp.ClientSession, port: int, media: Path) -> None:
        self.estate, self.session, self.address, self.media = estate, session, f"http://127.0.0.1:{port}", media

    async def page(self, path: str = "/board") -> str:
        async with self.session.get(self.address + path) as response:
            assert response.status == 200
            return await response.text()

    async def photo(self) -> str:
        """Where the page says the photo is; empty when it has none."""
        found = re.search(r"/board/photos/[^\"]+", await self.page())
        return found[0] if found else ""

    async def has(self, names: list[str]) -> bool:
        """Whether these are the files there are."""
        return page_files.names(self.media / FOLDER) == names


@pytest.fixture
async def public(world: World, start_bot: Start, tmp_path: Path) -> AsyncIterator[Public]:
    port = free_port()
    async with aiohttp.ClientSession() as session, estate_in(world, start_bot, web_port=port) as estate:
        yield Public(estate, session, port, tmp_path / "data" / "media")


async def with_photo(public: Public) -> Person:
    """Bo's promise has a check-in with a photo, which Bo lets the board show and staff have released."""
    estate = public.estate
    bo, wei, group = await pledger(estate), estate.staff, estate.staff_chat
    told = await published(estate, bo)
    await time_is(estate, "2026-11-28T20:00:00+08:00")
    await bo.sends_photo(PNG, NOTE, reply_to=told["message_id"])
    await bo.presses("Yes, show them", message=await bo.sees("May the board show your photos"))
    await wei.presses("Show it on the board", group, await wei.sees(NOTE, group))
    return bo


async def test_a_promise_is_on_the_page_once_staff_have_read_it(public: Public) -> None:
    assert "Be the first" in await public.page()
    bo = await pledger(public.estate)
    await published(public.estate, bo)
    page = await public.page()
    assert DOGS in page and "Bo" in page and "every week on Saturday, Sunday, 19:00–20:00" in page
    await public.estate.nothing_broke()


async def test_another_name_is_on_the_next_look_after_staff_took_it_over(public: Public) -> None:
    bo, wei, group = await pledger(public.estate), public.estate.staff, public.estate.staff_chat
    await published(public.estate, bo)
    assert "Bo" in await public.page() and "Bo" in await public.page("/board?screen=1")
    await bo.renames("Xiaobo")
    await bo.says("/board")
    await bo.sees("The board of promises")
    for path in ("/board", "/board?screen=1"):
        page = await public.page(path)
        assert "Xiaobo" not in page and ">Bo<" in page
    await wei.presses("Show the new name", group, await wei.sees("The new name: Xiaobo", group))
    await bo.sees("others read your name as Xiaobo now")
    for path in ("/board", "/board?screen=1"):
        page = await public.page(path)
        assert "Xiaobo" in page and ">Bo<" not in page


async def test_a_photo_comes_when_it_is_released_and_goes_with_the_consent(public: Public) -> None:
    bo = await with_photo(public)
    address = await until(public.photo, "the photo")
    async with public.session.get(public.address + address) as response:
        assert (await response.read()).startswith(PNG) and response.content_type == "image/png"
    assert NOTE in await public.page() and await public.has([address.rpartition("/")[2]])
    await bo.says("/pledge")
    await bo.presses("No. 1:")
    await bo.presses("Take the photos off")
    await until(lambda: public.has([]), "the files to be as they should")
    async with public.session.get(public.address + address) as response:
        assert response.status == 404
    assert await public.photo() == ""
    await public.estate.nothing_broke()


async def test_after_a_stop_what_should_not_be_there_goes_and_what_is_missing_comes(public: Public) -> None:
    await with_photo(public)
    address = await until(public.photo, "the photo")
    name = address.rpartition("/")[2]
    await public.estate.stop()
    folder = public.media / FOLDER
    page_files.remove(folder, name)
    page_files.keep(folder, page_files.name(1, 999, "forgotten"), PNG)
    await public.estate.start()
    await until(lambda: public.has([name]), "the files to be as they should")
