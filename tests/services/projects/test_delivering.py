"""A project is delivered: what is open in it is resolved for now, each person says of theirs; then it is done."""

import json

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import ProjectDelivered, ProjectMoved, ReportConfirmed, ReportUnbundled
from domain.people.rights import NotAllowed, Role
from domain.projects.photos import Moment
from domain.projects.projects import Stage, Step
from domain.reports.reports import State
from services.core.errors import AlreadyDone
from services.projects import bundling, delivering, photos, stages
from services.projects.access import Outdated
from services.projects.delivering import NothingOpen
from services.reports import deciding, joining, reopening
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.projects import fixed_or_not
from storage.projects.fixed_or_not import Said
from storage.projects.projects import Project
from storage.reports import reports, verdicts
from storage.reports.reports import NewPart
from tests.services.projects.bundles import bundled, known, made, staff
from tests.services.reporting import known as report
from tests.services.reporting import stands, texts, words
from tests.support import in_transaction, last_events, person

NAMES = [f"N{number}" for number in range(delivering.CHUNK + 3)]


def delivering_one(tx: Transaction, community: Community, actor: Person, *led_by: Person) -> Project:
    """A project that does what it is for."""
    project = made(tx, community, actor, *led_by)
    return stages.move(tx, actor, project.id, Step.DELIVER)


def ends(tx: Transaction, community: Community, project: Project) -> int:
    """The reports are resolved, some at a time; returns how many steps it took."""
    steps = 0
    while (data := scheduled_tasks.noted(tx, f"{delivering.KIND}:{project.id}")) is not None:
        scheduled_tasks.cancel(tx, f"project:{project.id}", delivering.KIND)
        delivering.run_due(tx, community, f"project:{project.id}", json.loads(json.dumps(data)))
        steps += 1
    return steps


def says(tx: Transaction, community: Community, number: int, *, fixed: bool) -> None:
    """Who reported it says whether it is fixed."""
    found = report(tx, number)
    deciding.decide(tx, community, people.by_id(tx, found.person), number, found.rounds, fixed=fixed)


@in_transaction
def test_all_that_is_open_is_resolved_some_at_a_time(tx: Transaction, community: Community) -> None:
    wei, lao = staff(tx), person(tx, "Lao", Role.VOLUNTEER)
    project = delivering_one(tx, community, wei, lao)
    numbers = bundled(tx, community, wei, project, *NAMES)
    stands(tx, numbers[0], State.DECLINED)
    bo = person(tx, "Bo")
    joining.join(tx, bo, numbers[1], [])
    count = delivering.deliver(tx, lao, project.id, words("All lifts run"))
    assert count == len(numbers) - 1
    last_events(tx, ProjectDelivered(actor=lao.id, project=project.id, reports=count))
    with pytest.raises(AlreadyDone):
        delivering.deliver(tx, wei, project.id, words())
    assert ends(tx, community, project) == 2
    assert {report(tx, number).state for number in numbers[1:]} == {State.RESOLVED}
    assert report(tx, numbers[0]).state is State.DECLINED
    assert texts(tx, numbers[1], "resolution") == ["All lifts run"]
    assert verdicts.of(tx, numbers[1], 1, bo.id) is not None
    assert report(tx, numbers[1]).assignee is None, "who is not of the staff is not in charge of a report"
    assert fixed_or_not.said(tx, project.id).asked == count + 1
    with pytest.raises(NothingOpen):
        delivering.deliver(tx, lao, project.id, words())


