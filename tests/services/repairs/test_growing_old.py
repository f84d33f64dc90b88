"""Closed repairs that are old: first the address goes, later all that was said; what is open keeps everything."""

from datetime import timedelta

import pytest

from domain.core.state_machine import WrongState
from domain.people.rights import Role
from domain.repairs.repairs import State
from domain.reports.part_purposes import RepairPartPurpose
from services.repairs import growing_old, repair_desk, repairs
from storage.core import chats, messages
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.repairs import repairs as store
from tests.services.repairing import ADDRESS, COMMUNITY, ask, known
from tests.support import in_transaction, person

DAY = timedelta(days=1)


def closed(tx: Transaction, name: str) -> int:
    """A repair that was asked for and taken back."""
    who = person(tx, name)
    number = ask(tx, who, home="after six")
    repairs.take_back(tx, known(tx, number), who.id)
    assert known(tx, number).closed_at is not None
    return number


@in_transaction
def test_addresses_go_in_pieces_and_words_stay(tx: Transaction) -> None:
    numbers = [closed(tx, name) for name in ("Mei", "Bo", "Ana")]
    open_one = ask(tx, person(tx, "Cy"))
    assert not growing_old.forget_addresses(tx, tx.now - DAY, 2)
    assert known(tx, numbers[0]).address == ADDRESS
    assert growing_old.forget_addresses(tx, tx.now + DAY, 2)
    assert not growing_old.forget_addresses(tx, tx.now + DAY, 2)
    for number in numbers:
        repair = known(tx, number)
        assert (repair.address, repair.home, repair.phone, repair.code) == ("", None, None, None)
        assert repair.state is State.WITHDRAWN
        assert store.parts(tx, number, RepairPartPurpose.REQUEST)
    assert known(tx, open_one).address == ADDRESS


@in_transaction
def test_without_its_address_it_cannot_be_opened_again(tx: Transaction) -> None:
    wei = person(tx, "Wei", Role.STAFF)
    first, second = closed(tx, "Mei"), closed(tx, "Bo")
    repair_desk.reopen(tx, COMMUNITY, wei, first)
    assert known(tx, first).closed_at is None
    growing_old.forget_addresses(tx, tx.now + DAY, 10)
    assert known(tx, first).address == ADDRESS
    with pytest.raises(WrongState):
        repair_desk.reopen(tx, COMMUNITY, wei, second)


@in_transaction
def test_words_go_once_and_no_chat_leads_to_it(tx: Transaction) -> None:
    number = closed(tx, "Mei")
    chat = chats.private_with(tx, known(tx, number).asked_by)
    assert chat is not None
    about = f"repair:{number}"
    messages.keep(
        tx,
        chat.id,
        7,
        incoming=False,
        purpose="card",
        subject=about,
        card=messages.new_card(tx, chat.id, about, "status"),
    )
    assert not growing_old.forget_words(tx, tx.now + DAY, 10)
    assert store.parts(tx, number, RepairPartPurpose.REQUEST) == []
    assert known(tx, number).address == ""
    found = messages.find(tx, chat.id, 7)
    assert found is not None and found.subject is None
    for table in ("messages", "cards", "scheduled_tasks"):
        assert tx.query(f"SELECT 1 FROM {table} WHERE subject = ?", (about,)) == []
    before = known(tx, number).wordless_at
    tx.now += DAY
    growing_old.forget_words(tx, tx.now, 10)
    assert known(tx, number).wordless_at == before
    assert before is not None and to_text(before) < to_text(tx.now)
