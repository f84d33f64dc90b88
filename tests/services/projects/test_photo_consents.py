"""The maker of a photo says whether it may be shown: once asked, and free to change their mind."""

import pytest

from domain.community import Community
from domain.events import PhotoConsentAnswered, ReportWithdrawn
from domain.operations.taken_away import Taken
from domain.projects.photos import Consent, Moment
from services.core.errors import AlreadyDone, NotFound
from services.projects import photo_consents, photos
from storage.core import taken_away
from storage.core.database import Transaction
from storage.operations.take_away_again import Again
from storage.projects import photo_consents as kept
from storage.projects import photos as kept_photos
from tests.services.projects.bundles import made, staff
from tests.services.projects.test_photos import with_photo
from tests.support import happened, in_transaction, last_events, person


@in_transaction
def test_only_its_maker_answers(tx: Transaction, community: Community) -> None:
    wei, ann, bea = staff(tx), person(tx, "Ann"), person(tx, "Bea")
    project = made(tx, community, wei)
    report, part = with_photo(tx, community, ann, project.id, wei)
    with pytest.raises(NotFound):
        photo_consents.answer(tx, ann, part, Consent.YES)  # nobody has asked
    photos.choose(tx, wei, part, Moment.BEFORE)
    for who in (bea, wei):
        with pytest.raises(NotFound):
            photo_consents.answer(tx, who, part, Consent.YES)
    photo_consents.answer(tx, ann, part, Consent.YES)
    last_events(tx, PhotoConsentAnswered(actor=ann.id, report=report, part=part, given=True))
    with pytest.raises(AlreadyDone):
        photo_consents.answer(tx, ann, part, Consent.YES)


@in_transaction
def test_nobody_is_asked_twice_about_one_photo(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    project = made(tx, community, wei)
    _, part = with_photo(tx, community, ann, project.id, wei)
    first = photos.choose(tx, wei, part, Moment.BEFORE)
    photos.remove(tx, wei, first.id)
    photos.choose(tx, wei, part, Moment.AFTER)
    assert happened(tx).count("report.photo_consent_asked") == 1


@in_transaction
def test_withdrawing_the_report_withdraws_the_photo(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    project = made(tx, community, wei)
    report, part = with_photo(tx, community, ann, project.id, wei)
    photos.choose(tx, wei, part, Moment.BEFORE)
    photo_consents.answer(tx, ann, part, Consent.YES)
    photo_consents.withdrawn(tx, community, ReportWithdrawn(actor=ann.id, report=report, parts=()))
    last_events(tx, PhotoConsentAnswered(actor=ann.id, report=report, part=part, given=False))
    before = len(happened(tx))
    photo_consents.withdrawn(tx, community, ReportWithdrawn(actor=ann.id, report=report, parts=()))
    assert len(happened(tx)) == before, "said once"


@in_transaction
def test_what_was_taken_back_stays_so_after_a_restore(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    project = made(tx, community, wei, public=True)
    _, part = with_photo(tx, community, ann, project.id, wei)
    chosen = photos.choose(tx, wei, part, Moment.BEFORE)
    photos.release(tx, wei, chosen.id, shown=True)
    photo_consents.answer(tx, ann, part, Consent.YES)
    assert taken_away.waiting(tx) == []
    photo_consents.answer(tx, ann, part, Consent.NO)
    photos.release(tx, wei, chosen.id, shown=False)
    lines = taken_away.waiting(tx)
    assert [line.kind for line in lines] == [Taken.PHOTO_CONSENT_WITHDRAWN, Taken.PROJECT_PHOTO_HIDDEN]
    tx.execute("UPDATE photo_consents SET answer = 'yes', answered_at = asked_at")
    tx.execute("UPDATE project_photos SET released_at = created_at")
    tx.execute("DELETE FROM taken_away")
    tx.execute("DELETE FROM sqlite_sequence WHERE name = 'taken_away'")
    assert kept_photos.is_shown(tx, chosen.id) is not None, "as a copy from before has it"
    Again(tx).take(lines)
    assert kept_photos.is_shown(tx, chosen.id) is None
    consent = kept.of_part(tx, part)
    photo = kept_photos.by_id(tx, chosen.id)
    assert consent is not None and consent.answer is Consent.NO and photo is not None and photo.released_at is None
