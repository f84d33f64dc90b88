"""Making a project, and what it says of itself: title, goal, areas, and whether everybody may see it.

Raises NotAllowed, NotFound, Outdated, AlreadyDone, TooManyLeads or NotForPublic.
"""

from collections.abc import Sequence

from domain.community import Community
from domain.events import ProjectChanged, ProjectMade
from domain.people.rights import Action, require
from services.core.errors import AlreadyDone, NotFound
from services.projects import leading
from services.projects.access import for_staff, steered
from storage.core.database import Transaction
from storage.people.people import Person
from storage.projects import leads, members, projects
from storage.projects.projects import Project


class NotForPublic(Exception):
    """In it are reports about a person or of danger: `count` of them. They stand in no public project."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


def make(
    tx: Transaction, community: Community, actor: Person, title: str, goal: str | None,
    led_by: Sequence[int], areas: Sequence[str] = (), *, public: bool = False,
) -> Project:  # fmt: skip
    """There is a project from now on; it listens. Raises NotFound where a lead may not be one, or nobody leads."""
    require(actor.roles, Action.RUN_PROJECTS)
    chosen = tuple(dict.fromkeys(led_by))
    if not chosen or not all(leading.may_lead(tx, person) for person in chosen):
        raise NotFound
    if len(chosen) > leading.MOST:
        raise leading.TooManyLeads
    _known_areas(community, areas)
    number = projects.add(tx, title, goal, public=public, by=actor.id)
    for person in chosen:
        leads.add(tx, number, person)
    projects.put_areas(tx, number, areas)
    tx.emit(ProjectMade(actor=actor.id, project=number, leads=chosen))
    return projects.existing(tx, number)


def change_words(
    tx: Transaction,
    actor: Person,
    number: int,
    version: int | None = None,
    *,
    title: str | None = None,
    goal: str | None = None,
) -> None:
    """Its title or its goal reads otherwise."""
    project = steered(tx, actor, number, version)
    changed = {
        name: words
        for name, words, before in (("title", title, project.title), ("goal", goal, project.goal))
        if words is not None and words != before
    }
    if not changed:
        raise AlreadyDone
    projects.change(tx, number, **changed)
    tx.emit(ProjectChanged(actor=actor.id, project=number, columns=tuple(changed)))


def choose_areas(
    tx: Transaction, community: Community, actor: Person, number: int, areas: Sequence[str], version: int | None = None
) -> None:
    """It is about these areas."""
    steered(tx, actor, number, version)
    _known_areas(community, areas)
    if sorted(set(areas)) == projects.areas(tx, number):
        raise AlreadyDone
    projects.put_areas(tx, number, areas)
    projects.change(tx, number)
    tx.emit(ProjectChanged(actor=actor.id, project=number, columns=("areas",)))


def show(tx: Transaction, actor: Person, number: int, public: bool, version: int | None = None) -> None:
    """Everybody may see it from now on, or only staff and those who lead it. Staff decide that."""
    project = for_staff(tx, actor, number, version)
    if project.public == public:
        raise AlreadyDone
    unfit = members.count_unfit(tx, number)
    if public and unfit:
        raise NotForPublic(unfit)
    projects.change(tx, number, public=int(public))
    tx.emit(ProjectChanged(actor=actor.id, project=number, columns=("public",)))


def _known_areas(community: Community, areas: Sequence[str]) -> None:
    if not all(community.path(code) for code in areas):
        raise NotFound
