"""A short crash test of files and of what comes by itself; and that it fails when what keeps it right is taken out."""

from pathlib import Path

from tests.crash.figures import FiguresCrashTest, plan

SHORT = ("counting.after:1", "send.after:3", "_finished.after_commit:1")


async def test_each_comes_once_however_often_it_is_killed(tmp_path: Path) -> None:
    found = await FiguresCrashTest(plan(3, 5, tmp_path, points=SHORT, residents=3)).run_figures()
    assert found.wrong == []
    assert found.kills == 3 and found.weeks >= 1 and found.files >= 2 and found.missing == 0


async def test_the_check_notices_it(tmp_path: Path) -> None:
    # What is to be sent is written after the transaction that ends the order: killed in between.
    short = plan(1, 6, tmp_path, "outbox", residents=2, points=("_finished.after_commit:1",), faults=False)
    found = await FiguresCrashTest(short).run_figures()
    assert found.missing > 0
