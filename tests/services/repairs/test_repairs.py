"""Asking for a repair, and what who asked can do with it: rights, states, what is kept, who is told."""

from typing import Any

import pytest

from domain.core.state_machine import WrongState
from domain.events import RepairAsked, RepairChanged, RepairOffered, RepairWithdrawn
from domain.people.rights import Role
from domain.repairs.repairs import FREE, HELD, State, Urgency
from services.core.errors import AlreadyDone, NotFound
from services.repairs import dispatching, jobs, repairs
from services.repairs.repairs import Other, Request, TooMany
from storage.core import blocks, scheduled_tasks
from storage.core.blocks import Blocked
from storage.core.database import Transaction
from storage.people import homes, people
from storage.people.people import Person
from storage.repairs import offers
from storage.repairs import repairs as store
from storage.reports.reports import NewPart
from storage.volunteers import volunteers
from tests.services.repairing import ADDRESS, COMMUNITY, ask, asked, known, volunteer
from tests.support import happened, in_transaction, last_events, person

WORDS = [NewPart("text", text="The tap drips")]


def request(**more: Any) -> Request:
    given = {"parts": WORDS, "trade": "plumbing", "urgency": Urgency.TODAY, "area": "b3-2", "address": ADDRESS, **more}
    return Request(**given)


def taken(tx: Transaction) -> tuple[Person, Person, int]:
    """Who asked, the volunteer who has it, and the repair."""
    mei, lao = person(tx, "Mei"), volunteer(tx, "Lao")
    number = ask(tx, mei)
    jobs.take(tx, COMMUNITY, lao, number)
    return mei, lao, number


@in_transaction
def test_what_was_asked_for_is_kept_and_the_first_are_asked(tx: Transaction) -> None:
    mei, lao = person(tx, "Mei"), volunteer(tx, "Lao")
    number = repairs.ask(tx, COMMUNITY, mei, request(home="The red door", danger="gas", released=True))
    assert COMMUNITY.repairs.costs is not None
    last_events(
        tx,
        RepairAsked(actor=mei.id, repair=number, costs=dict(COMMUNITY.repairs.costs.texts)),
        RepairOffered(repair=number, people=(lao.id,), circle=0),
    )
    repair = known(tx, number)
    assert (repair.person, repair.asked_by, repair.state, repair.taker) == (mei.id, mei.id, State.LOOKING, None)
    assert (repair.address, repair.home, repair.danger, repair.released, repair.phone) == (
        ADDRESS, "The red door", "gas", True, None,
    )  # fmt: skip
    assert [part.text for part in store.parts(tx, number, "request")] == ["The tap drips"]


@pytest.mark.parametrize("wrong", [{"trade": "magic"}, {"address": "  "}])
@in_transaction
def test_without_a_trade_there_is_or_a_door_there_is_no_repair(tx: Transaction, wrong: dict[str, str]) -> None:
    with pytest.raises(NotFound):
        repairs.ask(tx, COMMUNITY, person(tx, "Mei"), request(**wrong))
    assert tx.query("SELECT 1 FROM repairs") == []


@in_transaction
def test_who_is_blocked_or_has_enough_open_asks_for_none(tx: Transaction) -> None:
    mei, bo = person(tx, "Mei"), person(tx, "Bo")
    numbers = [ask(tx, mei) for _ in range(COMMUNITY.repairs.open_at_once)]
    for deed in (lambda: ask(tx, mei), lambda: repairs.may_ask(tx, COMMUNITY, mei)):
        with pytest.raises(TooMany) as raised:
            deed()
        assert sorted(raised.value.numbers) == numbers
    repairs.withdraw(tx, mei, numbers[0])
    ask(tx, mei)
    blocks.put(tx, bo.id, mei.id, "Nonsense", tx.now.replace(year=2027))
    with pytest.raises(Blocked):
        ask(tx, bo)


@in_transaction
def test_an_address_is_kept_for_the_next_time_only_while_they_say_so(tx: Transaction) -> None:
    mei = person(tx, "Mei")
    repairs.ask(tx, COMMUNITY, mei, request(remember=True, address="x" * 500))
    assert homes.of(tx, mei.id) == homes.Home("b3-2", "x" * repairs.ADDRESS_LENGTH)
    other = Other("Old Chen", "555")
    repairs.ask(tx, COMMUNITY, mei, request(other=other, remember=True, address="Flat 1, Chen"))
    home = homes.of(tx, mei.id)
    assert home is not None and home.address[0] == "x", "somebody else's address is not theirs"
    repairs.ask(tx, COMMUNITY, mei, request())
    assert homes.of(tx, mei.id) is None


@in_transaction
def test_for_somebody_without_telegram_it_is_theirs_and_who_asked_is_written_to(tx: Transaction) -> None:
    mei = person(tx, "Mei")
    number = repairs.ask(tx, COMMUNITY, mei, request(other=Other("Old Chen", "555")))
    repair = known(tx, number)
    chen = people.by_id(tx, repair.person)
    assert (chen.name, chen.telegram_id, repair.asked_by, repair.phone) == ("Old Chen", None, mei.id, "555")
    again = repairs.ask(tx, COMMUNITY, mei, request(other=Other("Old Chen", "555")))
    assert known(tx, again).person == chen.id


