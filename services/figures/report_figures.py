"""The figures of reports over a period, for staff. Raises NotAllowed or NotFound."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.community import Community
from domain.figures.periods import Period, Span
from domain.figures.report_counting import Groups, measure
from domain.figures.report_history import ReportHistory
from domain.figures.report_measures import ReportMeasures
from domain.people.rights import Action, require
from services.core.errors import NotFound
from services.figures import from_facts
from services.figures.from_facts import Among, Grouping
from storage.core.database import Transaction
from storage.figures import project_leads, report_events
from storage.figures.fact_sums import Group
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
    counting = _Counting(tx, community, asked)
    span = asked.period.span(zone, now)
    total, groups = counting.measure(span, _grouping(tx, asked.by, span))
    before = span.a_year_before(asked.period, zone, now)
    a_year_before = None
    if before.ends > since:
        a_year_before, _ = counting.measure(before, _grouping(tx, By.NOTHING, before))
    ordered = sorted(groups.items(), key=lambda each: (-each[1].collected, -each[1].resolutions, each[0]))
    return ReportFigures(asked, span, total, dict(ordered), a_year_before)


def in_parts(
    tx: Transaction, community: Community, asked: Asked, now: datetime, parts: Sequence[Span]
) -> list[ReportMeasures]:
    """Of the reports collected in each of these spans of the period: what had become of them by its end. Raises
    NotFound."""
    counting = _Counting(tx, community, asked)
    return counting.in_parts(asked.period.span(community.zone, now), parts)


class _Counting:
    """Counts by the facts of closed days where there are such, else by events alone: both come to the same."""

    def __init__(self, tx: Transaction, community: Community, asked: Asked) -> None:
        self._tx = tx
        self._hours = community.hours
        self._among = existing(community, asked)
        self._closed = from_facts.closed(tx, community.hours)

    def measure(self, span: Span, grouping: Grouping) -> tuple[ReportMeasures, dict[str, ReportMeasures]]:
        if self._closed is not None:
            return from_facts.measure(self._tx, self._closed, span, self._hours, grouping, self._among)
        return self._by_events(span, lambda history: grouping.names(_group(history, grouping.by)))

    def in_parts(self, span: Span, parts: Sequence[Span]) -> list[ReportMeasures]:
        if self._closed is not None:
            return from_facts.in_parts(self._tx, self._closed, span, self._hours, parts, self._among)
        begins = [each.begins for each in parts]

        def of_part(history: ReportHistory) -> tuple[str, ...]:
            sent = history.sent_at
            at = bisect_right(begins, sent) - 1 if sent is not None else -1
            return (str(at),) if at >= 0 and parts[at].holds(sent) else ()

        _, groups = self._by_events(span, of_part)
        return [groups.get(str(at), ReportMeasures()).of_collected() for at in range(len(parts))]

    def _by_events(self, span: Span, groups: Groups) -> tuple[ReportMeasures, dict[str, ReportMeasures]]:
        return measure(report_events.histories(self._tx, span), span, self._hours, groups, self._among.holds)


def _group(history: ReportHistory, by: str | None) -> Group:
    value = None if by is None else getattr(history, by)
    return None if value is None else str(value)


def _grouping(tx: Transaction, by: By, span: Span) -> Grouping:
    if by is By.NOTHING:
        return Grouping(None, lambda _: ())
    if by is By.LEAD:
        leads = project_leads.leads_at(tx, span.ends)
        return Grouping(
            "project", lambda project: [str(each) for each in leads.get(int(project or 0), ())] or [NOT_GIVEN]
        )
    return Grouping(str(by), lambda code: (code or NOT_GIVEN,))


def existing(community: Community, asked: Asked) -> Among:
    """The reports among which is counted. Raises NotFound where the community has no such area or category."""
    if asked.category is not None and community.category(asked.category) is None:
        raise NotFound
    return Among(None if asked.area is None else _within(community, asked.area), asked.category)


def _within(community: Community, code: str) -> frozenset[str]:
    area = community.area(code)
    if area is None:
        raise NotFound
    return frozenset(each.code for each in area.walk())
