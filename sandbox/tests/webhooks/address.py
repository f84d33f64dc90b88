"""The bot's own web server, and how to wait for what the sandbox does with it."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web

from sandbox.client import World
from sandbox.tests.waiting import until

Json = dict[str, Any]


class Address:
    """A bot's own web server: keeps what is posted to it, and answers as told."""

    def __init__(self) -> None:
        self.url = ""
        self.updates: list[Json] = []
        self.headers: list[Json] = []
        self.answers: list[web.Response] = []
        """Given one after the other, then 200 for ever."""
        self.held: asyncio.Event | None = None
        """Requests wait for it, when there is one, unless their text is in `passes`."""
        self.passes: tuple[str, ...] = ()
        self.at_once = 0
        self.most_at_once = 0
        self._bell = asyncio.Event()

    async def take(self, request: web.Request) -> web.Response:
        """One delivery."""
        update = await request.json()
        self.updates.append(update)
        self.headers.append(dict(request.headers))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self._bell.set()
        if self.held is not None and update.get("message", {}).get("text") not in self.passes:
            await self.held.wait()
        self.at_once -= 1
        return self.answers.pop(0) if self.answers else web.Response()

    def texts(self) -> list[str]:
        """What was said in the messages that came, in order."""
        return [update["message"]["text"] for update in self.updates if "message" in update]

    async def until(self, there: Callable[[], bool]) -> None:
        """Wait for deliveries."""
        async with asyncio.timeout(8):
            while not there():
                self._bell.clear()
                await self._bell.wait()


async def confirmed(world: World, number: int) -> None:
    """Wait until so many updates are confirmed."""
    queue = world.sandbox.world.first_bot.queue
    await until(lambda: queue.confirmed >= number)


async def on_their_way(world: World) -> int:
    """How many deliveries are under way, once the webhook has looked at all that was to go."""
    webhook = world.sandbox.world.first_bot.webhook
    await until(lambda: not webhook._wake.is_set())
    return sum(attempt.is_flying for attempt in webhook._attempts.values())
