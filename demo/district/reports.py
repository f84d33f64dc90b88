"""What the district reported, and what its staff did about it.

A report waits some days, as chance has it, and is handled before the year is over; some of December's are left for the
new year, and are handled in January, as are all of January's.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from demo.district.cast import Cast, month
from demo.replay import Replay
from domain.reports.reports import State
from services.reports import (
    answering,
    deciding,
    declining,
    handing_on,
    merging,
    pressing,
    recording,
    submitting,
    working,
)
from services.reports.recording import NOTED
from services.reports.submitting import NewReport
from storage.people.people import Person
from storage.projects import projects
from storage.reports import reports

WAYS = (("resolve", 84), ("decline", 4), ("hand_on", 6), ("merge", 6))
REPLIES = (("yes", 58), ("no", 5), ("", 37))
"""What residents say to "Is it fixed?", by how often."""
RECORDED, REPRESENTATIVE = 0.14, 0.1
"""How many are written down at the counter, and sent by representatives."""


@dataclass
class Plan:
    """One report as it is going to be."""

    sent: datetime
    handled: datetime
    category: str
    area: str
    way: str
    reply: str
    pressing: bool = False
    number: int = 0


def plan(past: Replay, cast: Cast, data: dict[str, Any], random: Random) -> None:
    """Plan all of them."""
    year_ends, kept_until = (cast.on(last, 20 * 60) for last in (month("2023-12")[-1], month("2024-01")[-1]))
    planned = [
        _one(cast, data, random, name, year_ends if name < "2024" else kept_until)
        for name, count in data["reports"].items()
        for _ in range(count)
    ]
    _leave_some(cast, planned, data, random, year_ends)
    _choose_pressing(planned, data, random, year_ends)
    story = _Story(past, cast, data, random)
    for each in sorted(planned, key=lambda one: one.sent):
        story.plan(each)


def _one(cast: Cast, data: dict[str, Any], random: Random, name: str, by: datetime) -> Plan:
    category = random.choice(list(data["said"]))
    sent = cast.on(random.choice(month(name)), random.randint(7 * 60, 19 * 60))
    wait = timedelta(hours=2 + min(24 * 20, random.lognormvariate(3.2, 1.0)))
    handled = sent + wait if sent + wait < by else sent + (by - sent) * random.uniform(0.3, 0.95)
    return Plan(sent, handled, category, random.choice(data["places"]), _drawn(random, WAYS), _drawn(random, REPLIES))


def _leave_some(cast: Cast, planned: list[Plan], data: dict[str, Any], random: Random, year_ends: datetime) -> None:
    """Some of the last weeks are still open when the year ends."""
    late = [each for each in planned if year_ends - timedelta(days=20) < each.sent < year_ends]
    for each in random.sample(late, data["left_for_the_new_year"]):
        each.handled = cast.on(random.choice(month("2024-01")[2:26]), random.randint(9 * 60, 17 * 60))


def _choose_pressing(planned: list[Plan], data: dict[str, Any], random: Random, year_ends: datetime) -> None:
    """Staff mark some; they are fixed in the year, and a few are not."""
    of_year = [each for each in planned if each.handled < year_ends and each.category != "ideas"]
    solved = [each for each in of_year if each.way == "resolve" and each.reply != "no"]
    others = [each for each in of_year if each.way == "decline" and each.category == "noise"]
    for each in random.sample(solved, data["pressing"]["solved"]) + random.sample(
        others, data["pressing"]["not_solved"]
    ):
        each.pressing = True


def _drawn(random: Random, ways: tuple[tuple[str, int], ...]) -> str:
    return random.choices([name for name, _ in ways], [weight for _, weight in ways])[0]


class _Story:
    """Lives through one after the other."""

    def __init__(self, past: Replay, cast: Cast, data: dict[str, Any], random: Random) -> None:
        self._past, self._cast, self._data, self._random = past, cast, data, random
        self._tx, self._community = past.tx, past.setup.community
        self._senders: dict[int, Person] = {}
        self._open: dict[tuple[str, str], list[int]] = {}

    def plan(self, one: Plan) -> None:
        self._past.at(one.sent, lambda: self._sent(one))

    def _sent(self, one: Plan) -> None:
        cast, random, tx = self._cast, self._random, self._tx
        new = NewReport(
            cast.parts(random.choice(cast.words_of(self._data["said"][one.category]))), one.category, one.area
        )
        chance = random.random()
        if chance < RECORDED:
            staff, name = random.choice(cast.staff), random.choice(cast.names)
            one.number = recording.record(tx, self._community, staff, name, None, new, random.choice(NOTED))
        else:
            chosen = cast.representatives if chance < RECORDED + REPRESENTATIVE else cast.residents
            who = random.choice(chosen)
            one.number = submitting.submit(tx, self._community, who, new)
            self._senders[one.number] = who
        self._open.setdefault((one.category, one.area), []).append(one.number)
        soon = min(one.sent + timedelta(hours=random.uniform(0.3, 5)), one.handled - timedelta(minutes=5))
        self._past.at(soon, lambda: self._taken(one))
        self._past.at(one.handled, lambda: self._handled(one))

    def _taken(self, one: Plan) -> None:
        staff = self._random.choice(self._cast.staff)
        working.take(self._tx, self._community, staff, one.number)
        if one.pressing:
            pressing.mark(self._tx, staff, one.number, True)
        if one.handled - one.sent > timedelta(days=1):
            answering.answer(self._tx, staff, one.number, self._cast.parts(self._cast.words(self._data["answered"])))

    def _handled(self, one: Plan) -> None:
        tx, community, staff = self._tx, self._community, self._random.choice(self._cast.staff)
        self._open[one.category, one.area].remove(one.number)
        project = reports.existing(tx, one.number).project
        if project is not None and projects.existing(tx, project).stage.is_open:
            return  # it is fixed with the project that it is in
        into = self._alike(one)
        if one.way == "merge" and into is not None:
            merging.merge(tx, community, staff, one.number, into)
        elif one.way == "decline":
            declining.decline(tx, community, staff, one.number, "not-now")
        elif one.way == "hand_on":
            handing_on.hand_on(tx, community, staff, one.number, self._random.choice(("water", "grid", "city")))
            self._past.at(tx.now + timedelta(days=self._random.randint(3, 12)), lambda: self._fixed(one))
        else:
            self._fixed(one)

    def _alike(self, one: Plan) -> int | None:
        """Another open one of the same kind and place, into which it can be merged."""
        if not merging.mergeable(reports.existing(self._tx, one.number)):
            return None
        others = (reports.existing(self._tx, number) for number in self._open[one.category, one.area])
        return next((each.id for each in others if each.state.is_open and merging.mergeable(each)), None)

    def _fixed(self, one: Plan) -> None:
        if reports.existing(self._tx, one.number).state is State.RESOLVED:
            return  # by somebody else meanwhile
        said = self._cast.parts(self._random.choice(self._cast.words_of(self._data["done"])))
        working.resolve(self._tx, self._community, self._random.choice(self._cast.staff), one.number, said)
        if one.reply and one.number in self._senders:
            later = self._tx.now + timedelta(hours=self._random.uniform(1, 60))
            self._past.at(later, lambda: self._said(one))

    def _said(self, one: Plan) -> None:
        who, fixed = self._senders[one.number], one.reply == "yes"
        round_ = reports.existing(self._tx, one.number).rounds
        deciding.decide(self._tx, self._community, who, one.number, round_, fixed=fixed)
        if fixed:
            deciding.judge(self._tx, who, one.number, round_, content=self._random.random() < 0.9)
        else:
            one.reply = "yes"  # the second time it is
            self._past.at(self._tx.now + timedelta(days=self._random.uniform(0.5, 3)), lambda: self._fixed(one))
