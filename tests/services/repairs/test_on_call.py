"""A promise to be on call is kept by repairs done, and by nothing else of the volunteer's."""

from datetime import datetime

from domain.people.rights import Role
from domain.pledges.pledges import Kind, Plan
from services.pledges import pledges
from services.pledges.pledges import Promise
from services.repairs import jobs, repair_verdicts
from storage.core.database import Database, Transaction
from storage.pledges import occurrences
from tests.services.repairing import COMMUNITY, ask, volunteer
from tests.support import MONDAY, person

ON_CALL = Plan(Kind.ON_CALL, datetime(MONDAY.year, MONDAY.month, MONDAY.day))


async def test_a_confirmed_repair_counts_for_the_promise_that_speaks_of_its_trade(database: Database) -> None:
    def run(tx: Transaction) -> None:
        staff, mei, lao = person(tx, "Wei", Role.STAFF), person(tx, "Mei"), volunteer(tx, "Lao")

        def promised(words: str, publish: bool = True) -> int:
            number = pledges.make(tx, COMMUNITY, lao, Promise(words, ON_CALL))
            if publish:
                pledges.approve(tx, COMMUNITY, staff, number)
            return number

        waiting = promised("A dripping tap, at any hour", publish=False)
        carrying, water = promised("I carry shopping upstairs"), promised("A dripping tap, day and night")

        def counts() -> list[int]:
            return [occurrences.amount_of(tx, number) for number in (waiting, carrying, water)]

        repair = ask(tx, mei)
        jobs.take(tx, COMMUNITY, lao, repair)
        jobs.finish(tx, COMMUNITY, lao, repair)
        assert counts() == [0, 0, 0], "only the resident says that it is done"
        repair_verdicts.thank(tx, COMMUNITY, mei, repair)
        assert counts() == [0, 0, 1]
        # With no word of the trade in any of them it is for the oldest that is published.
        pledges.end(tx, lao, water)
        again = ask(tx, mei)
        jobs.take(tx, COMMUNITY, lao, again)
        jobs.finish(tx, COMMUNITY, lao, again)
        repair_verdicts.confirm(tx, COMMUNITY, mei, again)
        assert counts() == [0, 1, 1]

    await database.run(run)
