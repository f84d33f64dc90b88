"""What can happen to the photos of a project, and to the consent of a resident who made one."""

from dataclasses import dataclass

from domain.events.projects import ProjectEvent
from domain.events.reports import ReportEvent


@dataclass(frozen=True, kw_only=True)
class ProjectPhotoAdded(ProjectEvent, kind="project.photo_added", says=True):
    """The project has one more photo, which nobody sees yet. `part`: of a report; None: staff's own."""

    photo: int
    part: int | None


@dataclass(frozen=True, kw_only=True)
class ProjectPhotoReleased(ProjectEvent, kind="project.photo_released", says=True):
    """Staff let its public page show that photo."""

    photo: int


@dataclass(frozen=True, kw_only=True)
class ProjectPhotoHidden(ProjectEvent, kind="project.photo_hidden"):
    """Its public page shows that photo no more; staff may let it again."""

    photo: int


@dataclass(frozen=True, kw_only=True)
class ProjectPhotoRemoved(ProjectEvent, kind="project.photo_removed"):
    """That photo is one of the project's no more."""

    photo: int


@dataclass(frozen=True, kw_only=True)
class PhotoConsentAsked(ReportEvent, kind="report.photo_consent_asked"):
    """`person`, who made the photo `part`, is asked whether it may be shown to others."""

    part: int
    person: int


@dataclass(frozen=True, kw_only=True)
class PhotoConsentAnswered(ReportEvent, kind="report.photo_consent_answered"):
    """Who made the photo `part` lets it be shown, or does not (any more)."""

    part: int
    given: bool
