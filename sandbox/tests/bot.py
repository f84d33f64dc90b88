"""A bot that is nothing but calls of the Bot API, and what such a bot sends."""

import json
from typing import Any

import aiohttp

from sandbox.client import World

Json = dict[str, Any]
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x04\x00\x00\x00\x03\x00\x08\x02\x00\x00\x00\x00\x00\x00\x00IEND"
"""The head of a picture of 1024 × 768."""


class Bot:
    """Calls methods; keeps the updates it has fetched and not yet asked for."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.offset = 0
        self.waiting: list[Json] = []

    async def raw(self, method: str, **parameters: Any) -> Json:
        """The whole answer."""
        return await self.world.bot_call(method, **parameters)

    async def ok(self, method: str, **parameters: Any) -> Any:
        """The result of a call that must succeed."""
        answer = await self.raw(method, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    async def no(self, method: str, **parameters: Any) -> str:
        """The description of a call that must be refused."""
        answer = await self.raw(method, **parameters)
        assert not answer["ok"], answer
        assert answer["error_code"] >= 400
        return str(answer["description"])

    async def says(self, chat: int, text: str, **more: Any) -> Json:
        """Send a text."""
        message: Json = await self.ok("sendMessage", chat_id=chat, text=text, **more)
        return message

    async def updates(self) -> list[Json]:
        """All updates there are; they are confirmed by the next call."""
        while self.pending():
            batch = await self.ok("getUpdates", offset=self.offset)
            self.offset = batch[-1]["update_id"] + 1
            self.waiting += batch
        found, self.waiting = self.waiting, []
        return found

    def pending(self) -> bool:
        """Whether the server still has updates that were not fetched."""
        queue = self.world.sandbox.world.first_bot.queue
        return any(entry.update_id >= self.offset for entry in queue._entries)

    async def next(self, kind: str) -> Json:
        """The next update of a kind, which must be there."""
        self.waiting = await self.updates()
        for update in self.waiting:
            if kind in update:
                self.waiting.remove(update)
                found: Json = update[kind]
                return found
        raise AssertionError(f"no {kind}; there is: {self.waiting}")

    async def kinds(self) -> list[str]:
        """The kinds of all updates there are."""
        return [next(key for key in update if key != "update_id") for update in await self.updates()]

    async def texts(self) -> list[str]:
        """The texts of all messages there are."""
        return [update["message"].get("text", "") for update in await self.updates() if "message" in update]


async def upload(world: World, method: str, fields: dict[str, Any], **files: bytes) -> Any:
    """Call a method with files; the whole answer."""
    form = aiohttp.FormData()
    for name, value in fields.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for name, content in files.items():
        form.add_field(name, content, filename=f"{name}.bin")
    async with world.session.post(f"{world.url}/bot{world.token}/{method}", data=form) as response:
        return await response.json()
