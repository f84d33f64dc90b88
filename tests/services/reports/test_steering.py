"""Steering a report: who may, what it becomes, what is said of it, and what was done before."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import (
    ReportAsked,
    ReportDeadlineMoved,
    ReportMarkedPersonal,
    ReportOpenedAgain,
    ReportSentToDepartment,
    ReportTaken,
)
from domain.people.rights import NotAllowed, Role
from domain.reports.reports import WORKABLE, State
from services.core.errors import AlreadyDone, NotFound
from services.reports import deadlines, joining, saying_more, steering, taking_back, working
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people.people import Person
from storage.reports import reports as store
from storage.reports.reports import NewPart
from tests.services.reporting import known, stands, submitted, texts, words
from tests.support import MONDAY, happened, in_transaction, last_events, person

DAY = timedelta(days=1)
CLOSED = [State.CONFIRMED, State.UNANSWERED, State.DECLINED, State.WITHDRAWN]


def staff(tx: Transaction, name: str = "Wei") -> Person:
    return person(tx, name, Role.STAFF)


Deed = Callable[[Transaction, Community, Person, int], None]
DEEDS: dict[str, Deed] = {
    "assign": lambda tx, community, actor, number: steering.assign(tx, community, actor, number, actor.id),
    "send": lambda tx, community, actor, number: steering.send_to_department(tx, community, actor, number, "care"),
    "ask": lambda tx, _community, actor, number: steering.ask(tx, actor, number, words("Where?")[0]),
    "move": lambda tx, community, actor, number: steering.move_deadline(tx, community, actor, number, tx.now + DAY),
    "mark": lambda tx, _community, actor, number: steering.mark_personal(tx, actor, number, True),
    "open": lambda tx, community, actor, number: steering.open_again(tx, community, actor, number),
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("role", [None, Role.VOLUNTEER, Role.PLEDGER, Role.REPRESENTATIVE])
@in_transaction
def test_nobody_steers_but_staff(tx: Transaction, community: Community, deed: str, role: Role | None) -> None:
    mei = person(tx, "Mei", *([role] if role else []))
    number = submitted(tx, community, mei)
    before = known(tx, number)
    with pytest.raises(NotAllowed):
        DEEDS[deed](tx, community, mei, number)
    with pytest.raises(NotFound):
        DEEDS[deed](tx, community, staff(tx), 999)
    assert len(happened(tx)) == 1 and known(tx, number) == before


@in_transaction
def test_who_it_is_given_to_answers_for_it_and_who_had_it_is_named(tx: Transaction, community: Community) -> None:
    number, wei, li = submitted(tx, community, person(tx, "Mei")), staff(tx), staff(tx, "Li")
    steering.assign(tx, community, wei, number, wei.id)
    last_events(tx, ReportTaken(actor=wei.id, report=number, assignee=wei.id))
    steering.assign(tx, community, wei, number, li.id)
    last_events(tx, ReportTaken(actor=wei.id, report=number, assignee=li.id, before=wei.id))
    assert (known(tx, number).state, known(tx, number).assignee) == (State.TAKEN, li.id)
    with pytest.raises(AlreadyDone):
        steering.assign(tx, community, wei, number, li.id)
    stands(tx, number, State.STARTED)
    steering.assign(tx, community, li, number, wei.id)
    assert (known(tx, number).state, known(tx, number).assignee) == (State.STARTED, wei.id), "work goes on"
    stands(tx, number, State.REOPENED)
    steering.assign(tx, community, wei, number, wei.id)
    assert known(tx, number).state is State.TAKEN, "the same person takes up again what was opened again"


@in_transaction
def test_it_is_given_to_nobody_who_cannot_answer_for_it(tx: Transaction, community: Community) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei")), staff(tx)
    for chosen in (person(tx, "Bo").id, person(tx, "Lao", Role.VOLUNTEER).id, 999):
        with pytest.raises(NotFound):
            steering.assign(tx, community, wei, number, chosen)
    assert known(tx, number).assignee is None


@pytest.mark.parametrize("state", [each for each in State if each not in WORKABLE])
@in_transaction
def test_what_staff_have_no_work_with_is_not_given_sent_or_put_off(
    tx: Transaction, community: Community, state: State
) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei")), staff(tx)
    stands(tx, number, state)
    before = known(tx, number)
    for deed in ("assign", "send", "move"):
        with pytest.raises(WrongState) as raised:
            DEEDS[deed](tx, community, wei, number)
        assert raised.value.state is state
    assert known(tx, number) == before


@in_transaction
def test_another_department_has_it_anew_and_who_had_it_has_it_no_more(tx: Transaction, community: Community) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei"), category="lighting"), staff(tx)
    working.take(tx, community, wei, number)
    assert steering.department_of(community, known(tx, number)) == "works"
    steering.send_to_department(tx, community, wei, number, "care")
    last_events(tx, ReportSentToDepartment(actor=wei.id, report=number, department="care", before=wei.id))
    report = known(tx, number)
    assert (report.state, report.assignee, steering.department_of(community, report)) == (State.NEW, None, "care")
    with pytest.raises(AlreadyDone):
        steering.send_to_department(tx, community, wei, number, "care")
    with pytest.raises(NotFound):
        steering.send_to_department(tx, community, wei, number, "kitchen")


@in_transaction
def test_the_department_of_its_category_has_it_already(tx: Transaction, community: Community) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei"), category="lighting"), staff(tx)
    with pytest.raises(AlreadyDone):
        steering.send_to_department(tx, community, wei, number, "works")
    unsorted = submitted(tx, community, person(tx, "Bo"))
    assert steering.department_of(community, known(tx, unsorted)) is None
    steering.send_to_department(tx, community, wei, unsorted, "works")
    assert steering.department_of(community, known(tx, unsorted)) == "works"


@in_transaction
def test_a_question_is_kept_and_its_reporter_owes_an_answer(tx: Transaction, community: Community) -> None:
    mei, bo, wei = person(tx, "Mei"), person(tx, "Bo"), staff(tx)
    number = submitted(tx, community, mei)
    joining.join(tx, bo, number, words("Here, too"))

    def owed() -> str | None:
        part = steering.owed_answer(tx, known(tx, number), store.parts(tx, number))
        return None if part is None else part.text

    assert owed() is None
    steering.ask(tx, wei, number, NewPart("text", text="Which floor?"))
    (part,) = [each.id for each in store.parts(tx, number) if each.text == "Which floor?"]
    last_events(tx, ReportAsked(actor=wei.id, report=number, part=part, asked=mei.id))
    assert texts(tx, number, "question") == ["Which floor?"] and owed() == "Which floor?"
    saying_more.add(tx, community, bo, number, words("Mine is the third"))
    assert owed() == "Which floor?", "what somebody else says is no answer"
    steering.ask(tx, wei, number, NewPart("text", text="Which stairwell?"))
    assert owed() == "Which stairwell?", "the newest"
    saying_more.add(tx, community, mei, number, words("The second"))
    assert owed() is None


@in_transaction
def test_who_stands_for_it_now_owes_no_answer_to_what_another_was_asked(tx: Transaction, community: Community) -> None:
    mei, bo, wei = person(tx, "Mei"), person(tx, "Bo"), staff(tx)
    number = submitted(tx, community, mei)
    joining.join(tx, bo, number, words("Here, too"))
    steering.ask(tx, wei, number, NewPart("text", text="Which floor?"))
    taking_back.take_back(tx, mei, number)
    assert known(tx, number).person == bo.id
    assert steering.owed_answer(tx, known(tx, number), store.parts(tx, number)) is None
    steering.ask(tx, wei, number, NewPart("text", text="Which stairwell?"))
    owed = steering.owed_answer(tx, known(tx, number), store.parts(tx, number))
    assert owed is not None and owed.text == "Which stairwell?"


@in_transaction
def test_a_deadline_is_promised_for_a_time_ahead(tx: Transaction, community: Community) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei")), staff(tx)
    for passed in (MONDAY, MONDAY - DAY):
        with pytest.raises(NotFound):
            steering.move_deadline(tx, community, wei, number, passed)
    steering.move_deadline(tx, community, wei, number, MONDAY + DAY)
    last_events(tx, ReportDeadlineMoved(actor=wei.id, report=number, due_at=to_text(MONDAY + DAY), before=None))
    with pytest.raises(AlreadyDone):
        steering.move_deadline(tx, community, wei, number, MONDAY + DAY)
    steering.move_deadline(tx, community, wei, number, MONDAY + 2 * DAY)
    last_events(
        tx,
        ReportDeadlineMoved(
            actor=wei.id, report=number, due_at=to_text(MONDAY + 2 * DAY), before=to_text(MONDAY + DAY)
        ),
    )
    assert known(tx, number).due_at == MONDAY + 2 * DAY


@in_transaction
def test_marked_as_about_a_person_it_can_be_joined_by_nobody(tx: Transaction, community: Community) -> None:
    number, wei, bo = submitted(tx, community, person(tx, "Mei")), staff(tx), person(tx, "Bo")
    with pytest.raises(AlreadyDone):
        steering.mark_personal(tx, wei, number, False)
    steering.mark_personal(tx, wei, number, True)
    last_events(tx, ReportMarkedPersonal(actor=wei.id, report=number, on=True))
    assert joining.joinable(tx, bo, number) is None
    with pytest.raises(NotAllowed):
        joining.join(tx, bo, number, words("Here, too"))
    with pytest.raises(AlreadyDone):
        steering.mark_personal(tx, wei, number, True)
    steering.mark_personal(tx, wei, number, False)
    last_events(tx, ReportMarkedPersonal(actor=wei.id, report=number, on=False))
    assert joining.joinable(tx, bo, number) is not None


@pytest.mark.parametrize("state", CLOSED)
@in_transaction
def test_staff_take_up_again_what_was_closed_and_answer_for_it(
    tx: Transaction, community: Community, state: State
) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei")), staff(tx)
    stands(tx, number, state)
    assert known(tx, number).closed_at is not None
    steering.open_again(tx, community, wei, number)
    last_events(tx, ReportOpenedAgain(actor=wei.id, report=number))
    report = known(tx, number)
    assert (report.state, report.assignee, report.closed_at) == (State.REOPENED, wei.id, None)
    with pytest.raises(WrongState):
        steering.open_again(tx, community, wei, number)


@in_transaction
def test_what_is_part_of_another_is_not_opened_by_itself(tx: Transaction, community: Community) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei")), staff(tx)
    stands(tx, number, State.MERGED)
    with pytest.raises(WrongState):
        steering.open_again(tx, community, wei, number)


@in_transaction
def test_given_to_somebody_opened_again_or_moved_its_deadline_is_kept_in_mind(
    tx: Transaction, community: Community
) -> None:
    number, wei = submitted(tx, community, person(tx, "Mei"), category="stalls"), staff(tx)

    def kept_in_mind() -> bool:
        """Whether it is, when nothing of it stood in the plan before."""
        found = scheduled_tasks.planned(tx, f"{deadlines.KIND}:{number}") is not None
        scheduled_tasks.cancel(tx, f"report:{number}", deadlines.KIND)
        return found

    kept_in_mind()
    for deed, before in (("assign", State.HANDED_ON), ("move", State.NEW), ("open", State.CONFIRMED)):
        stands(tx, number, before)
        DEEDS[deed](tx, community, wei, number)
        assert kept_in_mind(), deed
