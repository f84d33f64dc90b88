"""Photos of released reports: staff choose, the maker of one is asked, and each is shown only while it may be."""

import pytest

from domain.community import Community, ReportsShown
from domain.core.parts import PartKind
from domain.events import PhotoConsentAsked, ReportPhotoChosen, ReportPhotoTakenOff
from domain.people.rights import NotAllowed
from domain.projects.photos import Consent
from domain.reports.part_purposes import PartPurpose
from services.core.errors import AlreadyDone, NotFound
from services.projects import photo_consents
from services.projects.photo_consents import CannotBeAsked, Refused
from services.public_reports import photos, releasing
from services.public_reports.access import PageIsOff
from services.public_reports.photos import TooManyPhotos
from services.reports import steering, submitting
from storage.core import chats, taken_away
from storage.core.database import Transaction
from storage.operations.take_away_again import Again
from storage.people.people import Person
from storage.projects import photo_consents as consents
from storage.public_reports import photos as kept
from storage.reports import reports
from storage.reports.reports import NewPart
from tests.services.public_reports.released import release, staff, without
from tests.support import in_transaction, last_events, person


def with_photo(
    tx: Transaction, community: Community, wei: Person, who: Person, name: str = "theirs", *, shown: bool = True
) -> tuple[int, int]:
    """A report with a photo, released unless it is said otherwise: its number, and the photo's part."""
    photo = NewPart(PartKind.PHOTO, "MARKERCAPTION", f"{name}-file", f"{name}-unique")
    number = submitting.submit(tx, community, who, submitting.NewReport([photo]))
    if shown:
        release(tx, community, wei, number)
    return number, reports.parts(tx, number)[0].id


def shown(tx: Transaction, report: int) -> list[str]:
    """The files the page shows."""
    return [each.file_id for each in kept.shown(tx, report, 10)]


@in_transaction
def test_a_residents_waits_for_its_makers_yes_and_goes_with_their_no(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number, part = with_photo(tx, community, wei, ann)
    photo = photos.choose(tx, community, wei, number, part)
    last_events(
        tx,
        PhotoConsentAsked(actor=wei.id, report=number, part=part, person=ann.id),
        ReportPhotoChosen(actor=wei.id, report=number, photo=photo.id, part=part),
    )
    assert shown(tx, number) == [] and consents.is_wanted(tx, part)
    photo_consents.answer(tx, ann, part, Consent.YES)
    assert shown(tx, number) == ["theirs-file"] and kept.is_shown(tx, photo.id) == "theirs-file"
    photo_consents.answer(tx, ann, part, Consent.NO)
    assert shown(tx, number) == [] and kept.is_shown(tx, photo.id) is None
    with pytest.raises(AlreadyDone):
        photos.choose(tx, community, wei, number, part)


@in_transaction
def test_staffs_own_proof_needs_nobodys_yes(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number, _ = with_photo(tx, community, wei, ann)
    proof = NewPart(PartKind.PHOTO, None, "own-file", "own-unique")
    (part,) = reports.add_parts(tx, number, wei.id, PartPurpose.RESOLUTION, [proof])
    photos.choose(tx, community, wei, number, part)
    assert shown(tx, number) == ["own-file"]


@in_transaction
def test_what_takes_photos_off(tx: Transaction, community: Community, notices: None) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number, part = with_photo(tx, community, wei, ann)
    photo = photos.choose(tx, community, wei, number, part)
    photo_consents.answer(tx, ann, part, Consent.YES)
    photos.take_off(tx, wei, number, photo.id)
    last_events(tx, ReportPhotoTakenOff(actor=wei.id, report=number, photo=photo.id))
    assert shown(tx, number) == []
    photos.choose(tx, community, wei, number, part)
    assert shown(tx, number) == ["theirs-file"], "their yes stands, and nobody is asked twice"
    releasing.take_off(tx, wei, number)
    assert shown(tx, number) == []
    release(tx, community, wei, number)
    assert shown(tx, number) == [], "released anew, photos are looked at anew"
    photos.choose(tx, community, wei, number, part)
    steering.mark_personal(tx, wei, number, True)
    assert shown(tx, number) == []


@in_transaction
def test_whom_and_what_it_is_not_for(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number, part = with_photo(tx, community, wei, ann)
    other, other_part = with_photo(tx, community, wei, ann, "other", shown=False)
    with pytest.raises(NotAllowed):
        photos.choose(tx, community, ann, number, part)
    with pytest.raises(NotFound):
        photos.choose(tx, community, wei, number, other_part)  # of another report
    with pytest.raises(NotFound):
        photos.choose(tx, community, wei, other, other_part)  # which is not released
    with pytest.raises(PageIsOff):
        photos.choose(tx, without(community, ReportsShown.TITLES), wei, number, part)
    photo = photos.choose(tx, community, wei, number, part)
    with pytest.raises(NotFound):
        photos.take_off(tx, wei, other, photo.id)
    with pytest.raises(NotAllowed):
        photos.take_off(tx, ann, number, photo.id)


@in_transaction
def test_a_no_and_a_maker_out_of_reach_are_said(tx: Transaction, community: Community) -> None:
    wei, ann, bea = staff(tx), person(tx, "Ann"), person(tx, "Bea")
    number, part = with_photo(tx, community, wei, ann)
    photo = photos.choose(tx, community, wei, number, part)
    photo_consents.answer(tx, ann, part, Consent.NO)
    photos.take_off(tx, wei, number, photo.id)
    with pytest.raises(Refused):
        photos.choose(tx, community, wei, number, part)
    number, part = with_photo(tx, community, wei, bea, "hers")
    chat = chats.private_with(tx, bea.id)
    assert chat is not None
    tx.execute("UPDATE chats SET unreachable = 'blocked' WHERE id = ?", (chat.id,))
    with pytest.raises(CannotBeAsked):
        photos.choose(tx, community, wei, number, part)


@in_transaction
def test_there_is_room_for_six(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number, _ = with_photo(tx, community, wei, ann)
    proofs = [NewPart(PartKind.PHOTO, None, f"f{each}", f"u{each}") for each in range(photos.MOST + 1)]
    parts = reports.add_parts(tx, number, wei.id, PartPurpose.RESOLUTION, proofs)
    for part in parts[: photos.MOST]:
        photos.choose(tx, community, wei, number, part)
    with pytest.raises(TooManyPhotos):
        photos.choose(tx, community, wei, number, parts[-1])


@in_transaction
def test_a_photo_taken_off_stays_off_after_a_restore(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number, part = with_photo(tx, community, wei, ann)
    photo = photos.choose(tx, community, wei, number, part)
    photo_consents.answer(tx, ann, part, Consent.YES)
    photos.take_off(tx, wei, number, photo.id)
    lines = taken_away.waiting(tx)
    tx.execute("UPDATE report_photos SET removed_at = NULL")
    tx.execute("DELETE FROM taken_away")
    tx.execute("DELETE FROM sqlite_sequence WHERE name = 'taken_away'")
    assert shown(tx, number) == ["theirs-file"], "as a copy from before has it"
    Again(tx).take(lines)
    assert shown(tx, number) == []
