"""The two sides of a repair write to each other through the bot: who may, what is held back, what staff are shown."""

from datetime import timedelta

import pytest

from domain.events import RepairMessagePassed, RepairMessageShown, RepairNumbersAgreed, RepairUnsafe
from domain.repairs.repairs import HELD, KNOWS_THE_DOOR, State
from services.core.errors import AlreadyDone, NotFound
from services.repairs import jobs, relay
from services.repairs.relay import Apart, BothAgreed, NumbersWithheld
from storage.core import scheduled_tasks
from storage.core.blocks import Blocked, put
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.people.people import Person
from storage.repairs import repairs
from tests.services.repairing import COMMUNITY, arrived, ask, known, volunteer
from tests.support import happened, in_transaction, last_events, person

NUMBER = "Ring me: 138 1234 5678"
MOMENT = timedelta(minutes=1)


def taken(tx: Transaction) -> tuple[Person, Person, int]:
    """Who asked, the volunteer who has it, and the repair."""
    mei, lao = person(tx, "Mei"), volunteer(tx, "Lao")
    number = ask(tx, mei)
    jobs.take(tx, COMMUNITY, lao, number)
    return mei, lao, number


def stands(tx: Transaction, number: int, state: State) -> None:
    repairs.move(tx, known(tx, number), state)


@in_transaction
def test_each_side_writes_to_the_other_and_the_words_are_not_kept(tx: Transaction) -> None:
    mei, lao, number = taken(tx)
    assert relay.pass_on(tx, COMMUNITY, mei, number, "The secret word") == lao.id
    last_events(tx, RepairMessagePassed(actor=mei.id, repair=number, to=lao.id))
    assert relay.pass_on(tx, COMMUNITY, lao, number, "The secret word", danger="fire") == mei.id
    last_events(tx, RepairMessagePassed(actor=lao.id, repair=number, to=mei.id, danger="fire"))
    for table in ("events", "repair_parts", "outbox"):
        rows = [dict(row) for row in tx.query(f"SELECT * FROM {table}")]
        assert "secret" not in str(rows)


@in_transaction
def test_nobody_else_learns_that_there_is_such_a_repair(tx: Transaction) -> None:
    _, _, number = taken(tx)
    eve, missed = person(tx, "Eve"), volunteer(tx, "Other")
    before = len(happened(tx))
    for who, about in ((eve, number), (missed, number), (eve, 999)):
        for deed in (
            lambda: relay.pass_on(tx, COMMUNITY, who, about, "Hello"),  # noqa: B023
            lambda: relay.agree_to_numbers(tx, who, about),  # noqa: B023
            lambda: relay.feels_unsafe(tx, who, about),  # noqa: B023
        ):
            with pytest.raises(NotFound):
                deed()
    assert len(happened(tx)) == before


@pytest.mark.parametrize("state", [each for each in State if each not in KNOWS_THE_DOOR])
@in_transaction
def test_once_they_are_apart_nothing_goes_over(tx: Transaction, state: State) -> None:
    mei, lao, number = taken(tx)
    stands(tx, number, state)
    for who in (mei, lao):
        with pytest.raises(Apart) as raised:
            relay.pass_on(tx, COMMUNITY, who, number, "Hello")
        assert raised.value.repair.id == number
        with pytest.raises(Apart):
            relay.feels_unsafe(tx, who, number)


@in_transaction
def test_before_somebody_has_it_there_is_no_other_side(tx: Transaction) -> None:
    mei = person(tx, "Mei")
    with pytest.raises(Apart):
        relay.pass_on(tx, COMMUNITY, mei, ask(tx, mei), "Hello")


@pytest.mark.parametrize("state", sorted(KNOWS_THE_DOOR))
@in_transaction
def test_while_the_door_is_known_they_write(tx: Transaction, state: State) -> None:
    mei, lao, number = taken(tx)
    stands(tx, number, state)
    assert relay.pass_on(tx, COMMUNITY, mei, number, "Hello") == lao.id


@pytest.mark.parametrize("first", ["mei", "lao"])
@in_transaction
def test_a_telephone_number_passes_when_both_have_agreed(tx: Transaction, first: str) -> None:
    mei, lao, number = taken(tx)
    one, other = (mei, lao) if first == "mei" else (lao, mei)

    def both_withheld() -> None:
        for who in (mei, lao):
            with pytest.raises(NumbersWithheld):
                relay.pass_on(tx, COMMUNITY, who, number, NUMBER)

    both_withheld()
    assert not relay.agree_to_numbers(tx, one, number)
    last_events(tx, RepairNumbersAgreed(actor=one.id, repair=number, both=False))
    both_withheld()
    with pytest.raises(AlreadyDone):
        relay.agree_to_numbers(tx, one, number)
    assert relay.agree_to_numbers(tx, other, number)
    last_events(tx, RepairNumbersAgreed(actor=other.id, repair=number, both=True))
    for who, reader in ((mei, lao), (lao, mei)):
        assert relay.pass_on(tx, COMMUNITY, who, number, NUMBER) == reader.id
        with pytest.raises(BothAgreed):
            relay.agree_to_numbers(tx, who, number)


