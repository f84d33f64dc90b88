"""Pages kept for a few seconds, so that a crowd costs one reading; and none for longer than what it shows is allowed.

`forget` is called after each commit that takes something off the board: what was read before is never shown after.
"""

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass

SECONDS = 10.0
OLDEST = 30.0
"""Up to this age a page is still handed out while the next one is made: nobody need wait for it."""
MOST = 200
TRIES = 3


@dataclass(frozen=True)
class Made:
    """A page as it is sent; its tag is the same for the same bytes.

    `turn`: after so many seconds the browser goes to an address by itself (`15; url=/board`); for the hall alone.
    """

    body: bytes
    tag: str
    turn: str | None = None

    @classmethod
    def of(cls, text: str, turn: str | None = None) -> "Made":
        """A page of that text."""
        body = text.encode()
        return cls(body, f'"{hashlib.sha256(body).hexdigest()[:24]}"', turn)


class PageCache:
    """Made pages by what they depend on; each is made once, however many wait for it."""

    def __init__(self, seconds: float = SECONDS, oldest: float = OLDEST) -> None:
        self._seconds = seconds
        self._oldest = oldest
        self._pages: OrderedDict[Hashable, tuple[float, Made]] = OrderedDict()
        self._making: dict[Hashable, asyncio.Task[Made]] = {}
        self._forgotten = 0

    def forget(self) -> None:
        """Something is on the board no more, or otherwise: whatever was read until now is out of date."""
        self._forgotten += 1
        self._pages.clear()
        self._making.clear()

    async def page(self, key: Hashable, make: Callable[[], Awaitable[Made]]) -> Made:
        """The page; older than a few seconds it is made anew, beside. Raises what `make` raises."""
        found = self._pages.get(key)
        if found is not None:
            age = time.monotonic() - found[0]
            if age < self._seconds:
                return found[1]
            if age < self._oldest:
                self._made(key, make).add_done_callback(_seen)
                return found[1]
        for _ in range(TRIES):
            forgotten = self._forgotten
            made = await asyncio.shield(self._made(key, make))
            if forgotten == self._forgotten:
                break
        return made

    def _made(self, key: Hashable, make: Callable[[], Awaitable[Made]]) -> asyncio.Task[Made]:
        making = self._making.get(key)
        if making is None:
            making = asyncio.ensure_future(self._make(key, make))
            self._making[key] = making
        return making

    async def _make(self, key: Hashable, make: Callable[[], Awaitable[Made]]) -> Made:
        forgotten = self._forgotten
        try:
            made = await make()
        finally:
            if forgotten == self._forgotten:
                self._making.pop(key, None)
        if forgotten == self._forgotten:
            self._pages[key] = (time.monotonic(), made)
            self._pages.move_to_end(key)
            while len(self._pages) > MOST:
                self._pages.popitem(last=False)
        return made


def _seen(task: asyncio.Task[Made]) -> None:
    """Nobody waits for it: whoever asks next meets the same trouble, and is told."""
    if not task.cancelled():
        task.exception()
