"""Kill the bot again and again while files are made and sent, and while figures come by themselves: the week to the
staff group, the month to project leads, news of their building to residents.

While it is down and has done everything, files are ordered, and the clock goes on to the next week or month.
"""

import asyncio
import contextlib
import random
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.community.community_file import EXAMPLE, load_community
from domain.events import ReportSubmitted
from domain.figures.exports import Form, Wanted, What
from domain.people.rights import Role
from domain.reports.part_purposes import PartPurpose
from handlers.kit.update_context import Setup
from sandbox.client import World
from sandbox.testing import running_sandbox
from services.core import turns
from services.figures import area_week, exporting, periodic
from services.projects import making
from services.public_reports import releasing
from storage.core import chats
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.notices import residences
from storage.people import people
from storage.people.people import Person as Known
from storage.reports import reports
from storage.reports.reports import NewPart
from tests.crash import figures_accounts
from tests.crash.accounts import reading
from tests.crash.crowd import Crowd
from tests.crash.down import while_down
from tests.crash.figures_accounts import Awaited, FiguresFigures, word
from tests.crash.run import WORKDAY, CrashTest, Plan
from tests.support import FEATURES

POINTS = (
    "counting.before:1", "counting.after:1", "drawing.after:1", "_finished.before_commit:1", "",
    "_finished.after_commit:1", "send.before:2", "exporting.after:1", "send.after:1", "_chunk.after_commit:1", "",
    "exporting.before:1", "_mark_and_claim.before_commit:2", "send.after:3", "_finished.after_commit:2", "",
    "_mark_and_claim.after_commit:3", "send.before:4", "_finished.before_commit:3", "_chunk.before_commit:1",
    "database.exported.before_commit:1", "database.exported.after_commit:1", "_recover.after_commit:1", "send.after:6",
)  # fmt: skip
LEADS = 2
HOME = "b3"
FIRST_DAY = date(2026, 1, 1)
FIRST_WEEK = 3
"""So many reports come in in the first week; in each week after it one more, by which it is known."""


def plan(
    kills: int, seed: int, folder: Path, sabotage: str = "", say: Callable[[str], None] = lambda _line: None,
    points: tuple[str, ...] = POINTS, residents: int = 6, **more: Any,
) -> Plan:  # fmt: skip
    """Lives long enough for a program that counts and one that draws."""
    return Plan(kills, seed, folder, sabotage, points, residents=residents, **{"longest_life": 6.0, **more}, say=say)


