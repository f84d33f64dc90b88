"""One browser and one sandbox for each file, and an empty world for each test."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from sandbox.testing import running_sandbox
from sandbox.tests.page.browsing import CHROMIUM, Json, World

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Any]:
    playwright_api = pytest.importorskip("playwright.async_api", reason="Playwright is not installed")
    async with playwright_api.async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        # One context for all tests: the page's modules come out of its cache. Without motion nothing is waited for.
        context = await started.new_context(
            viewport={"width": 1600, "height": 1000}, locale="en-GB", reduced_motion="reduce"
        )
        context.set_default_timeout(6000)
        yield context
        await started.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[Any]:
    async with running_sandbox() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def world(server: Any) -> AsyncIterator[World]:
    async with aiohttp.ClientSession() as session:
        world = World(session, server.url, server.token)
        await world.reset()
        yield world


@pytest_asyncio.fixture(loop_scope="module")
async def mei(world: World) -> Json:
    person = await world.people("people", first_name="Mei", last_name="Chen", language_code="en")
    await world.people("start", **{"from": person["id"]})
    await world.update("message")
    return person
