"""Figures of a period in its parts: of the reports collected in each, what had become of them by the period's end.

So the parts add up to the period: a report that was sent in March and handled in May is handled in the bar of March, in
a report of the year. Only what is counted of the reports collected stands in a part.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.calendar.local_time import local_time
from domain.community import Community
from domain.figures.period_parts import parts
from domain.figures.periods import Period
from domain.figures.report_measures import ReportMeasures
from services.figures import report_figures
from services.figures.report_figures import Asked
from storage.core.database import Transaction
from storage.figures.report_events import first_sent


@dataclass(frozen=True)
class Part:
    """A part of a period, and the reports that were collected in it."""

    period: Period
    found: ReportMeasures


def in_parts(tx: Transaction, community: Community, asked: Asked, now: datetime) -> list[Part]:
    """The parts of the period from the first report of all until now; `asked.by` says nothing here. Raises NotFound."""
    since = first_sent(tx)
    if since is None:
        return []
    days = [local_time(each, community.zone).date() for each in (since, now)]
    found = parts(asked.period, *days)
    spans = [each.span(community.zone, now) for each in found]
    measured = report_figures.in_parts(tx, community, asked, now, spans)
    return [Part(each, one) for each, one in zip(found, measured, strict=True)]
