"""Who got what was said to many is forgotten after a time; how many it were is not."""

from datetime import timedelta

import pytest

from domain.broadcasts.broadcasts import RecipientState, State
from domain.core.state_machine import WrongState
from domain.people.rights import Role
from services.broadcasts import broadcasting, forgetting_lists
from storage.broadcasts import broadcasts, recipients
from storage.broadcasts.recipients import Recipient
from storage.core.database import Transaction
from storage.people.people import Person
from tests.support import in_transaction, person

DAY = timedelta(days=1)


def anybody(_tx: Transaction, _actor: Person, _about: str) -> None:
    """Everybody may."""


def done(tx: Transaction, by: Person, people: int) -> int:
    """Something that so many got, and one did not."""
    number = broadcasting.prepare(tx, by, "notice:1").id
    got = [person(tx, f"Resident {each}").id for each in range(people)]
    missed = person(tx, "Gone").id
    recipients.add(tx, number, map(Recipient, [*got, missed]))
    recipients.set_state(tx, number, RecipientState.SENT, got)
    recipients.set_state(tx, number, RecipientState.UNREACHABLE, [missed])
    broadcasts.set_state(tx, number, State.DONE)
    return number


def listed(tx: Transaction) -> int:
    return tx.number("SELECT count(*) FROM broadcast_recipients")


@in_transaction
def test_the_list_goes_in_pieces_and_the_counts_stay(tx: Transaction) -> None:
    wei = person(tx, "Wei", Role.STAFF)
    number = done(tx, wei, 5)
    before = broadcasting.counts(tx, number)
    assert not forgetting_lists.forget_some(tx, tx.now - DAY, 2)
    assert listed(tx) == 6
    left = []
    while forgetting_lists.forget_some(tx, tx.now + DAY, 2):
        left.append(listed(tx))
        assert broadcasting.counts(tx, number) == before
    assert left == [4, 2, 0, 0]
    assert (before.sent, before.unreachable, before.total) == (5, 1, 6)


@in_transaction
def test_what_is_not_done_keeps_its_list(tx: Transaction) -> None:
    wei = person(tx, "Wei", Role.STAFF)
    number = broadcasting.prepare(tx, wei, "notice:1").id
    recipients.add(tx, number, [Recipient(wei.id)])
    broadcasting.start(tx, wei, number, anybody)
    assert not forgetting_lists.forget_some(tx, tx.now + DAY, 2)
    assert listed(tx) == 1


@in_transaction
def test_without_the_list_it_is_neither_corrected_nor_withdrawn_nor_sent_to_more(tx: Transaction) -> None:
    wei = person(tx, "Wei", Role.STAFF)
    number = done(tx, wei, 1)
    assert forgetting_lists.forget_some(tx, tx.now + DAY, 10)
    with pytest.raises(WrongState):
        broadcasting.correct(tx, wei, number, None, "Water is back", anybody)
    with pytest.raises(WrongState):
        broadcasting.withdraw(tx, wei, number, anybody)
    broadcasting.send_also(tx, number, [Recipient(wei.id)])
    assert listed(tx) == 0
