"""An address of the bot's own, and a sandbox that does not keep a test waiting."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from sandbox.client import World
from sandbox.tests.webhooks.address import Address


@pytest.fixture
async def address() -> AsyncIterator[Address]:
    address = Address()
    application = web.Application()
    application.router.add_post("/hook", address.take)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield address
    if address.held is not None:
        address.held.set()
    await runner.cleanup()


@pytest.fixture(autouse=True)
async def quick(world: World) -> None:
    """Waits between tries last a hundredth; setWebhook may be called as often as one likes."""
    await world.post("webhooks", pace=0.01)
    await world.post("flood", limits=False)
