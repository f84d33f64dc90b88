"""A report whose words and names are gone: its card, its history and its public page say so; nothing breaks."""

from random import Random

import pytest

from domain.people.rights import Role
from domain.projects.photos import Consent
from domain.reports.reports import State
from handlers.kit.update_context import Setup
from handlers.reports import staff_card
from handlers.reports.staff import history
from services.projects import photo_consents
from services.public_reports import photos
from services.reports import growing_old
from storage.core.database import Transaction
from storage.public_reports import entries
from storage.reports import reports
from tests.services.figures.random_neighbourhood import Neighbourhood
from tests.services.public_reports.released import listed, staff
from tests.services.public_reports.test_photos import shown, with_photo
from tests.services.reporting import known, stands, submitted
from tests.support import in_transaction, person, says, texts_of


def grow_old(tx: Transaction) -> None:
    tx.execute("UPDATE projects SET ended_at = created_at")
    while growing_old.forget_some(tx, tx.now, 20):
        pass


@in_transaction
def test_its_card_says_that_its_words_were_deleted(tx: Transaction, setup: Setup) -> None:
    number = submitted(tx, setup.community, person(tx, "Mei"), "MARKER is dark")
    stands(tx, number, State.CONFIRMED)
    tx.now = tx.now.replace(year=2030)
    grow_old(tx)
    report = known(tx, number)
    text = str(staff_card.staff_text(tx, setup, setup.group_speaker, report, reports.parts(tx, number)))
    assert "were deleted on" in text
    assert "MARKER" not in text


@pytest.mark.parametrize("seed", range(2))
@in_transaction
def test_card_and_history_of_whatever_happened_can_be_read(tx: Transaction, setup: Setup, seed: int) -> None:
    there = Neighbourhood(tx, setup.community, seed)
    there.lives(250)
    tx.now = tx.now.replace(year=2030)
    grow_old(tx)
    reader = person(tx, "Ana", Role.STAFF)
    nameless = [number for number in there.numbers if known(tx, number).nameless_at]
    for number in Random(seed).sample(nameless, 10):
        assert staff_card.staff_text(tx, setup, setup.group_speaker, known(tx, number), [])
        says(tx, setup, history.command, reader, f"/history {number}")
    pages = texts_of(tx)[-10:]
    assert all("The resident" in page or "No." in page for page in pages)
    assert not any(name.name in page for page in pages for name in there.residents[:2] + there.neighbours)


@in_transaction
def test_the_public_page_keeps_its_title_and_loses_photos_of_residents(tx: Transaction, setup: Setup) -> None:
    wei, ann = staff(tx), person(tx, "Ann")
    number, part = with_photo(tx, setup.community, wei, ann)
    photos.choose(tx, setup.community, wei, number, part)
    photo_consents.answer(tx, ann, part, Consent.YES)
    assert shown(tx, number) == ["theirs-file"]
    stands(tx, number, State.CONFIRMED)
    tx.now = tx.now.replace(year=2030)
    before = listed(tx)
    tx.signals.clear()
    grow_old(tx)
    assert listed(tx) == before == [number]
    assert shown(tx, number) == []
    assert known(tx, number).public_title is not None
    assert entries.CHANGED in tx.signals
