"""What counts in the test's own process, where a test looks at who has it counted, and not at how."""

import asyncio
from collections.abc import Callable
from typing import Any

from bot.background.counting import Counting
from storage.core.reading import read_beside


class CountingHere(Counting):
    """Counts on a thread; starts no program."""

    async def count(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        """As the real one."""
        database = self._database
        return await asyncio.to_thread(
            read_beside, database.path, database.now, lambda tx: function(tx, *args, **kwargs)
        )


class Held(CountingHere):
    """Counting goes on when the test says so."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.begun, self._go_on, self.counted = asyncio.Event(), asyncio.Event(), 0

    async def count(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        """When the test says so."""
        self.begun.set()
        await self._go_on.wait()
        self.counted += 1
        return await super().count(function, *args, **kwargs)

    def goes_on(self) -> None:
        """It says so."""
        self._go_on.set()
