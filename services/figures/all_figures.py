"""All figures over a period: of reports, and of what the community does besides. Raises NotFound."""

from dataclasses import dataclass
from datetime import datetime

from domain.community import Community
from domain.events import ReportSubmitted
from domain.figures import pledge_measures, project_measures, repair_measures, volunteer_measures
from domain.figures.hotline_figures import HotlineFigures
from domain.figures.periods import Span
from domain.figures.pledge_measures import PledgeMeasures
from domain.figures.project_measures import ProjectMeasures
from domain.figures.repair_measures import RepairMeasures
from domain.figures.report_measures import ReportMeasures
from domain.figures.volunteer_measures import VolunteerMeasures
from domain.people.rights import Action, require
from services.figures import hotline, report_figures
from services.figures.report_figures import Asked, ReportFigures
from storage.core.database import Transaction
from storage.figures import community_events, recorded
from storage.people import people


@dataclass(frozen=True)
class Figures:
    """What was counted. What is known of the community as a whole alone is None where an area or a category was asked
    for."""

    asked: Asked
    span: Span
    reports: ReportFigures
    pledges: PledgeMeasures | None
    repairs: RepairMeasures | None
    volunteers: VolunteerMeasures | None
    """At the end of the period."""
    projects: ProjectMeasures | None
    hotline: HotlineFigures | None
    """As it is known now, also of a period that is over; None as well where no month of it is."""


@dataclass(frozen=True)
class Besides:
    """What the community did in a time, besides reporting."""

    pledges: PledgeMeasures
    repairs: RepairMeasures
    volunteers: VolunteerMeasures
    projects: ProjectMeasures


def for_staff(tx: Transaction, community: Community, person: int, asked: Asked) -> Figures | None:
    """As `of_period`, now, for somebody (a number of `people`) who may look things up. Raises NotAllowed."""
    require(people.by_id(tx, person).roles, Action.LOOK_UP)
    return of_period(tx, community, asked, tx.now)


def of_period(tx: Transaction, community: Community, asked: Asked, now: datetime) -> Figures | None:
    """What was known at the end of the period, or is known now if it goes on; None before anything had happened at all.

    A period that is over never changes, whatever happens later; a correction is something that happens on its own day.
    The one exception is what comes from outside, of the hotline.
    """
    if first(tx) is None:
        return None
    span = asked.period.span(community.zone, now)
    reports = report_figures.of_reports(tx, community, asked, now)
    if reports is None:
        reports = ReportFigures(asked, span, ReportMeasures(), {}, None)
    if asked.area is not None or asked.category is not None:
        return Figures(asked, span, reports, pledges=None, repairs=None, volunteers=None, projects=None, hotline=None)
    besides = measure_besides(tx, span)
    return Figures(
        asked,
        span,
        reports,
        pledges=besides.pledges,
        repairs=besides.repairs,
        volunteers=besides.volunteers,
        projects=besides.projects,
        hotline=hotline.of_period(tx, community, asked.period, now),
    )


def measure_besides(tx: Transaction, span: Span) -> Besides:
    """What the community did besides reporting, as it was known at the end of that time."""
    return Besides(
        pledges=pledge_measures.measure(community_events.pledges(tx, span.ends), span),
        repairs=repair_measures.measure(community_events.repairs(tx, span), span),
        volunteers=volunteer_measures.measure(community_events.volunteers(tx, span.ends), span.ends),
        projects=project_measures.measure(community_events.projects(tx, span.ends), span),
    )


def first(tx: Transaction) -> datetime | None:
    """When the first of all that is counted happened; None before that."""
    return recorded.first(tx, (ReportSubmitted.KIND, *community_events.FIRST))
