"""A short crash test of repairs; and that it fails when what keeps them right is taken out."""

from pathlib import Path

import pytest

from tests.crash.dispatch import POINTS, DispatchCrashTest
from tests.crash.run import Plan


async def test_no_repair_is_forgotten_or_taken_twice_and_no_address_read_by_others(tmp_path: Path) -> None:
    plan = Plan(7, 5, tmp_path, points=POINTS[1::2], faults=False, residents=4, staff=5, pause=(0.05, 0.25))
    found = await DispatchCrashTest(plan).run_dispatch()
    assert found.wrong == []
    assert found.kills == 7 and found.requests > 2 and found.counted["repairs taken (each time)"] > 1


@pytest.mark.parametrize(
    ("sabotage", "figure"), [("take", "taken_twice"), ("address", "address_leaks"), ("forget", "forgotten")]
)
async def test_the_check_notices_it(tmp_path: Path, sabotage: str, figure: str) -> None:
    # One life, long enough for some repairs to be run for.
    points = ("repair.taken.after_commit:6",)
    plan = Plan(
        1, 6, tmp_path, sabotage, points, faults=False, residents=4, staff=5, pause=(0.05, 0.2), longest_life=12.0
    )
    found = await DispatchCrashTest(plan).run_dispatch()
    assert getattr(found, figure) > 0, found
