"""Asking for a copy: once a day whatever is pressed, again where it failed, and its end after a day."""

import json

import pytest

from domain.events import OwnDataAsked, OwnDataFailed, OwnDataGone, OwnDataMade
from handlers.kit.update_context import Setup
from handlers.personal_data import sending
from services.personal_data import exporting
from services.personal_data.exporting import EVERY, GONE, KEPT, KIND, OneADay
from storage.core import blocks, messages, scheduled_tasks
from storage.core.database import Transaction
from storage.people.people import Person
from tests.support import MONDAY, happened, in_transaction, last_events, outbox_of, person, texts_of


def _made(tx: Transaction, setup: Setup, who: Person, zips: int = 1) -> list[int]:
    """The copy was made, of so many files; its cards."""
    about = f"person:{who.id}"
    folder = sending.folder_of(setup, 7)
    folder.mkdir(parents=True)
    names = [folder / f"my-data-{place}.zip" for place in range(zips)]
    sending.made(tx, setup, about, names, rows=12, files=3, missing=1)
    return [row["card"] for row in outbox_of(tx) if row["action"] == "document"]


@in_transaction
def test_it_is_made_once_a_day(tx: Transaction) -> None:
    mei = person(tx, "Mei")
    exporting.order(tx, mei, "en")
    last_events(tx, OwnDataAsked(actor=mei.id, person=mei.id))
    with pytest.raises(OneADay) as refused:
        exporting.order(tx, mei, "en")
    assert refused.value.at == MONDAY + EVERY
    assert len(scheduled_tasks.claim(tx, (KIND,), 10)) == 1
    exporting.order(tx, person(tx, "Bo"), "en")
    tx.now += EVERY
    exporting.order(tx, mei, "en")


@in_transaction
def test_one_that_failed_does_not_count(tx: Transaction) -> None:
    mei = person(tx, "Mei")
    exporting.order(tx, mei, "en")
    exporting.failed(tx, mei.id)
    assert exporting.next_one(tx, mei.id) is None
    exporting.order(tx, mei, "en")
    assert exporting.next_one(tx, mei.id) == tx.now + EVERY


@in_transaction
def test_somebody_who_is_blocked_gets_theirs(tx: Transaction) -> None:
    mei, wei = person(tx, "Mei"), person(tx, "Wei")
    blocks.put(tx, mei.id, wei.id, "insults", MONDAY.replace(year=2027))
    exporting.order(tx, mei, "en")
    assert scheduled_tasks.has_any(tx, KIND)


@in_transaction
def test_it_is_sent_open_and_goes_after_a_day(tx: Transaction, setup: Setup) -> None:
    mei = person(tx, "Mei")
    cards = _made(tx, setup, mei, zips=2)
    rows = outbox_of(tx)
    assert len(cards) == 2 and all(not row["content"].get("protected") and row["content"]["once"] for row in rows)
    assert "1 file could not be fetched" in texts_of(tx)[0]
    last_events(tx, OwnDataMade(person=mei.id, rows=12, files=3, missing=1))
    assert scheduled_tasks.claim(tx, (GONE,), 10) == []
    tx.now += KEPT
    (due,) = scheduled_tasks.claim(tx, (GONE,), 10)
    tx.execute("UPDATE outbox SET state = 'sent', finished_at = created_at")
    for place, card in enumerate(cards, 1):
        messages.set_card_message(tx, card, 100 + place)
    sending.over(tx, setup, due["subject"], json.loads(due["data"]))
    assert [row["card"] for row in outbox_of(tx) if row["action"] == "take_back"] == cards
    last_events(tx, OwnDataGone(person=mei.id))


@in_transaction
def test_what_never_arrived_is_not_sent_later_and_can_be_asked_for_again(tx: Transaction, setup: Setup) -> None:
    mei = person(tx, "Mei")
    exporting.order(tx, mei, "en")
    _made(tx, setup, mei)
    tx.now += KEPT
    (due,) = scheduled_tasks.claim(tx, (GONE,), 10)
    sending.over(tx, setup, due["subject"], json.loads(due["data"]))
    assert not [row for row in outbox_of(tx) if row["action"] == "document"]
    last_events(tx, OwnDataFailed(person=mei.id))
    assert "did not reach you" in texts_of(tx)[-1]
    assert len(sending.folders(setup)) == 1, "nothing is deleted before it is committed"
    for act in tx.after_commit:
        act()
    assert sending.folders(setup) == []


@in_transaction
def test_without_a_private_chat_nothing_is_sent(tx: Transaction, setup: Setup) -> None:
    mei = person(tx, "Mei", started=False)
    assert _made(tx, setup, mei) == []
    assert happened(tx) == [OwnDataFailed.KIND]
