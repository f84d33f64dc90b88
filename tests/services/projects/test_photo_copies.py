"""Who is asked whether it is fixed sees how it was; what may not be shown any more is taken back from all."""

import pytest

from domain.community import Community
from domain.events import PhotoConsentAnswered, ProjectPhotoHidden, ProjectPhotoRemoved, ReportResolved
from domain.projects.photos import Consent, Moment
from domain.projects.projects import Step
from services.projects import photo_consents, photo_copies, photos, stages
from storage.core import chats, messages, scheduled_tasks
from storage.core.database import Transaction
from storage.projects import photo_copies as kept
from tests.services.projects.bundles import made, staff
from tests.services.projects.test_photos import with_photo
from tests.support import in_transaction, person


def sending(tx: Transaction, report: int) -> object:
    return scheduled_tasks.noted(tx, f"{photo_copies.SENDING_KIND}:{report}:0")


def taking_back(tx: Transaction, photo: int) -> bool:
    return scheduled_tasks.noted(tx, f"{photo_copies.TAKING_BACK_KIND}:{photo}:0") is not None


@in_transaction
def test_it_goes_out_only_with_what_a_project_delivers_and_a_yes(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    project = made(tx, community, wei)
    report, part = with_photo(tx, community, ann, project.id, wei)
    photo = photos.choose(tx, wei, part, Moment.BEFORE)
    resolved = ReportResolved(actor=wei.id, report=report, parts=(), round=1)
    photo_consents.answer(tx, ann, part, Consent.YES)
    photo_copies.resolved(tx, community, resolved)
    assert sending(tx, report) is None, "the project is not delivering"
    stages.move(tx, wei, project.id, Step.DELIVER)
    photo_consents.answer(tx, ann, part, Consent.NO)
    photo_copies.resolved(tx, community, resolved)
    assert sending(tx, report) is None, "its maker said no"
    photo_consents.answer(tx, ann, part, Consent.YES)
    photo_copies.resolved(tx, community, resolved)
    assert sending(tx, report) == {"photo": photo.id, "after": 0}
    other, _ = with_photo(tx, community, person(tx, "Bo"), None, wei)
    photo_copies.resolved(tx, community, ReportResolved(actor=wei.id, report=other, parts=(), round=1))
    assert sending(tx, other) is None, "it is in no project"


@in_transaction
def test_what_takes_it_back(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    project = made(tx, community, wei)
    report, part = with_photo(tx, community, ann, project.id, wei)
    photo = photos.choose(tx, wei, part, Moment.BEFORE)
    photo_consents.answer(tx, ann, part, Consent.YES)
    photo_copies.may_have_ended(tx, community, PhotoConsentAnswered(actor=ann.id, report=report, part=part, given=True))
    hidden = ProjectPhotoHidden(actor=wei.id, project=project.id, photo=photo.id)
    photo_copies.may_have_ended(tx, community, hidden)
    assert not taking_back(tx, photo.id), "off the page, those in the project may see it all the same"
    photo_consents.answer(tx, ann, part, Consent.NO)
    photo_copies.may_have_ended(
        tx, community, PhotoConsentAnswered(actor=ann.id, report=report, part=part, given=False)
    )
    assert taking_back(tx, photo.id)


@in_transaction
def test_one_that_is_removed_is_taken_back(tx: Transaction, community: Community) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    project = made(tx, community, wei)
    _, part = with_photo(tx, community, ann, project.id, wei)
    photo = photos.choose(tx, wei, part, Moment.BEFORE)
    photo_consents.answer(tx, ann, part, Consent.YES)
    photos.remove(tx, wei, photo.id)
    photo_copies.may_have_ended(tx, community, ProjectPhotoRemoved(actor=wei.id, project=project.id, photo=photo.id))
    assert taking_back(tx, photo.id)


@pytest.mark.parametrize("count", [0, 3])
@in_transaction
def test_copies_are_found_by_their_photo_page_by_page(tx: Transaction, count: int) -> None:
    made_cards = []
    for number in range(count):
        chat = chats.private_with(tx, person(tx, f"N{number}").id)
        assert chat is not None
        made_cards.append(messages.new_card(tx, chat.id, "report:1", kept.role(5)))
        messages.new_card(tx, chat.id, "report:1", kept.role(50))
        assert kept.has(tx, 5, chat.id) and not kept.has(tx, 6, chat.id)
    assert [copy.card for copy in kept.copies(tx, 5, 0, 10)] == made_cards
    assert [copy.card for copy in kept.copies(tx, 5, made_cards[0] if count else 0, 1)] == made_cards[1:2]
    plan = tx.query("EXPLAIN QUERY PLAN SELECT id FROM cards WHERE role >= 'photo_copy:' AND role < 'photo_copy;' AND "
                    "role = 'photo_copy:5'")  # fmt: skip
    assert "cards_photo_copies" in plan[0]["detail"]
