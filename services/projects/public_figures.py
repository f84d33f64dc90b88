"""What the public page of a project says of how many people: counted once a day, just after midnight.

At once only for the first time. So nobody learns from the page at which minute a neighbour joined or said no.
"""

from datetime import datetime, time, timedelta
from typing import Any

from domain.calendar.local_time import instant, local_time
from domain.community import Community
from domain.core.subjects import split, subject
from domain.events import ProjectEvent, ReportBundled
from domain.projects.disclosure import publish
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.projects import figures, photos, projects

KIND = "project_figures"
AFTER_THE_END = timedelta(days=60)
"""So long after it ended people still answer whether it is fixed, or fix what is not; then the numbers stay."""
PAST_MIDNIGHT = time(0, 5)


def plan(tx: Transaction, community: Community, event: ProjectEvent | ReportBundled) -> None:
    """Something became of a project: see to it that its numbers are counted, where everybody may read of it."""
    project = projects.by_id(tx, event.project)
    if project is None or not project.public:
        return
    before = figures.published(tx, project.id)
    at = tx.now if before is None else max(tx.now, _next_night(community, before.counted_at))
    scheduled_tasks.plan_once(tx, KIND, subject("project", project.id), at, f"{KIND}:{project.id}")


def run_due(tx: Transaction, community: Community, about: str, _data: dict[str, Any]) -> None:
    """Count, publish what may be, and count again in the next night."""
    _, number = split(about)
    project = projects.by_id(tx, number)
    if project is None or not project.public:
        return
    before = figures.published(tx, number)
    now, earlier = before.said if before else None, figures.earlier(tx, number)
    figures.publish(tx, number, publish(now, earlier, figures.people(tx, number), figures.answers(tx, number)))
    tx.signal(photos.CHANGED)
    if project.ended_at is None or tx.now - project.ended_at < AFTER_THE_END:
        scheduled_tasks.plan(tx, KIND, about, _next_night(community, tx.now), f"{KIND}:{number}")


def _next_night(community: Community, after: datetime) -> datetime:
    tomorrow = local_time(after, community.zone).date() + timedelta(days=1)
    return instant(datetime.combine(tomorrow, PAST_MIDNIGHT), community.zone)
