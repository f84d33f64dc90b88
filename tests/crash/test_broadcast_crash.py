"""A short crash test of what is said to many; and that it fails when what keeps it right is taken out."""

from pathlib import Path

import pytest

from tests.crash.broadcasts import POINTS, BroadcastCrashTest, plan


async def test_everybody_gets_it_once_however_often_it_is_killed(tmp_path: Path) -> None:
    found = await BroadcastCrashTest(plan(6, 5, tmp_path, residents=25, points=POINTS[1::2])).run_broadcasts()
    assert found.wrong == []
    assert found.kills == 6 and found.recipients >= 30 and found.missing == 0


@pytest.mark.parametrize(
    ("sabotage", "points", "figure"),
    [
        # Noted that they are listed, and listed afterwards: killed in between.
        ("list", ("_chunk.after_commit:1",), "missing"),
        # Sent without noting beforehand that it may have been.
        ("claim", ("send.after:6", "send.after:3"), "duplicates"),
    ],
)
async def test_the_check_notices_it(tmp_path: Path, sabotage: str, points: tuple[str, ...], figure: str) -> None:
    # Each life lasts until it comes to its point, however busy the machine is.
    short = plan(6, 6, tmp_path, sabotage, residents=25, points=points, faults=False, longest_life=60.0)
    found = await BroadcastCrashTest(short).run_broadcasts()
    assert figure in {sentence.partition(":")[0] for sentence in found.wrong}, found
