"""Which project an actor may do something with. Raises NotAllowed, NotFound or Outdated."""

from domain.people.rights import Action, NotAllowed, may, require
from services.core.errors import NotFound
from storage.core.database import Transaction
from storage.people.people import Person
from storage.projects import leads, projects
from storage.projects.projects import Project


class Outdated(Exception):
    """Somebody has changed the project since the actor looked at it."""


def known(tx: Transaction, number: int) -> Project:
    """The project with that number."""
    found = projects.by_id(tx, number)
    if found is None:
        raise NotFound
    return found


def for_staff(tx: Transaction, actor: Person, number: int, version: int | None = None) -> Project:
    """The project, when the actor may do anything with projects. `version`: the one they looked at, if that counts."""
    require(actor.roles, Action.RUN_PROJECTS)
    return _current(known(tx, number), version)


def steered(tx: Transaction, actor: Person, number: int, version: int | None = None) -> Project:
    """The project, when the actor may steer it: staff, and those who lead it as long as they are of the team."""
    require(actor.roles, Action.LEAD_PROJECT)
    project = known(tx, number)
    if not steers(tx, actor, project):
        raise NotAllowed(Action.LEAD_PROJECT)
    return _current(project, version)


def steers(tx: Transaction, actor: Person, project: Project) -> bool:
    """Whether the actor may steer it."""
    if may(actor.roles, Action.RUN_PROJECTS):
        return True
    return may(actor.roles, Action.LEAD_PROJECT) and leads.leads(tx, project.id, actor.id)


def visible(tx: Transaction, actor: Person, number: int) -> Project:
    """The project, when the actor may look at it. One they may not look at is not there for them: NotFound."""
    project = known(tx, number)
    if not project.public and not steers(tx, actor, project):
        raise NotFound
    return project


def _current(project: Project, version: int | None) -> Project:
    if version is not None and version != project.version:
        raise Outdated
    return project


def may_make(actor: Person) -> None:
    """Raises NotAllowed unless the actor may make a project."""
    require(actor.roles, Action.RUN_PROJECTS)
