"""Photos of a project: who may add, choose, release and remove them, and what the pages show of them."""

import pytest

from domain.community import Community
from domain.core.parts import PartKind
from domain.events import (
    PhotoConsentAsked,
    ProjectPhotoAdded,
    ProjectPhotoHidden,
    ProjectPhotoReleased,
    ProjectPhotoRemoved,
    ReportMarkedPersonal,
)
from domain.people.rights import NotAllowed, Role
from domain.projects.photos import Consent, Moment
from domain.reports.part_purposes import PartPurpose
from services.core.errors import AlreadyDone, NotFound
from services.projects import bundling, making, photo_consents, photos
from services.projects.photo_consents import CannotBeAsked, Refused
from services.projects.photos import NoPhoto, NotForOthers, TooManyPhotos
from services.reports import steering, submitting, taking_back
from storage.core import chats
from storage.core.database import Transaction
from storage.people.people import Person
from storage.projects import photo_consents as consents
from storage.projects import photos as kept
from storage.reports import reports
from storage.reports.reports import NewPart
from tests.services.projects.bundles import made, staff
from tests.services.reporting import submitted
from tests.support import in_transaction, last_events, person

PHOTO = NewPart("photo", file_id="file", file_unique_id="unique")


def shown(tx: Transaction, project: int) -> list[int]:
    """The photos the page shows."""
    return [photo.id for photo in kept.shown(tx, project, 10)]


def with_photo(
    tx: Transaction, community: Community, who: Person, project: int | None, wei: Person, photo: NewPart = PHOTO
) -> tuple[int, int]:
    """A report with a photo, in the project: its number, and the photo's part."""
    number = submitting.submit(tx, community, who, submitting.NewReport([photo]))
    if project is not None:
        bundling.add(tx, wei, project, number)
    return number, reports.parts(tx, number)[0].id


@in_transaction
def test_one_of_staffs_own_is_seen_once_it_is_released(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei, public=True)
    added = photos.add(tx, wei, project.id, Moment.AFTER, PHOTO)
    last_events(tx, ProjectPhotoAdded(actor=wei.id, project=project.id, photo=added.id, part=None))
    assert shown(tx, project.id) == [] and kept.is_shown(tx, added.id) is None
    photos.release(tx, wei, added.id, shown=True)
    last_events(tx, ProjectPhotoReleased(actor=wei.id, project=project.id, photo=added.id))
    assert shown(tx, project.id) == [added.id] and kept.is_shown(tx, added.id) == "file"
    assert kept.with_photos(tx, 0, 10) == [project.id]
    with pytest.raises(AlreadyDone):
        photos.release(tx, wei, added.id, shown=True)
    photos.release(tx, wei, added.id, shown=False)
    last_events(tx, ProjectPhotoHidden(actor=wei.id, project=project.id, photo=added.id))
    assert shown(tx, project.id) == [] and kept.with_photos(tx, 0, 10) == []