class FiguresCrashTest(CrashTest):
    """One run of it. Plan.residents is how many get news of their building."""

    async def run_figures(self) -> FiguresFigures:
        """All of it."""
        plan = self._plan
        self._data.mkdir(parents=True)
        self._community_here = load_community(EXAMPLE)
        self._setup = Setup(self._community_here, 1, "crash_bot", self._data, FEATURES)
        self._awaited: set[Awaited] = set()
        self._orders, self._week = 0, 0
        async with running_sandbox(seed=plan.seed, check_answers=False, flood_limits=False) as world:
            self._watch(world)
            await world.set_time(WORKDAY)
            self._clock = world.sandbox.world.clock
            crowd = Crowd(world, random.Random(plan.seed + 1))
            await crowd.gather(0, 1)
            self._wei, self._group = crowd.staff[0].id, crowd.staff_chat
            environment = self._environment(world, crowd) | {"COMMUNITY": str(EXAMPLE)}
            await self._rest(environment, world)
            self._residents, self._leads = await _move_in(world, plan.residents), await _move_in(world, LEADS)
            self._made.clear()
            await self._down(self._settle_in)
            trouble = asyncio.create_task(self._trouble(world))
            for number in range(plan.kills):
                await self._time_goes_on(world)
                await self._one(number, environment, world)
            trouble.cancel()
            await world.faults()
            rested = await self._rest(environment, world)
            found = figures_accounts.reckon(self._database, self._awaited, world.sandbox.world.calls, self._sending)
        found.kills = self._killed_at.total()
        found.kills_in_flight = self._in_flight
        found.wrong += self._ended + ([] if rested else ["it never came to rest"])
        found.wrong += [f"left on the disk: {each.name}" for each in (self._data / "media").rglob("export-*/*")]
        found.counted |= {f"killed: {point}": times for point, times in sorted(self._killed_at.items())}
        return found

    async def _down(self, function: Callable[..., Any], *args: Any) -> Any:
        return await while_down(self._database, self._clock.now, function, *args)

    # -- the neighbourhood

    def _settle_in(self, tx: Transaction) -> None:
        """Residents who want news of their building, projects, and who leads them."""
        wei = self._staff(tx)
        people.grant(tx, wei.id, Role.STAFF, None)
        for number in self._residents:
            known = _meet(tx, number)
            residences.say(tx, known.id, HOME)
            area_week.choose(tx, self._community_here, known, True)
        for number in self._leads:
            lead = _meet(tx, number)
            people.grant(tx, lead.id, Role.LEAD, None)
            making.make(tx, self._community_here, wei, f"Project of {number}", "It runs again", [lead.id])
        self._a_week_begins(tx)

    def _a_week_begins(self, tx: Transaction) -> None:
        """More reports than in the week before; everybody can read one of them."""
        self._week += 1
        shown, *_ = [_report(tx, _meet(tx, self._residents[0]), HOME) for _ in range(FIRST_WEEK - 1 + self._week)]
        wei, community = self._staff(tx), self._community_here
        title = releasing.write(tx, community, wei, shown, f"The lamp is out, {word(self._week)}")
        releasing.release(tx, community, wei, shown, title.id)

    def _staff(self, tx: Transaction) -> Known:
        found = people.by_telegram_id(tx, self._wei)
        assert found is not None
        return found

    # -- time

    async def _time_goes_on(self, world: World) -> None:
        """Once everything is done: two files are ordered, and the next week or month has its turn."""
        if not self._left():
            await self._down(self._order)
            now = self._clock.now()
            week, month = turns.of_week(now, self._community_here), turns.of_month(now, self._community_here)
            turn = min(week, month)
            if turn == month:
                name = (_local(month).replace(day=1) - timedelta(days=1)).strftime("%B %Y")
                self._awaited |= {(each, figures_accounts.month(name)) for each in self._leads}
            if turn == week:
                reports_sent = FIRST_WEEK - 1 + self._week
                self._awaited.add((self._group, figures_accounts.week(reports_sent)))
                self._awaited |= {(each, figures_accounts.news(word(self._week))) for each in self._residents}
            await world.set_time((turn + timedelta(minutes=1)).isoformat())
            if turn == week:
                await self._down(self._a_week_begins)

    def _order(self, tx: Transaction) -> None:
        wei = self._staff(tx)
        chat = chats.private_with(tx, wei.id)
        assert chat is not None
        first = FIRST_DAY + timedelta(days=self._orders)
        self._orders += 1
        for wanted in (
            Wanted(What.REPORTS, Form.CSV, first, first + timedelta(days=400), personal=True),
            Wanted(What.REPAIRS, Form.XLSX, first, first + timedelta(days=400)),
        ):
            exporting.order(tx, wei, chat.id, wanted, "en")
            self._awaited.add((self._wei, f"{wanted.name}.{wanted.form}"))

    def _left(self) -> int:
        """What is being counted, made, or due by now, too."""
        with contextlib.suppress(sqlite3.OperationalError), reading(self._database) as db:  # there may be none yet
            kinds = (periodic.COUNT, periodic.LEAD, exporting.KIND)
            tasks = db.execute(
                "SELECT count(*) FROM scheduled_tasks WHERE kind IN (?, ?, ?) OR next_due <= ?",
                (*kinds, to_text(self._clock.now())),
            ).fetchone()[0]
            return super()._left() + int(tasks)
        return 1


async def _move_in(world: World, count: int) -> list[int]:
    """So many people, whose Start nobody answers."""
    made = await world.post("scene", people=[{"first_name": f"Resident{n}", "start": True} for n in range(count)])
    world.sandbox.world.bot(None).queue.forget_all()
    return list(made["people"].values())


def _meet(tx: Transaction, number: int) -> Known:
    """That person, who has pressed Start."""
    known = people.meet(tx, number, f"Resident {number}", None, "en")
    people.set_started(tx, known.id)
    chats.meet(tx, number, "private", None, False)
    return people.by_id(tx, known.id)


def _report(tx: Transaction, who: Known, area: str) -> int:
    """A report that figures count; nobody is told of it."""
    now = to_text(tx.now)
    number = tx.insert(
        "INSERT INTO reports (person, state, category, area, created_at, changed_at) "
        "VALUES (?, 'new', 'lighting', ?, ?, ?)",
        (who.id, area, now, now),
    )
    reports.add_parts(tx, number, who.id, PartPurpose.REPORT, [NewPart("text", text="It is dark")])
    tx.emit(ReportSubmitted(actor=who.id, report=number, category="lighting", area=area))
    return number


def _local(at: datetime) -> date:
    return at.astimezone(ZoneInfo("Asia/Shanghai")).date()
