"""What people of the district promised, written down at the counter; and that they kept it, as their keepers say."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from demo.district.cast import Cast, days
from demo.replay import Replay
from domain.calendar.recurrence import weekly
from domain.pledges.pledges import Answer, Asked, Kind, Plan
from services.pledges import checking_in, pledges
from services.pledges.pledges import Promise
from storage.people.people import Person

FIRST, LAST = date(2023, 2, 1), date(2023, 9, 20)
"""The days on which they are made."""
SATURDAY = 5
EVENING = 20 * 60


def plan(past: Replay, cast: Cast, data: dict[str, Any], random: Random) -> None:
    """Plan all of them: everybody makes one, and the first some a second one."""
    for number in range(data["promises"]):
        maker = number % data["makers"]
        told = data["promised"][number % len(data["promised"])]
        made = random.choice(days(FIRST, LAST))
        keeper = cast.representatives[maker % len(cast.representatives)]
        promise = _Promise(past, cast, told, made, cast.names[maker], keeper, random)
        past.at(cast.on(made, random.randint(9 * 60, 17 * 60)), promise.is_made)


class _Promise:
    """One of them, from the day on which it is made."""

    def __init__(
        self, past: Replay, cast: Cast, told: dict[str, Any], made: date, maker: str, keeper: Person, random: Random
    ) -> None:
        self._past, self._cast, self._told = past, cast, told
        self._made, self._maker, self._keeper, self._random = made, maker, keeper, random
        self._until = made + timedelta(days=random.randint(40, 90))
        self._number = 0

    def is_made(self) -> None:
        """It is on the board from now on, and what becomes of it is planned."""
        tx, community = self._past.tx, self._past.setup.community
        promise = Promise(self._cast.words(self._told), self._plan(), show_name=True, asked=Asked.IN_PERSON)
        staff = self._random.choice(self._cast.staff)
        self._number = pledges.record(tx, community, staff, self._maker, self._keeper.id, promise)
        for day, deed in self._deeds():
            self._past.at(self._cast.on(day, EVENING + self._random.randint(0, 90)), deed)
        self._past.at(self._cast.on(self._until + timedelta(days=4), EVENING), self._ends)

    def _plan(self) -> Plan:
        kind, begins = Kind(self._told["kind"]), datetime.combine(self._made, time(0))
        if kind is Kind.RECURRING:
            return Plan(kind, begins + timedelta(days=1, hours=9), weekly(frozenset({SATURDAY})), 60, until=self._until)
        if kind is Kind.ON_CALL:
            return Plan(kind)
        return Plan(kind, begins, until=self._until, target=self._told.get("target"))

    def _deeds(self) -> list[tuple[date, Callable[[], None]]]:
        """On which days its keeper says what."""
        kind, random = Kind(self._told["kind"]), self._random
        between = days(self._made + timedelta(days=2), self._until - timedelta(days=2))
        if kind is Kind.RECURRING:
            saturdays = [day for day in days(self._made, self._until) if day.weekday() == SATURDAY]
            return [(day, self._did_all) for day in saturdays]
        if kind is Kind.ONCE:
            return [(random.choice(between), self._did_all)]
        if kind is Kind.ON_CALL:
            return [(day, lambda: self._counts(1)) for day in random.sample(between, 3)]
        third = self._told["target"] // 3
        amounts = (third, third, self._told["target"] - 2 * third)
        return [
            (day, lambda amount=amount: self._counts(amount))  # type: ignore[misc]
            for day, amount in zip(sorted(random.sample(between, 3)), amounts, strict=True)
        ]

    def _did_all(self) -> None:
        for time_ in checking_in.answerable(self._past.tx, pledges.known(self._past.tx, self._number)):
            checking_in.answer(self._past.tx, self._keeper, self._number, time_.id, Answer.DONE)

    def _counts(self, amount: int) -> None:
        tx = self._past.tx
        open_times = checking_in.answerable(tx, pledges.known(tx, self._number))
        time_ = open_times[-1].id if open_times else None
        checking_in.count(tx, self._keeper, self._number, time_, amount)

    def _ends(self) -> None:
        pledges.end(self._past.tx, self._keeper, self._number)
