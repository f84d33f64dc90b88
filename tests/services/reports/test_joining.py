"""What is offered to join, where very much is open nearby."""

import pytest

from domain.community import Community
from domain.reports.reports import State
from services.reports import joining, submitting
from services.reports.submitting import NewReport
from services.staff_room import searching
from storage.core.database import Database, Transaction
from storage.people import people
from storage.reports import reports
from storage.reports.reports import NewPart

LIFT = "The lift jerks between the floors and its door stays open"


def _report(tx: Transaction, community: Community, number: int, words: str, area: str | None = "b1") -> int:
    reporter = people.meet(tx, number, f"P{number}", None, "en")
    return submitting.submit(tx, community, reporter, NewReport([NewPart("text", text=words)], "lifts", area))


def _among_many(tx: Transaction, community: Community, area: str | None) -> tuple[int, list[int]]:
    """One about the lift long ago, and a hundred about other things since; what is offered about the lift."""
    lift = _report(tx, community, 1, LIFT, area)
    for number in range(2, 102):
        _report(tx, community, number, f"Rubbish beside bin {number} has been lying there {number * 'a'}", area)
    while searching.search.waiting(tx, 1):
        searching.put_in(tx, community)
    newcomer = people.meet(tx, 999, "New", None, "en")
    return lift, joining.offers(tx, community, newcomer, "lift jerks and the door stays open", area, "lifts")


@pytest.mark.parametrize("area", ["b1", None])
async def test_an_old_report_is_found_among_many_newer_ones(
    database: Database, community: Community, area: str | None
) -> None:
    lift, offered = await database.run(_among_many, community, area)
    assert offered == [lift]

    def close(tx: Transaction, state: State) -> list[int]:
        report = reports.by_id(tx, lift)
        assert report is not None
        reports.move(tx, report, state, None, 0)
        searching.put_in(tx, community)
        newcomer = people.meet(tx, 999, "New", None, "en")
        return joining.offers(tx, community, newcomer, "lift jerks and the door stays open", area, "lifts")

    assert await database.run(close, State.DECLINED) == []
    assert await database.run(close, State.REOPENED) == [lift]

    def hide(tx: Transaction) -> list[int]:
        reports.change(tx, lift, about_person=1)
        newcomer = people.meet(tx, 999, "New", None, "en")
        return joining.offers(tx, community, newcomer, "lift jerks and the door stays open", area, "lifts")

    assert await database.run(hide) == [], "at once, not when the words have been put in anew"
