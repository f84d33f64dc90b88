"""A bell that wakes everybody who waits for it."""

import asyncio


class Bell:
    """Each ring wakes those who wait at that moment, and nobody later."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.waiting = 0
        """How many wait at this moment."""

    def ring(self) -> None:
        """Wake all who wait now."""
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, seconds: float) -> bool:
        """Wait for the next ring, at most so long. True when it rang."""
        self.waiting += 1
        try:
            # `asyncio.wait_for` of Python 3.11 may lose a cancellation in the moment in which it rings.
            async with asyncio.timeout(max(seconds, 0.0)):
                await self._event.wait()
        except TimeoutError:
            return False
        finally:
            self.waiting -= 1
        return True
