"""The page as a test looks at it, and both sides of the sandbox behind it."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (Debian: apt install chromium)"),
    pytest.mark.asyncio(loop_scope="module"),
]
"""What each file of these tests is marked with."""
Json = dict[str, Any]


class World:
    """Both sides of the sandbox for a test: the people API and one bot."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self.session, self.url, self.token = session, url, token
        self.offset = 0
        self.waiting: list[Json] = []

    async def people(self, path: str, **body: Any) -> Json:
        async with self.session.post(f"{self.url}/api/{path}", json=body) as response:
            answer: Json = await response.json()
            assert response.status == 200, answer
            return answer

    async def reset(self) -> None:
        await self.people("reset")
        self.offset, self.waiting = 0, []

    async def bot(self, method: str, **parameters: Any) -> Any:
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", json=parameters) as response:
            answer = await response.json()
            assert answer["ok"], answer
            return answer["result"]

    async def update(self, kind: str, fits: Callable[[Json], bool] = lambda _: True) -> Json:
        """The next update of a kind; those of other kinds are kept for later."""
        async with asyncio.timeout(8):
            while True:
                for update in self.waiting:
                    if kind in update and fits(update[kind]):
                        self.waiting.remove(update)
                        found: Json = update[kind]
                        return found
                batch = await self.bot("getUpdates", offset=self.offset, timeout=3)
                if batch:
                    self.offset = batch[-1]["update_id"] + 1
                    self.waiting += batch

    async def state(self) -> Json:
        async with self.session.get(f"{self.url}/api/state") as response:
            state: Json = await response.json()
            return state


class Page:
    """The opened page, which must stay silent: no error in its console, no breach of its content policy."""

    def __init__(self, tab: Any) -> None:
        self.tab = tab
        self.complaints: list[str] = []
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        tab.on("console", self._console)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def phone(self, person: Json) -> Any:
        return self.tab.locator(f'.phone[data-person="{person["id"]}"]')

    async def sees(self, phone: Any, text: str) -> Any:
        message = phone.locator(".message", has_text=text).last
        await message.wait_for()
        return message

    async def writes(self, phone: Any, text: str) -> None:
        await phone.locator(".composer textarea").fill(text)
        await phone.locator(".composer textarea").press("Enter")


@asynccontextmanager
async def opened(browser: Any, world: World) -> AsyncIterator[Page]:
    page = Page(await browser.new_page())
    await page.tab.goto(world.url)
    await page.tab.locator("[data-connection=connected]").wait_for()
    try:
        yield page
        assert page.complaints == []
    except Exception as error:
        error.add_note(f"the page said: {page.complaints}")
        raise
    finally:
        await page.tab.evaluate("localStorage.clear()")
        await page.tab.close()