@in_transaction
def test_of_a_project_that_is_not_public_nothing_is_seen(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    added = photos.add(tx, wei, project.id, Moment.AFTER, PHOTO)
    photos.release(tx, wei, added.id, shown=True)
    assert shown(tx, project.id) == [] and kept.is_shown(tx, added.id) is None
    making.show(tx, wei, project.id, True)
    assert shown(tx, project.id) == [added.id]
    making.show(tx, wei, project.id, False)
    assert kept.is_shown(tx, added.id) is None


@in_transaction
def test_a_lead_adds_and_removes_their_own_and_staff_release(tx: Transaction, community: Community) -> None:
    wei, lead = staff(tx), person(tx, "Mei", Role.REPRESENTATIVE)
    project = made(tx, community, wei, lead, public=True)
    own = photos.add(tx, lead, project.id, Moment.BEFORE, PHOTO)
    staffs = photos.add(tx, wei, project.id, Moment.BEFORE, PHOTO)
    with pytest.raises(NotAllowed):
        photos.release(tx, lead, own.id, shown=True)
    with pytest.raises(NotAllowed):
        photos.remove(tx, lead, staffs.id)
    photos.release(tx, wei, own.id, shown=True)
    photos.remove(tx, lead, own.id)
    last_events(tx, ProjectPhotoRemoved(actor=lead.id, project=project.id, photo=own.id))
    assert shown(tx, project.id) == [] and [photo.id for photo in kept.of(tx, project.id)] == [staffs.id]
    with pytest.raises(NotFound):
        photos.release(tx, wei, own.id, shown=True)
    with pytest.raises(NotFound):
        photos.remove(tx, wei, own.id)


@in_transaction
def test_nobody_else_adds_or_chooses(tx: Transaction, community: Community) -> None:
    wei, mei, ann = staff(tx), person(tx, "Mei", Role.REPRESENTATIVE), person(tx, "Ann")
    project = made(tx, community, wei, mei, public=True)
    other = made(tx, community, wei)
    _, part = with_photo(tx, community, ann, project.id, wei)
    for who, number in ((ann, project.id), (mei, other.id)):
        with pytest.raises(NotAllowed):
            photos.add(tx, who, number, Moment.BEFORE, PHOTO)
    for who in (ann, mei):
        with pytest.raises(NotAllowed):
            photos.choose(tx, who, part, Moment.BEFORE)


@in_transaction
def test_only_photos_and_not_too_many(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    for file in (NewPart("document", None, "f", "u"), NewPart("text", "words"), NewPart("video", None, "f", "u")):
        with pytest.raises(NoPhoto):
            photos.add(tx, wei, project.id, Moment.AFTER, file)
    for _ in range(photos.MOST):
        photos.add(tx, wei, project.id, Moment.AFTER, PHOTO)
    with pytest.raises(TooManyPhotos):
        photos.add(tx, wei, project.id, Moment.AFTER, PHOTO)


@in_transaction
def test_a_residents_photo_is_shown_with_their_yes_and_staffs(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    project = made(tx, community, wei, public=True)
    report, part = with_photo(tx, community, ann, project.id, wei)
    chosen = photos.choose(tx, wei, part, Moment.BEFORE)
    last_events(
        tx,
        PhotoConsentAsked(actor=wei.id, report=report, part=part, person=ann.id),
        ProjectPhotoAdded(actor=wei.id, project=project.id, photo=chosen.id, part=part),
    )
    photos.release(tx, wei, chosen.id, shown=True)
    assert shown(tx, project.id) == [], "released, and not agreed to"
    photo_consents.answer(tx, ann, part, Consent.YES)
    assert shown(tx, project.id) == [chosen.id]
    photos.release(tx, wei, chosen.id, shown=False)
    assert shown(tx, project.id) == [], "agreed to, and not released"
    assert [each.id for each in kept.may_be_sent(tx, project.id, Moment.BEFORE, 5)] == [chosen.id]
    photos.release(tx, wei, chosen.id, shown=True)
    photo_consents.answer(tx, ann, part, Consent.NO)
    assert shown(tx, project.id) == [] and kept.is_shown(tx, chosen.id) is None
    assert kept.may_be_sent(tx, project.id, Moment.BEFORE, 5) == []
    photo_consents.answer(tx, ann, part, Consent.YES)
    assert shown(tx, project.id) == [chosen.id], "their own change of mind"


@in_transaction
def test_of_a_report_that_is_in_no_project_nothing_is_chosen(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    project = made(tx, community, wei)
    report, part = with_photo(tx, community, ann, None, wei)
    with pytest.raises(NotFound):
        photos.choose(tx, wei, part, Moment.BEFORE)
    with pytest.raises(NotFound):
        photos.choose(tx, wei, 999, Moment.BEFORE)
    bundling.add(tx, wei, project.id, report)
    photos.choose(tx, wei, part, Moment.BEFORE)
    with pytest.raises(AlreadyDone):
        photos.choose(tx, wei, part, Moment.AFTER)
    words = submitted(tx, community, ann)
    bundling.add(tx, wei, project.id, words)
    with pytest.raises(NotFound):
        photos.choose(tx, wei, reports.parts(tx, words)[0].id, Moment.BEFORE)


@in_transaction
def test_notes_and_answers_of_staff_are_not_to_be_chosen_and_their_proof_is_their_own(
    tx: Transaction, community: Community
) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    project = made(tx, community, wei, public=True)
    report = submitted(tx, community, ann)
    bundling.add(tx, wei, project.id, report)
    (note,) = reports.add_parts(tx, report, wei.id, PartPurpose.NOTE, [PHOTO])
    (proof,) = reports.add_parts(tx, report, wei.id, PartPurpose.RESOLUTION, [PHOTO])
    with pytest.raises(NotFound):
        photos.choose(tx, wei, note, Moment.AFTER)
    chosen = photos.choose(tx, wei, proof, Moment.AFTER)
    assert chosen.part is None and consents.of_part(tx, proof) is None
    photos.release(tx, wei, chosen.id, shown=True)
    assert shown(tx, project.id) == [chosen.id]


@in_transaction
def test_what_is_about_a_person_or_of_danger_is_shown_to_nobody(tx: Transaction, community: Community) -> None:
    wei, ann, bea = staff(tx), person(tx, "Ann"), person(tx, "Bea")
    project = made(tx, community, wei, public=True)
    report, part = with_photo(tx, community, ann, project.id, wei)
    chosen = photos.choose(tx, wei, part, Moment.BEFORE)
    photo_consents.answer(tx, ann, part, Consent.YES)
    photos.release(tx, wei, chosen.id, shown=True)
    steering.mark_personal(tx, wei, report, True)
    assert shown(tx, project.id) == [] and kept.may_be_sent(tx, project.id, Moment.BEFORE, 5) == []
    private = made(tx, community, wei)
    marked, other = with_photo(tx, community, bea, private.id, wei)
    steering.mark_personal(tx, wei, marked, True)
    with pytest.raises(NotForOthers):
        photos.choose(tx, wei, other, Moment.BEFORE)


@in_transaction
def test_once_marked_it_does_not_come_back_by_itself(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    project = made(tx, community, wei, public=True)
    report, part = with_photo(tx, community, ann, project.id, wei)
    chosen = photos.choose(tx, wei, part, Moment.BEFORE)
    photo_consents.answer(tx, ann, part, Consent.YES)
    photos.release(tx, wei, chosen.id, shown=True)
    steering.mark_personal(tx, wei, report, True)
    photos.hide_of_report(tx, community, ReportMarkedPersonal(actor=wei.id, report=report, on=True))
    last_events(tx, ProjectPhotoHidden(actor=wei.id, project=project.id, photo=chosen.id))
    steering.mark_personal(tx, wei, report, False)
    assert shown(tx, project.id) == [], "staff look at it anew"


@in_transaction
def test_who_withdraws_a_report_or_leaves_it_withdraws_its_photos(tx: Transaction, community: Community) -> None:
    wei, ann, bea = staff(tx), person(tx, "Ann"), person(tx, "Bea")
    project = made(tx, community, wei, public=True)
    report, part = with_photo(tx, community, ann, project.id, wei)
    chosen = photos.choose(tx, wei, part, Moment.BEFORE)
    photo_consents.answer(tx, ann, part, Consent.YES)
    photos.release(tx, wei, chosen.id, shown=True)
    reports.add_parts(tx, report, bea.id, PartPurpose.SUPPORT, [NewPart("text", "me too")])
    tx.execute("INSERT INTO supports (report, person, created_at) VALUES (?, ?, '')", (report, bea.id))
    assert taking_back.take_back(tx, ann, report) is False
    assert shown(tx, project.id) == [], "also before anybody has reacted to it"


@in_transaction
def test_a_photo_that_was_changed_is_asked_about_anew(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    project = made(tx, community, wei, public=True)
    _, part = with_photo(tx, community, ann, project.id, wei)
    chosen = photos.choose(tx, wei, part, Moment.BEFORE)
    photos.release(tx, wei, chosen.id, shown=True)
    photo_consents.answer(tx, ann, part, Consent.YES)
    found = reports.part(tx, part)
    assert found is not None
    reports.change_part(tx, found, None, NewPart(PartKind.PHOTO, None, "other", "other-unique"))
    assert shown(tx, project.id) == [], "they said yes to another photo"
    again = photos.choose(tx, wei, part, Moment.BEFORE)
    photos.release(tx, wei, again.id, shown=True)
    assert shown(tx, project.id) == []
    photo_consents.answer(tx, ann, part, Consent.YES)
    assert shown(tx, project.id) == [again.id]


@in_transaction
def test_who_cannot_be_asked_or_said_no_keeps_their_photo(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    silent = person(tx, "Old Zhang", started=False)
    project = made(tx, community, wei)
    _, part = with_photo(tx, community, silent, project.id, wei)
    with pytest.raises(CannotBeAsked):
        photos.choose(tx, wei, part, Moment.BEFORE)
    _, part = with_photo(tx, community, ann, project.id, wei, NewPart("photo", None, "b", "b"))
    chosen = photos.choose(tx, wei, part, Moment.BEFORE)
    photo_consents.answer(tx, ann, part, Consent.NO)
    photos.remove(tx, wei, chosen.id)
    with pytest.raises(Refused):
        photos.choose(tx, wei, part, Moment.BEFORE)
    assert kept.of(tx, project.id) == []
    chat = chats.private_with(tx, ann.id)
    assert chat is not None
