"""Buttons and links with values that are none of ours are refused as forged: none of them is set aside as trouble."""

from collections import Counter
from pathlib import Path

import pytest

from sandbox.client import buttons
from tests.e2e.conftest import Estate, shows
from tests.e2e.repairing import asks, volunteer
from tests.walk.walk import Walk

ROUNDS = 5
STEPS = 30
OF_A_BUTTON, OF_A_FAMILY = 6, 90
"""In so many ways each button is spoilt, and so many are made up of each family."""


async def test_whatever_field_of_whatever_button_is_replaced(tmp_path: Path) -> None:
    """Every family of buttons and every beginning of a link that is registered, from screens and from the source."""
    walk = Walk(tmp_path, 7, Counter())
    await walk.begin()
    tried: set[str] = set()
    pressed = 0
    try:
        for _ in range(ROUNDS):
            for _ in range(STEPS):
                await walk.step()
            pressed += await walk.forge(tried, OF_A_BUTTON)
        pressed += await walk.forge_written(OF_A_FAMILY)
    finally:
        await walk.end()
    assert pressed > 2000


NONSENSE = (
    "0001-01-01T10", "9999-12-31T-", "9999-12-31T20", "2026-02-30T10", "20261126T10", "2026-W48-4T10", "2030-01-01T10",
    "2026-11-26T99", "2026-11-26T010", "2026-11-26T", "T10", "", "-", "2026-11-26T10+99:00",
)  # fmt: skip


async def test_days_and_times_of_ones_own_invention(estate: Estate) -> None:
    """A volunteer who has a repair says when they come; the date stands in the button."""
    bo = await volunteer(estate, "Bo")
    await asks(estate)
    await bo.presses("take it", message=await shows(bo, "Plumbing", "take it"))
    job = await shows(bo, "Flat 502")
    data = next(each["callback_data"] for each in buttons(job) if str(each.get("callback_data")).startswith("rj:"))
    family, number, _, version = data.split(":")
    for value in NONSENSE:
        press = await bo.forges(job, f"{family}:{number}:at={value}:{version}")
        assert "do not know this button" in (await bo.popup(press))["text"], value
    assert await estate.rows("SELECT arrives_at FROM repairs") == [{"arrives_at": None}]
    press = await bo.forges(job, f"{family}:{number}:at=2026-11-26T10:{version}")
    await bo.popup(press)
    await estate.settled()
    assert await estate.rows("SELECT arrives_at FROM repairs") == [{"arrives_at": "2026-11-26T02:00:00.000000Z"}]


@pytest.mark.parametrize("payload", ["v", "answer-", "t-", "q-", "g-", "i-", "s-", "a-"])
async def test_links_with_nonsense_behind_their_beginning(estate: Estate, payload: str) -> None:
    wei = estate.staff
    await estate.report()
    for value in ("", "-1", "٣", "²", "9" * 40, "999999999999999999", "9223372036854775808", "1.5", "0x1", "灯"):
        said = await wei.says(f"/start {payload}{value}")
        await shows(wei, "", after=said)
    await estate.nothing_broke()
