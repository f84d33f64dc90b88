"""Who leads a project: people of the team, whatever their role. A project never stays without a lead unseen.

Raises NotAllowed, NotFound, Outdated, AlreadyDone, TooManyLeads or LastLead.
"""

from datetime import timedelta
from typing import Any

from domain.community import Community
from domain.core.subjects import split, subject
from domain.events import (
    PersonUnreachable,
    ProjectLeadGiven,
    ProjectLeadLost,
    ProjectLeadOutOfReach,
    ProjectLeadTaken,
    ProjectWithoutLead,
    RoleRevoked,
)
from domain.people.rights import Action, may
from services.core.errors import AlreadyDone, NotFound
from services.projects.access import for_staff
from storage.core import chats, scheduled_tasks
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.projects import leads, projects

MOST = 6
"""So many may lead one project: more would be nobody."""
KIND = "project_without_lead"
ASKED_AGAIN = timedelta(days=3)
"""As long as nobody leads it, staff are told so often."""


class TooManyLeads(Exception):
    """It has as many leads as a project may have."""


class LastLead(Exception):
    """Nobody would lead it any more."""


def may_lead(tx: Transaction, person: int) -> bool:
    """Whether somebody may be given a project."""
    found = people.find(tx, person)
    return found is not None and may(found.roles, Action.LEAD_PROJECT)


def give(tx: Transaction, actor: Person, number: int, person: int, version: int | None = None) -> None:
    """That person leads it, too, and hears of it."""
    for_staff(tx, actor, number, version)
    if not may_lead(tx, person):
        raise NotFound
    before = leads.of(tx, number)
    if person in before:
        raise AlreadyDone
    if len(before) >= MOST:
        raise TooManyLeads
    leads.add(tx, number, person)
    projects.change(tx, number)
    tx.emit(ProjectLeadGiven(actor=actor.id, project=number, person=person))
    watch(tx, number)


def take(tx: Transaction, actor: Person, number: int, person: int, version: int | None = None) -> None:
    """That person leads it no more. The last one stays until somebody else is chosen."""
    for_staff(tx, actor, number, version)
    before = leads.of(tx, number)
    if person not in before:
        raise AlreadyDone
    if len(before) == 1:
        raise LastLead
    leads.remove(tx, number, person)
    projects.change(tx, number)
    tx.emit(ProjectLeadTaken(actor=actor.id, project=number, person=person, left=len(before) - 1))
    watch(tx, number)


def left_team(tx: Transaction, _community: Community, event: RoleRevoked) -> None:
    """Somebody has lost a role: who is of the team no more leads nothing."""
    if may_lead(tx, event.person):
        return
    for number in leads.projects_of(tx, event.person):
        leads.remove(tx, number, event.person)
        projects.change(tx, number)
        left = len(leads.of(tx, number))
        tx.emit(ProjectLeadLost(actor=event.actor, project=number, person=event.person, left=left))
        watch(tx, number)


def out_of_reach(tx: Transaction, _community: Community, event: PersonUnreachable) -> None:
    """Somebody cannot be written to any more: staff hear of the open projects they lead."""
    for number in leads.projects_of(tx, event.person):
        if projects.existing(tx, number).stage.is_open:
            reached = len(in_reach(tx, number))
            tx.emit(ProjectLeadOutOfReach(project=number, person=event.person, reached=reached))
            watch(tx, number)


def in_reach(tx: Transaction, number: int) -> list[int]:
    """Those who lead it and can be written to; not those whose last role is gone, or sleeps since a restore."""
    found = []
    for person in leads.of(tx, number):
        chat = chats.private_with(tx, person)
        if chat is not None and chat.unreachable is None and may_lead(tx, person):
            found.append(person)
    return found


def watch(tx: Transaction, number: int) -> None:
    """While nobody who can be reached leads it, staff are told of that again and again."""
    about = subject("project", number)
    scheduled_tasks.cancel(tx, about, KIND)
    if projects.existing(tx, number).stage.is_open and not in_reach(tx, number):
        scheduled_tasks.plan(tx, KIND, about, tx.now + ASKED_AGAIN, f"{KIND}:{number}")


def run_due(tx: Transaction, _community: Community, about: str, _data: dict[str, Any]) -> None:
    """Some days have gone by: is there a lead by now?"""
    _, number = split(about)
    project = projects.by_id(tx, number)
    if project is None or not project.stage.is_open or in_reach(tx, number):
        return
    tx.emit(ProjectWithoutLead(project=number))
    scheduled_tasks.plan(tx, KIND, about, tx.now + ASKED_AGAIN, f"{KIND}:{number}")
