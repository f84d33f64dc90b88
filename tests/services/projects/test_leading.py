"""Who leads a project, and what happens when they leave the team or cannot be reached."""

from datetime import timedelta

import pytest

from domain.community import Community
from domain.events import (
    PersonUnreachable,
    ProjectLeadGiven,
    ProjectLeadLost,
    ProjectLeadOutOfReach,
    ProjectLeadTaken,
    ProjectWithoutLead,
    RoleRevoked,
)
from domain.people.rights import NotAllowed, Role
from domain.projects.projects import Step
from services.core.errors import AlreadyDone, NotFound
from services.people import team
from services.projects import leading, making, stages
from storage.core import chats, scheduled_tasks
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.projects import leads
from tests.services.projects.bundles import made, staff
from tests.support import happened, in_transaction, last_events, person


def leaves(tx: Transaction, community: Community, who: Person, role: Role) -> None:
    people.revoke(tx, who.id, role)
    leading.left_team(tx, community, RoleRevoked(actor=None, person=who.id, role=role))


def watched(tx: Transaction) -> list[str]:
    return [row["subject"] for row in tx.query("SELECT subject FROM scheduled_tasks WHERE kind = ?", (leading.KIND,))]


@in_transaction
def test_staff_give_it_to_more_people_and_take_it_from_all_but_the_last(tx: Transaction, community: Community) -> None:
    wei, lin = staff(tx), person(tx, "Lin", Role.VOLUNTEER)
    project = made(tx, community, wei)
    leading.give(tx, wei, project.id, lin.id)
    last_events(tx, ProjectLeadGiven(actor=wei.id, project=project.id, person=lin.id))
    with pytest.raises(AlreadyDone):
        leading.give(tx, wei, project.id, lin.id)
    leading.take(tx, wei, project.id, wei.id)
    last_events(tx, ProjectLeadTaken(actor=wei.id, project=project.id, person=wei.id, left=1))
    with pytest.raises(AlreadyDone):
        leading.take(tx, wei, project.id, wei.id)
    with pytest.raises(leading.LastLead):
        leading.take(tx, wei, project.id, lin.id)
    assert leads.of(tx, project.id) == [lin.id]


@in_transaction
def test_who_leads_it_does_not_choose_who_else_does(tx: Transaction, community: Community) -> None:
    wei, lin = staff(tx), person(tx, "Lin", Role.PLEDGER)
    project = made(tx, community, wei, lin)
    with pytest.raises(NotAllowed):
        leading.give(tx, lin, project.id, wei.id)
    with pytest.raises(NotAllowed):
        leading.take(tx, lin, project.id, lin.id)
    with pytest.raises(NotFound):
        leading.give(tx, wei, project.id, person(tx, "Mei").id)
    with pytest.raises(NotFound):
        leading.give(tx, wei, 999, lin.id)


@in_transaction
def test_who_leaves_the_team_leads_it_no_more_and_may_do_nothing_with_it(tx: Transaction, community: Community) -> None:
    wei, lin = staff(tx), person(tx, "Lin", Role.PLEDGER, Role.VOLUNTEER)
    project, other = made(tx, community, wei, lin, wei), made(tx, community, wei, lin)
    leaves(tx, community, lin, Role.PLEDGER)
    assert leads.leads(tx, project.id, lin.id), "still of the team"
    leaves(tx, community, lin, Role.VOLUNTEER)
    last_events(
        tx,
        ProjectLeadLost(project=project.id, person=lin.id, left=1),
        ProjectLeadLost(project=other.id, person=lin.id, left=0),
    )
    assert leads.of(tx, other.id) == [] and watched(tx) == [f"project:{other.id}"]
    with pytest.raises(NotAllowed):
        making.change_words(tx, people.by_id(tx, lin.id), other.id, title="Still mine")


@in_transaction
def test_without_a_lead_staff_are_told_again_until_there_is_one(tx: Transaction, community: Community) -> None:
    wei, lin = staff(tx), person(tx, "Lin", Role.PLEDGER)
    project = made(tx, community, wei, lin)
    about = f"project:{project.id}"
    leaves(tx, community, lin, Role.PLEDGER)
    for _ in range(2):
        tx.now += leading.ASKED_AGAIN
        (row,) = scheduled_tasks.claim(tx, [leading.KIND], 9)
        scheduled_tasks.finished(tx, row["id"])
        leading.run_due(tx, community, about, {})
        last_events(tx, ProjectWithoutLead(project=project.id))
    leading.give(tx, wei, project.id, wei.id)
    assert watched(tx) == []
    leading.run_due(tx, community, about, {})  # had it been due in that very second
    assert happened(tx)[-1] == ProjectLeadGiven.KIND


@in_transaction
def test_who_blocks_the_bot_still_leads_it_and_staff_hear_of_it(tx: Transaction, community: Community) -> None:
    wei, lin = staff(tx), person(tx, "Lin", Role.PLEDGER)
    project = made(tx, community, wei, lin)
    ended = made(tx, community, wei, lin)
    stages.give_up(tx, wei, ended.id, "No money")
    chat = chats.private_with(tx, lin.id)
    assert chat is not None
    chats.set_unreachable(tx, chat.id, "blocked")
    leading.out_of_reach(tx, community, PersonUnreachable(person=lin.id, reason="blocked"))
    last_events(tx, ProjectLeadOutOfReach(project=project.id, person=lin.id, reached=0))
    assert leads.of(tx, project.id) == [lin.id] and watched(tx) == [f"project:{project.id}"]
    tx.now += timedelta(days=9)
    chats.set_unreachable(tx, chat.id, None)
    leading.run_due(tx, community, f"project:{project.id}", {})
    assert ProjectWithoutLead.KIND not in happened(tx)


@in_transaction
def test_what_has_ended_needs_no_lead(tx: Transaction, community: Community) -> None:
    wei, lin = staff(tx), person(tx, "Lin", Role.PLEDGER)
    project = made(tx, community, wei, lin)
    leaves(tx, community, lin, Role.PLEDGER)
    stages.give_up(tx, wei, project.id, "No money")
    assert watched(tx) == []
    stages.move(tx, wei, project.id, Step.LISTEN)
    assert watched(tx) == [f"project:{project.id}"], "taken up again, it needs one"


@in_transaction
def test_everybody_of_the_team_may_lead(tx: Transaction) -> None:
    assert all(leading.may_lead(tx, person(tx, role, role).id) for role in team.GRANTABLE)
    assert not leading.may_lead(tx, person(tx, "Mei").id)


@in_transaction
def test_a_role_that_sleeps_since_a_restore_leads_nobody(tx: Transaction, community: Community) -> None:
    wei, lin = staff(tx), person(tx, "Lin", Role.PLEDGER)
    project = made(tx, community, wei, lin)
    people.put_to_sleep(tx, [Role.PLEDGER])
    assert leading.in_reach(tx, project.id) == []
    leading.run_due(tx, community, f"project:{project.id}", {})
    last_events(tx, ProjectWithoutLead(project=project.id))
    people.wake(tx, lin.id, Role.PLEDGER)
    assert leading.in_reach(tx, project.id) == [lin.id]
