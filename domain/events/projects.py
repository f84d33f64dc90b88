"""What can happen to a project, and to a report because of one. What people wrote stands in the project's row."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.base import Event
from domain.events.reports import ReportEvent


@dataclass(frozen=True, kw_only=True)
class ProjectEvent(Event):
    subject_kind: ClassVar[str] = "project"
    project: int


@dataclass(frozen=True, kw_only=True)
class ProjectMade(ProjectEvent, kind="project.made", says=True):
    """There is a project, and these people lead it."""

    leads: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ProjectChanged(ProjectEvent, kind="project.changed", says=True):
    """These of its columns read otherwise now: title, goal, areas, public."""

    columns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ProjectLeadGiven(ProjectEvent, kind="project.lead_given"):
    """That person leads it, too, from now on."""

    person: int


@dataclass(frozen=True, kw_only=True)
class ProjectLeadTaken(ProjectEvent, kind="project.lead_taken"):
    """That person leads it no more, because somebody said so. `left`: how many still do."""

    person: int
    left: int


@dataclass(frozen=True, kw_only=True)
class ProjectLeadLost(ProjectEvent, kind="project.lead_lost"):
    """That person has left the team, so they lead it no more; `left`: how many still do."""

    person: int
    left: int


@dataclass(frozen=True, kw_only=True)
class ProjectLeadOutOfReach(ProjectEvent, kind="project.lead_out_of_reach"):
    """That person leads it and cannot be written to; `reached`: how many others lead it who can be."""

    person: int
    reached: int


@dataclass(frozen=True, kw_only=True)
class ProjectWithoutLead(ProjectEvent, kind="project.without_lead"):
    """Nobody leads it, or nobody who can be written to, and some days have gone by."""


@dataclass(frozen=True, kw_only=True)
class ProjectMoved(ProjectEvent, kind="project.moved", says=True):
    """It is in another stage now."""

    before: str
    stage: str


@dataclass(frozen=True, kw_only=True)
class MilestoneSet(ProjectEvent, kind="project.milestone_set", says=True):
    """It has one more milestone."""

    milestone: int


@dataclass(frozen=True, kw_only=True)
class MilestoneMoved(ProjectEvent, kind="project.milestone_moved", says=True):
    """A milestone is for another day (dates as text; None: for none), and its row says why."""

    milestone: int
    due_on: str | None
    before: str | None


@dataclass(frozen=True, kw_only=True)
class MilestoneReached(ProjectEvent, kind="project.milestone_reached", says=True):
    """A milestone is reached."""

    milestone: int


@dataclass(frozen=True, kw_only=True)
class ReportBundled(ReportEvent, kind="report.bundled"):
    """It is in that project from now on; `before`: the one it was in until now."""

    project: int
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportUnbundled(ReportEvent, kind="report.unbundled"):
    """It is in that project no more. `why`: taken_out, withdrawn, merged, not_public."""

    project: int
    why: str


@dataclass(frozen=True, kw_only=True)
class ReportsMovedAway(ProjectEvent, kind="project.reports_moved_away"):
    """So many reports of it are in the project `into` now."""

    into: int
    count: int


@dataclass(frozen=True, kw_only=True)
class ReportsPutIn(ProjectEvent, kind="project.reports_put_in"):
    """The actor has put reports into it, and all of them were looked at: how many are in it since, and how many not.

    `there`: they were in it already; `elsewhere`: in another project, and stay there; `not_fit`: about a person or of
    danger, and the project is public; `gone`: withdrawn, or it had ended by then.
    """

    added: int
    there: int
    elsewhere: int
    not_fit: int
    gone: int


@dataclass(frozen=True, kw_only=True)
class DepartmentsCalledIn(ProjectEvent, kind="project.departments_called_in"):
    """These departments are asked what they say to it, by the day `answer_by` (a date as text)."""

    departments: tuple[str, ...]
    answer_by: str


@dataclass(frozen=True, kw_only=True)
class DepartmentAnswered(ProjectEvent, kind="project.department_answered", says=True):
    """A department has answered, and its row says what; `before`: what it had answered until now."""

    department: str
    answer: str
    before: str | None = None


@dataclass(frozen=True, kw_only=True)
class DepartmentCame(ProjectEvent, kind="project.department_came"):
    """Somebody of a department said that they were there."""

    department: str


@dataclass(frozen=True, kw_only=True)
class DepartmentSilent(ProjectEvent, kind="project.department_silent"):
    """The day by which a department was asked to answer has passed, and it has not."""

    department: str