@in_transaction
def test_what_one_asked_for_is_nobody_elses(tx: Transaction) -> None:
    mei, lao, number = taken(tx)
    before = (known(tx, number), len(happened(tx)))
    for who, about in ((lao, number), (person(tx, "Wei", Role.STAFF, Role.ADMIN), number), (mei, 999)):
        for deed in (
            lambda: repairs.add(tx, who, about, WORDS),  # noqa: B023
            lambda: repairs.withdraw(tx, who, about),  # noqa: B023
            lambda: repairs.nobody_came(tx, COMMUNITY, who, about),  # noqa: B023
            lambda: repairs.move_house(tx, COMMUNITY, who, about, "b1", "Flat 1"),  # noqa: B023
        ):
            with pytest.raises(NotFound):
                deed()
    assert (known(tx, number), len(happened(tx))) == before


@in_transaction
def test_more_is_said_while_somebody_is_looked_for(tx: Transaction) -> None:
    mei, lao = person(tx, "Mei"), volunteer(tx, "Lao")
    number = ask(tx, mei)
    repairs.add(tx, mei, number, [NewPart("text", text="It is the kitchen")])
    last_events(tx, RepairChanged(actor=mei.id, repair=number))
    assert len(store.parts(tx, number, "request")) == 2
    jobs.take(tx, COMMUNITY, lao, number)
    with pytest.raises(NotFound):
        repairs.add(tx, mei, number, WORDS)  # from then on they write to each other


@pytest.mark.parametrize("state", State)
@in_transaction
def test_what_is_wrong_is_said_otherwise_while_somebody_may_mend_it(tx: Transaction, state: State) -> None:
    mei, lao, number = taken(tx)
    store.move(tx, known(tx, number), state)
    (part,) = store.parts(tx, number, "request")
    open_still = state in FREE | HELD
    assert repairs.reword(tx, mei, part, "The pipe bursts") is open_still
    (now,) = store.parts(tx, number, "request")
    assert now.text == ("The pipe bursts" if open_still else "The tap drips")
    if open_still:
        last_events(tx, RepairChanged(actor=mei.id, repair=number, reworded=True))
    assert not repairs.reword(tx, lao, part, "Nothing is wrong")
    store.add_parts(tx, number, mei.id, "thanks", WORDS)
    assert not repairs.reword(tx, mei, store.parts(tx, number, "thanks")[0], "Hm")


# -- not needed any more, nobody came, somewhere else


@in_transaction
def test_withdrawn_nobody_is_asked_any_more_and_who_had_it_is_free(tx: Transaction) -> None:
    mei, lao, number = taken(tx)
    repairs.withdraw(tx, mei, number)
    last_events(tx, RepairWithdrawn(actor=mei.id, repair=number, volunteer=lao.id, asked=()))
    found = volunteers.of(tx, lao.id)
    assert found is not None and found.jobs == 0 and known(tx, number).state is State.WITHDRAWN
    for kind in (dispatching.KIND, jobs.KIND):
        assert scheduled_tasks.waiting(tx, f"repair:{number}", kind) == []
    with pytest.raises(AlreadyDone):
        repairs.withdraw(tx, mei, number)
    free = ask(tx, mei)
    assert asked(tx, free) == {lao.id}
    repairs.withdraw(tx, mei, free)
    last_events(tx, RepairWithdrawn(actor=mei.id, repair=free, volunteer=None, asked=(lao.id,)))
    offer = offers.of(tx, free, lao.id)
    assert offer is not None and offer.state == offers.CLOSED
    assert scheduled_tasks.waiting(tx, f"repair:{free}", dispatching.KIND) == []


@pytest.mark.parametrize("state", [State.DONE, State.CONFIRMED, State.UNANSWERED, State.TURNED])
@in_transaction
def test_what_was_done_is_not_withdrawn_and_not_moved(tx: Transaction, state: State) -> None:
    mei, _, number = taken(tx)
    store.move(tx, known(tx, number), state)
    for deed in (
        lambda: repairs.withdraw(tx, mei, number),
        lambda: repairs.nobody_came(tx, COMMUNITY, mei, number),
        lambda: repairs.move_house(tx, COMMUNITY, mei, number, "b1", "Flat 1"),
    ):
        with pytest.raises(WrongState):
            deed()
    assert known(tx, number).state is state and known(tx, number).address == ADDRESS


@in_transaction
def test_somewhere_else_it_is_looked_for_from_there_while_nobody_has_it(tx: Transaction) -> None:
    mei, lao = person(tx, "Mei"), volunteer(tx, "Lao")
    south = volunteer(tx, "South", areas=("south",))
    number = repairs.ask(tx, COMMUNITY, mei, request(remember=True))
    assert asked(tx, number) == {lao.id}
    with pytest.raises(NotFound):
        repairs.move_house(tx, COMMUNITY, mei, number, "b4", "  ")
    repairs.move_house(tx, COMMUNITY, mei, number, "b3-2", "Flat 9")
    assert asked(tx, number) == {lao.id} and happened(tx)[-1] == RepairChanged.KIND, "another door in the same house"
    repairs.move_house(tx, COMMUNITY, mei, number, "b4", "Flat 1")
    assert asked(tx, number) == {lao.id, south.id}
    assert (known(tx, number).area, known(tx, number).address) == ("b4", "Flat 1")
    assert homes.of(tx, mei.id) == homes.Home("b4", "Flat 1")


@in_transaction
def test_moved_while_somebody_has_it_nobody_else_is_asked(tx: Transaction) -> None:
    mei, lao, number = taken(tx)
    south = volunteer(tx, "South", areas=("south",))
    repairs.move_house(tx, COMMUNITY, mei, number, "b4", "Flat 1")
    last_events(tx, RepairChanged(actor=mei.id, repair=number))
    assert known(tx, number).taker == lao.id and offers.of(tx, number, south.id) is None
    assert homes.of(tx, mei.id) is None, "none was kept"
