"""Taking a repair: the first tap wins, a claim that stands still is released, only the resident closes."""

from datetime import timedelta

import pytest

from domain.core.state_machine import WrongState
from domain.people.rights import NotAllowed
from domain.repairs.repairs import State, Urgency
from services.core.errors import AlreadyDone, NotFound
from services.repairs import jobs, repair_verdicts, repairs
from services.repairs.jobs import TooLate
from storage.core.database import Database, Transaction
from storage.people import homes
from storage.repairs import offers
from storage.volunteers import volunteers as store
from tests.services.repairing import ADDRESS, COMMUNITY, ask, asked, known, passes, volunteer
from tests.support import Clock, happened, person


async def test_of_fifty_who_tap_one_wins(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        everybody = [volunteer(tx, f"Volunteer {number}") for number in range(50)]
        number = ask(tx, person(tx, "Mei"))
        for who in everybody:
            offers.put(tx, number, who.id, 0, 0)
        won, late = [], 0
        for who in reversed(everybody):
            try:
                jobs.take(tx, COMMUNITY, who, number)
            except TooLate:
                late += 1
            else:
                won.append(who.id)
        assert won == [everybody[-1].id] and late == 49
        repair = known(tx, number)
        assert repair.taker == won[0] and repair.code is not None and len(repair.code) == 4
        states = [offer.state for offer in offers.of_repair(tx, number)]
        assert states.count(offers.TAKEN) == 1 and states.count(offers.MISSED) == 49
        with pytest.raises(AlreadyDone):
            jobs.take(tx, COMMUNITY, everybody[-1], number)

    await database.run(scenario)


async def test_only_those_who_were_asked(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        mei, lao, far = person(tx, "Mei"), volunteer(tx, "Lao"), volunteer(tx, "Far", trades=("locks",))
        number = ask(tx, mei)
        with pytest.raises(NotFound):
            jobs.take(tx, COMMUNITY, far, number)
        with pytest.raises(NotAllowed):
            jobs.take(tx, COMMUNITY, mei, number)
        with pytest.raises(NotFound):
            jobs.take(tx, COMMUNITY, lao, 99)
        with pytest.raises(NotFound):
            jobs.set_out(tx, COMMUNITY, far, number)
        repairs.withdraw(tx, mei, number)
        with pytest.raises(TooLate):
            jobs.take(tx, COMMUNITY, lao, number)
        assert known(tx, number).taker is None

    await database.run(scenario)


async def test_cannot_after_all_and_others_are_asked_at_once(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        lao, other = volunteer(tx, "Lao"), volunteer(tx, "Other")
        number = ask(tx, person(tx, "Mei"))
        jobs.take(tx, COMMUNITY, lao, number)
        first_code = known(tx, number).code
        jobs.give_back(tx, COMMUNITY, lao, number)
        assert asked(tx, number) == {other.id}, "who was too slow is asked again, who gave it back is not"
        repair = known(tx, number)
        assert (repair.taker, repair.code, repair.state) == (None, None, State.LOOKING)
        with pytest.raises(NotFound):
            jobs.take(tx, COMMUNITY, lao, number)
        jobs.take(tx, COMMUNITY, other, number)
        assert first_code is not None and known(tx, number).taker == other.id
        volunteer_of_before = store.of(tx, lao.id)
        assert volunteer_of_before is not None and volunteer_of_before.jobs == 0

    await database.run(scenario)


async def test_a_job_more_than_one_wants_is_not_offered(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        lao = volunteer(tx, "Lao", at_once=1)
        jobs.take(tx, COMMUNITY, lao, ask(tx, person(tx, "Mei")))
        assert asked(tx, ask(tx, person(tx, "Bo"))) == set()

    await database.run(scenario)


async def test_a_claim_without_movement_is_nudged_then_released(database: Database, clock: Clock) -> None:
    def scenario(tx: Transaction) -> None:
        lao = volunteer(tx, "Lao")
        number = ask(tx, person(tx, "Mei"), Urgency.NOW)
        jobs.take(tx, COMMUNITY, lao, number)
        passes(tx, clock, minutes=19)
        assert "repair.nudged" not in happened(tx)
        passes(tx, clock, minutes=2)
        assert happened(tx)[-1] == "repair.nudged" and known(tx, number).taker == lao.id
        passes(tx, clock, minutes=20)
        assert known(tx, number).taker is None
        assert asked(tx, number) == set(), "not offered to who let it lie"

    await database.run(scenario)


async def test_a_sign_of_life_holds_the_nudge_off(database: Database, clock: Clock) -> None:
    def scenario(tx: Transaction) -> None:
        lao = volunteer(tx, "Lao")
        number = ask(tx, person(tx, "Mei"), Urgency.NOW)
        jobs.take(tx, COMMUNITY, lao, number)
        jobs.say_when(tx, COMMUNITY, lao, number, clock.now() + timedelta(hours=1), whole_day=False)
        passes(tx, clock, minutes=79)
        assert "repair.nudged" not in happened(tx)
        jobs.set_out(tx, COMMUNITY, lao, number)
        passes(tx, clock, minutes=41)
        assert happened(tx)[-2:] == ["repair.nudged", "repair.silent"]
        assert known(tx, number).taker == lao.id, "who has set out may be mending: it is not taken from them"

    await database.run(scenario)


async def test_not_done_opens_it_again_and_whoever_had_it_is_asked_too(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        mei, lao = person(tx, "Mei"), volunteer(tx, "Lao")
        number = ask(tx, mei)
        jobs.take(tx, COMMUNITY, lao, number)
        jobs.finish(tx, COMMUNITY, lao, number)
        repair_verdicts.reopen(tx, COMMUNITY, mei, number)
        repair = known(tx, number)
        assert (repair.state, repair.round, repair.taker) == (State.LOOKING, 1, None)
        assert asked(tx, number) == {lao.id}
        with pytest.raises(WrongState):
            repair_verdicts.reopen(tx, COMMUNITY, mei, number)

    await database.run(scenario)


async def test_nobody_came_counts_only_while_somebody_has_it(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        mei, lao = person(tx, "Mei"), volunteer(tx, "Lao")
        number = ask(tx, mei)
        with pytest.raises(WrongState):
            repairs.nobody_came(tx, COMMUNITY, mei, number)
        jobs.take(tx, COMMUNITY, lao, number)
        repairs.nobody_came(tx, COMMUNITY, mei, number)
        assert known(tx, number).taker is None

    await database.run(scenario)


async def test_thanks_count_once(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        mei, lao = person(tx, "Mei"), volunteer(tx, "Lao")
        number = ask(tx, mei)
        jobs.take(tx, COMMUNITY, lao, number)
        with pytest.raises(AlreadyDone):
            repair_verdicts.thank(tx, COMMUNITY, mei, number)
        jobs.finish(tx, COMMUNITY, lao, number)
        with pytest.raises(NotFound):
            repair_verdicts.thank(tx, COMMUNITY, lao, number)
        repair_verdicts.thank(tx, COMMUNITY, mei, number)
        with pytest.raises(AlreadyDone):
            repair_verdicts.thank(tx, COMMUNITY, mei, number)
        assert happened(tx)[-2:] == ["repair.confirmed", "repair.thanked"]

    await database.run(scenario)


async def test_nobody_says_whether_it_is_done(database: Database, clock: Clock) -> None:
    def scenario(tx: Transaction) -> None:
        mei, lao = person(tx, "Mei"), volunteer(tx, "Lao")
        number = ask(tx, mei)
        jobs.take(tx, COMMUNITY, lao, number)
        jobs.finish(tx, COMMUNITY, lao, number)
        passes(tx, clock, days=3, minutes=1)
        assert happened(tx)[-1] == "repair.asked_again"
        passes(tx, clock, days=4, minutes=1)
        assert known(tx, number).state is State.UNANSWERED
        repair_verdicts.confirm(tx, COMMUNITY, mei, number)
        assert known(tx, number).state is State.CONFIRMED, "a late yes counts"

    await database.run(scenario)


async def test_moving_house_in_the_middle(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        mei = person(tx, "Mei")
        north, south = volunteer(tx, "North", areas=("b3",)), volunteer(tx, "South", areas=("b4",))
        number = ask(tx, mei, remember=True)
        assert asked(tx, number) == {north.id}
        repairs.move_house(tx, COMMUNITY, mei, number, "b4-1", "Flat 1")
        assert south.id in asked(tx, number)
        home = homes.of(tx, mei.id)
        assert home is not None and home.address == "Flat 1"
        jobs.take(tx, COMMUNITY, south, number)
        repairs.move_house(tx, COMMUNITY, mei, number, "b3-1", ADDRESS)
        repair = known(tx, number)
        assert (repair.taker, repair.area, repair.address) == (south.id, "b3-1", ADDRESS)

    await database.run(scenario)


async def test_an_address_is_kept_only_when_allowed(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        mei = person(tx, "Mei")
        ask(tx, mei, remember=True)
        assert homes.of(tx, mei.id) is not None
        ask(tx, mei, remember=False)
        assert homes.of(tx, mei.id) is None

    await database.run(scenario)
