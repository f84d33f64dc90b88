"""A clock that is followed: moved by somebody else, and not always there."""

import asyncio
import contextlib
import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.kit.clock import UNANSWERED, FollowedClock
from tests.bot.stand_in import Drop, Late, Raw, StandIn

JSON = "application/json"


def clock_says(version: int, **ahead: float) -> Raw:
    return Raw(200, json.dumps({"version": version, "offset": timedelta(**ahead).total_seconds()}), JSON)


@pytest.fixture
def clock(telegram: StandIn) -> FollowedClock:
    return FollowedClock(f"{telegram.url}/clock")


def ahead(clock: FollowedClock) -> float:
    return (clock.now() - datetime.now(UTC)).total_seconds()


async def test_it_goes_as_it_is_moved(telegram: StandIn, clock: FollowedClock) -> None:
    telegram.will(
        "clock", clock_says(1, days=2), Drop(), Raw(200, "[]", JSON), Raw(500, "no"), clock_says(2, days=-1), Late(60)
    )
    await clock.read()
    assert ahead(clock) == pytest.approx(2 * 86400, abs=1)
    moved: list[float] = []
    clock.on_move(lambda: moved.append(ahead(clock)))
    task = asyncio.create_task(clock.follow())
    await telegram.sees(lambda: moved, 6)
    assert moved == [pytest.approx(-86400, abs=1)]
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


@pytest.mark.parametrize(
    "answer", ["[]", "{}", "no json", '{"version": 1, "offset": "later"}', '{"version": 1, "offset": 1e300}']
)
async def test_what_is_no_clock(telegram: StandIn, clock: FollowedClock, answer: str) -> None:
    telegram.will("clock", Raw(200, answer, JSON))
    with pytest.raises(UNANSWERED):
        await clock.read()
    assert ahead(clock) == pytest.approx(0, abs=1), "nothing of it is taken over"
