"""Whether a resident's photo may be shown to others: its maker is asked once, and may change their mind at any time.

Raises NotFound, AlreadyDone or CannotBeAsked.
"""

from domain.community import Community
from domain.events import PhotoConsentAnswered, PhotoConsentAsked, ReportLeft, ReportWithdrawn
from domain.operations.taken_away import Taken
from domain.projects.photos import Consent
from services.core.errors import AlreadyDone, NotFound
from storage.core import chats, taken_away
from storage.core.database import Transaction
from storage.people.people import Person
from storage.projects import photo_consents
from storage.projects.photo_consents import PhotoConsent
from storage.reports.reports import Part


class CannotBeAsked(Exception):
    """Its maker has no Telegram, or cannot be written to: nobody can say yes for them."""


class Refused(Exception):
    """Its maker has said no."""


def ask(tx: Transaction, actor: Person, part: Part) -> PhotoConsent:
    """See to it that the maker of a resident's photo is asked; who was asked about it before is not asked again.

    Returns what is known of it. Raises Refused where they said no.
    """
    chat = None if part.person is None else chats.private_with(tx, part.person)
    if part.person is None or part.file_unique_id is None or chat is None or chat.unreachable is not None:
        raise CannotBeAsked
    if photo_consents.ask(tx, part.id, part.person, part.file_unique_id):
        tx.emit(PhotoConsentAsked(actor=actor.id, report=part.report, part=part.id, person=part.person))
    known = photo_consents.of_part(tx, part.id)
    assert known is not None
    if known.answer is Consent.NO:
        raise Refused
    return known


def answer(tx: Transaction, actor: Person, part: int, said: Consent) -> PhotoConsent:
    """The maker of a photo says whether it may be shown; of what somebody else made nothing is known (NotFound)."""
    known = photo_consents.of_part(tx, part)
    if known is None or known.person != actor.id:
        raise NotFound
    if not photo_consents.answer(tx, part, said):
        raise AlreadyDone
    _said(tx, known, said, actor.id)
    return PhotoConsent(known.part, known.person, known.report, said)


def withdrawn(tx: Transaction, _community: Community, event: ReportWithdrawn | ReportLeft) -> None:
    """Somebody has nothing to do with a report any more: their photos of it are shown to nobody."""
    if event.actor is not None:
        take_back(tx, event.report, event.actor)


def take_back(tx: Transaction, report: int, person: int) -> None:
    """None of somebody's photos of a report may be shown any more."""
    for each in photo_consents.of_report(tx, report, person):
        if each.answer is not Consent.NO and photo_consents.answer(tx, each.part, Consent.NO):
            _said(tx, each, Consent.NO, person)


def _said(tx: Transaction, known: PhotoConsent, said: Consent, actor: int) -> None:
    if known.answer is Consent.YES:
        taken_away.note(tx, Taken.PHOTO_CONSENT_WITHDRAWN, part=known.part)
    tx.emit(PhotoConsentAnswered(actor=actor, report=known.report, part=known.part, given=said is Consent.YES))
