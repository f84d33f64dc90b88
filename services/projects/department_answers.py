"""What a department answers that was called in to a project. Staff answer for their department, and may change it.

Of two who answer at once the second reads what the first said: each names the `version` they looked at. Raises
NotAllowed, NotFound, WrongState, AlreadyDone, AnsweredMeanwhile, InThePast, DayOff or NotThatDayYet.
"""

from datetime import date

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.events import DepartmentAnswered, DepartmentCame
from domain.people.rights import Action, require
from domain.projects.department_answers import DepartmentAnswer
from services.core.errors import AlreadyDone, NotFound
from services.projects import calling_in
from services.projects.milestones import InThePast
from storage.core.database import Transaction
from storage.people.people import Person
from storage.projects import departments, projects
from storage.projects.departments import CalledIn


class AnsweredMeanwhile(Exception):
    """Somebody else has answered since the actor looked: `called` is how it stands now."""

    def __init__(self, called: CalledIn) -> None:
        super().__init__(called)
        self.called = called


class DayOff(Exception):
    """Nobody works on that `day`; it is taken only where that is meant."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


class NotThatDayYet(Exception):
    """The day on which they come has not come, so they cannot have been there."""


def may_answer(tx: Transaction, actor: Person, number: int, version: int) -> CalledIn:
    """How it stands, when the actor may answer now."""
    require(actor.roles, Action.ANSWER)
    called = departments.by_id(tx, number)
    if called is None:
        raise NotFound
    project = projects.existing(tx, called.project)
    if not project.stage.is_open:
        raise WrongState(project.stage)
    if called.version == version + 1 and called.answered_by == actor.id:
        raise AlreadyDone  # a double tap
    if called.version != version:
        raise AnsweredMeanwhile(called)
    return called


def come(
    tx: Transaction, community: Community, actor: Person, number: int, version: int, day: date, *, off: bool = False
) -> CalledIn:
    """We come, on that day; `off`: also where nobody works then."""
    called = may_answer(tx, actor, number, version)
    if day < calling_in.today(tx, community):
        raise InThePast
    if not off and not community.hours.is_working_day(day):
        raise DayOff(day)
    if called.answer is DepartmentAnswer.COMING and called.comes_on == day:
        raise AlreadyDone
    return _answered(tx, actor, called, DepartmentAnswer.COMING, comes_on=day)


def say_opinion(tx: Transaction, actor: Person, number: int, version: int, words: str) -> CalledIn:
    """Our opinion is this."""
    called = may_answer(tx, actor, number, version)
    return _answered(tx, actor, called, DepartmentAnswer.OPINION, words=words)


def not_ours(tx: Transaction, actor: Person, number: int, version: int, because: str) -> CalledIn:
    """It is not ours, for that reason."""
    called = may_answer(tx, actor, number, version)
    return _answered(tx, actor, called, DepartmentAnswer.NOT_OURS, words=because)


def were_there(tx: Transaction, community: Community, actor: Person, number: int, version: int) -> CalledIn:
    """We were there: on the day they had named, or after it."""
    called = may_answer(tx, actor, number, version)
    if called.came_at is not None:
        raise AlreadyDone
    if called.comes_on is None or called.comes_on > calling_in.today(tx, community):
        raise NotThatDayYet
    departments.came(tx, number)
    projects.touch(tx, called.project)
    tx.emit(DepartmentCame(actor=actor.id, project=called.project, department=called.department))
    return departments.existing(tx, number)


def _answered(
    tx: Transaction,
    actor: Person,
    called: CalledIn,
    kind: DepartmentAnswer,
    words: str | None = None,
    comes_on: date | None = None,
) -> CalledIn:
    departments.answer(tx, called, kind, actor.id, words=words, comes_on=comes_on)
    calling_in.answered(tx, called)
    projects.touch(tx, called.project)
    tx.emit(
        DepartmentAnswered(
            actor=actor.id, project=called.project, department=called.department, answer=kind, before=called.answer
        )
    )
    return departments.existing(tx, called.id)
