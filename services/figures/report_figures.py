"""The figures of reports over a period, for staff. Raises NotAllowed or NotFound."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.community import Community
from domain.figures.periods import Period, Span
from domain.figures.report_history import ReportHistory
from domain.figures.report_measures import Groups, ReportMeasures, Where, measure
from domain.people.rights import Action, require
from services.core.errors import NotFound
from storage.core.database import Transaction
from storage.figures import project_leads, report_events
from storage.people.people import Person

NOT_GIVEN = ""
"""The group of those of which that is not known."""


class By(StrEnum):
    """Into which groups reports are put."""

    NOTHING = "nothing"
    CATEGORY = "category"
    AREA = "area"
    DEPARTMENT = "department"
    LEAD = "lead"  # who leads the project that a report is in; with two it is counted for both
    PROJECT = "project"


@dataclass(frozen=True)
class Asked:
    """What is to be counted. `area`: reports in it, or in what is in it; `category`: of it alone; None: all."""

    period: Period
    by: By = By.NOTHING
    area: str | None = None
    category: str | None = None


@dataclass(frozen=True)
class ReportFigures:
    """What was counted. Groups go by code, or by the number of a person or project; the greatest comes first."""

    asked: Asked
    span: Span
    total: ReportMeasures
    groups: Mapping[str, ReportMeasures]
    a_year_before: ReportMeasures | None
    """Of as much of the same period a year before; None where nothing had been reported by its end."""


def for_staff(tx: Transaction, community: Community, actor: Person, asked: Asked) -> ReportFigures | None:
    """As `of_reports`, for somebody who may look things up."""
    require(actor.roles, Action.LOOK_UP)
    return of_reports(tx, community, asked, tx.now)


def of_reports(tx: Transaction, community: Community, asked: Asked, now: datetime) -> ReportFigures | None:
    """What was known at the end of the period, or is known now if it goes on; None before the first report of all.

    A period that is over never changes, whatever happens later; a correction is something that happens on its own day.
    """
    since = report_events.first_sent(tx)
    if since is None:
        return None
    zone = community.zone
    where = _wanted(community, asked)
    span = asked.period.span(zone, now)
    total, groups = _measure(tx, community, span, _groups(tx, asked.by, span), where)
    before = span.a_year_before(asked.period, zone, now)
    a_year_before = None
    if before.ends > since:
        a_year_before, _ = _measure(tx, community, before, _groups(tx, By.NOTHING, before), where)
    ordered = sorted(groups.items(), key=lambda each: (-each[1].collected, -each[1].resolutions, each[0]))
    return ReportFigures(asked, span, total, dict(ordered), a_year_before)


def measured(
    tx: Transaction, community: Community, asked: Asked, now: datetime, groups: Groups
) -> tuple[ReportMeasures, dict[str, ReportMeasures]]:
    """What is asked for, together and in groups of any kind. Raises NotFound."""
    return _measure(tx, community, asked.period.span(community.zone, now), groups, _wanted(community, asked))


def _measure(
    tx: Transaction, community: Community, span: Span, groups: Groups, where: Where
) -> tuple[ReportMeasures, dict[str, ReportMeasures]]:
    return measure(report_events.histories(tx, span), span, community.hours, groups, where)


def _groups(tx: Transaction, by: By, span: Span) -> Groups:
    if by is By.CATEGORY:
        return lambda history: (history.category or NOT_GIVEN,)
    if by is By.AREA:
        return lambda history: (history.area or NOT_GIVEN,)
    if by is By.DEPARTMENT:
        return lambda history: (history.department or NOT_GIVEN,)
    if by is By.LEAD:
        leads = project_leads.leads_at(tx, span.ends)
        return lambda history: [str(each) for each in leads.get(history.project or 0, ())] or (NOT_GIVEN,)
    if by is By.PROJECT:
        return lambda history: (NOT_GIVEN if history.project is None else str(history.project),)
    return lambda history: ()


def _wanted(community: Community, asked: Asked) -> Where:
    """Whether a report is counted, by its area and category as they were known then."""
    within = _within(community, asked.area)
    if asked.category is None:
        return within
    if community.category(asked.category) is None:
        raise NotFound
    return lambda history: history.category == asked.category and within(history)


def _within(community: Community, code: str | None) -> Where:
    if code is None:
        return lambda history: True
    area = community.area(code)
    if area is None:
        raise NotFound
    codes = frozenset(each.code for each in area.walk())

    def is_within(history: ReportHistory) -> bool:
        return history.area in codes

    return is_within