@in_transaction
def test_k_noes_open_just_those_k_and_the_counts_say_so(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = delivering_one(tx, community, wei)
    numbers = bundled(tx, community, wei, project, *NAMES[:6])
    delivering.deliver(tx, wei, project.id, words("Done"))
    ends(tx, community, project)
    for number in numbers[:2]:
        says(tx, community, number, fixed=False)
    for number in numbers[2:5]:
        says(tx, community, number, fixed=True)
    assert [report(tx, number).state for number in numbers] == [
        State.REOPENED, State.REOPENED, State.CONFIRMED, State.CONFIRMED, State.CONFIRMED, State.RESOLVED
    ]  # fmt: skip
    assert fixed_or_not.said(tx, project.id) == Said(no=2, yes=3, silent=1, unasked=0)
    # Delivered once more: only those that are open again are asked about again.
    assert delivering.deliver(tx, wei, project.id, words("Now they do")) == 2
    ends(tx, community, project)
    assert fixed_or_not.said(tx, project.id) == Said(no=0, yes=3, silent=3, unasked=0)
    # One is withdrawn from it: it counts no more.
    bundling.take_out(tx, wei, numbers[0])
    assert fixed_or_not.said(tx, project.id) == Said(no=0, yes=3, silent=2, unasked=0)


@in_transaction
def test_who_has_two_reports_in_it_counts_once(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = delivering_one(tx, community, wei)
    first, second = bundled(tx, community, wei, project, "Mei", "Bo")
    mei = people.by_id(tx, report(tx, first).person)
    joining.join(tx, mei, second, [])
    delivering.deliver(tx, wei, project.id, words("Done"))
    ends(tx, community, project)
    says(tx, community, first, fixed=True)
    assert fixed_or_not.said(tx, project.id) == Said(no=0, yes=0, silent=2, unasked=0)
    deciding.decide(tx, community, mei, second, 1, fixed=False)
    assert fixed_or_not.said(tx, project.id) == Said(no=1, yes=0, silent=1, unasked=0)


@in_transaction
def test_it_is_done_when_the_last_is_closed(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = delivering_one(tx, community, wei)
    first, second = bundled(tx, community, wei, project, "Mei", "Bo")
    delivering.deliver(tx, wei, project.id, words("Done"))
    ends(tx, community, project)
    says(tx, community, first, fixed=True)
    delivering.closed(tx, community, ReportConfirmed(report=first, round=1))
    assert known(tx, project).stage is Stage.DELIVERING
    says(tx, community, second, fixed=True)
    delivering.closed(tx, community, ReportConfirmed(report=second, round=1))
    assert known(tx, project).stage is Stage.DONE
    last_events(tx, ProjectMoved(project=project.id, before="delivering", stage="done"))
    # Reopened later: the counts are right, and the project waits for its lead.
    reopening.broken_again(tx, community, people.by_id(tx, report(tx, second).person), second)
    assert fixed_or_not.said(tx, project.id) == Said(no=1, yes=1, silent=0, unasked=0)
    assert known(tx, project).stage is Stage.DONE


@in_transaction
def test_it_is_not_done_by_itself_unless_it_was_delivered(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = delivering_one(tx, community, wei)
    first, second = bundled(tx, community, wei, project, "Mei", "Bo")
    for number in (first, second):
        stands(tx, number, State.DECLINED)
    delivering.closed(tx, community, ReportUnbundled(report=first, project=project.id, why="taken_out"))
    assert known(tx, project).stage is Stage.DELIVERING


@in_transaction
def test_it_goes_on_without_who_said_it_and_stops_when_it_is_given_up(tx: Transaction, community: Community) -> None:
    wei, lao = staff(tx), person(tx, "Lao", Role.VOLUNTEER)
    project = delivering_one(tx, community, wei, lao)
    numbers = bundled(tx, community, wei, project, *NAMES)
    delivering.deliver(tx, lao, project.id, words("Done"))
    people.revoke(tx, lao.id, Role.VOLUNTEER)
    data = scheduled_tasks.noted(tx, f"{delivering.KIND}:{project.id}")
    assert data is not None
    delivering.run_due(tx, community, f"project:{project.id}", data)
    assert report(tx, numbers[0]).state is State.RESOLVED
    stages.give_up(tx, wei, project.id, "No money")
    ends(tx, community, project)
    assert report(tx, numbers[-1]).state is State.NEW


@in_transaction
def test_only_what_is_being_delivered_can_be_and_only_by_who_steers_it(tx: Transaction, community: Community) -> None:
    wei, lao = staff(tx), person(tx, "Lao", Role.VOLUNTEER)
    project = made(tx, community, wei, lao)
    bundled(tx, community, wei, project, "Mei")
    with pytest.raises(WrongState):
        delivering.deliver(tx, lao, project.id, words())
    moved = stages.move(tx, lao, project.id, Step.DELIVER)
    with pytest.raises(NotAllowed):
        delivering.deliver(tx, person(tx, "Other", Role.VOLUNTEER), project.id, words())
    with pytest.raises(Outdated):
        delivering.deliver(tx, lao, project.id, words(), project.version)
    assert delivering.deliver(tx, lao, project.id, words(), moved.version) == 1


@in_transaction
def test_the_newest_photo_of_how_it_is_now_comes_with_the_question(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = delivering_one(tx, community, wei)
    (number,) = bundled(tx, community, wei, project, "Mei")
    for moment, name in ((Moment.BEFORE, "before"), (Moment.AFTER, "old"), (Moment.AFTER, "new")):
        photos.add(tx, wei, project.id, moment, NewPart("photo", None, name, name))
    delivering.deliver(tx, wei, project.id, words("Done"))
    ends(tx, community, project)
    said = [part for part in reports.parts(tx, number) if part.purpose == "resolution"]
    assert [(part.text, part.file_id) for part in said] == [("Done", None), (None, "new")]
    # What the lead sends with it does not come twice.
    says(tx, community, number, fixed=False)
    delivering.deliver(tx, wei, project.id, [NewPart("photo", "Now", "new", "new")])
    ends(tx, community, project)
    said = [part for part in reports.parts(tx, number) if part.purpose == "resolution"]
    assert [(part.text, part.file_id) for part in said[2:]] == [("Now", "new")]
