"""A short crash test of people who have their data deleted."""

from pathlib import Path

from tests.crash.forgetting import ForgettingCrashTest, plan


async def test_they_are_gone_however_often_it_is_killed(tmp_path: Path) -> None:
    found = await ForgettingCrashTest(plan(2, 5, tmp_path)).run_forgetting()
    assert found.wrong == []
    assert (found.kills, found.forgotten, found.left, found.missing) == (2, 2, 0, 0)
