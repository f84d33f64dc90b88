"""What happens in the world, told to the page and to whoever waits for something to happen."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sandbox.bell import Bell
from sandbox.shapes import Json


class Events:
    """A running number for everything that happens, and the listeners who are told."""

    def __init__(self) -> None:
        self.seq = 0
        self.bell = Bell()
        self.closed = False
        self._listeners: set[asyncio.Queue[Json | None]] = set()

    def emit(self, kind: str, **data: Any) -> None:
        """Tell all listeners that something of this kind happened."""
        self.seq += 1
        event = {"type": kind, "seq": self.seq, **data}
        for listener in self._listeners:
            listener.put_nowait(event)
        self.bell.ring()

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[Json | None]]:
        """Everything emitted while the block runs; None says that the server stops."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._listeners.add(queue)
        if self.closed:
            queue.put_nowait(None)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        """The server stops: no stream may hold it up."""
        self.closed = True
        for listener in self._listeners:
            listener.put_nowait(None)
        self.bell.ring()
