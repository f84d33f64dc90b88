"""What staff do with repairs: rights, states, who it goes to, and how it becomes a report."""

from collections.abc import Callable

import pytest

from domain.core.state_machine import WrongState
from domain.events import (
    RepairReleased,
    RepairReopened,
    RepairShown,
    RepairTaken,
    RepairTurnAsked,
    RepairTurned,
    RepairTurnRefused,
)
from domain.people.rights import NotAllowed, Role
from domain.repairs.repairs import FREE, HELD, State
from services.core.errors import AlreadyDone, NotFound
from services.repairs import jobs, repair_desk, repairs
from services.repairs.jobs import TooLate
from storage.core import chats, scheduled_tasks
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.repairs import offers
from storage.repairs import repairs as store
from storage.reports.reports import NewPart
from storage.volunteers import volunteers
from tests.services.repairing import ADDRESS, COMMUNITY, ask, asked, known, volunteer
from tests.services.reporting import known as report
from tests.services.reporting import texts
from tests.support import happened, in_transaction, last_events, person


def staff(tx: Transaction) -> Person:
    return person(tx, "Wei", Role.STAFF)


def taken(tx: Transaction) -> tuple[Person, Person, int]:
    """Who asked, the volunteer who has it, and the repair."""
    mei, lao = person(tx, "Mei"), volunteer(tx, "Lao", at_once=2)
    number = ask(tx, mei)
    jobs.take(tx, COMMUNITY, lao, number)
    return mei, lao, number


def stands(tx: Transaction, number: int, state: State) -> None:
    store.move(tx, known(tx, number), state)


Deed = Callable[[Transaction, Person, int], object]
DEEDS: dict[str, Deed] = {
    "assign": lambda tx, actor, number: repair_desk.assign(tx, COMMUNITY, actor, number, actor.id),
    "take away": lambda tx, actor, number: repair_desk.take_away(tx, COMMUNITY, actor, number),
    "reopen": lambda tx, actor, number: repair_desk.reopen(tx, COMMUNITY, actor, number),
    "ask to turn": lambda tx, actor, number: repair_desk.ask_to_turn(tx, COMMUNITY, actor, number),
    "turn": lambda tx, actor, number: repair_desk.turn(tx, COMMUNITY, actor, number),
    "look": lambda tx, actor, number: repair_desk.who_and_where(tx, actor, number),
}


@pytest.mark.parametrize("deed", DEEDS)
@in_transaction
def test_nobody_runs_repairs_but_staff(tx: Transaction, deed: str) -> None:
    mei, lao, number = taken(tx)
    before = (known(tx, number), len(happened(tx)))
    for who in (mei, lao, person(tx, "Rong", Role.REPRESENTATIVE, Role.PLEDGER)):
        with pytest.raises(NotAllowed):
            DEEDS[deed](tx, who, number)
        with pytest.raises(NotAllowed):
            repair_desk.may_be_given(tx, COMMUNITY, who, known(tx, number))
        with pytest.raises(NotAllowed):
            repair_desk.open_ones(tx, who, 10, 0)
    with pytest.raises(NotFound):
        DEEDS[deed](tx, staff(tx), 999)
    assert (known(tx, number), len(happened(tx))) == before


@in_transaction
def test_it_is_given_to_a_volunteer_who_was_never_asked(tx: Transaction) -> None:
    mei, wei, far = person(tx, "Mei"), staff(tx), volunteer(tx, "Far", areas=("south",), trades=("locks",))
    near = volunteer(tx, "Near")
    number = ask(tx, mei)
    assert asked(tx, number) == {near.id}
    repair_desk.assign(tx, COMMUNITY, wei, number, far.id)
    last_events(tx, RepairTaken(actor=wei.id, repair=number, volunteer=far.id, missed=(near.id,)))
    repair = known(tx, number)
    assert (repair.state, repair.taker) == (State.TAKEN, far.id) and asked(tx, number) == set()
    for who in (near, far):
        with pytest.raises(TooLate):
            repair_desk.assign(tx, COMMUNITY, wei, number, who.id)


@in_transaction
def test_it_is_given_to_nobody_who_is_no_volunteer_now(tx: Transaction) -> None:
    mei, wei = person(tx, "Mei"), staff(tx)
    number = ask(tx, mei)
    asking, without_role = volunteer(tx, "Asking"), volunteer(tx, "Without the role")
    volunteers.set_state(tx, asking.id, volunteers.ASKED)
    people.revoke(tx, without_role.id, Role.VOLUNTEER)
    role_alone = person(tx, "Role alone", Role.VOLUNTEER)
    for who in (asking, without_role, role_alone, mei, wei):
        with pytest.raises(NotFound):
            repair_desk.assign(tx, COMMUNITY, wei, number, who.id)
    assert known(tx, number).taker is None


@in_transaction
def test_nobody_is_given_what_they_asked_for_themselves(tx: Transaction) -> None:
    lao, wei = volunteer(tx, "Lao"), staff(tx)
    number = ask(tx, lao)
    assert repair_desk.may_be_given(tx, COMMUNITY, wei, known(tx, number)) == []
    with pytest.raises(NotFound):
        repair_desk.assign(tx, COMMUNITY, wei, number, lao.id)
    assert known(tx, number).taker is None


