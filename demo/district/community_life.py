"""Projects of the district and who leads them, its volunteers and what they repaired, and what the hotline counted."""

from datetime import date, timedelta
from random import Random
from typing import Any

from demo.district.cast import Cast, days, month
from demo.replay import Replay
from domain.figures.hotline_table import MonthCount
from domain.projects.projects import Step
from domain.repairs.dispatch import EVERYWHERE
from domain.repairs.repairs import Urgency
from services.figures import hotline
from services.projects import bundling, delivering, making, stages
from services.repairs import jobs, repair_desk, repair_verdicts, repairs
from services.repairs.repairs import Request
from services.volunteers import volunteers
from storage.people.people import Person
from storage.projects import candidates, projects
from storage.volunteers.volunteers import Profile

PROJECTS_FIRST, PROJECTS_LAST = date(2023, 1, 9), date(2023, 11, 8)
REPAIRS_FIRST, REPAIRS_LAST = date(2023, 3, 1), date(2023, 12, 10)
MORNING = 9 * 60 + 30
LAST_DELIVERED = date(2023, 12, 18)
GOES_ON = 6
"""Of so many one is not done yet."""
IN_ONE = 8
"""So many reports are put into a project."""


def plan(past: Replay, cast: Cast, data: dict[str, Any], random: Random) -> None:
    """Plan all of it."""
    _plan_projects(past, cast, data, random)
    _plan_repairs(past, cast, data, random)
    _plan_hotline(past, cast, data)


def _plan_hotline(past: Replay, cast: Cast, data: dict[str, Any]) -> None:
    """What the office counted in a month it says in the next one; of the year before all at once."""
    for name, complaints in data["hotline"].items():
        last = month(name)[-1]
        count = MonthCount(last.replace(day=1), complaints)
        known_on = max(last + timedelta(days=9), date(2023, 1, 9))
        past.at(cast.on(known_on, MORNING), lambda count=count: hotline.enter_on_server(past.tx, [count]))  # type: ignore[misc]


def _plan_projects(past: Replay, cast: Cast, data: dict[str, Any], random: Random) -> None:
    """Everybody who leads has one, and the first some a second one."""
    for number in range(data["projects"]):
        lead = cast.leads[number % len(cast.leads)]
        about = data["projects_about"][number % len(data["projects_about"])]
        area = data["places"][number % len(data["places"])]
        project = _Project(past, cast, data, lead, about, area, random, goes_on=number % GOES_ON == GOES_ON - 1)
        past.at(cast.on(random.choice(days(PROJECTS_FIRST, PROJECTS_LAST)), MORNING), project.is_made)


class _Project:
    """One of them: it listens, weighs, is worked on, and most are done after some months."""

    def __init__(
        self, past: Replay, cast: Cast, data: dict[str, Any], lead: Person, about: dict[str, str], area: str,
        random: Random, goes_on: bool,
    ) -> None:  # fmt: skip
        self._past, self._cast, self._data, self._goes_on = past, cast, data, goes_on
        self._lead, self._about, self._area, self._random = lead, about, area, random
        self._number = 0

    def is_made(self) -> None:
        """There is a project, and everybody may see it."""
        past, cast = self._past, self._cast
        community = past.setup.community
        place = community.place_name(self._area, cast.language) or self._area
        title, staff = f"{cast.words(self._about)} · {place}", self._random.choice(cast.staff)
        goal = cast.words(self._data["goal"])
        made = making.make(past.tx, community, staff, title, goal, [self._lead.id], [self._area], public=True)
        self._number = made.id
        after, steps = (
            0,
            [(self._bundles, 5, 18), (self._weighs, 3, 12), (self._works, 5, 25), (self._delivers, 15, 60)],
        )
        for deed, least, most in steps[1 : self._random.randint(1, 3)] if self._goes_on else steps:
            after += self._random.randint(least, most)
            past.at(min(past.tx.now + timedelta(days=after), cast.on(LAST_DELIVERED, MORNING)), deed)

    def _bundles(self) -> None:
        found = candidates.open_ones(self._past.tx, [], self._about["category"], IN_ONE)
        bundling.add_many(self._past.tx, self._random.choice(self._cast.staff), self._number, found)

    def _weighs(self) -> None:
        stages.move(self._past.tx, self._lead, self._number, Step.DELIBERATE)

    def _works(self) -> None:
        stages.move(self._past.tx, self._lead, self._number, Step.DELIVER)

    def _delivers(self) -> None:
        """It is done by itself once none of its reports is open; where none was, at once."""
        tx = self._past.tx
        try:
            delivering.deliver(tx, self._lead, self._number, self._cast.parts(self._cast.words(self._data["goal"])))
        except delivering.NothingOpen:
            if Step.FINISH in stages.steps(tx, projects.existing(tx, self._number)):
                stages.move(tx, self._lead, self._number, Step.FINISH)


def _plan_repairs(past: Replay, cast: Cast, data: dict[str, Any], random: Random) -> None:
    trades = [each.code for each in past.setup.community.trades]
    helps = {each.id: random.sample(trades, min(2, len(trades))) for each in cast.volunteers}
    for volunteer in cast.volunteers:
        day = random.choice(days(date(2023, 1, 20), date(2023, 2, 20)))
        past.at(cast.on(day, MORNING), lambda who=volunteer: _offers(past, who, helps[who.id]))  # type: ignore[misc]
    for _ in range(data["repairs"]):
        volunteer = random.choice(cast.volunteers)
        repair = _Repair(past, cast, data, volunteer, random.choice(helps[volunteer.id]), random)
        past.at(cast.on(random.choice(days(REPAIRS_FIRST, REPAIRS_LAST)), MORNING), repair.is_asked)


def _offers(past: Replay, who: Person, trades: list[str]) -> None:
    profile = Profile(tuple(trades), (EVERYWHERE,), True, (), 2, False, None, False)
    volunteers.offer(past.tx, past.setup.community, who, profile)


class _Repair:
    """One of them: asked for, given to a volunteer by telephone, done, and mostly confirmed."""

    def __init__(
        self, past: Replay, cast: Cast, data: dict[str, Any], volunteer: Person, trade: str, random: Random
    ) -> None:
        self._past, self._cast, self._data = past, cast, data
        self._volunteer, self._trade, self._random = volunteer, trade, random
        self._resident = random.choice(cast.residents)
        self._number = 0

    def is_asked(self) -> None:
        """Somebody asks for it, and what becomes of it is planned."""
        words, past = self._cast.parts(self._cast.words(self._data["repair"])), self._past
        area = self._random.choice(self._data["places"])
        request = Request(words, self._trade, Urgency.WEEK, area, "502")
        self._number = repairs.ask(past.tx, past.setup.community, self._resident, request)
        taken = past.tx.now + timedelta(hours=self._random.uniform(0.1, 6))
        done = taken + timedelta(hours=self._random.uniform(1, 40))
        past.at(taken, self._is_given)
        past.at(done, self._is_done)
        if self._random.random() < 0.8:
            past.at(done + timedelta(hours=self._random.uniform(0.5, 30)), self._is_confirmed)

    def _is_given(self) -> None:
        staff = self._random.choice(self._cast.staff)
        repair_desk.assign(self._past.tx, self._past.setup.community, staff, self._number, self._volunteer.id)

    def _is_done(self) -> None:
        jobs.finish(self._past.tx, self._past.setup.community, self._volunteer, self._number)

    def _is_confirmed(self) -> None:
        repair_verdicts.confirm(self._past.tx, self._past.setup.community, self._resident, self._number)
