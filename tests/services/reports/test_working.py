"""Working on a report: taken, started, named, resolved. In which states, who answers for it, and what is kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import (
    ReporterShown,
    ReportResolved,
    ReportStarted,
    ReportTaken,
    ReportTitled,
)
from domain.people.rights import Role
from domain.reports.reports import WORKABLE, State
from services.core.errors import AlreadyDone
from services.reports import (
    deadlines,
    joining,
    verdicts,
    working,
)
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports import reports as store
from storage.reports.reports import NewPart
from tests.services.reporting import known, stands, submitted, words
from tests.support import MONDAY, happened, in_transaction, last_events, person

PHOTO = NewPart("photo", "Here", "file", "unique")


def staff(tx: Transaction, name: str = "Wei") -> Person:
    return person(tx, name, Role.STAFF)


@in_transaction
def test_it_is_taken_also_from_a_colleague(tx: Transaction, community: Community) -> None:
    number, wei, li = submitted(tx, community, person(tx, "Mei"), category="stalls"), staff(tx), staff(tx, "Li")
    working.take(tx, community, wei, number)
    last_events(tx, ReportTaken(actor=wei.id, report=number, assignee=wei.id))
    with pytest.raises(AlreadyDone):
        working.take(tx, community, wei, number)
    working.take(tx, community, li, number)
    last_events(tx, ReportTaken(actor=li.id, report=number, assignee=li.id, before=wei.id))
    assert (known(tx, number).state, known(tx, number).assignee) == (State.TAKEN, li.id)


@in_transaction
def test_who_starts_answers_for_it_unless_somebody_does(tx: Transaction, community: Community) -> None:
    one, other = (submitted(tx, community, person(tx, name)) for name in ("Mei", "Bo"))
    wei, li = staff(tx), staff(tx, "Li")
    working.take(tx, community, wei, one)
    for number, assignee in ((one, wei), (other, li)):
        working.start(tx, community, li, number)
        last_events(tx, ReportStarted(actor=li.id, report=number))
        assert (known(tx, number).state, known(tx, number).assignee) == (State.STARTED, assignee.id)
    with pytest.raises(WrongState):
        working.start(tx, community, li, one)


WORK: dict[str, Callable[[Transaction, Community, Person, int], None]] = {
    "take": working.take,
    "start": working.start,
    "resolve": lambda tx, community, actor, number: working.resolve(tx, community, actor, number, words()),
}


@pytest.mark.parametrize("deed", WORK)
@pytest.mark.parametrize("state", [each for each in State if each not in WORKABLE])
@in_transaction
def test_what_there_is_no_work_with_is_not_worked_on(
    tx: Transaction, community: Community, deed: str, state: State
) -> None:
    number = submitted(tx, community, person(tx, "Mei"))
    stands(tx, number, state)
    with pytest.raises(WrongState):
        WORK[deed](tx, community, staff(tx), number)
    assert known(tx, number).state is state and len(happened(tx)) == 1


@in_transaction
def test_taken_back_from_outside_its_deadline_counts_again(tx: Transaction, community: Community) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei"), category="stalls"), staff(tx)
    for deed in (working.take, working.start):
        stands(tx, number, State.HANDED_ON)
        scheduled_tasks.cancel(tx, f"report:{number}", deadlines.KIND)
        deed(tx, community, wei, number)
        assert scheduled_tasks.planned(tx, f"{deadlines.KIND}:{number}") is not None


@in_transaction
def test_the_line_it_goes_by_is_cut_where_a_line_ends(tx: Transaction, community: Community) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei")), staff(tx)
    working.set_title(tx, wei, number, "x" * 500)
    last_events(tx, ReportTitled(actor=wei.id, report=number))
    assert known(tx, number).title == "x" * working.TITLE_LENGTH


@in_transaction
def test_resolved_everybody_who_spoke_is_asked_round_by_round(tx: Transaction, community: Community) -> None:
    mei, bo, wei = person(tx, "Mei"), person(tx, "Bo"), staff(tx)
    number = submitted(tx, community, mei)
    joining.join(tx, bo, number, words("Here, too"))
    for round_ in (1, 2):
        working.resolve(tx, community, wei, number, [*words("A new bulb"), PHOTO])
        ids = tuple(part.id for part in store.parts(tx, number) if part.purpose == "resolution")[-2:]
        last_events(tx, ReportResolved(actor=wei.id, report=number, parts=ids, round=round_))
        report = known(tx, number)
        assert (report.state, report.assignee, report.rounds) == (State.RESOLVED, wei.id, round_)
        asked = tx.query("SELECT person FROM verdicts WHERE report = ? AND round = ? ORDER BY person", (number, round_))
        assert [row["person"] for row in asked] == [mei.id, bo.id]
        assert scheduled_tasks.planned(tx, f"{verdicts.KIND}:{number}:{round_}:again") == MONDAY + timedelta(days=3)
        stands(tx, number, State.REOPENED)


@in_transaction
def test_that_staff_asked_who_it_is_is_on_record(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), staff(tx)
    number = submitted(tx, community, mei)
    assert working.reporter(tx, wei, number).id == mei.id
    last_events(tx, ReporterShown(actor=wei.id, report=number))


@in_transaction
def test_who_answers_for_it_goes_on_when_a_colleague_resolves_it_and_takes_it_up_again(
    tx: Transaction, community: Community
) -> None:
    number, wei, li = submitted(tx, community, person(tx, "Mei")), staff(tx), staff(tx, "Li")
    working.take(tx, community, wei, number)
    working.resolve(tx, community, li, number, words("A new bulb"))
    assert known(tx, number).assignee == wei.id
    stands(tx, number, State.REOPENED)
    working.take(tx, community, wei, number)
    assert known(tx, number).state is State.TAKEN, "the same person, and it is another state"