@in_transaction
def test_taken_away_it_is_offered_to_others_and_not_to_who_had_it(tx: Transaction) -> None:
    _, lao, number = taken(tx)
    other, wei = volunteer(tx, "Other"), staff(tx)
    repair_desk.take_away(tx, COMMUNITY, wei, number)
    assert RepairReleased.KIND in happened(tx) and known(tx, number).taker is None
    assert known(tx, number).code is None and asked(tx, number) == {other.id}
    (row,) = tx.query("SELECT actor, data FROM events WHERE kind = ?", (RepairReleased.KIND,))
    assert row["actor"] == wei.id and '"reason": "staff"' in row["data"] and f'"volunteer": {lao.id}' in row["data"]
    with pytest.raises(WrongState):
        repair_desk.take_away(tx, COMMUNITY, wei, number)


@pytest.mark.parametrize("state", State)
@in_transaction
def test_it_is_opened_again_from_where_it_is_over_and_everybody_is_asked(tx: Transaction, state: State) -> None:
    _, lao, number = taken(tx)
    stands(tx, number, state)
    wei, before = staff(tx), known(tx, number)
    if state not in repair_desk.CAN_BE_OPENED:
        with pytest.raises(WrongState):
            repair_desk.reopen(tx, COMMUNITY, wei, number)
        assert known(tx, number) == before
        return
    repair_desk.reopen(tx, COMMUNITY, wei, number)
    repair = known(tx, number)
    assert (repair.state, repair.taker, repair.round, repair.closed_at) == (State.LOOKING, None, before.round + 1, None)
    assert asked(tx, number) == {lao.id}
    (row,) = tx.query("SELECT actor, data FROM events WHERE kind = ?", (RepairReopened.KIND,))
    assert row["actor"] == wei.id and f'"volunteer": {lao.id}' in row["data"]


# -- it becomes a report


@in_transaction
def test_who_asked_is_asked_first_and_says_yes(tx: Transaction) -> None:
    mei, lao, number = taken(tx)
    wei = staff(tx)
    repairs.reword(tx, mei, store.parts(tx, number, "request")[0], "The pipe in the wall bursts")
    assert repair_desk.ask_to_turn(tx, COMMUNITY, wei, number) is None
    last_events(tx, RepairTurnAsked(actor=wei.id, repair=number))
    with pytest.raises(AlreadyDone):
        repair_desk.ask_to_turn(tx, COMMUNITY, wei, number)
    assert known(tx, number).state is State.TAKEN
    with pytest.raises(NotFound):
        repair_desk.agree_to_turn(tx, COMMUNITY, lao, number)
    made = repair_desk.agree_to_turn(tx, COMMUNITY, mei, number)
    last_events(tx, RepairTurned(actor=mei.id, repair=number, report=made, volunteer=lao.id, asked=(), agreed="chat"))
    repair = known(tx, number)
    assert (repair.state, repair.report, repair.closed_at) == (State.TURNED, made, tx.now)
    assert (report(tx, made).person, report(tx, made).area) == (mei.id, "b3-2")
    assert texts(tx, made, "report") == ["The pipe in the wall bursts"] and ADDRESS not in str(report(tx, made))
    assert scheduled_tasks.waiting(tx, f"repair:{number}", jobs.KIND) == []
    with pytest.raises(WrongState):
        repair_desk.agree_to_turn(tx, COMMUNITY, mei, number)


@in_transaction
def test_they_say_no_and_can_be_asked_once_more(tx: Transaction) -> None:
    mei, _, number = taken(tx)
    wei = staff(tx)
    with pytest.raises(NotFound):
        repair_desk.refuse_to_turn(tx, mei, number)  # nobody has asked
    repair_desk.ask_to_turn(tx, COMMUNITY, wei, number)
    with pytest.raises(NotFound):
        repair_desk.refuse_to_turn(tx, wei, number)
    repair_desk.refuse_to_turn(tx, mei, number)
    last_events(tx, RepairTurnRefused(actor=mei.id, repair=number))
    for deed in (
        lambda: repair_desk.agree_to_turn(tx, COMMUNITY, mei, number),
        lambda: repair_desk.turn(tx, COMMUNITY, wei, number),
        lambda: repair_desk.refuse_to_turn(tx, mei, 999),
    ):
        with pytest.raises(NotFound):
            deed()
    assert known(tx, number).report is None
    repair_desk.ask_to_turn(tx, COMMUNITY, wei, number)


@in_transaction
def test_staff_note_a_yes_by_telephone_only_when_they_have_asked(tx: Transaction) -> None:
    mei, wei, near = person(tx, "Mei"), staff(tx), volunteer(tx, "Near")
    number = ask(tx, mei, danger="gas")
    with pytest.raises(NotFound):
        repair_desk.turn(tx, COMMUNITY, wei, number)
    repair_desk.ask_to_turn(tx, COMMUNITY, wei, number)
    made = repair_desk.turn(tx, COMMUNITY, wei, number)
    last_events(
        tx, RepairTurned(actor=wei.id, repair=number, report=made, volunteer=None, asked=(near.id,), agreed="phone")
    )
    assert report(tx, made).danger == "gas" and report(tx, made).person == mei.id
    found = offers.of(tx, number, near.id)
    assert found is not None and found.state == offers.CLOSED


