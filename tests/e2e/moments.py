"""Moving the clock: when these return, the bot has done what was due by then, and everything is sent."""

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
    await estate.settled()


async def time_passes(estate: Estate, **units: float) -> None:
    """So much time goes by: minutes=15, hours=…"""
    await estate.settled()
    await estate.world.advance(**units)
    await estate.settled()
