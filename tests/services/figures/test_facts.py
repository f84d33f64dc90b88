"""Facts of closed days: figures through them are those of the events alone, however far the facts go."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing as closed_at_end
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from bot.background.close_days import close
from domain.calendar.hours import Holiday
from domain.community import Community
from domain.figures.periods import Length, Period, containing
from domain.figures.report_history import READ
from services.figures import closing, from_facts, over_time, report_figures
from services.figures.report_figures import Asked, By, ReportFigures
from storage.core import facts_file
from storage.core.database import Database, Transaction
from storage.core.instants import to_text
from storage.core.reading import read_beside
from tests.services.figures.random_neighbourhood import Neighbourhood
from tests.services.figures.test_report_figures import some_periods
from tests.support import ROOT, Clock

Figures = list[ReportFigures | None]
FACTS = "collected", "happened"
CODES = "category", "area", "department", "channel", "handled_by", "outcome"
"""Numbered in the order in which they are met."""


class Estate:
    """A neighbourhood in which anything happens, counted by facts and by events."""

    def __init__(self, database: Database, clock: Clock, community: Community, seed: int) -> None:
        self.database, self.clock, self.community, self.seed = database, clock, community, seed
        self.random = Random(seed)
        self._there: Neighbourhood | None = None

    async def lives(self, steps: int) -> None:
        """So much happens."""

        def live(tx: Transaction) -> datetime:
            if self._there is None:
                self._there = Neighbourhood(tx, self.community, self.seed)
            self._there.tx = tx
            self._there.lives(steps)
            return tx.now

        self.clock.at = await self.database.run(live)

    @property
    def today(self) -> date:
        return self.clock.at.astimezone(self.community.zone).date()

    def closes(self, days_ago: int = 0, goes_on: Callable[[], bool] = lambda: True) -> None:
        """All days up to some days ago become facts."""
        until = closing.over(self.clock.at - timedelta(days=days_ago), self.community.zone)
        close(self.database.path, self.community.hours, until, goes_on)

    def periods(self, count: int) -> list[Asked]:
        """Of the past, and such as go on."""
        going_on = [
            Asked(containing(self.today, self.random.choice(tuple(Length))), self.random.choice(tuple(By)))
            for _ in range(count // 5)
        ]
        return [*some_periods(self.random, self.today, count - len(going_on)), *going_on]

    async def by_events(self, asked: Sequence[Asked]) -> Figures:
        """As the record of events says."""
        return await self.database.read(lambda tx: self._count(tx, asked))

    def by_facts(self, asked: Sequence[Asked]) -> Figures:
        """As facts say, where there are such."""
        return read_beside(self.database.path, self.clock.now, lambda tx: self._count(tx, asked))

    def has_facts(self) -> bool:
        """Whether figures go by facts."""
        return read_beside(
            self.database.path, self.clock.now, lambda tx: from_facts.closed(tx, self.community.hours) is not None
        )

    def all_facts(self) -> list[tuple[Any, ...]]:
        """Every row of them, with its codes."""
        with closed_at_end(sqlite3.connect(facts_file.beside(self.database.path))) as connection:
            names = dict(connection.execute("SELECT id, name FROM names"))
            connection.row_factory = sqlite3.Row
            rows = [dict(row) for table in FACTS for row in connection.execute(f"SELECT * FROM {table}")]
        coded = [tuple(names.get(row[name]) if name in CODES else row[name] for name in row) for row in rows]
        return sorted(coded, key=repr)

    def _count(self, tx: Transaction, asked: Sequence[Asked]) -> Figures:
        return [report_figures.of_reports(tx, self.community, each, tx.now) for each in asked]


@pytest.mark.parametrize("seed", range(4))
async def test_figures_by_facts_are_those_by_events(
    database: Database, clock: Clock, community: Community, seed: int
) -> None:
    """1,000 periods: while facts are behind by days, after more has happened, and once they go up to yesterday."""
    there = Estate(database, clock, community, seed)
    await there.lives(150)
    there.closes(days_ago=there.random.randint(1, 40))
    assert there.has_facts()
    past = some_periods(there.random, there.today, 40)
    before = there.by_facts(past)
    for steps in (0, 60, 60):
        await there.lives(steps)
        for _ in range(2):
            asked = there.periods(42)
            assert there.by_facts(asked) == await there.by_events(asked)
            there.closes(days_ago=there.random.choice((0, 0, 3)))
    assert there.by_facts(past) == before, "a period that is over changed"
    assert any(each is not None and each.total.first_answer.cases for each in before), "something was counted"


async def test_facts_made_night_by_night_are_those_made_at_once(
    database: Database, clock: Clock, community: Community
) -> None:
    there = Estate(database, clock, community, 7)
    for _ in range(8):
        await there.lives(25)
        there.closes()
    found = there.all_facts()
    facts_file.remove(database.path)
    there.closes()
    assert there.all_facts() == found and len(found) > 100


async def test_parts_of_a_period_by_facts_are_those_by_events(
    database: Database, clock: Clock, community: Community
) -> None:
    there = Estate(database, clock, community, 2)
    await there.lives(150)
    there.closes(days_ago=2)
    asked = there.periods(40)

    def parts(tx: Transaction) -> list[list[over_time.Part]]:
        return [over_time.in_parts(tx, community, each, tx.now) for each in asked]

    assert read_beside(database.path, clock.now, parts) == await database.read(parts)


async def test_facts_name_nobody(database: Database, clock: Clock, community: Community) -> None:
    """So erasing everybody changes no figure: neither of what is over nor of what is counted anew."""
    there = Estate(database, clock, community, 8)
    await there.lives(150)
    there.closes()
    asked = [each for each in there.periods(60) if each.by is not By.LEAD]
    before, facts = there.by_facts(asked), there.all_facts()
    await database.run(_erase_everybody)
    assert there.has_facts() and there.by_facts(asked) == before
    facts_file.remove(database.path)
    there.closes()
    assert there.all_facts() == facts


def _erase_everybody(tx: Transaction) -> None:
    tx.execute("UPDATE people SET name = '?', username = NULL, telegram_id = -id")
    tx.execute("UPDATE events SET actor = NULL WHERE kind <> 'report.handling_judged'")


KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from bot.background import close_days
from services.figures import closing
from storage.figures import closed_days
written, after = closed_days.write, int(sys.argv[4])
closing.AT_ONCE = 2
def write(*given):
    global after
    written(*given)
    after -= 1
    if after == 0:
        os.kill(os.getpid(), signal.SIGKILL)
closed_days.write = write
close_days.close(Path(sys.argv[1]), closing.from_text(sys.argv[2]), datetime.fromisoformat(sys.argv[3]))
"""


