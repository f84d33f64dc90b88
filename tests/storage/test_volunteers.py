"""Who comes next: the index gives the order that the rule has, however many there are."""

from datetime import datetime, timedelta
from random import Random

from domain.repairs import dispatch
from domain.repairs.dispatch import EVERYWHERE
from storage.core.database import Database, Transaction
from storage.volunteers import volunteers
from storage.volunteers.volunteers import Profile
from tests.domain.test_dispatch import CODES, COMMUNITY
from tests.support import Clock, person


def profile(*trades: str, areas: tuple[str, ...] = (EVERYWHERE,), at_once: int = 1) -> Profile:
    return Profile(trades, areas, True, (), at_once, False, None, False)


def approved(tx: Transaction) -> list[int]:
    """Everybody whom staff have said yes to."""
    return [row["person"] for row in tx.query("SELECT person FROM volunteers WHERE state = 'approved'")]


async def test_read_from_the_index_it_is_the_order_of_the_rule(database: Database, clock: Clock) -> None:
    random = Random(5)

    def scenario(tx: Transaction) -> None:
        for number in range(150):
            who = person(tx, f"Volunteer {number}")
            areas = tuple(random.sample([*CODES, EVERYWHERE], random.randint(1, 3)))
            volunteers.put(tx, who.id, profile(random.choice(["plumbing", "locks"]), areas=areas), volunteers.ASKED)
            if random.random() < 0.9:
                volunteers.approve(tx, who.id, None)
            if random.random() < 0.5:
                clock.advance(seconds=random.randint(0, 2))
                tx.now = clock.now()
                volunteers.count_jobs(tx, who.id, took_one=True)
            if random.random() < 0.1:
                volunteers.set_duty(tx, who.id, False)
        for area in (*CODES, None):
            for circle in range(dispatch.circles(COMMUNITY, area)):
                found = list(volunteers.in_order(tx, "plumbing", dispatch.reach(COMMUNITY, area, circle)))
                assert [each.rank for each in found] == sorted(each.rank for each in found)
                people = {each.person for each in found}
                reach = dispatch.reach(COMMUNITY, area, circle)
                expected = {
                    number
                    for number in approved(tx)
                    if (known := volunteers.of(tx, number)) is not None
                    and known.on_duty
                    and "plumbing" in known.profile.trades
                    and set(known.profile.areas) & set(reach)
                }
                assert people == expected

    await database.run(scenario)


async def test_only_those_looked_at_cost_anything(database: Database) -> None:
    """A hundred times as many volunteers, and the first few are found by as many steps."""

    def steps(tx: Transaction, count: int) -> int:
        for number in range(count):
            who = person(tx, f"Volunteer {number}")
            volunteers.put(tx, who.id, profile("plumbing", areas=("north",)), volunteers.ASKED)
            volunteers.approve(tx, who.id, None)
        taken = 0

        def count_steps() -> int:
            nonlocal taken
            taken += 1
            return 0

        tx._connection.set_progress_handler(count_steps, 10)
        found = volunteers.in_order(tx, "plumbing", dispatch.reach(COMMUNITY, "b3-2", 0))
        assert [next(found).person for _ in range(3)]
        tx._connection.set_progress_handler(None, 0)
        return taken

    few = await database.run(lambda tx: steps(tx, 30))
    many = await database.run(lambda tx: steps(tx, 3000))
    assert many <= few + 5, (few, many)


async def test_nobody_who_may_be_asked_is_passed_over(database: Database, clock: Clock) -> None:
    """What the index leaves out is never somebody whom the rule would have asked."""
    random = Random(7)
    zone = COMMUNITY.zone

    def scenario(tx: Transaction) -> None:
        for number in range(120):
            who = person(tx, f"Volunteer {number}")
            opens = random.randrange(0, 24 * 60, 20)
            windows = dispatch.windows_of(random.sample(range(7), 3), opens, random.randrange(0, 24 * 60, 20))
            hours = Profile(
                ("plumbing",), ("north",), random.random() < 0.2, windows, 1, random.random() < 0.5, None, False
            )
            volunteers.put(tx, who.id, hours, volunteers.ASKED)
            volunteers.approve(tx, who.id, None)
        reach = dispatch.reach(COMMUNITY, "b3-2", 0)
        for _ in range(200):
            at = clock.now() + timedelta(minutes=random.randrange(0, 7 * 24 * 60))
            night = random.random() < 0.5
            when = volunteers.When(dispatch.hour_of_week(at, zone), night)

            def fits(candidate: dispatch.Candidate, at: datetime = at, night: bool = night) -> bool:
                return dispatch.may_be_asked(candidate, at, zone, night)

            everybody = dispatch.first_of(volunteers.in_order(tx, "plumbing", reach), 99, (), fits)
            looked_at = dispatch.first_of(volunteers.in_order(tx, "plumbing", reach, when), 99, (), fits)
            assert looked_at == everybody

    await database.run(scenario)
