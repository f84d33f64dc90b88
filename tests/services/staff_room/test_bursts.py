"""Many reports within a minute: whose cards wait, in which message they are named, and when they come."""

from datetime import timedelta

from domain.community import Community
from services.staff_room import bursts
from storage.core import chats, messages
from storage.core.database import Transaction
from storage.core.messages import CardRole
from storage.people.people import Person
from storage.reports import bursts as store
from tests.services.reporting import known, submitted
from tests.support import in_transaction, person


def group(tx: Transaction) -> int:
    return chats.meet(tx, -1001, "supergroup", "Staff", True).id


def cards(tx: Transaction, community: Community, chat: int, *of: Person) -> None:
    """A card in the group for a new report of each of these people."""
    for each in of:
        messages.new_card(tx, chat, f"report:{submitted(tx, community, each)}", CardRole.STAFF)


def many(tx: Transaction, count: int) -> list[Person]:
    return [person(tx, f"P{number}") for number in range(count)]


def waits(tx: Transaction, community: Community, chat: int, who: Person) -> bool:
    return bursts.waits(tx, chat, known(tx, submitted(tx, community, who)))


@in_transaction
def test_past_ten_cards_a_minute_the_next_ones_wait(tx: Transaction, community: Community) -> None:
    chat, mei = group(tx), person(tx, "Mei")
    cards(tx, community, chat, *many(tx, bursts.BURST - 1))
    assert not waits(tx, community, chat, mei)
    cards(tx, community, chat, person(tx, "One more"))
    assert waits(tx, community, chat, mei) and bursts.has_come(tx, mei_number(tx, mei)) == (True, None)
    assert bursts.has_come(tx, mei_number(tx, mei)) == (False, None), "it waits no longer"
    tx.now += bursts.MINUTE
    assert not waits(tx, community, chat, mei)


def mei_number(tx: Transaction, mei: Person) -> int:
    (row,) = tx.query("SELECT max(id) AS id FROM reports WHERE person = ?", (mei.id,))
    return int(row["id"])


@in_transaction
def test_one_persons_many_are_nobody_elses_burst(tx: Transaction, community: Community) -> None:
    chat, flood, mei = group(tx), person(tx, "Flood"), person(tx, "Mei")
    cards(tx, community, chat, *[flood] * 15)
    assert waits(tx, community, chat, flood) and not waits(tx, community, chat, mei)


@in_transaction
def test_when_the_group_is_calm_some_come_each_person_in_turn(tx: Transaction, community: Community) -> None:
    chat, flood, mei = group(tx), person(tx, "Flood"), person(tx, "Mei")
    first, second, of_mei = (submitted(tx, community, who) for who in (flood, flood, mei))
    for number in (first, second, of_mei):
        store.add(tx, number)
    cards(tx, community, chat, *many(tx, bursts.CALM))
    assert bursts.next_ones(tx, chat) == [], "five in the last minute: not yet"
    tx.now += bursts.MINUTE
    assert bursts.next_ones(tx, chat) == [first, of_mei]
    bursts.has_come(tx, first)
    assert bursts.next_ones(tx, chat) == [second, of_mei]


@in_transaction
def test_they_are_named_in_messages_of_twenty_five(tx: Transaction, community: Community) -> None:
    chat, flood = group(tx), person(tx, "Flood")
    about = f"chat:{chat}"

    def run_due(count: int) -> list[int]:
        for _ in range(count):
            store.add(tx, submitted(tx, community, flood))
        return bursts.name(tx, about, chat)

    (one,) = run_due(bursts.SHOWN - 1)
    changed = run_due(3)
    assert changed[0] == one and len(changed) == 2
    assert [len(store.named_by(tx, card)) for card in changed] == [bursts.SHOWN, 2]
    assert bursts.name(tx, about, chat) == [], "all are named"
    for number in store.named_by(tx, changed[1]):
        assert bursts.has_come(tx, number) == (True, changed[1])
    (news,) = run_due(1)
    assert news not in changed, "that one has said that all have their cards"
    tx.now += timedelta(hours=1)
