"""Moving the clock: when these return, the bot knows the new time and has done what was due by then."""

import asyncio
import time
from datetime import datetime, timedelta

from tests.e2e.conftest import Estate


async def time_is(estate: Estate, iso: str) -> None:
    """It is that time now, or as many seconds past it as the test has been running.

    What the bot did in one such moment and planned for "a day later" is due in the moment a day later, however fast the
    bot is in the second and however slow it was in the first.
    """
    await estate.settled()
    then = datetime.fromisoformat(iso) + timedelta(seconds=time.monotonic() - estate.began)
    await estate.world.set_time(then.isoformat())
    await _arrived(estate, then)


async def time_passes(estate: Estate, **units: float) -> None:
    """So much time goes by: minutes=15, hours=…"""
    await estate.settled()
    then = estate.bot.database.now() + timedelta(**units)
    await estate.world.advance(**units)
    await _arrived(estate, then)


async def _arrived(estate: Estate, then: datetime) -> None:
    deadline = asyncio.get_running_loop().time() + 8
    while estate.bot.database.now() < then:
        assert asyncio.get_running_loop().time() < deadline, "the bot has not heard that the clock was moved"
        await asyncio.sleep(0.01)
    await estate.bot.scheduler.tick()
    await estate.settled()
