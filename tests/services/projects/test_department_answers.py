"""What departments answer: we come, our opinion, not ours; changed, of two at once, and on days that are no good."""

from datetime import date, timedelta

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import DepartmentAnswered, DepartmentCame
from domain.people.rights import NotAllowed, Role
from domain.projects.department_answers import DepartmentAnswer
from services.core.errors import AlreadyDone, NotFound
from services.projects import calling_in, department_answers, stages
from services.projects.department_answers import AnsweredMeanwhile, DayOff, NotThatDayYet
from services.projects.milestones import InThePast
from storage.core.database import Transaction
from storage.people.people import Person
from storage.projects import departments, projects
from storage.projects.departments import CalledIn
from tests.services.projects.bundles import made, staff, with_staff_group
from tests.support import in_transaction, last_events, person

MONDAY = date(2026, 3, 2)
WEDNESDAY = MONDAY + timedelta(days=2)
SATURDAY = MONDAY + timedelta(days=5)


def called_in(tx: Transaction, community: Community, wei: Person) -> CalledIn:
    """One department, called in to a project."""
    with_staff_group(tx)
    project = made(tx, community, wei)
    calling_in.call_in(tx, community, wei, project.id, ["cleaning"])
    return departments.of(tx, project.id)[0]


@in_transaction
def test_it_comes_and_was_there(tx: Transaction, community: Community) -> None:
    wei, zhao = staff(tx), person(tx, "Zhao", Role.STAFF)
    called = called_in(tx, community, wei)
    tx.now += timedelta(hours=1)
    coming = department_answers.come(tx, community, zhao, called.id, 0, WEDNESDAY)
    assert (coming.answer, coming.comes_on, coming.answered_by) == (DepartmentAnswer.COMING, WEDNESDAY, zhao.id)
    assert projects.existing(tx, called.project).moved_at == tx.now == coming.answered_at
    last_events(tx, DepartmentAnswered(actor=zhao.id, project=called.project, department="cleaning", answer="coming"))
    with pytest.raises(NotThatDayYet):
        department_answers.were_there(tx, community, zhao, called.id, 1)
    with pytest.raises(AlreadyDone):
        department_answers.come(tx, community, wei, called.id, 1, WEDNESDAY)
    tx.now += timedelta(days=2)
    came = department_answers.were_there(tx, community, zhao, called.id, 1)
    assert came.came_at == tx.now == projects.existing(tx, called.project).moved_at
    last_events(tx, DepartmentCame(actor=zhao.id, project=called.project, department="cleaning"))
    with pytest.raises(AlreadyDone):
        department_answers.were_there(tx, community, zhao, called.id, 2)
    again = department_answers.come(tx, community, zhao, called.id, 2, WEDNESDAY + timedelta(days=1))
    assert again.came_at is None, "a second visit has not been yet"


@in_transaction
def test_an_answer_can_be_changed_and_nothing_is_left_of_the_old_one(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    called = called_in(tx, community, wei)
    department_answers.come(tx, community, wei, called.id, 0, WEDNESDAY)
    opinion = department_answers.say_opinion(tx, wei, called.id, 1, "Not before spring")
    assert (opinion.answer, opinion.words, opinion.comes_on) == (DepartmentAnswer.OPINION, "Not before spring", None)
    last_events(
        tx,
        DepartmentAnswered(
            actor=wei.id, project=called.project, department="cleaning", answer="opinion", before="coming"
        ),
    )
    refused = department_answers.not_ours(tx, wei, called.id, 2, "The river is the city's")
    assert (refused.answer, refused.words, refused.version) == (
        DepartmentAnswer.NOT_OURS, "The river is the city's", 3,
    )  # fmt: skip
    with pytest.raises(NotThatDayYet):
        department_answers.were_there(tx, community, wei, called.id, 3)


@in_transaction
def test_of_two_at_once_the_second_reads_what_the_first_said(tx: Transaction, community: Community) -> None:
    wei, zhao = staff(tx), person(tx, "Zhao", Role.STAFF)
    called = called_in(tx, community, wei)
    department_answers.come(tx, community, wei, called.id, 0, WEDNESDAY)
    for late in (
        lambda: department_answers.say_opinion(tx, zhao, called.id, 0, "No"),
        lambda: department_answers.not_ours(tx, zhao, called.id, 0, "No"),
        lambda: department_answers.come(tx, community, zhao, called.id, 0, WEDNESDAY),
        lambda: department_answers.were_there(tx, community, zhao, called.id, 0),
    ):
        with pytest.raises(AnsweredMeanwhile) as refusal:
            late()
        assert (refusal.value.called.answer, refusal.value.called.answered_by) == (DepartmentAnswer.COMING, wei.id)
    assert departments.existing(tx, called.id).answer is DepartmentAnswer.COMING


@in_transaction
def test_days_that_are_over_or_off(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    called = called_in(tx, community, wei)
    with pytest.raises(InThePast):
        department_answers.come(tx, community, wei, called.id, 0, MONDAY - timedelta(days=1))
    with pytest.raises(DayOff) as refusal:
        department_answers.come(tx, community, wei, called.id, 0, SATURDAY)
    assert refusal.value.day == SATURDAY and departments.existing(tx, called.id).answer is None
    assert department_answers.come(tx, community, wei, called.id, 0, SATURDAY, off=True).comes_on == SATURDAY


@in_transaction
def test_residents_and_leads_outside_of_staff_answer_for_none(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    called = called_in(tx, community, wei)
    for stranger in (person(tx, "Mei"), person(tx, "Lin", Role.PLEDGER)):
        for refused in (
            lambda who=stranger: department_answers.say_opinion(tx, who, called.id, 0, "Yes"),
            lambda who=stranger: department_answers.not_ours(tx, who, called.id, 0, "No"),
            lambda who=stranger: department_answers.come(tx, community, who, called.id, 0, WEDNESDAY),
            lambda who=stranger: department_answers.were_there(tx, community, who, called.id, 0),
        ):
            with pytest.raises(NotAllowed):
                refused()
    with pytest.raises(NotFound):
        department_answers.say_opinion(tx, wei, 999, 0, "Yes")
    stages.give_up(tx, wei, called.project, "No money")
    with pytest.raises(WrongState):
        department_answers.say_opinion(tx, wei, called.id, 0, "Yes")
