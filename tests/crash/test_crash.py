"""A short crash test; and that it fails when one of the promises is taken out of the program."""

from pathlib import Path

import pytest

from tests.crash.__main__ import ENOUGH_IN_FEW, show
from tests.crash.accounts import Reckoning
from tests.crash.run import CrashTest, Plan


async def reckon(plan: Plan) -> Reckoning:
    """A short run."""
    found = await CrashTest(plan).run()
    found.wrong = show(found, ENOUGH_IN_FEW).wrong
    return found


async def test_nothing_is_lost_and_nothing_half_written_when_it_is_killed_again_and_again(tmp_path: Path) -> None:
    found = await reckon(Plan(kills=10, seed=5, folder=tmp_path, pause=(0.05, 0.25), until=(2, 6)))
    assert found.wrong == []
    assert found.figures.kills >= 10
    assert found.figures.updates > 30 and found.counted["voices"] > 1, "there was something to lose"
    assert found.counted["words followed from one to another"] > 5


@pytest.mark.parametrize(
    ("sabotage", "points", "figure"),
    [
        # Acknowledged first and stored later: killed in between.
        ("inbox", ("store.inside:2", "store.inside:1"), "lost"),
        # Committed without what is to be sent, and that written later.
        ("outbox", ("report.submitted.after_commit:1",), "half_written"),
        # Sent without noting beforehand that it may have been.
        ("claim", ("send.after:6", "send.after:3"), "duplicates"),
    ],
)
async def test_the_check_notices_when_a_door_is_taken_out(
    tmp_path: Path, sabotage: str, points: tuple[str, ...], figure: str
) -> None:
    # Each life lasts until it comes to its point, however busy the machine is.
    plan = Plan(6, 6, tmp_path, sabotage, points, faults=False, pause=(0.05, 0.25), upgrade=False, longest_life=60.0)
    found = await reckon(plan)
    assert figure in {sentence.partition(":")[0] for sentence in found.wrong}, found.wrong
