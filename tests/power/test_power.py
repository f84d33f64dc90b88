"""Some cuts of the power in what the bot did to its files; and that a promise taken out of it would show.

`python -m tests.power --cuts 200` cuts further.
"""

from pathlib import Path

import pytest

from tests.power import shim
from tests.power.__main__ import cut
from tests.power.recording import Plan

LACKS = shim.lacks()
pytestmark = [pytest.mark.slow, pytest.mark.skipif(LACKS is not None, reason=LACKS or "")]


async def test_nothing_acknowledged_is_lost_with_the_power(tmp_path: Path) -> None:
    cuts = await cut(Plan(40, 3, tmp_path, updates=(15, 20), starts_each=20))
    assert cuts.wrong == []
    figures = cuts.figures
    assert (figures.cuts, figures.started) == (40, 2)
    assert figures.acknowledged > 100 and figures.unflushed > 40, "there was something to lose"


async def test_a_commit_that_waits_for_no_flush_shows(tmp_path: Path) -> None:
    cuts = await cut(Plan(60, 4, tmp_path, updates=(15,), day_passes=False, starts_each=1000, sabotage="commits"))
    assert cuts.figures.lost > 0
