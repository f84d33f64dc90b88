"""A project moves on: from one stage to another, or it ends.

Raises NotAllowed, NotFound, Outdated, WrongState or StillOpen.
"""

from domain.events import ProjectMoved
from domain.people.rights import Action, require
from domain.projects.projects import STEPS, Stage, Step, after
from services.projects import leading
from services.projects.access import steered
from storage.core.database import Transaction
from storage.people.people import Person
from storage.projects import members, projects
from storage.projects.projects import Project


class StillOpen(Exception):
    """Reports in it are open: `count` of them. It is done when none is."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


def move(tx: Transaction, actor: Person, number: int, step: Step, version: int | None = None) -> Project:
    """Take a step with a project, other than giving it up; returns it as it stands then.

    It is done when no report in it is open. What has ended only staff take up again.
    """
    project = steered(tx, actor, number, version)
    if not project.stage.is_open:
        require(actor.roles, Action.RUN_PROJECTS)
    return _moved(tx, actor, project, stage_after(tx, project, step), None)


def stage_after(tx: Transaction, project: Project, step: Step) -> Stage:
    """The stage a step leads to. Raises WrongState or StillOpen where it cannot be taken."""
    stage = after(project.stage, step)
    open_reports = members.count_open(tx, project.id) if stage is Stage.DONE else 0
    if open_reports:
        raise StillOpen(open_reports)
    return stage


def give_up(tx: Transaction, actor: Person, number: int, reason: str, version: int | None = None) -> Project:
    """It goes no further, for that reason; everybody in it reads why. Its reports stay as they are."""
    project = steered(tx, actor, number, version)
    return _moved(tx, actor, project, after(project.stage, Step.GIVE_UP), reason)


def _moved(tx: Transaction, actor: Person, project: Project, stage: Stage, reason: str | None) -> Project:
    projects.move(tx, project.id, stage, reason)
    tx.emit(ProjectMoved(actor=actor.id, project=project.id, before=project.stage, stage=stage))
    leading.watch(tx, project.id)
    return projects.existing(tx, project.id)


def steps(tx: Transaction, project: Project) -> list[Step]:
    """The steps that can be taken with it as it stands: while a report in it is open it cannot be done."""
    found = [step for step in Step if STEPS.allows(project.stage, step)]
    return [step for step in found if step is not Step.FINISH or not members.count_open(tx, project.id)]