def _killed(order: Sequence[str]) -> int:
    return subprocess.run([sys.executable, "-c", KILLED, *order], cwd=ROOT, check=False).returncode


async def test_killed_at_any_point_it_goes_on(database: Database, clock: Clock, community: Community) -> None:
    there = Estate(database, clock, community, 9)
    await there.lives(120)
    asked = there.periods(30)
    for after in (1, 3, 5):
        until = closing.over(there.clock.at, community.zone).isoformat()
        order = (str(database.path), closing.as_text(community.hours), until, str(after))
        assert await asyncio.to_thread(_killed, order) == -9
        assert there.by_facts(asked) == await there.by_events(asked)
    there.closes()
    found = there.all_facts()
    facts_file.remove(database.path)
    there.closes()
    assert there.all_facts() == found
    await there.lives(40)
    chunks = iter((True, False))
    there.closes(goes_on=lambda: next(chunks))
    assert there.by_facts(asked) == await there.by_events(asked)


async def test_the_bot_writes_while_days_are_closed(database: Database, clock: Clock, community: Community) -> None:
    """The program that closes days holds no lock on the database."""
    there = Estate(database, clock, community, 3)
    await there.lives(30)
    with facts_file.opened_to_write(database.path, clock.now) as write:
        days = closing.Closing(community.hours, closing.over(clock.at, community.zone))

        def some(tx: Transaction) -> bool:
            more = days.some(tx)
            with closed_at_end(sqlite3.connect(database.path, timeout=0)) as other:
                other.execute("INSERT INTO settings (key, value) VALUES ('x', 'y')")
            return more

        while write(some):
            pass
    assert there.has_facts()


