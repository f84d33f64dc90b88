"""A photo of how it was goes to everybody who is asked whether it is fixed; one that may not be shown is taken back.

Both a chunk of people at a time: handlers/projects/public/photo_copies.py writes to them.
"""

from domain.community import Community
from domain.core.subjects import subject
from domain.events import PhotoConsentAnswered, ProjectPhotoHidden, ProjectPhotoRemoved, ReportResolved
from domain.projects.photos import Moment
from domain.projects.projects import Stage
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.projects import photos, projects
from storage.reports import reports

SENDING_KIND = "project_photo_sending"
TAKING_BACK_KIND = "project_photo_taking_back"


def resolved(tx: Transaction, _community: Community, event: ReportResolved) -> None:
    """What a project delivers is said to be fixed: who is asked about it sees how it was, where that may be shown."""
    report = reports.existing(tx, event.report)
    if report.project is None or projects.existing(tx, report.project).stage is not Stage.DELIVERING:
        return
    for photo in photos.may_be_sent(tx, report.project, Moment.BEFORE, 1):
        plan_sending(tx, report.id, photo.id, 0)


def may_have_ended(
    tx: Transaction, _community: Community, event: PhotoConsentAnswered | ProjectPhotoHidden | ProjectPhotoRemoved
) -> None:
    """A photo may not be shown any more: it is taken back from all who were sent it."""
    used = photos.of_part(tx, event.part) if isinstance(event, PhotoConsentAnswered) else []
    for photo in [each.id for each in used] or ([event.photo] if not isinstance(event, PhotoConsentAnswered) else []):
        if not photos.can_be_sent(tx, photo):
            plan_taking_back(tx, photo, 0)


def plan_sending(tx: Transaction, report: int, photo: int, after: int) -> None:
    """Have those behind that person who spoke about a report sent a photo."""
    data = {"photo": photo, "after": after}
    scheduled_tasks.plan(tx, SENDING_KIND, subject("report", report), tx.now, f"{SENDING_KIND}:{report}:{after}", data)


def plan_taking_back(tx: Transaction, photo: int, after: int) -> None:
    """Have the copies behind that card deleted."""
    about, key = subject("project_photo", photo), f"{TAKING_BACK_KIND}:{photo}:{after}"
    scheduled_tasks.plan(tx, TAKING_BACK_KIND, about, tx.now, key, {"after": after})
