"""Finding a volunteer: who is asked first, how the circle widens, nights, and what follows when one drops out."""

from datetime import timedelta

import pytest

from domain.people.rights import Role
from domain.repairs.repairs import State, Urgency
from services.repairs import dispatching, jobs, repairs
from services.repairs.repairs import TooMany
from services.volunteers import volunteers
from storage.core.database import Database, Transaction
from storage.people import people
from tests.services.repairing import COMMUNITY, ask, asked, known, passes, volunteer
from tests.support import Clock, happened, person


async def test_the_nearest_are_asked_first_then_the_circle_widens(database: Database, clock: Clock) -> None:
    def scenario(tx: Transaction) -> None:
        mei = person(tx, "Mei")
        far = [volunteer(tx, f"South {number}", areas=("b4",)).id for number in range(2)]
        near = [volunteer(tx, f"Stairwell {number}", areas=("b3-2",)).id for number in range(2)]
        next_door = volunteer(tx, "Building 1", areas=("b1",)).id
        other_trade = volunteer(tx, "Locksmith", trades=("locks",)).id
        number = ask(tx, mei)
        assert asked(tx, number) == set(near)
        passes(tx, clock, minutes=29)
        assert asked(tx, number) == set(near)
        passes(tx, clock, minutes=2)
        assert asked(tx, number) == {*near, next_door}
        passes(tx, clock, minutes=30)
        assert asked(tx, number) == {*near, next_door, *far}
        assert known(tx, number).state is State.LOOKING
        passes(tx, clock, minutes=30)
        assert known(tx, number).state is State.UNFILLED
        assert other_trade not in asked(tx, number)
        late = volunteer(tx, "Late", areas=("south",)).id
        passes(tx, clock, minutes=31)
        assert late in asked(tx, number), "staff know, and whoever comes later is asked all the same"
        assert happened(tx).count("repair.unfilled") == 1

    await database.run(scenario)


async def test_going_on_and_off_duty_does_not_put_off_that_staff_hear(database: Database, clock: Clock) -> None:
    def scenario(tx: Transaction) -> None:
        near = volunteer(tx, "Stairwell", areas=("b3-2",))
        number = ask(tx, person(tx, "Mei"))
        assert asked(tx, number) == {near.id}
        for _ in range(3):
            assert known(tx, number).state is State.LOOKING
            passes(tx, clock, minutes=11)
            dispatching.soon(tx, number)
            dispatching.soon(tx, number)
            passes(tx, clock, minutes=0)
        assert known(tx, number).state is State.UNFILLED

    await database.run(scenario)


async def test_with_nobody_near_it_is_looked_farther_at_once(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        far = volunteer(tx, "South", areas=("b4",)).id
        assert asked(tx, ask(tx, person(tx, "Mei"))) == {far}

    await database.run(scenario)


async def test_nobody_at_all(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        number = ask(tx, person(tx, "Mei"))
        assert known(tx, number).state is State.UNFILLED
        assert happened(tx) == ["repair.asked", "repair.unfilled"]

    await database.run(scenario)


async def test_at_most_so_many_at_once_and_never_oneself(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        mine = volunteer(tx, "Mei the plumber")
        for number in range(6):
            volunteer(tx, f"Volunteer {number}")
        found = asked(tx, ask(tx, mine))
        assert len(found) == 3 and mine.id not in found

    await database.run(scenario)


@pytest.mark.parametrize("urgency", Urgency)
async def test_at_night_only_what_cannot_wait_and_only_who_chose_it(
    database: Database, clock: Clock, urgency: Urgency
) -> None:
    clock.at = clock.at.replace(hour=18)  # two o'clock at night in Shanghai

    def scenario(tx: Transaction) -> None:
        tx.now = clock.now()
        sleeper, waker = volunteer(tx, "Sleeper").id, volunteer(tx, "Waker", night=True).id
        number = ask(tx, person(tx, "Mei"), urgency)
        if urgency is Urgency.NOW:
            assert asked(tx, number) == {waker}
            passes(tx, clock, hours=2)
            assert asked(tx, number) == {waker}, "at no hour of the night is anybody rung who did not choose it"
            return
        passes(tx, clock, hours=5, minutes=58)
        assert asked(tx, number) == set() and known(tx, number).state is State.LOOKING
        passes(tx, clock, minutes=3)
        assert asked(tx, number) == {sleeper, waker}

    await database.run(scenario)


async def test_whoever_comes_on_duty_is_asked_about_what_is_free(database: Database, clock: Clock) -> None:
    def scenario(tx: Transaction) -> None:
        off = volunteer(tx, "Off")
        volunteers.set_duty(tx, off, False)
        number = ask(tx, person(tx, "Mei"))
        assert known(tx, number).state is State.UNFILLED
        volunteers.set_duty(tx, off, True)
        passes(tx, clock, seconds=1)
        assert asked(tx, number) == {off.id}

    await database.run(scenario)


async def test_who_goes_off_duty_is_asked_no_longer_and_keeps_what_they_took(database: Database, clock: Clock) -> None:
    def scenario(tx: Transaction) -> None:
        one, other = volunteer(tx, "One", at_once=2), None
        taken, open_one = ask(tx, person(tx, "Mei")), None
        jobs.take(tx, COMMUNITY, one, taken)
        open_one = ask(tx, person(tx, "Bo"))
        assert asked(tx, open_one) == {one.id}
        other = volunteer(tx, "Other")
        volunteers.set_duty(tx, one, True, until=clock.now() + timedelta(days=1))
        passes(tx, clock, seconds=1)
        assert asked(tx, open_one) == {other.id}
        assert known(tx, taken).taker == one.id
        passes(tx, clock, days=2)
        assert known(tx, taken).taker is None, "but a claim that stands still is given to others"

    await database.run(scenario)


@pytest.mark.parametrize("reason", ["left", "unreachable"])
async def test_who_leaves_or_blocks_in_the_middle(database: Database, clock: Clock, reason: str) -> None:
    def scenario(tx: Transaction) -> None:
        lao, other = volunteer(tx, "Lao", areas=("b3",)), volunteer(tx, "Other")
        number = ask(tx, person(tx, "Mei"))
        jobs.take(tx, COMMUNITY, lao, number)
        people.revoke(tx, lao.id, Role.VOLUNTEER)
        volunteers.lost(tx, COMMUNITY, lao.id, reason)
        assert known(tx, number).taker is None and asked(tx, number) == {other.id}
        assert happened(tx).count("repair.released") == 1

    await database.run(scenario)


async def test_ten_times_the_same_resident(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        mei = person(tx, "Mei")
        numbers = [ask(tx, mei) for _ in range(3)]
        for _ in range(7):
            with pytest.raises(TooMany) as refused:
                ask(tx, mei)
            assert sorted(refused.value.numbers) == numbers
        repairs.withdraw(tx, mei, numbers[0])
        ask(tx, mei)

    await database.run(scenario)


async def test_who_is_asked_already_is_asked_less(database: Database) -> None:
    """Thirty repairs are spread over thirty volunteers, not asked of the same three."""

    def scenario(tx: Transaction) -> None:
        everybody = {volunteer(tx, f"Volunteer {number}").id for number in range(30)}
        counts = dict.fromkeys(everybody, 0)
        for number in range(30):
            for who in asked(tx, ask(tx, person(tx, f"Resident {number}"))):
                counts[who] += 1
        assert set(counts.values()) == {3}

    await database.run(scenario)
