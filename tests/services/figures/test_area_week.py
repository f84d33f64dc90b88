"""News of one's building: who gets them when, and never two of a week."""

from datetime import timedelta

from domain.calendar.quiet import QuietHours
from domain.community import Community
from services.core import turns
from services.figures import area_week
from services.notices import residences
from services.people import quiet
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from tests.support import MONDAY, in_transaction, person


@in_transaction
def test_who_asked_for_it_when_they_may_be_disturbed(tx: Transaction, community: Community) -> None:
    mei, bo, gone, nowhere = (person(tx, name) for name in ("Mei", "Bo", "Gone", "Nowhere"))
    never = person(tx, "Never", started=False)
    for each in (mei, bo, gone, never):
        residences.say(tx, community, each, "b1")
    for each in (mei, bo, gone, nowhere, never):
        assert not area_week.wanted(tx, each.id)
        area_week.choose(tx, community, each, True)
        assert area_week.wanted(tx, each.id)
    area_week.choose(tx, community, gone, False)
    quiet.choose(tx, bo, QuietHours(8, 12))
    monday = turns.of_week(MONDAY, community)
    assert area_week.due(tx, community, []).to == []
    tx.now = monday
    rows = scheduled_tasks.claim(tx, (area_week.KIND,), 200)
    assert len(rows) == 4, "who wants it no more has no row"
    found = area_week.due(tx, community, rows)
    assert [each.person for each in found.to] == [mei.id]
    due = {row["subject"]: found.next_due[row["id"]] for row in rows}
    following = monday + timedelta(days=7)
    assert due[f"person:{mei.id}"] == due[f"person:{nowhere.id}"] == due[f"person:{never.id}"] == following
    assert monday < due[f"person:{bo.id}"] < following, "in the afternoon, when their quiet hours are over"
    again = area_week.due(tx, community, rows)
    assert [each.once for each in again.to] == [each.once for each in found.to], "the same key: nobody gets two"


@in_transaction
def test_nothing_released_nothing_said(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    residences.say(tx, community, mei, "b1")
    monday = area_week.monday_of(MONDAY, community)
    assert area_week.read(tx, community, mei.id, monday) is None, "they have not asked for it"
    area_week.choose(tx, community, mei, True)
    assert area_week.read(tx, community, mei.id, monday) is None
