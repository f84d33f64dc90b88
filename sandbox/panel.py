"""What a program beside the sandbox shows on the page, and what people tell that program from there.

The sandbox does not know what any of it means: a lever is a name and words, a link words and an address, a counter
words and a number.
"""

import asyncio

from sandbox.bell import Bell
from sandbox.shapes import Json


class Panel:
    """Levers people can pull, a line that says what came of it, links to what else runs, and counters."""

    def __init__(self) -> None:
        self.shown: Json = {"levers": [], "note": None, "links": [], "counters": []}
        self.pulls: list[Json] = []
        self.pulled = Bell()
        self._closed = False

    def show(self, levers: list[Json], note: Json | None, links: list[Json], counters: list[Json]) -> None:
        """Show this and nothing else."""
        self.shown = {"levers": levers, "note": note, "links": links, "counters": counters}

    def clear(self) -> None:
        """Show nothing. The count of pulls goes on, so that whoever waits for the next one does not wait in vain."""
        self.show([], None, [], [])

    def pull(self, lever: str, at: str) -> Json:
        """Somebody pulls a lever at that instant; gives the pull with its running number."""
        pull: Json = {"n": len(self.pulls) + 1, "lever": lever, "at": at}
        self.pulls.append(pull)
        self.pulled.ring()
        return pull

    async def wait(self, after: int, seconds: float) -> list[Json]:
        """The pulls after that number: as soon as there is one, none after so many seconds."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while len(self.pulls) <= after and not self._closed and await self.pulled.wait(deadline - loop.time()):
            pass
        return self.pulls[max(after, 0) :]

    def close(self) -> None:
        """The server stops: let those who wait go."""
        self._closed = True
        self.pulled.ring()
