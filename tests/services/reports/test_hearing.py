"""What was heard in a voice note: written by staff, drafted by a program, confirmed by whose it is."""

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import (
    ReportHeard,
    ReportHeardConfirmed,
    ReportHeardDrafted,
)
from domain.people.rights import NotAllowed, Role
from services.core.errors import AlreadyDone, NotFound
from services.core.line_marks import mark
from services.reports import hearing
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports import reports as store
from tests.services.reporting import known, submitted
from tests.support import in_transaction, last_events, person


def staff(tx: Transaction, name: str = "Wei") -> Person:
    return person(tx, name, Role.STAFF)


@in_transaction
def test_what_staff_heard_is_confirmed_once_by_whose_it_is(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), staff(tx)
    number = submitted(tx, community, mei)
    with pytest.raises(WrongState):
        hearing.confirm_heard(tx, mei, number, True, mark("Dark"))
    hearing.set_heard(tx, wei, number, "Dark")
    last_events(tx, ReportHeard(actor=wei.id, report=number))
    with pytest.raises(WrongState):
        hearing.confirm_heard(tx, mei, number, True, mark("Light"))  # another line was read
    hearing.confirm_heard(tx, mei, number, False, mark("Dark"))
    last_events(tx, ReportHeardConfirmed(actor=mei.id, report=number, right=False))
    with pytest.raises(AlreadyDone):
        hearing.confirm_heard(tx, mei, number, True, mark("Dark"))
    assert known(tx, number).heard_right is False
    hearing.set_heard(tx, wei, number, "Quite dark")
    assert known(tx, number).heard_right is None, "a new line, a new question"


@in_transaction
def test_a_drafted_line_is_staffs_when_they_make_it_theirs_and_once(tx: Transaction, community: Community) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei")), staff(tx)
    hearing.draft_heard(tx, number, "Dark")
    part = store.parts(tx, number)[-1]
    last_events(tx, ReportHeardDrafted(report=number, part=part.id))
    assert known(tx, number).heard is None
    with pytest.raises(NotAllowed):
        hearing.use_draft(tx, person(tx, "Mei"), part.id)
    for wrong in (999, store.parts(tx, number)[0].id):
        with pytest.raises(NotFound):
            hearing.use_draft(tx, wei, wrong)
    assert hearing.use_draft(tx, wei, part.id) == number and known(tx, number).heard == "Dark"
    last_events(tx, ReportHeard(actor=wei.id, report=number))
    with pytest.raises(AlreadyDone):
        hearing.use_draft(tx, wei, part.id)
    with pytest.raises(NotFound):
        hearing.draft_heard(tx, 999, "Dark")
