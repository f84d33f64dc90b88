"""What one person may do in a day is bounded: offers of help, promises, joining, thanks."""

from collections.abc import Callable

import pytest

from domain.events import PledgeThanked
from domain.people.rights import Role
from services import bounded
from services.bounded import TooOften
from services.reports import joining
from services.reports.submitting import NewReport, submit
from services.volunteers import volunteers
from storage.core.database import Database, Transaction
from storage.people import people
from storage.people.people import Person
from storage.reports.reports import NewPart
from storage.volunteers.volunteers import Profile
from tests.services.repairing import COMMUNITY
from tests.support import Clock, person

HELP = Profile(("plumbing",), ("north",), True, (), 1, False, None, False)


def _as_often_as_may_be(act: Callable[[], object]) -> int:
    for done in range(1000):
        try:
            act()
        except TooOften:
            return done
    raise AssertionError("nothing bounds it")


@pytest.mark.parametrize("role", [None, Role.VOLUNTEER])
async def test_offers_of_help(database: Database, clock: Clock, role: Role | None) -> None:
    """Each is told to staff: by one who waits for their yes, and by a volunteer who changes what is offered."""

    def offers(tx: Transaction) -> tuple[Person, int]:
        lao = person(tx, "Lao")
        if role is not None:
            people.grant(tx, lao.id, role, None)
            lao = people.by_id(tx, lao.id)
        return lao, _as_often_as_may_be(lambda: volunteers.offer(tx, COMMUNITY, lao, HELP))

    lao, done = await database.run(offers)
    # Whoever has the role is on call with the first one, and nobody need look at it.
    assert done == bounded.OFFERS_OF_HELP.most + (role is not None)

    def others(tx: Transaction) -> None:
        volunteers.offer(tx, COMMUNITY, person(tx, "Other"), HELP)  # one person's bound is nobody else's

    await database.run(others)
    clock.advance(days=1, seconds=1)
    await database.run(lambda tx: volunteers.offer(tx, COMMUNITY, lao, HELP))


async def test_joining(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        mei, bo = person(tx, "Mei"), person(tx, "Bo")
        words = [NewPart("text", text="dark")]
        numbers = iter([submit(tx, COMMUNITY, mei, NewReport(words)) for _ in range(bounded.JOINING.most + 1)])
        assert _as_often_as_may_be(lambda: joining.join(tx, bo, next(numbers), words)) == bounded.JOINING.most

    await database.run(scenario)


async def test_of_several_kinds_together_and_of_one_person(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        mei, bo = person(tx, "Mei"), person(tx, "Bo")
        for number in range(bounded.THANKS.most):
            bounded.once_more(tx, mei, bounded.THANKS)
            tx.emit(PledgeThanked(actor=mei.id, pledge=number))
        with pytest.raises(TooOften):
            bounded.once_more(tx, mei, bounded.THANKS)
        bounded.once_more(tx, bo, bounded.THANKS)
        bounded.once_more(tx, mei, bounded.PROMISES)

    await database.run(scenario)