@in_transaction
def test_staff_who_asked_for_it_themselves_have_said_yes(tx: Transaction) -> None:
    wei = staff(tx)
    number = ask(tx, wei)
    made = repair_desk.ask_to_turn(tx, COMMUNITY, wei, number)
    assert made is not None
    last_events(tx, RepairTurned(actor=wei.id, repair=number, report=made, volunteer=None, asked=(), agreed="self"))


@pytest.mark.parametrize("state", [each for each in State if each not in FREE | HELD | {State.DONE}])
@in_transaction
def test_what_is_over_becomes_no_report(tx: Transaction, state: State) -> None:
    mei, _, number = taken(tx)
    wei = staff(tx)
    repair_desk.ask_to_turn(tx, COMMUNITY, wei, number)
    stands(tx, number, state)
    for deed in (
        lambda: repair_desk.ask_to_turn(tx, COMMUNITY, wei, number),
        lambda: repair_desk.agree_to_turn(tx, COMMUNITY, mei, number),
        lambda: repair_desk.turn(tx, COMMUNITY, wei, number),
    ):
        with pytest.raises(WrongState):
            deed()
    assert tx.query("SELECT 1 FROM reports") == []


@in_transaction
def test_photos_go_along_into_the_report(tx: Transaction) -> None:
    wei = staff(tx)
    number = ask(tx, wei)
    repairs.add(tx, wei, number, [NewPart("photo", "Here", "file", "unique")])
    made = repair_desk.ask_to_turn(tx, COMMUNITY, wei, number)
    assert made is not None
    rows = tx.query(
        "SELECT kind, text, file_id, file_unique_id FROM report_parts WHERE report = ? ORDER BY id", (made,)
    )
    assert [tuple(row) for row in rows] == [("text", "The tap drips", None, None), ("photo", "Here", "file", "unique")]


# -- looking


@in_transaction
def test_that_staff_looked_at_the_address_is_kept(tx: Transaction) -> None:
    _, _, number = taken(tx)
    wei = staff(tx)
    assert repair_desk.who_and_where(tx, wei, number).address == ADDRESS
    last_events(tx, RepairShown(actor=wei.id, repair=number))


@in_transaction
def test_the_nearest_and_least_loaded_come_first_on_call_or_not(tx: Transaction) -> None:
    wei = staff(tx)
    south, busy, near, off, locks = (
        volunteer(tx, name, **offer)
        for name, offer in (
            ("South", {"areas": ("south",)}),
            ("Busy", {"areas": ("b3",), "at_once": 5}),
            ("Near", {"areas": ("b3",)}),
            ("Off", {"areas": ("north",)}),
            ("Locks", {"trades": ("locks",)}),
        )
    )
    volunteers.set_duty(tx, off.id, False)
    jobs.take(tx, COMMUNITY, busy, ask(tx, person(tx, "Bo")))
    number = ask(tx, person(tx, "Mei"))
    found = [each.person for each in repair_desk.may_be_given(tx, COMMUNITY, wei, known(tx, number))]
    assert found == [near.id, busy.id, off.id, south.id] and locks.id not in found


@in_transaction
def test_what_became_of_the_offers_is_counted(tx: Transaction) -> None:
    no, gave_up, _silent = (volunteer(tx, name) for name in ("No", "Gave up", "Silent"))
    number = ask(tx, person(tx, "Mei"))
    jobs.decline(tx, no, number)
    jobs.take(tx, COMMUNITY, gave_up, number)
    jobs.give_back(tx, COMMUNITY, gave_up, number)
    assert repair_desk.tally(tx, known(tx, number)) == {"asked": 3, "said_no": 2, "silent": 1}


@in_transaction
def test_open_ones_come_with_danger_first_then_the_oldest(tx: Transaction) -> None:
    wei = staff(tx)
    first, second, dangerous, over = (ask(tx, person(tx, "Mei"), danger=danger) for danger in (None, None, "gas", None))
    stands(tx, over, State.CONFIRMED)
    assert [each.id for each in repair_desk.open_ones(tx, wei, 10, 0)] == [dangerous, first, second]
    assert [each.id for each in repair_desk.open_ones(tx, wei, 1, 1)] == [first]


@in_transaction
def test_who_cannot_be_written_to_cannot_be_asked(tx: Transaction) -> None:
    mei, _, number = taken(tx)
    assert repair_desk.can_be_asked(tx, known(tx, number))
    chat = chats.private_with(tx, mei.id)
    assert chat is not None
    chats.set_unreachable(tx, chat.id, "blocked")
    assert not repair_desk.can_be_asked(tx, known(tx, number))
    assert not repair_desk.can_be_asked(tx, known(tx, ask(tx, person(tx, "Old Chen", started=False))))