async def test_facts_that_belong_to_something_else_are_not_used(
    database: Database, clock: Clock, community: Community
) -> None:
    there = Estate(database, clock, community, 4)
    await there.lives(80)
    there.closes()
    asked = there.periods(20)
    # Other working hours: times in working time are others.
    holiday = Holiday(there.today - timedelta(days=60), there.today)
    there.community = replace(community, hours=replace(community.hours, holidays=(holiday,)))
    assert not there.has_facts() and there.by_facts(asked) == await there.by_events(asked)
    there.closes()
    assert there.has_facts() and there.by_facts(asked) == await there.by_events(asked)
    # A restored database: the newest events are others of the same numbers.
    await database.run(_another_newest_event)
    assert not there.has_facts()
    there.closes()
    assert there.has_facts() and there.by_facts(asked) == await there.by_events(asked)
    # A damaged file is made anew.
    path = facts_file.beside(database.path)
    facts_file.remove(database.path)
    path.write_bytes(b"no database" * 1000)
    assert not there.has_facts() and there.by_facts(asked) == await there.by_events(asked)
    there.closes()
    assert there.has_facts() and there.by_facts(asked) == await there.by_events(asked)


def _another_newest_event(tx: Transaction) -> None:
    tx.execute("UPDATE events SET kind = 'report.noted' WHERE id = (SELECT max(id) FROM events)")


async def test_a_clock_that_was_set_back(database: Database, clock: Clock, community: Community) -> None:
    """What was recorded for a day that was closed already counts on that day, facts or not."""
    there = Estate(database, clock, community, 5)
    await there.lives(80)
    there.closes()
    clock.advance(days=-9)
    await there.lives(40)
    asked = there.periods(40)
    assert there.by_facts(asked) == await there.by_events(asked)
    clock.advance(days=30)
    there.closes()
    asked = there.periods(40)
    assert there.by_facts(asked) == await there.by_events(asked)


async def test_days_that_are_not_over_are_not_closed(database: Database, clock: Clock, community: Community) -> None:
    there = Estate(database, clock, community, 6)
    await there.lives(20)
    there.closes()
    so_far = read_beside(database.path, clock.now, lambda tx: from_facts.closed(tx, community.hours))
    assert so_far is not None and so_far.until <= clock.at
    assert so_far.until.astimezone(community.zone).date() == there.today
    assert Period(there.today, there.today + timedelta(days=1)).span(community.zone, clock.at).begins == so_far.until


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_is_recorded_facts_say_the_same(
    database: Database, clock: Clock, community: Community, seed: int
) -> None:
    """Also what no service would record, and in any order."""
    there = Estate(database, clock, community, seed)
    clock.advance(days=50)
    await database.run(_anything, there.random, 60)
    await database.run(_anything, there.random, 60)  # of the same reports, recorded later and for earlier days
    there.closes(days_ago=10)
    for _ in range(2):
        asked = there.periods(60)
        for found, expected in zip(there.by_facts(asked), await there.by_events(asked), strict=True):
            assert found == expected
        there.closes()


def _anything(tx: Transaction, random: Random, reports: int) -> None:
    events = []
    for number in range(1, reports + 1):
        at = tx.now - timedelta(days=random.uniform(0, 90))
        for kind in (*(["report.submitted"] if random.random() < 0.9 else []), *random.choices(READ, k=6)):
            data = {
                "round": random.randint(1, 2), "content": random.random() < 0.5, "opened": random.random() < 0.5,
                "reached": random.random() < 0.5, "category": random.choice((None, "lifts", "lighting")),
                "area": random.choice((None, "b1", "b1-1")), "department": random.choice((None, "works")),
                "project": random.randint(1, 2), "closed": random.random() < 0.5, "again": random.random() < 0.5,
                "asked": random.random() < 0.5, "channel": random.choice((None, "chat", "recorded", "gone")),
                "due_at": to_text(at + timedelta(days=random.choice((-1, 3)))), "follows": random.choice((None, 3)),
                "on": random.random() < 0.5, "behind": random.choice((None, 3, 12)),
            }  # fmt: skip
            events.append((to_text(at), f"report:{number}", kind, json.dumps(data)))
            at += timedelta(hours=random.choice((0, 0, 1, 30)))
    # One report's stay in the order they were made in; others come in between.
    events.sort(key=lambda each: each[0])
    tx.many("INSERT INTO events (at, subject, kind, data) VALUES (?, ?, ?, ?)", events)
