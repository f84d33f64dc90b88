"""What tests of projects share: one with a lead, and reports in it."""

from typing import Any

from domain.community import Community
from domain.people.rights import Role
from services.projects import bundling, making
from storage.core import chats, settings
from storage.core.database import Transaction
from storage.people.people import Person
from storage.projects import projects
from storage.projects.projects import Project
from tests.services.reporting import submitted
from tests.support import person


def made(tx: Transaction, community: Community, staff: Person, *led_by: Person, **more: Any) -> Project:
    """A project that staff make; they lead it themselves where nobody else is named."""
    leads = [each.id for each in led_by or (staff,)]
    return making.make(tx, community, staff, "The lifts", "All lifts run", leads, **more)


def bundled(tx: Transaction, community: Community, staff: Person, project: Project, *names: str) -> list[int]:
    """One report of each of these people, in the project; their numbers."""
    numbers = [submitted(tx, community, person(tx, name)) for name in names]
    bundling.add_many(tx, staff, project.id, numbers)
    return numbers


def staff(tx: Transaction) -> Person:
    """Somebody of staff."""
    return person(tx, "Wei", Role.STAFF)


def known(tx: Transaction, project: Project) -> Project:
    """The project as it is now."""
    return projects.existing(tx, project.id)


def with_staff_group(tx: Transaction) -> int:
    """There is a staff group; its chat."""
    group = chats.meet(tx, -1001, "supergroup", "Staff", True)
    settings.put(tx, "staff_chat", str(group.id))
    return group.id
