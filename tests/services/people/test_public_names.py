"""The name that others read is one that staff have seen."""

from datetime import timedelta

import pytest

from domain.events import PublicNameDecided, PublicNameWaits
from domain.people.rights import NotAllowed, Role
from services.core.errors import AlreadyDone
from services.people import public_names
from services.people.public_names import NameMoved
from storage.core import blocks
from storage.core.database import Transaction
from storage.people import people
from storage.people import public_names as store
from storage.people.people import Person
from storage.people.public_names import PublicName
from storage.pledges import board
from tests.services.repairing import volunteer
from tests.support import happened, in_transaction, last_events, person


def called(tx: Transaction, who: Person, name: str) -> Person:
    """They take another name in Telegram, and are looked at."""
    assert who.telegram_id is not None
    now = people.meet(tx, who.telegram_id, name, None, "en")
    public_names.check(tx, now)
    return now


def kept(tx: Transaction, who: Person) -> PublicName:
    found = store.of(tx, who.id)
    assert found is not None
    return found


def known(tx: Transaction) -> Person:
    """A volunteer whose name staff have seen."""
    lao = volunteer(tx, "Lao")
    public_names.approve_first(tx, lao.id)
    return lao


@in_transaction
def test_a_name_nobody_reads_is_looked_at_by_nobody(tx: Transaction) -> None:
    mei = person(tx, "Mei")
    assert public_names.shown(tx, mei.id) == "Mei"
    called(tx, mei, "BUY GOLD")
    assert store.of(tx, mei.id) is None and happened(tx) == []
    # Approved once, and read by nobody any more.
    public_names.approve_first(tx, mei.id)
    called(tx, mei, "BUY SILVER")
    assert kept(tx, mei).waiting is None and happened(tx) == []


@in_transaction
def test_called_otherwise_they_are_shown_by_the_old_name_until_staff_have_looked(tx: Transaction) -> None:
    lao = known(tx)
    called(tx, lao, "BUY GOLD")
    last_events(tx, PublicNameWaits(actor=lao.id, person=lao.id))
    assert public_names.shown(tx, lao.id) == "Lao" and kept(tx, lao).waiting == "BUY GOLD"
    called(tx, lao, "BUY GOLD")
    assert len(happened(tx)) == 1, "it waits already"
    called(tx, lao, "Old Lao")
    assert kept(tx, lao).waiting == "Old Lao", "the newest alone"
    called(tx, lao, "Lao")
    last_events(tx, *[PublicNameWaits(actor=lao.id, person=lao.id)] * 3)
    assert kept(tx, lao).waiting is None, "back to the one that is known, nothing waits"


@pytest.mark.parametrize("take", [True, False])
@in_transaction
def test_staff_take_it_over_or_leave_it_and_a_refused_one_stays_refused(tx: Transaction, take: bool) -> None:
    lao, wei = known(tx), person(tx, "Wei", Role.STAFF)
    called(tx, lao, "Old Lao")
    version = kept(tx, lao).version
    for who in (person(tx, "Mei"), lao):
        with pytest.raises(NotAllowed):
            public_names.decide(tx, who, lao.id, version, take=take)
    with pytest.raises(NameMoved):
        public_names.decide(tx, wei, lao.id, version - 1, take=take)
    public_names.decide(tx, wei, lao.id, version, take=take)
    last_events(tx, PublicNameDecided(actor=wei.id, person=lao.id, approved=take))
    assert public_names.shown(tx, lao.id) == ("Old Lao" if take else "Lao")
    assert (board.CHANGED in tx.signals) is take
    for number in (lao.id, wei.id):
        with pytest.raises(AlreadyDone):
            public_names.decide(tx, wei, number, kept(tx, lao).version, take=take)
    count = len(happened(tx))
    called(tx, lao, "Old Lao")
    assert len(happened(tx)) == count and kept(tx, lao).waiting is None


@in_transaction
def test_who_is_blocked_says_nothing_by_a_name(tx: Transaction) -> None:
    lao = known(tx)
    blocks.put(tx, lao.id, lao.id, "Insults", tx.now + timedelta(days=1))
    changed = called(tx, lao, "BUY GOLD")
    assert happened(tx) == [] and kept(tx, lao).waiting is None
    tx.now += timedelta(days=1)
    public_names.check(tx, changed)
    assert kept(tx, lao).waiting == "BUY GOLD"


@in_transaction
def test_seen_with_something_that_was_approved_it_is_approved_unless_it_was_refused(tx: Transaction) -> None:
    lao, wei = volunteer(tx, "Lao"), person(tx, "Wei", Role.STAFF)
    public_names.approve_as_seen(tx, lao.id, wei.id)
    assert kept(tx, lao).name == "Lao" and happened(tx) == [] and board.CHANGED in tx.signals
    version = kept(tx, lao).version
    public_names.approve_as_seen(tx, lao.id, wei.id)
    assert kept(tx, lao).version == version, "it is the one that is known"
    called(tx, lao, "Old Lao")
    public_names.approve_as_seen(tx, lao.id, wei.id)
    last_events(tx, PublicNameDecided(actor=wei.id, person=lao.id, approved=True))
    assert (kept(tx, lao).name, kept(tx, lao).waiting) == ("Old Lao", None)
    called(tx, lao, "BUY GOLD")
    public_names.decide(tx, wei, lao.id, kept(tx, lao).version, take=False)
    public_names.approve_as_seen(tx, lao.id, wei.id)
    assert kept(tx, lao).name == "Old Lao" and kept(tx, lao).refused == "BUY GOLD"
    public_names.approve_first(tx, lao.id)
    assert kept(tx, lao).name == "Old Lao", "there is one"
