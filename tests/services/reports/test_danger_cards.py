"""What is said of a danger after it rang: when it comes onto the card, and what is there."""

from datetime import timedelta

from domain.community import Community
from services.reports import danger_cards, saying_more
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.outbox import Lane
from storage.people.people import Person
from storage.reports import dangers
from storage.reports.dangers import DANGER, Rung
from tests.services.reporting import submitted, words
from tests.support import in_transaction, person

SECOND = timedelta(seconds=1)


def rung(tx: Transaction, of: Person) -> Rung:
    found = dangers.newest(tx, DANGER, of.id)
    assert found is not None
    return found


def danger(tx: Transaction, community: Community) -> Person:
    """Somebody whose report of fire has rung."""
    mei = person(tx, "Mei")
    submitted(tx, community, mei, "fire", danger="fire")
    return mei


def says(tx: Transaction, community: Community, mei: Person, text: str = "still fire") -> None:
    saying_more.add(tx, community, mei, 1, words(text), "fire")


def planned(tx: Transaction, of: Person) -> object:
    return scheduled_tasks.planned(tx, f"{danger_cards.KIND}:{rung(tx, of).id}")


@in_transaction
def test_the_first_words_come_now_and_the_next_within_a_minute(tx: Transaction, community: Community) -> None:
    mei = danger(tx, community)
    assert danger_cards.comes_now(tx, rung(tx, mei), answer=False) is Lane.INTERACTIVE
    assert danger_cards.comes_now(tx, rung(tx, mei), answer=False) is Lane.URGENT, "the same message, a second thing"
    first = tx.now
    tx.now += SECOND
    assert danger_cards.comes_now(tx, rung(tx, mei), answer=False) is None
    assert planned(tx, mei) == first + danger_cards.EVERY
    tx.now += 30 * SECOND
    assert danger_cards.comes_now(tx, rung(tx, mei), answer=False) is None
    assert planned(tx, mei) == first + danger_cards.EVERY, "what is planned stays"


@in_transaction
def test_answers_to_where_it_is_come_at_once_five_times(tx: Transaction, community: Community) -> None:
    mei = danger(tx, community)
    for _ in range(danger_cards.AT_ONCE):
        tx.now += SECOND
        assert danger_cards.comes_now(tx, rung(tx, mei), answer=True) is Lane.URGENT
    tx.now += SECOND
    assert danger_cards.comes_now(tx, rung(tx, mei), answer=True) is None


@in_transaction
def test_what_is_due_is_noted_as_shown_and_what_is_gone_is_not(tx: Transaction, community: Community) -> None:
    mei = danger(tx, community)
    found = danger_cards.is_due(tx, rung(tx, mei).id)
    assert found is not None and rung(tx, mei).shown_at == tx.now
    assert danger_cards.is_due(tx, 999) is None
    danger_cards.soon(tx, rung(tx, mei))
    assert planned(tx, mei) == tx.now + danger_cards.EVERY
    tx.now += 10 * SECOND
    danger_cards.go_on(tx, rung(tx, mei))
    assert planned(tx, mei) == tx.now + danger_cards.EVERY


@in_transaction
def test_words_wait_are_there_and_are_taken_off(tx: Transaction, community: Community) -> None:
    mei = danger(tx, community)
    says(tx, community, mei)
    says(tx, community, mei, "x" * 1500)  # has no room on the card, and comes below it

    def states() -> list[str]:
        return [each.state for each in dangers.words(tx, rung(tx, mei).id)]

    assert states() == [dangers.WAITING] * 2
    danger_cards.card_written(tx, rung(tx, mei))
    assert states() == [dangers.POSTED, dangers.WAITING]
    danger_cards.posted(tx, dangers.words(tx, rung(tx, mei).id)[1])
    assert states() == [dangers.POSTED] * 2
    again = danger_cards.post_again(tx, rung(tx, mei))
    assert len(again) == 2 and dangers.WAITING in states() and planned(tx, mei) == tx.now
    dangers.set_state(tx, again[0].id, dangers.OFF)
    (off,) = danger_cards.taken_off(tx, rung(tx, mei))
    assert off.id == again[0].id and states()[0] == dangers.GONE
    assert danger_cards.taken_off(tx, rung(tx, mei)) == []
