"""Photos of a report that everybody may see: staff choose them, and a resident's waits for its maker's yes.

Raises what `access.to_release` raises, and PageIsOff, NotFound, AlreadyDone, TooManyPhotos, CannotBeAsked, Refused.
"""

from domain.community import Community
from domain.events import ReportPhotoChosen, ReportPhotoTakenOff
from domain.operations.taken_away import Taken
from domain.people.rights import Action
from services.core.errors import AlreadyDone, NotFound
from services.projects import photo_consents
from services.projects.photos import OF_STAFF, to_choose
from services.public_reports.access import PageIsOff, shows_photos, to_release
from services.reports.access import for_staff
from storage.core import taken_away
from storage.core.database import Transaction
from storage.people.people import Person
from storage.public_reports import entries, photos
from storage.public_reports.photos import Photo

MOST = 6
"""So many photos has a report on its page."""


class TooManyPhotos(Exception):
    """There is room for no more."""


def choose(tx: Transaction, community: Community, actor: Person, number: int, part: int) -> Photo:
    """Staff have looked at a photo of a released report: the page shows it, a resident's once its maker says yes."""
    report = to_release(tx, community, actor, number)
    if not shows_photos(community):
        raise PageIsOff
    found = next((each for each in to_choose(tx, report) if each.id == part), None)
    if found is None or report.public_title is None or found.file_id is None or found.file_unique_id is None:
        raise NotFound
    chosen = photos.of(tx, number)
    if any(each.file_unique_id == found.file_unique_id for each in chosen):
        raise AlreadyDone
    if len(chosen) >= MOST:
        raise TooManyPhotos
    theirs = None if found.purpose in OF_STAFF else found.id
    if theirs is not None:
        photo_consents.ask(tx, actor, found)
    photo = photos.add(tx, number, (found.file_id, found.file_unique_id), actor.id, theirs)
    tx.signal(entries.CHANGED)
    tx.emit(ReportPhotoChosen(actor=actor.id, report=number, photo=photo, part=theirs))
    return _existing(tx, photo)


def take_off(tx: Transaction, actor: Person, number: int, photo: int) -> None:
    """The page shows it no more."""
    for_staff(tx, actor, number, Action.PUBLISH)
    if _existing(tx, photo).report != number:
        raise NotFound
    if not photos.remove(tx, photo):
        raise AlreadyDone
    taken_away.note(tx, Taken.REPORT_PHOTO_OFF, photo=photo)
    tx.signal(entries.CHANGED)
    tx.emit(ReportPhotoTakenOff(actor=actor.id, report=number, photo=photo))


def _existing(tx: Transaction, photo: int) -> Photo:
    found = photos.by_id(tx, photo)
    if found is None:
        raise NotFound
    return found
