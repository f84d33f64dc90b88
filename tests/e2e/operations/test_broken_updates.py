"""Updates that break the Bot API's own rules: set aside, and the next one is handled."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from sandbox.client import World
from sandbox.testing import running_sandbox
from tests.e2e.conftest import Start, both_ways, estate_in

pytestmark = both_ways


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """A Telegram that may send what the schema does not allow."""
    async with running_sandbox(flood_limits=False, check_answers=False) as world:
        yield world


@pytest.mark.parametrize(
    "broken",
    [
        {"message": {"text": "no id, no date, no chat"}},
        {"message": "not even a message"},
        {"message": {"message_id": 1, "date": 1, "chat": {"id": 10**30, "type": "private"},
                     "from": {"id": 10**30, "is_bot": False, "first_name": "Big"}, "text": "big"}},
        {"callback_query": {"id": "1"}},
        {"message": {"message_id": 1, "date": "yesterday", "chat": {"id": 5, "type": "private"}, "text": "x"}},
    ],
)  # fmt: skip
async def test_an_update_that_cannot_be_handled_is_set_aside(
    world: World, start_bot: Start, broken: dict[str, Any]
) -> None:
    async with estate_in(world, start_bot) as estate:
        await world.post("raw_update", update=broken)
        await estate.report()
        assert len(await estate.rows("SELECT state FROM inbox WHERE state = 'quarantined'")) == 1
        if "10000000000" not in str(broken):  # a number no database holds: there is nobody to speak of
            await estate.staff.sees("could not be handled and is set aside")
        await estate.answers("We come tomorrow")


@pytest.mark.parametrize("unknown", [{"no_such_thing": {"a": 1}}, {}, {"poll": None}])
async def test_an_update_of_a_kind_nobody_knows_harms_nothing(
    world: World, start_bot: Start, unknown: dict[str, Any]
) -> None:
    async with estate_in(world, start_bot) as estate:
        await world.post("raw_update", update=unknown)
        await estate.report()
        await estate.nothing_broke()
