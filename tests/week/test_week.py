"""Two days of a small community; `python -m tests.week` is a week of a large one, and looks at memory, too."""

from pathlib import Path

import pytest

from tests.storage.test_table_growth import SHRINKS
from tests.week.week import Plan, Week

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc"),
]


async def test_two_days_leave_what_is_declared_to_stay(tmp_path: Path) -> None:
    found = await Week(
        Plan(tmp_path, 1, people=200, days=2, reports=8, messages=8, quiet_days=0, past=0, hours=4)
    ).run()
    assert found.wrong == []
    assert found.rows[-1]["reports"] >= 12 and found.rows[-1]["verdicts"] > 0, "staff were at work"
    assert len(found.memory) == 2 and found.growth < 1


def test_a_table_that_grows_is_seen(tmp_path: Path) -> None:
    week = Week(Plan(tmp_path, 1, quiet_days=1, past=0))
    first = {"reports": 1, "people": 10, "inbox": 5, "settings": 3}
    found = week._found
    found.rows = [first, {**first, "settings": 900}]
    found.rested = {table: 900 if table == "inbox" else 0 for table in SHRINKS}
    found.rows = [{**dict.fromkeys(SHRINKS, 0), **each} for each in found.rows]
    week._judge()
    assert sorted(each.split()[0] for each in found.wrong) == ["inbox", "settings"]
