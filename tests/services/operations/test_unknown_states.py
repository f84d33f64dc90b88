"""What is to be sent, in a state that is none any more: it is settled, and admins hear of what may be lost."""

import pytest

from domain.people.rights import Role
from services.operations import unknown_states
from storage.core import chats, outbox
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.core.outbox import Action, Outgoing
from tests.support import MONDAY, happened, in_transaction, person

LATER, EARLIER = "2026-03-02T03:00:00.000000Z", "2026-03-02T01:00:00.000000Z"
assert EARLIER < to_text(MONDAY) < LATER


def row(tx: Transaction, **columns: str) -> int:
    """A message in a state of old."""
    chat = chats.private_with(tx, person(tx, "Mei", Role.ADMIN).id)
    assert chat is not None
    number = outbox.add(tx, Outgoing(chat.id, Action.MESSAGE, {"text": "Hello"}))
    assert number is not None
    for name, value in {"state": "state_of_old", **columns}.items():
        tx.execute(f"UPDATE outbox SET {name} = ? WHERE id = ?", (value, number))
    return number


def state(tx: Transaction, number: int) -> str:
    return str(tx.query("SELECT state FROM outbox WHERE id = ?", (number,))[0]["state"])


@pytest.mark.parametrize(
    ("columns", "becomes"),
    [
        ({}, "sending"),
        ({"not_before": EARLIER}, "sending"),
        ({"not_before": LATER}, "waiting"),
        ({"finished_at": EARLIER}, "sent"),
        ({"finished_at": EARLIER, "error": "gone"}, "dropped"),
        ({"state": "folded"}, "folded"),
    ],
)
@in_transaction
def test_it_becomes_what_the_rest_of_its_row_speaks_for(tx: Transaction, columns: dict[str, str], becomes: str) -> None:
    number = row(tx, **columns)
    unknown_states.settle(tx)
    assert state(tx, number) == becomes
    # Only what may have been sent or not is told of.
    assert ("work.given_up" in happened(tx)) == (becomes == "sending")


@in_transaction
def test_of_a_card_never_two_rows_wait(tx: Transaction) -> None:
    """The database would refuse that, and the program would not start."""
    chat = chats.private_with(tx, person(tx, "Mei").id)
    assert chat is not None
    card = tx.insert(
        "INSERT INTO cards (chat, subject, role, created_at) VALUES (?, 'report:1', 'status', ?)", (chat.id, EARLIER)
    )
    old = row(tx, card=str(card), not_before=LATER)
    older = row(tx, card=str(card))
    unknown_states.settle(tx)
    assert [state(tx, number) for number in (old, older)] == ["sending", "sending"]
