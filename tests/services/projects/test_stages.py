"""A project moves on, and ends."""

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import ProjectMoved
from domain.people.rights import NotAllowed, Role
from domain.projects.projects import STEPS, Stage, Step
from domain.reports.reports import State
from services.projects import stages
from services.projects.access import Outdated
from storage.core.database import Transaction
from storage.projects import projects
from tests.services.projects.bundles import bundled, known, made, staff
from tests.services.reporting import stands
from tests.support import happened, in_transaction, last_events, person


@in_transaction
def test_it_moves_on_step_by_step(tx: Transaction, community: Community) -> None:
    wei, lin = staff(tx), person(tx, "Lin", Role.PLEDGER)
    project = made(tx, community, wei, lin)
    stages.move(tx, lin, project.id, Step.DELIBERATE, project.version)
    last_events(tx, ProjectMoved(actor=lin.id, project=project.id, before="listening", stage="deliberating"))
    with pytest.raises(Outdated):
        stages.move(tx, wei, project.id, Step.DELIVER, project.version)
    with pytest.raises(WrongState):
        stages.move(tx, lin, project.id, Step.DELIBERATE)
    assert stages.move(tx, lin, project.id, Step.DELIVER).stage is Stage.DELIVERING
    assert happened(tx).count(ProjectMoved.KIND) == 2


@in_transaction
def test_it_is_done_when_no_report_in_it_is_open(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    one, other = bundled(tx, community, wei, project, "Mei", "Bo")
    stands(tx, one, State.CONFIRMED)
    with pytest.raises(stages.StillOpen) as refused:
        stages.move(tx, wei, project.id, Step.FINISH)
    assert refused.value.count == 1
    stands(tx, other, State.UNANSWERED)
    ended = stages.move(tx, wei, project.id, Step.FINISH)
    assert ended.stage is Stage.DONE and ended.ended_at == tx.now
    assert not projects.open_ones(tx, 9)


@in_transaction
def test_given_up_it_says_why_and_only_staff_take_it_up_again(tx: Transaction, community: Community) -> None:
    wei, lin = staff(tx), person(tx, "Lin", Role.PLEDGER)
    project = made(tx, community, wei, lin)
    bundled(tx, community, wei, project, "Mei")
    assert stages.give_up(tx, lin, project.id, "There is no money").reason == "There is no money"
    with pytest.raises(WrongState):
        stages.give_up(tx, lin, project.id, "Again")
    with pytest.raises(NotAllowed):
        stages.move(tx, lin, project.id, Step.LISTEN)
    again = stages.move(tx, wei, project.id, Step.LISTEN)
    assert (again.stage, again.reason, again.ended_at) == (Stage.LISTENING, None, None)


@in_transaction
def test_others_move_nothing(tx: Transaction, community: Community) -> None:
    project = made(tx, community, staff(tx))
    for stranger in (person(tx, "Mei"), person(tx, "Lin", Role.PLEDGER)):
        with pytest.raises(NotAllowed):
            stages.move(tx, stranger, project.id, Step.DELIVER)
        with pytest.raises(NotAllowed):
            stages.give_up(tx, stranger, project.id, "So")
    assert known(tx, project).stage is Stage.LISTENING


@in_transaction
def test_the_steps_that_are_offered_are_those_that_can_be_taken(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    assert stages.steps(tx, project) == [Step.DELIBERATE, Step.DELIVER, Step.FINISH, Step.GIVE_UP]
    (report,) = bundled(tx, community, wei, project, "Mei")
    assert Step.FINISH not in stages.steps(tx, project), "a report in it is open"
    stands(tx, report, State.CONFIRMED)
    assert Step.FINISH in stages.steps(tx, project)
    assert [step for step in Step if STEPS.allows(Stage.DONE, step)] == [Step.LISTEN]
