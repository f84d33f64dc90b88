"""Which reports are in a project, and what happens to them there."""

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import (
    ReportBundled,
    ReportMerged,
    ReportsMovedAway,
    ReportTakenOut,
    ReportUnbundled,
    ReportWithdrawn,
)
from domain.people.rights import NotAllowed, Role
from services.core.errors import AlreadyDone, NotFound
from services.projects import bundling, making, stages
from services.projects.bundling import InAnother
from services.reports import joining, merging, steering, taking_back
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.projects import members
from tests.services.projects.bundles import bundled, known, made, staff
from tests.services.reporting import known as report
from tests.services.reporting import submitted, words
from tests.support import happened, in_transaction, last_events, person


def of(tx: Transaction, number: int) -> Person:
    return people.by_id(tx, report(tx, number).person)


@in_transaction
def test_staff_put_a_report_in_and_take_it_out(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    number = submitted(tx, community, person(tx, "Mei"))
    assert bundling.add(tx, wei, project.id, number).project == project.id
    last_events(tx, ReportBundled(actor=wei.id, report=number, project=project.id))
    with pytest.raises(AlreadyDone):
        bundling.add(tx, wei, project.id, number)
    assert bundling.take_out(tx, wei, number) == project.id
    last_events(tx, ReportUnbundled(actor=wei.id, report=number, project=project.id, why="taken_out"))
    with pytest.raises(AlreadyDone):
        bundling.take_out(tx, wei, number)
    assert report(tx, number).project is None


@in_transaction
def test_others_than_staff_put_nothing_in(tx: Transaction, community: Community) -> None:
    wei, lin = staff(tx), person(tx, "Lin", Role.PLEDGER, Role.REPRESENTATIVE, Role.VOLUNTEER)
    project = made(tx, community, wei, lin)
    (number,) = bundled(tx, community, wei, project, "Mei")
    more = submitted(tx, community, person(tx, "Bo"))
    for actor in (lin, of(tx, number)):
        with pytest.raises(NotAllowed):
            bundling.add(tx, actor, project.id, more)
        with pytest.raises(NotAllowed):
            bundling.take_out(tx, actor, number)
    for where, what in ((999, more), (project.id, 999)):
        with pytest.raises(NotFound):
            bundling.add(tx, wei, where, what)
    with pytest.raises(NotFound):
        bundling.take_out(tx, wei, 999)


@in_transaction
def test_it_moves_from_another_project_only_when_that_was_asked(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    one, other = made(tx, community, wei), made(tx, community, wei)
    numbers = bundled(tx, community, wei, one, "Mei", "Bo")
    with pytest.raises(InAnother) as asked:
        bundling.add(tx, wei, other.id, numbers[0])
    assert asked.value.project == one.id
    fresh = submitted(tx, community, person(tx, "Eve"))
    became = bundling.add_many(tx, wei, other.id, [*numbers, fresh, 999])
    assert (became.added, became.elsewhere, became.gone) == ([fresh], numbers, 1)
    became = bundling.add_many(tx, wei, other.id, [*numbers, fresh], move=True)
    assert (became.added, became.there) == (numbers, 1)
    last_events(
        tx,
        ReportBundled(actor=wei.id, report=numbers[1], project=other.id, before=one.id),
        ReportsMovedAway(actor=wei.id, project=one.id, into=other.id, count=2),
    )
    assert members.count(tx, one.id) == 0 and members.count(tx, other.id) == 3


@in_transaction
def test_an_ended_project_takes_no_more_in(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    stages.give_up(tx, wei, project.id, "No money")
    with pytest.raises(WrongState):
        bundling.add(tx, wei, project.id, submitted(tx, community, person(tx, "Mei")))


@in_transaction
def test_each_person_counts_once_however_many_reports_they_stand_behind(tx: Transaction, community: Community) -> None:
    wei, mei, bo = staff(tx), person(tx, "Mei"), person(tx, "Bo")
    project = made(tx, community, wei)
    numbers = [submitted(tx, community, mei), submitted(tx, community, mei), submitted(tx, community, bo)]
    joining.join(tx, bo, numbers[0], words("Here, too"))
    joining.join(tx, person(tx, "Eve"), numbers[2], words("And here"))
    part = submitted(tx, community, person(tx, "Jo"))
    merging.merge(tx, community, wei, part, numbers[2])
    bundling.add_many(tx, wei, project.id, [part, *numbers])
    assert members.count(tx, project.id) == 3, "what is part of another counts with that one"
    assert members.count_people(tx, project.id) == 4
    found = members.people(tx, project.id, 0, 99)
    assert [number for _, number in found] == [numbers[0], numbers[0], numbers[2], numbers[2]]
    assert members.people(tx, project.id, found[1][0], 1) == [found[2]], "in pages"
    members.note_told(tx, project.id, [mei.id])
    assert mei.id not in dict(members.not_told(tx, project.id, 9)) and len(members.not_told(tx, project.id, 9)) == 3


# -- what happens to a report while it is in a project


@in_transaction
def test_withdrawn_it_is_in_none(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    (number,) = bundled(tx, community, wei, project, "Mei")
    taking_back.take_back(tx, of(tx, number), number)
    bundling.withdrawn(tx, community, ReportWithdrawn(actor=of(tx, number).id, report=number, parts=()))
    assert report(tx, number).project is None
    with pytest.raises(WrongState):
        bundling.add(tx, wei, project.id, number)


@in_transaction
def test_merged_it_brings_the_other_in_and_out_of_it_again_it_stays(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    (number,) = bundled(tx, community, wei, project, "Mei")
    into = submitted(tx, community, person(tx, "Bo"))
    merging.merge(tx, community, wei, number, into)
    bundling.merged(tx, community, ReportMerged(actor=wei.id, report=number, into=into))
    assert (report(tx, number).project, report(tx, into).project) == (None, project.id)
    assert members.count_people(tx, project.id) == 2
    merging.take_out(tx, community, wei, number)
    bundling.separate(tx, community, ReportTakenOut(actor=wei.id, report=number, before=into))
    assert (report(tx, number).project, report(tx, into).project) == (project.id, project.id)


@in_transaction
def test_merged_into_one_of_another_project_it_counts_there(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    one, other = made(tx, community, wei), made(tx, community, wei)
    (number,), (into,) = bundled(tx, community, wei, one, "Mei"), bundled(tx, community, wei, other, "Bo")
    merging.merge(tx, community, wei, number, into)
    bundling.merged(tx, community, ReportMerged(actor=wei.id, report=number, into=into))
    assert members.count(tx, one.id) == 0 and members.count_people(tx, other.id) == 2
    last_events(tx, ReportUnbundled(actor=wei.id, report=number, project=one.id, why="merged"))


@in_transaction
def test_what_turns_out_to_be_about_a_person_leaves_a_public_project_only(
    tx: Transaction, community: Community
) -> None:
    wei = staff(tx)
    public, inner = made(tx, community, wei, public=True), made(tx, community, wei)
    (number,), (kept,) = bundled(tx, community, wei, public, "Mei"), bundled(tx, community, wei, inner, "Bo")
    for each in (kept, number):
        steering.mark_personal(tx, wei, each, True)
        bundling.no_longer_fit(tx, each, wei.id)
    assert (report(tx, number).project, report(tx, kept).project) == (None, inner.id)
    last_events(tx, ReportUnbundled(actor=wei.id, report=number, project=public.id, why="not_public"))


@in_transaction
def test_danger_that_comes_by_merging_does_not_stay_in_a_public_project(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei, public=True)
    (into,) = bundled(tx, community, wei, project, "Mei")
    number = submitted(tx, community, person(tx, "Bo"), danger="gas")
    merging.merge(tx, community, wei, number, into)
    bundling.merged(tx, community, ReportMerged(actor=wei.id, report=number, into=into))
    assert report(tx, into).project is None
    making.show(tx, wei, project.id, False)
    bundling.add(tx, wei, project.id, into)
    assert known(tx, project).moved_at == tx.now and happened(tx)[-1] == ReportBundled.KIND
