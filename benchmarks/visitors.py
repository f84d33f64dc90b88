"""People who do one thing, wait until it is answered, and do the next; and the bot they speak with."""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from benchmarks.contestants import Broken, Contestant, started
from benchmarks.rounds import LOOK_EVERY, ROUND_SECONDS, ready
from benchmarks.stand_in import STAFF_CHAT, StandIn
from benchmarks.updates import pressed, said

Json = dict[str, Any]
ANSWER_SECONDS = 60.0
_SHOWN = frozenset({"sendMessage", "editMessageText"})
_NOT_FOUND_YET = "SELECT count(*) FROM search_waiting"


class Visitors:
    """Everybody who speaks with one running bot. What a person sees last is in `screens`."""

    def __init__(self) -> None:
        self.stand_in = StandIn(0.0, self._arrived)
        self.screens: dict[int, Json] = {}
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._presses = 0
        self._contestant: Contestant | None = None

    @property
    def bot(self) -> Contestant:
        """The running bot."""
        assert self._contestant is not None, "the bot is not running"
        return self._contestant

    @asynccontextmanager
    async def with_bot(
        self, folder: Path, core: int | None, more: Mapping[str, str] | None = None
    ) -> AsyncIterator[None]:
        """Run the bot with what is in the folder, and with more settings. Raises Broken when it does not start."""
        url = await self.stand_in.start()
        try:
            with started("ours", url, folder, core, more) as self._contestant:
                await ready(self.stand_in, self._contestant, "ours")
                yield
        finally:
            await self.stand_in.stop()

    async def says(self, person: int, words: str) -> float:
        """Write something; returns the seconds until the bot's answer is there."""
        return await self._answered(person, "message", said(self.stand_in, person, words))

    async def presses(self, person: int, words: str) -> float:
        """Press the button that begins so, under what they saw last; seconds until something is shown for it."""
        self._presses += 1
        query = pressed(self.stand_in, person, self.screens[person], words, f"{person}:{self._presses}")
        return await self._answered(person, "callback_query", query)

    async def at_rest(self) -> None:
        """Wait until all is handled, sent, answered, and found by its words. Raises Broken."""
        deadline = time.monotonic() + ROUND_SECONDS
        while self.stand_in.unanswered or not self.bot.drained() or not self._searchable():
            if time.monotonic() > deadline:
                raise Broken(f"the bot did not come to rest:\n{self.bot.words()}")
            await asyncio.sleep(LOOK_EVERY)

    async def _answered(self, person: int, kind: str, content: Json) -> float:
        waiting = self._waiting[person] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        self.stand_in.put(kind, content)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await waiting
        except TimeoutError:
            raise Broken(f"{person} got no answer to {content}:\n{self.bot.words()}") from None
        return time.perf_counter() - began

    def _arrived(self, method: str, chat: int, message: Json) -> None:
        if chat == STAFF_CHAT or method not in _SHOWN:
            return
        self.screens[chat] = message
        waiting = self._waiting.get(chat)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)

    def _searchable(self) -> bool:
        assert self.bot.database is not None
        reading = sqlite3.connect(f"{self.bot.database.as_uri()}?mode=ro", uri=True, timeout=5)
        with contextlib.closing(reading):
            return bool(reading.execute(_NOT_FOUND_YET).fetchone() == (0,))
