"""Departments called in to a project: who is asked, by which day, and who is reminded."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.calendar.hours import Holiday
from domain.community import Community
from domain.core.state_machine import WrongState
from domain.core.subjects import subject
from domain.events import DepartmentsCalledIn, DepartmentSilent, ProjectMoved
from domain.people.rights import NotAllowed, Role
from domain.projects.projects import Step
from services.core.errors import AlreadyDone, NotFound
from services.projects import calling_in, department_answers, stages
from services.projects.milestones import InThePast
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.projects import departments
from tests.services.projects.bundles import made, staff, with_staff_group
from tests.support import happened, in_transaction, last_events, person

MONDAY = date(2026, 3, 2)


def with_holiday(community: Community, first: date, last: date) -> Community:
    """The same community, closed on these days."""
    return replace(community, hours=replace(community.hours, holidays=(Holiday(first, last),)))


def reminded_at(tx: Transaction, called: int) -> datetime | None:
    return scheduled_tasks.planned(tx, f"{calling_in.SILENT}:{called}")


@in_transaction
def test_several_at_once_are_asked_by_the_same_day(tx: Transaction, community: Community) -> None:
    wei, lin = staff(tx), person(tx, "Lin", Role.PLEDGER)
    with_staff_group(tx)
    project = made(tx, community, wei, lin)
    called = calling_in.call_in(tx, community, lin, project.id, ["cleaning", "works", "cleaning"])
    assert (called.asked, called.answered) == (("cleaning", "works"), ())
    assert called.answer_by == called.meant == MONDAY + timedelta(days=7), "five working days"
    last_events(
        tx,
        DepartmentsCalledIn(
            actor=lin.id, project=project.id, departments=("cleaning", "works"), answer_by="2026-03-09"
        ),
    )
    first, second = departments.of(tx, project.id)
    assert (first.department, second.department, first.answer, first.asked_by) == ("cleaning", "works", None, lin.id)
    assert reminded_at(tx, first.id) == datetime(2026, 3, 10, 0, 30, tzinfo=tx.now.tzinfo)
    assert project.moved_at == departments.of(tx, project.id)[0].asked_at


@pytest.mark.parametrize(
    ("meant", "by"),
    [
        (MONDAY, MONDAY),
        (date(2026, 3, 7), date(2026, 3, 9)),  # a Saturday
        (date(2026, 3, 4), date(2026, 3, 6)),  # a holiday
    ],
)
@in_transaction
def test_a_day_off_becomes_the_next_working_day(tx: Transaction, community: Community, meant: date, by: date) -> None:
    wei = staff(tx)
    with_staff_group(tx)
    closed = with_holiday(community, date(2026, 3, 4), date(2026, 3, 5))
    called = calling_in.call_in(tx, closed, wei, made(tx, community, wei).id, ["cleaning"], meant)
    assert (called.meant, called.answer_by) == (meant, by)
    assert calling_in.usual_day(tx, closed) == date(2026, 3, 11), "two of the next five weekdays are holidays"


@in_transaction
def test_who_may_not_and_what_cannot_be_asked(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    with pytest.raises(calling_in.NoStaffGroup):
        calling_in.call_in(tx, community, wei, project.id, ["cleaning"])
    with_staff_group(tx)
    for stranger in (person(tx, "Mei"), person(tx, "Lin", Role.PLEDGER)):
        with pytest.raises(NotAllowed):
            calling_in.call_in(tx, community, stranger, project.id, ["cleaning"])
    for chosen in ([], ["nobody"], ["cleaning", "nobody"]):
        with pytest.raises(NotFound):
            calling_in.call_in(tx, community, wei, project.id, chosen)
    with pytest.raises(NotFound):
        calling_in.call_in(tx, community, wei, 999, ["cleaning"])
    with pytest.raises(InThePast):
        calling_in.call_in(tx, community, wei, project.id, ["cleaning"], MONDAY - timedelta(days=1))
    stages.give_up(tx, wei, project.id, "No money")
    with pytest.raises(WrongState):
        calling_in.call_in(tx, community, wei, project.id, ["cleaning"])
    assert not departments.of(tx, project.id)


@in_transaction
def test_a_silent_one_is_reminded_once_and_may_be_asked_again(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    with_staff_group(tx)
    project = made(tx, community, wei)
    calling_in.call_in(tx, community, wei, project.id, ["cleaning"])
    (called,) = departments.of(tx, project.id)
    tx.now += timedelta(days=8)
    about = subject(calling_in.SUBJECT, called.id)
    scheduled_tasks.cancel(tx, about)  # as the tick does when it has come
    calling_in.run_silent(tx, community, about, {})
    last_events(tx, DepartmentSilent(project=project.id, department="cleaning"))
    assert reminded_at(tx, called.id) is None, "once, and not again"
    assert calling_in.silent_days(called, tx.now, community) == 8
    calling_in.call_in(tx, community, wei, project.id, ["cleaning"])
    (again,) = departments.of(tx, project.id)
    assert again.id == called.id and again.answer_by > called.answer_by
    assert calling_in.silent_days(again, tx.now, community) == 8, "counted from the first time"
    assert reminded_at(tx, called.id) is not None


@in_transaction
def test_nobody_is_reminded_who_answered_or_whose_project_ended(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    with_staff_group(tx)
    project, ended = made(tx, community, wei), made(tx, community, wei)
    for each in (project, ended):
        calling_in.call_in(tx, community, wei, each.id, ["cleaning"])
    (first,), (second,) = departments.of(tx, project.id), departments.of(tx, ended.id)
    assert {each.code for each in calling_in.can_be_asked(tx, community, project.id)} == {
        each.code for each in community.departments
    }
    department_answers.say_opinion(tx, wei, first.id, 0, "Not before spring")
    assert reminded_at(tx, first.id) is None
    assert "cleaning" not in {each.code for each in calling_in.can_be_asked(tx, community, project.id)}
    with pytest.raises(AlreadyDone):
        calling_in.call_in(tx, community, wei, project.id, ["cleaning"])
    called = calling_in.call_in(tx, community, wei, project.id, ["cleaning", "works"])
    assert (called.asked, called.answered) == (("works",), ("cleaning",))
    stages.move(tx, wei, ended.id, Step.FINISH)
    before = happened(tx)
    for each in (first, second):
        calling_in.run_silent(tx, community, subject(calling_in.SUBJECT, each.id), {})
    calling_in.run_silent(tx, community, subject(calling_in.SUBJECT, 999), {})
    assert happened(tx) == before


@in_transaction
def test_silence_is_counted_anew_each_day_while_somebody_is_silent(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    with_staff_group(tx)
    project = made(tx, community, wei)
    key = f"{calling_in.DAILY}:{project.id}"
    calling_in.call_in(tx, community, wei, project.id, ["cleaning"])
    assert scheduled_tasks.planned(tx, key) == datetime(2026, 3, 3, 0, 30, tzinfo=tx.now.tzinfo)
    tx.now += timedelta(days=1)
    calling_in.keep_counting(tx, community, project.id)
    assert scheduled_tasks.planned(tx, key) == datetime(2026, 3, 4, 0, 30, tzinfo=tx.now.tzinfo)
    scheduled_tasks.cancel(tx, subject("project", project.id), calling_in.DAILY)
    (called,) = departments.of(tx, project.id)
    department_answers.not_ours(tx, wei, called.id, 0, "The river is the city's")
    calling_in.keep_counting(tx, community, project.id)
    assert scheduled_tasks.planned(tx, key) is None


@in_transaction
def test_silence_counts_again_when_an_ended_project_goes_on(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    with_staff_group(tx)
    project = made(tx, community, wei)
    calling_in.call_in(tx, community, wei, project.id, ["cleaning", "works"])
    first, second = departments.of(tx, project.id)
    department_answers.say_opinion(tx, wei, second.id, 0, "Yes")
    stages.give_up(tx, wei, project.id, "No money")
    for about in (subject("project", project.id), subject(calling_in.SUBJECT, first.id)):
        scheduled_tasks.cancel(tx, about)  # what came due while it had ended did nothing
    tx.now += timedelta(days=30)
    stages.move(tx, wei, project.id, Step.LISTEN)
    calling_in.taken_up(
        tx, community, ProjectMoved(actor=wei.id, project=project.id, before="given_up", stage="listening")
    )  # fmt: skip
    assert reminded_at(tx, first.id) == datetime(2026, 4, 2, 0, 30, tzinfo=tx.now.tzinfo), "not at once"
    assert reminded_at(tx, second.id) is None
    assert scheduled_tasks.planned(tx, f"{calling_in.DAILY}:{project.id}") is not None
    scheduled_tasks.cancel(tx, subject(calling_in.SUBJECT, first.id))
    for before, stage in (("listening", "delivering"), ("delivering", "done")):
        calling_in.taken_up(
            tx, community, ProjectMoved(actor=wei.id, project=project.id, before=before, stage=stage)
        )  # fmt: skip
    assert reminded_at(tx, first.id) is None
