"""What is written down of replies to reminders, and what is asked instead."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from domain.calendar.recurrence import EVERY_DAY
from domain.people.rights import Role
from domain.pledges.pledges import Kind, Outcome, Plan
from handlers.kit.update_context import Setup
from services.pledges import pledges, replying
from services.pledges.checking_in import NotYet
from services.pledges.pledges import Promise
from services.pledges.replying import Unclear
from storage.core.database import Database, Transaction
from storage.people.people import Person
from storage.pledges import occurrences
from storage.reports.reports import NewPart
from tests.support import Clock, person

DAILY = Plan(Kind.RECURRING, datetime(2026, 2, 2, 19), EVERY_DAY, 60)
QUOTA = Plan(Kind.QUOTA, datetime(2026, 3, 1), target=80, until=date(2026, 12, 31), unit="pairs")
ONCE = Plan(Kind.ONCE, datetime(2026, 3, 1), until=date(2026, 12, 31))
ON_CALL = Plan(Kind.ON_CALL)
Try = Callable[[Plan, str, int, Callable[[Transaction, Person, int], None]], Awaitable[None]]


@pytest.fixture
def promised(database: Database, setup: Setup, clock: Clock, notices: None) -> Try:
    """Publish a promise, let so many days go by, and run what is to be tried with its maker and its number."""

    async def prepare(plan: Plan, words: str, days: int, run: Callable[[Transaction, Person, int], None]) -> None:
        def make(tx: Transaction) -> tuple[Person, int]:
            maker, staff = person(tx, "Bo", Role.PLEDGER), person(tx, "Wei", Role.STAFF)
            number = pledges.make(tx, setup.community, maker, Promise(words, plan))
            pledges.approve(tx, setup.community, staff, number)
            return maker, number

        maker, number = await database.run(make)
        clock.advance(days=days)
        await database.run(lambda tx: run(tx, maker, number))

    return prepare


def say(tx: Transaction, maker: Person, number: int, words: str) -> None:
    replying.reply(tx, maker, number, [NewPart("text", text=words)])


def outcomes(tx: Transaction, number: int) -> list[Outcome]:
    return [each.outcome for each in reversed(occurrences.last_of(tx, number, tx.now, 20))]


@pytest.mark.parametrize(("words", "outcome"), [
    ("Swept it, all clean", Outcome.KEPT), ("没扫", Outcome.NOT_KEPT), ("I only did half of it", Outcome.PARTLY),
    ("I have the flu, next week again", Outcome.EXCUSED),
])  # fmt: skip
async def test_what_became_of_the_one_time_that_is_open(promised: Try, words: str, outcome: Outcome) -> None:
    def run(tx: Transaction, maker: Person, number: int) -> None:
        say(tx, maker, number, words)
        assert outcomes(tx, number) == [outcome]

    await promised(DAILY, "I sweep the stairs 扫楼梯", 1, run)


@pytest.mark.parametrize("words", ["没扫", "only half of it", "I have the flu, next week again"])
async def test_of_several_open_times_only_a_yes_is_taken(promised: Try, words: str) -> None:
    def run(tx: Transaction, maker: Person, number: int) -> None:
        with pytest.raises(Unclear):
            say(tx, maker, number, words)
        say(tx, maker, number, "Swept")
        assert outcomes(tx, number) == [Outcome.OPEN, Outcome.OPEN, Outcome.KEPT]

    await promised(DAILY, "I sweep the stairs 扫楼梯", 3, run)


async def test_before_its_day_is_over_a_promise_of_once_can_only_be_kept(promised: Try) -> None:
    def run(tx: Transaction, maker: Person, number: int) -> None:
        for words in ("not painted", "one side is painted, the other is not", "next week, I have the flu"):
            with pytest.raises(Unclear):
                say(tx, maker, number, words)
        say(tx, maker, number, "painted it")
        assert outcomes(tx, number) == [Outcome.KEPT]

    await promised(ONCE, "I paint the gate", 3, run)


async def test_a_number_in_all_counts_what_is_new_of_it(promised: Try) -> None:
    def run(tx: Transaction, maker: Person, number: int) -> None:
        for words, done in (
            ("12", 12),
            ("30 in all", 30),
            ("another 5", 35),
            ("还差三副", 77),
        ):
            say(tx, maker, number, words)
            [time] = occurrences.last_of(tx, number, tx.now, 1)
            assert time.done == done
        with pytest.raises(Unclear):
            say(tx, maker, number, "20 in all")  # fewer than are counted
        say(tx, maker, number, "all 80 pairs done")
        [time] = occurrences.last_of(tx, number, tx.now, 1)
        assert (time.done, time.outcome) == (80, Outcome.KEPT)

    await promised(QUOTA, "I write 80 pairs of couplets 春联80副", 1, run)


@pytest.mark.parametrize(("words", "perhaps", "asks"), [
    ("half", 40, False), ("Done", 80, False), ("十来副", None, False), ("about 30", None, False),
    ("who pays the paper?", None, True),
])  # fmt: skip
async def test_what_a_number_may_be_is_asked(promised: Try, words: str, perhaps: int | None, asks: bool) -> None:
    def run(tx: Transaction, maker: Person, number: int) -> None:
        with pytest.raises(Unclear) as refused:
            say(tx, maker, number, words)
        assert (refused.value.perhaps, refused.value.asks) == (perhaps, asks)
        assert occurrences.last_of(tx, number, tx.now, 1)[0].done == 0

    await promised(QUOTA, "I write 80 pairs of couplets", 1, run)


async def test_on_call_part_of_it_is_asked_and_not_this_time_counts_nothing(promised: Try) -> None:
    def run(tx: Transaction, maker: Person, number: int) -> None:
        with pytest.raises(Unclear):
            say(tx, maker, number, "only half of it")
        say(tx, maker, number, "I was away, from Monday again")
        assert occurrences.amount_of(tx, number) == 0
        say(tx, maker, number, "fixed a sink")
        assert occurrences.amount_of(tx, number) == 1

    await promised(ON_CALL, "I fix taps and sinks", 1, run)


async def test_that_one_cannot_is_asked_of_the_next_time_beforehand(promised: Try) -> None:
    later = replace(DAILY, start=datetime(2026, 3, 4, 19))

    def run(tx: Transaction, maker: Person, number: int) -> None:
        with pytest.raises(Unclear) as refused:
            say(tx, maker, number, "I have the flu, next week again")
        time = occurrences.by_id(tx, refused.value.time or 0)
        assert time is not None and time.starts_at > tx.now
        with pytest.raises(Unclear) as asked:
            say(tx, maker, number, "Which stairs do you mean?")
        assert asked.value.asks
        with pytest.raises(NotYet):
            say(tx, maker, number, "Swept")

    await promised(later, "I sweep the stairs", 0, run)
