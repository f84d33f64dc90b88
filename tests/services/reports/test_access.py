"""Who may do what with a report: staff with all of them, residents with their own, and who speaks for somebody."""

from collections.abc import Callable

import pytest

from domain.community import Community
from domain.people.rights import NotAllowed, Role
from services.core.errors import NotFound
from services.reports import (
    access,
    completing,
    hearing,
    saying_more,
    submitting,
    working,
)
from services.reports.submitting import NewReport
from storage.core.database import Transaction
from storage.people.people import Person
from tests.services.reporting import known, submitted, words
from tests.support import happened, in_transaction, person


def staff(tx: Transaction, name: str = "Wei") -> Person:
    return person(tx, name, Role.STAFF)


Deed = Callable[[Transaction, Community, Person, int], object]
OF_STAFF: dict[str, Deed] = {
    "take": working.take,
    "start": working.start,
    "title": lambda tx, _community, actor, number: working.set_title(tx, actor, number, "Lamp"),
    "heard": lambda tx, _community, actor, number: hearing.set_heard(tx, actor, number, "Dark"),
    "resolve": lambda tx, community, actor, number: working.resolve(tx, community, actor, number, words()),
    "reporter": lambda tx, _community, actor, number: working.reporter(tx, actor, number),
}
OF_RESIDENTS: dict[str, Deed] = {
    "add": lambda tx, community, actor, number: saying_more.add(tx, community, actor, number, words()),
    "spoken": lambda tx, _community, actor, number: access.spoken(tx, actor, number),
    "own": lambda tx, _community, actor, number: access.own(tx, actor, number),
    "place": lambda tx, _community, actor, number: completing.change_place(tx, actor, number, None, "There"),
    "confirm": lambda tx, _community, actor, number: hearing.confirm_heard(tx, actor, number, True, 1),
}


@pytest.mark.parametrize("deed", OF_STAFF)
@in_transaction
def test_what_staff_do_nobody_else_does(tx: Transaction, community: Community, deed: str) -> None:
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei)
    before = known(tx, number)
    for who in (mei, person(tx, "Lao", Role.VOLUNTEER, Role.PLEDGER, Role.REPRESENTATIVE)):
        with pytest.raises(NotAllowed):
            OF_STAFF[deed](tx, community, who, number)
    with pytest.raises(NotFound):
        OF_STAFF[deed](tx, community, staff(tx), 999)
    assert known(tx, number) == before and len(happened(tx)) == 1


@pytest.mark.parametrize("deed", OF_RESIDENTS)
@in_transaction
def test_what_residents_do_with_their_own_nobody_else_does(tx: Transaction, community: Community, deed: str) -> None:
    mei = person(tx, "Mei")
    number = submitted(tx, community, mei)
    before = known(tx, number)
    for who in (person(tx, "Eve"), person(tx, "Wei", Role.STAFF, Role.LEAD, Role.ADMIN)):
        with pytest.raises(NotAllowed):
            OF_RESIDENTS[deed](tx, community, who, number)
    with pytest.raises(NotFound):
        OF_RESIDENTS[deed](tx, community, mei, 999)
    assert known(tx, number) == before and len(happened(tx)) == 1


@in_transaction
def test_who_wrote_it_down_speaks_for_them_while_they_are_staff(tx: Transaction, community: Community) -> None:
    wei, chen = staff(tx), person(tx, "Old Chen", started=False)
    number = submitting.submit(tx, community, chen, NewReport(words()), recorded_by=wei.id)
    report = known(tx, number)
    assert access.speaks_for_reporter(wei, report) and access.speaks(tx, wei, report)
    assert not access.speaks_for_reporter(staff(tx, "Li"), report)
    own = known(tx, submitting.submit(tx, community, wei, NewReport(words()), recorded_by=wei.id))
    assert access.speaks(tx, wei, own) and not access.speaks_for_reporter(wei, own), "it is their own"
