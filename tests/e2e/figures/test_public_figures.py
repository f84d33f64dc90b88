"""The public figures of the running bot: a month is on the page in the night after it, and not before."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox.client import World
from tests.e2e.conftest import Estate, Start, estate_in
from tests.e2e.moments import time_is
from tests.e2e.reading import until
from tests.support import free_port

TROUBLES = ("The lamp is dark", "Rubbish everywhere", "The bench is broken", "The fence is loose", "Noise at night",
            "The path is full of holes")  # fmt: skip


class Visited:
    """A neighbourhood with public pages, and a visitor."""

    def __init__(self, estate: Estate, session: aiohttp.ClientSession, port: int) -> None:
        self.estate, self._session, self._address = estate, session, f"http://127.0.0.1:{port}"

    async def page(self, path: str) -> str:
        async with self._session.get(self._address + path) as response:
            assert response.status == 200, path
            return await response.text()

    async def has(self, path: str, words: str) -> bool:
        return words in await self.page(path)


@pytest.fixture
async def visited(world: World, start_bot: Start) -> AsyncIterator[Visited]:
    port = free_port()
    async with aiohttp.ClientSession() as session, estate_in(world, start_bot, web_port=port) as estate:
        yield Visited(estate, session, port)


async def test_a_month_is_public_in_the_night_after_it(visited: Visited) -> None:
    estate = visited.estate
    for number, trouble in enumerate(TROUBLES):
        await estate.report(trouble, by=await estate.newcomer(f"N{number}"))
    assert await visited.has("/figures", "There are no figures yet")
    assert await visited.has("/", "How to take part")
    await time_is(estate, "2026-12-01T03:00:00+08:00")
    await until(lambda: visited.has("/figures?lang=en", "November 2026"), "November")
    assert await visited.has("/figures?lang=zh", "2026年11月")
    assert await visited.has("/figures.csv", "2026-11,,,,collected,6,")
    assert await visited.has("/", "November 2026")
    await estate.nothing_broke()
