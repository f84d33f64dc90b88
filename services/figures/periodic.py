"""What figures are written to people by themselves: when each week and month has its turn, and to whom it goes.

Of a week that is over staff read in their group, of a month each who leads a project, in private. Both are counted
outside of the database's thread (`COUNT`: bot/background/figures_writer.py), which then writes to everybody at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from domain.calendar.local_time import local_time
from domain.community import Community
from domain.core.subjects import split, subject
from domain.figures.periods import Length, Period, containing
from domain.figures.report_history import Outcome
from domain.figures.report_measures import ReportMeasures
from services.core import turns
from services.figures import report_figures
from services.figures.report_figures import NOT_GIVEN, Asked, By
from services.people import quiet
from services.projects import leading
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.people import people
from storage.projects import projects

WEEKLY = "figures_weekly"
MONTHLY = "figures_monthly"
COUNT = "figures_count"
LEAD = "figures_lead"
_PROGRAM = subject("program", 1)
_APART = timedelta(days=4)
"""Where the program was stopped and a turn came late, the next is not on its heels."""


@dataclass(frozen=True)
class OfProject:
    """What a project lead reads of a project: reports that came in, times staff said it is fixed, and what residents
    say to that; in one month, as known at its end."""

    collected: int
    resolutions: int
    confirmed: int
    disputed: int


@dataclass(frozen=True)
class OfLead:
    """What one lead reads of a month: their projects by number, those in which something happened or which are open."""

    person: int
    month: date
    projects: Mapping[int, OfProject]


def plan(tx: Transaction, community: Community) -> None:
    """See that the next turns are planned."""
    for kind, turn in ((WEEKLY, turns.of_week), (MONTHLY, turns.of_month)):
        if scheduled_tasks.planned(tx, kind) is None:
            scheduled_tasks.plan(tx, kind, _PROGRAM, turn(tx.now, community), kind)


def run_weekly(tx: Transaction, community: Community) -> None:
    """The task: the week's turn."""
    scheduled_tasks.plan(tx, WEEKLY, _PROGRAM, turns.of_week(tx.now + _APART, community), WEEKLY)
    _count(tx, community, Length.WEEK)


def run_monthly(tx: Transaction, community: Community) -> None:
    """The task: the month's turn."""
    scheduled_tasks.plan(tx, MONTHLY, _PROGRAM, turns.of_month(tx.now + _APART, community), MONTHLY)
    _count(tx, community, Length.MONTH)


def _count(tx: Transaction, community: Community, length: Length) -> None:
    """Of the last one that is over; a turn that comes late, at night, waits for the morning."""
    today = local_time(tx.now, community.zone).date()
    first = containing(today, length).one_before().first
    at = quiet.allowed_from(tx.now, community)
    data = {"length": length.value, "first": first.isoformat()}
    scheduled_tasks.plan(tx, COUNT, _PROGRAM, at, f"{COUNT}:{length}:{first}", data)


def period_of(data: Mapping[str, Any]) -> Period:
    """What is to be counted, from what is noted with a row of `COUNT`."""
    return containing(date.fromisoformat(data["first"]), Length(data["length"]))


# -- to those who lead


def count_projects(tx: Transaction, community: Community, month: Period) -> dict[int, OfProject]:
    """What happened in a month to the reports of each project, by its number; only reads."""
    found = report_figures.of_reports(tx, community, Asked(month, By.PROJECT), tx.now)
    groups = found.groups if found is not None else {}
    return {int(code): _of_project(one) for code, one in groups.items() if code != NOT_GIVEN}


def _of_project(one: ReportMeasures) -> OfProject:
    said = one.outcomes
    return OfProject(one.collected, one.resolutions, said[Outcome.CONFIRMED], said[Outcome.DISPUTED])


def plan_leads(tx: Transaction, community: Community, month: Period, counted: Mapping[int, OfProject]) -> None:
    """Each who leads a project reads of their own ones, when they may be disturbed: those in which something happened,
    and those that are open."""
    concerned = {*counted, *(each.id for each in projects.open_by_movement(tx))}
    theirs: dict[int, list[int]] = {}
    for project in sorted(concerned):
        for person in leading.in_reach(tx, project):
            theirs.setdefault(person, []).append(project)
    nothing = OfProject(0, 0, 0, 0)
    for person, numbers in theirs.items():
        told = {str(each): vars(counted.get(each, nothing)) for each in numbers}
        _plan_lead(tx, community, person, {"month": month.first.isoformat(), "projects": told})


def lead_due(tx: Transaction, community: Community, about: str, data: Mapping[str, Any]) -> OfLead | None:
    """What that person is to read now; None where they lead none of it any more, or are not to be disturbed yet."""
    _, number = split(about)
    person = people.find(tx, number)
    if person is None:
        return None
    if _decent_hour(tx, community, number) > tx.now:
        _plan_lead(tx, community, number, dict(data))
        return None
    counted = {int(each): OfProject(**said) for each, said in data["projects"].items()}
    theirs = {each: said for each, said in counted.items() if number in leading.in_reach(tx, each)}
    return OfLead(number, date.fromisoformat(data["month"]), theirs) if theirs else None


def _plan_lead(tx: Transaction, community: Community, person: int, data: dict[str, Any]) -> None:
    at = _decent_hour(tx, community, person)
    scheduled_tasks.plan(tx, LEAD, subject("person", person), at, f"{LEAD}:{person}:{data['month']}", data)


def _decent_hour(tx: Transaction, community: Community, person: int) -> datetime:
    """Not at night for those either who have no quiet hours: a turn may come late, when the program starts again."""
    return quiet.allowed_from(quiet.allowed_from(tx.now, community), community, people.by_id(tx, person))
