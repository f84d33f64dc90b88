"""Some months of reminders with kills, downtime and wrong times; and that the check fails without what it checks."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.crash.almanac import Promised, Wall, occurrences
from tests.crash.reminders import Plan, run


def test_an_hour_left_out_and_one_shown_twice() -> None:
    wall = Wall(ZoneInfo("Europe/Berlin"), date(2026, 3, 1), date(2026, 11, 1))
    promise = Promised(0, 2 * 60 + 15, 20, frozenset({6}))
    begins = {begin for begin, _ in occurrences(promise, wall, date(2026, 3, 22), date(2026, 11, 1))}
    assert datetime(2026, 3, 22, 1, 15, tzinfo=UTC) in begins
    assert datetime(2026, 3, 29, 1, 0, tzinfo=UTC) in begins, "the moment the clock jumped"
    assert datetime(2026, 10, 25, 0, 15, tzinfo=UTC) in begins, "the first of the two"
    assert datetime(2026, 10, 25, 1, 15, tzinfo=UTC) not in begins


def test_each_time_is_told_once_whatever_happens_to_the_program(tmp_path: Path) -> None:
    found = run(Plan(10, 3, tmp_path, days=90, zones=("America/Santiago",), downtimes=(17.0, 4.0)))
    assert found.wrong == []
    assert found.account.expected == found.account.present > 200
    assert found.account.late_merged > 20, "it was away for long"
    assert found.kills > 10 and found.second_refused > 0


@pytest.mark.parametrize(("sabotage", "figure"), [("keys", "duplicate"), ("misfire", "missing")])
def test_the_check_notices(tmp_path: Path, sabotage: str, figure: str) -> None:
    plan = Plan(7, 3, tmp_path, days=45, zones=("Europe/Berlin",), downtimes=(8.0,), sabotage=sabotage)
    found = run(plan)
    assert getattr(found.account, figure) > 0, found.figures()