@in_transaction
def test_whoever_takes_it_next_has_not_agreed(tx: Transaction) -> None:
    mei, lao, number = taken(tx)
    relay.agree_to_numbers(tx, mei, number)
    relay.agree_to_numbers(tx, lao, number)
    other = volunteer(tx, "Other")
    jobs.give_back(tx, COMMUNITY, lao, number)
    jobs.take(tx, COMMUNITY, other, number)
    with pytest.raises(NumbersWithheld):
        relay.pass_on(tx, COMMUNITY, mei, number, NUMBER)


@in_transaction
def test_what_the_volunteer_writes_is_a_sign_of_life_and_what_the_resident_writes_is_none(tx: Transaction) -> None:
    mei, lao, number = taken(tx)
    key = f"{jobs.KIND}:{number}"
    planned = scheduled_tasks.planned(tx, key)
    assert planned is not None
    tx.now += MOMENT
    relay.pass_on(tx, COMMUNITY, mei, number, "Are you coming?")
    assert scheduled_tasks.planned(tx, key) == planned
    relay.pass_on(tx, COMMUNITY, lao, number, "In an hour")
    assert scheduled_tasks.planned(tx, key) == planned + MOMENT


@in_transaction
def test_who_is_blocked_passes_nothing_on_but_danger(tx: Transaction) -> None:
    mei, lao, number = taken(tx)
    put(tx, mei.id, lao.id, "Insults", tx.now + timedelta(days=1))
    with pytest.raises(Blocked):
        relay.pass_on(tx, COMMUNITY, mei, number, "Hello")
    assert relay.pass_on(tx, COMMUNITY, mei, number, "It burns", danger="fire") == lao.id


@in_transaction
def test_who_feels_unsafe_rings_once_in_half_an_hour(tx: Transaction) -> None:
    mei, lao, number = taken(tx)
    assert relay.feels_unsafe(tx, mei, number)
    [(first,)] = tx.query("SELECT id FROM dangers")
    last_events(tx, RepairUnsafe(actor=mei.id, repair=number, danger=first, again=False))
    tx.now += timedelta(minutes=29)
    assert not relay.feels_unsafe(tx, mei, number)
    last_events(tx, RepairUnsafe(actor=mei.id, repair=number, danger=first, again=True))
    assert relay.feels_unsafe(tx, lao, number), "the other side's is their own"
    tx.now += timedelta(minutes=1)
    assert relay.feels_unsafe(tx, mei, number)
    assert len(tx.query("SELECT 1 FROM dangers")) == 3


# -- what staff are shown


def got(tx: Transaction, who: Person, writer: Person, number: int, purpose: str = Purpose.RELAY) -> int:
    content = {"text": "x", "from": writer.id, "words": "Rude words"}
    return arrived(tx, who, f"repair:{number}", purpose, content, MOMENT)


@in_transaction
def test_a_reader_shows_staff_one_message_once(tx: Transaction) -> None:
    mei, lao, number = taken(tx)
    message = got(tx, mei, lao, number)
    assert relay.to_be_shown(tx, mei, number, message) == lao.id
    relay.show_to_staff(tx, mei, number, message)
    last_events(tx, RepairMessageShown(actor=mei.id, repair=number, writer=lao.id, message=message))
    with pytest.raises(AlreadyDone):
        relay.show_to_staff(tx, mei, number, message)
    another = got(tx, mei, lao, number)
    relay.show_to_staff(tx, mei, number, another)
    passed = relay.passed_on(tx, message)
    assert (passed["from"], passed["words"], passed["kind"]) == (lao.id, "Rude words", "message")


@in_transaction
def test_only_who_got_it_about_that_repair_shows_it(tx: Transaction) -> None:
    mei, lao, number = taken(tx)
    other = ask(tx, mei)
    message, card = got(tx, mei, lao, number), got(tx, mei, lao, number, Purpose.CARD)
    for who, about, shown in (
        (lao, number, message),
        (person(tx, "Eve"), number, message),
        (person(tx, "Without a chat", started=False), number, message),
        (mei, other, message),
        (mei, number, card),
        (mei, number, 999_999),
        (mei, number, None),
    ):
        with pytest.raises(NotFound):
            relay.to_be_shown(tx, who, about, shown)


@in_transaction
def test_after_a_week_its_words_are_gone_and_cannot_be_shown(tx: Transaction) -> None:
    mei, lao, number = taken(tx)
    message = got(tx, mei, lao, number)
    tx.execute("UPDATE outbox SET content = '{}'")
    with pytest.raises(NotFound):
        relay.show_to_staff(tx, mei, number, message)
    tx.execute("UPDATE messages SET outbox = NULL")
    tx.execute("DELETE FROM outbox")
    assert relay.passed_on(tx, message) == {}


def test_a_volunteer_who_holds_it_knows_the_door() -> None:
    assert HELD < KNOWS_THE_DOOR
