"""All measures of the same time a year before, by their names (`as_values.py`)."""

from datetime import datetime

from domain.community import Community
from services.figures import all_figures, as_values
from services.figures.all_figures import Figures
from services.figures.as_values import Values
from storage.core.database import Transaction


def values(tx: Transaction, community: Community, found: Figures, now: datetime) -> Values | None:
    """Of as much of the same time a year before; None where nothing at all had happened by its end.

    Without those of reports before the first report. Complaints to the hotline are those of the same months.
    """
    span = found.span.a_year_before(found.asked.period, community.zone, now)
    first = all_figures.first(tx)
    if first is None or span.ends <= first:
        return None
    reports = found.reports.a_year_before
    written = as_values.values(reports) if reports is not None else {}
    if found.pledges is not None:
        besides = all_figures.measure_besides(tx, span)
        written |= as_values.of_pledges(besides.pledges)
        written |= as_values.of_projects(besides.projects)
        written |= as_values.of_repairs(besides.repairs)
        written |= as_values.of_volunteers(besides.volunteers)
    if found.hotline is not None:
        written["hotline_complaints"] = found.hotline.a_year_before
    return written or None
