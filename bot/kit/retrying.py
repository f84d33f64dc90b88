"""What a loop does when a round of it has failed: the same again, after a pause that grows."""

import asyncio

import structlog

from bot.kit.alarm import Alarm
from bot.kit.pausing import pause
from storage.core.trouble import is_trouble

FIRST_DELAY = 0.5
LONGEST_DELAY = 30.0
FAULTS = 5
"""So many rounds in a row may raise what nobody foresaw; then the program ends, and begins anew with nothing in
memory."""
log = structlog.get_logger()


class Retrying:
    """Counts what has failed in a row. `name` is how the loop is called in the log, `stopping` cuts a pause short."""

    def __init__(self, name: str, alarm: Alarm, stopping: asyncio.Event) -> None:
        self._name = name
        self._alarm = alarm
        self._stopping = stopping
        self.worked()

    def worked(self) -> None:
        """A round went well: what comes next is the first failure again."""
        self._delay, self._faults = FIRST_DELAY, 0

    async def failed(self, error: Exception) -> None:
        """Log it and wait. Storage in trouble is tried for ever; anything else is raised the fifth time in a row."""
        if is_trouble(error):
            log.error(f"{self._name}_storage_trouble", error=str(error), retry_in=self._delay)
            self._alarm.storage_fails()
        else:
            self._faults += 1
            if self._faults >= FAULTS:
                raise error
            log.error(f"{self._name}_fault", faults=self._faults, retry_in=self._delay, exc_info=error)
        await pause(self._stopping, self._delay)
        self._delay = min(self._delay * 2, LONGEST_DELAY)
