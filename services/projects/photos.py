"""Photos of a project, before and after: added, looked at by staff, shown on its public page, taken off again.

Raises NotAllowed, NotFound, AlreadyDone, NoPhoto, TooManyPhotos, NotForOthers, and what `photo_consents.ask` raises.
"""

from domain.community import Community
from domain.core.parts import PartKind
from domain.events import (
    ProjectPhotoAdded,
    ProjectPhotoHidden,
    ProjectPhotoReleased,
    ProjectPhotoRemoved,
    ReportEvent,
)
from domain.operations.taken_away import Taken
from domain.people.rights import Action, require
from domain.projects.photos import Moment
from domain.reports.part_purposes import PartPurpose
from services.core.errors import AlreadyDone, NotFound
from services.projects import photo_consents
from services.projects.access import for_staff, known, steered
from services.projects.bundling import fit
from storage.core import taken_away
from storage.core.database import Transaction
from storage.people.people import Person
from storage.projects import photos, projects
from storage.projects.photos import Photo
from storage.reports import reports
from storage.reports.reports import NewPart, Part, Report

MOST = 20
"""So many photos has a project."""
OF_RESIDENTS = (PartPurpose.REPORT, PartPurpose.ADDITION, PartPurpose.SUPPORT, PartPurpose.REASON)
OF_STAFF = (PartPurpose.RESOLUTION,)
"""What staff show as proof that it is fixed is a photo of their own."""


class NoPhoto(Exception):
    """It is no photo: a file sent as a document still says where it was taken, and with what."""


class TooManyPhotos(Exception):
    """The project has as many as one may have."""


class NotForOthers(Exception):
    """The report is about a person or of danger: nothing of it is shown to others."""


def add(tx: Transaction, actor: Person, number: int, moment: Moment, part: NewPart) -> Photo:
    """A photo of the actor's own; nobody sees it yet."""
    steered(tx, actor, number)
    if part.kind != PartKind.PHOTO or part.file_id is None or part.file_unique_id is None:
        raise NoPhoto
    return _add(tx, actor, number, moment, (part.file_id, part.file_unique_id), None)


def choose(tx: Transaction, actor: Person, part: int, moment: Moment) -> Photo:
    """A photo of a report, for the project that report is in. A resident who made it is asked whether it may be shown.

    What staff sent as proof that it is fixed is a photo of their own.
    """
    require(actor.roles, Action.RUN_PROJECTS)
    found = reports.part(tx, part)
    report = None if found is None else reports.existing(tx, found.report)
    if found is None or report is None or found not in to_choose(tx, report):
        raise NotFound
    number = reports.main_of(tx, report).project
    if number is None:
        raise NotFound
    if not fit(report):
        raise NotForOthers
    if any(each.project == number and each.file_unique_id == found.file_unique_id for each in photos.of_part(tx, part)):
        raise AlreadyDone
    assert found.file_id is not None and found.file_unique_id is not None
    file = (found.file_id, found.file_unique_id)
    if found.purpose in OF_STAFF:
        return _add(tx, actor, number, moment, file, None)
    photo_consents.ask(tx, actor, found)
    return _add(tx, actor, number, moment, file, part)


def to_choose(tx: Transaction, report: Report) -> list[Part]:
    """The photos of a report that a project could show, the oldest first."""
    return [
        part
        for part in reports.parts(tx, report.id)
        if part.kind == PartKind.PHOTO
        and part.file_id is not None
        and part.file_unique_id is not None
        and part.purpose in (*OF_RESIDENTS, *OF_STAFF)
        and part.taken_back_at is None
    ]


def release(tx: Transaction, actor: Person, photo: int, *, shown: bool) -> Photo:
    """Staff have looked at it: the public page may show it, or not (any more).

    A resident's waits for its maker's yes besides.
    """
    require(actor.roles, Action.PUBLISH)
    found = _known(tx, photo)
    for_staff(tx, actor, found.project)
    if not photos.release(tx, photo, shown=shown):
        raise AlreadyDone
    if shown:
        projects.touch(tx, found.project)
        tx.emit(ProjectPhotoReleased(actor=actor.id, project=found.project, photo=photo))
    else:
        _hidden(tx, actor.id, found)
    return _known(tx, photo)


def remove(tx: Transaction, actor: Person, photo: int) -> Photo:
    """It is one of the project's no more. What a lead of it added, they may remove; everything else, staff."""
    found = _known(tx, photo)
    if found.by == actor.id:
        steered(tx, actor, found.project)
    else:
        for_staff(tx, actor, found.project)
    if not photos.remove(tx, photo):
        raise AlreadyDone
    if found.released_at is not None:
        taken_away.note(tx, Taken.PROJECT_PHOTO_HIDDEN, photo=photo)
    tx.emit(ProjectPhotoRemoved(actor=actor.id, project=found.project, photo=photo))
    return found


def hide_of_report(tx: Transaction, _community: Community, event: ReportEvent) -> None:
    """A report turns out to be about a person, or of danger: none of its photos is shown, nor again by itself."""
    if fit(reports.existing(tx, event.report)):
        return
    for each in photos.of_report(tx, event.report):
        if photos.release(tx, each.id, shown=False):
            _hidden(tx, event.actor, each)


def _hidden(tx: Transaction, actor: int | None, photo: Photo) -> None:
    taken_away.note(tx, Taken.PROJECT_PHOTO_HIDDEN, photo=photo.id)
    tx.emit(ProjectPhotoHidden(actor=actor, project=photo.project, photo=photo.id))


def _add(tx: Transaction, actor: Person, number: int, moment: Moment, file: tuple[str, str], part: int | None) -> Photo:
    known(tx, number)
    if len(photos.of(tx, number)) >= MOST:
        raise TooManyPhotos
    added = photos.add(tx, number, moment, file, actor.id, part)
    tx.emit(ProjectPhotoAdded(actor=actor.id, project=number, photo=added, part=part))
    return _known(tx, added)


def _known(tx: Transaction, photo: int) -> Photo:
    found = photos.by_id(tx, photo)
    if found is None or found.removed_at is not None:
        raise NotFound
    return found
