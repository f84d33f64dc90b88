"""Volunteers: what they can mend, where and when; and who comes next for a repair, by an index."""

import heapq
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from domain.calendar.hours import Window
from domain.core.stored import Stored
from domain.operations.taken_away import Taken
from domain.repairs import dispatch
from domain.repairs.coverage import Offer
from domain.repairs.dispatch import Candidate, Duty
from domain.repairs.repairs import HELD
from storage.core import dialect, taken_away
from storage.core.database import Transaction
from storage.core.instants import from_text_or_none, to_text


class VolunteerState(Stored, StrEnum, kept_in="volunteers.state"):
    """Where somebody who offered to help stands."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    LEFT = "left"


ASKED, APPROVED, DECLINED, LEFT = VolunteerState
PART = 56  # hours of the week in one column: more bits than fit would make it negative
FETCHED = 25  # rows at a time of one area: seldom are more than a few not on call


@dataclass(frozen=True)
class Profile:
    """What somebody offers, as they said it."""

    trades: tuple[str, ...]
    areas: tuple[str, ...]
    always: bool
    windows: tuple[Window, ...]
    at_once: int
    night: bool
    phone: str | None
    listed: bool


@dataclass(frozen=True)
class Volunteer:
    """A volunteer with what they offer. `state` is asked, approved, declined or left."""

    person: int
    state: str
    profile: Profile
    on_duty: bool
    paused_until: datetime | None
    jobs: int
    approved_at: datetime | None

    @property
    def duty(self) -> Duty:
        """When they can be asked."""
        profile = self.profile
        return Duty(self.on_duty, profile.always, profile.windows, self.paused_until, profile.night)


def of(tx: Transaction, person: int) -> Volunteer | None:
    """The volunteer that a person is or wanted to be, or None."""
    row = tx.one("SELECT * FROM volunteers WHERE person = ?", (person,))
    if row is None:
        return None
    order = f"WHERE person = ? ORDER BY {dialect.AS_WRITTEN}"
    trades = tx.query(f"SELECT trade FROM volunteer_trades {order}", (person,))
    areas = tx.query(f"SELECT area FROM volunteer_areas {order}", (person,))
    profile = Profile(
        trades=tuple(each["trade"] for each in trades),
        areas=tuple(each["area"] for each in areas),
        always=bool(row["always"]),
        windows=windows_in(row["windows"]),
        at_once=row["at_once"],
        night=bool(row["night"]),
        phone=row["phone"],
        listed=bool(row["listed"]),
    )
    paused, approved = from_text_or_none(row["paused_until"]), from_text_or_none(row["approved_at"])
    return Volunteer(person, row["state"], profile, bool(row["on_duty"]), paused, row["jobs"], approved)


def waiting(tx: Transaction, limit: int) -> list[int]:
    """Who has offered help and waits for staff, by our number."""
    rows = tx.query("SELECT person FROM volunteers WHERE state = 'asked' ORDER BY person LIMIT ?", (limit,))
    return [int(row["person"]) for row in rows]


def is_approved(tx: Transaction, person: int) -> bool:
    """Whether staff said yes to them, or they had the role when they offered their help."""
    return tx.one("SELECT 1 FROM volunteers WHERE person = ? AND state = 'approved'", (person,)) is not None


def put(tx: Transaction, person: int, profile: Profile, state: str) -> None:
    """Keep what somebody offers, in place of what they offered before."""
    known = of(tx, person)
    if known is not None and known.profile.listed and not profile.listed:
        taken_away.note_of(tx, Taken.UNLISTED, person)
    tx.execute(
        "INSERT INTO volunteers (person, state, always, windows, at_once, night, phone, listed, asked_at) "
        "VALUES (:person, :state, :always, :windows, :at_once, :night, :phone, :listed, :now) "
        "ON CONFLICT (person) DO UPDATE SET state = :state, always = :always, windows = :windows, at_once = :at_once, "
        "night = :night, phone = :phone, listed = :listed",
        {
            "person": person, "state": state, "always": int(profile.always), "windows": _windows_text(profile.windows),
            "at_once": profile.at_once, "night": int(profile.night), "phone": profile.phone,
            "listed": int(profile.listed), "now": to_text(tx.now),
        },
    )  # fmt: skip
    for table, column, codes in (("trades", "trade", profile.trades), ("areas", "area", profile.areas)):
        tx.execute(f"DELETE FROM volunteer_{table} WHERE person = ?", (person,))
        for code in dict.fromkeys(codes):
            tx.execute(f"INSERT INTO volunteer_{table} (person, {column}) VALUES (?, ?)", (person, code))
    _reach_anew(tx, person)


def approve(tx: Transaction, person: int, by: int | None) -> None:
    """They are one of the volunteers from now on, and on duty."""
    tx.execute(
        "UPDATE volunteers SET state = 'approved', approved_at = coalesce(approved_at, ?), approved_by = ?, "
        "on_duty = 1, paused_until = NULL WHERE person = ?",
        (to_text(tx.now), by, person),
    )
    _reach_anew(tx, person)


def set_state(tx: Transaction, person: int, state: str) -> None:
    """What became of their wish to be one."""
    tx.execute("UPDATE volunteers SET state = ? WHERE person = ?", (state, person))
    _reach_anew(tx, person)


def set_duty(tx: Transaction, person: int, on: bool, paused_until: datetime | None = None) -> None:
    """Switch on call on or off, or pause it."""
    tx.execute(
        "UPDATE volunteers SET on_duty = ?, paused_until = ? WHERE person = ?",
        (int(on), paused_until and to_text(paused_until), person),
    )
    _reach_anew(tx, person)


def set_listed(tx: Transaction, person: int, listed: bool) -> None:
    """Whether they stand in /neighbours."""
    tx.execute("UPDATE volunteers SET listed = ? WHERE person = ?", (int(listed), person))
    if not listed:
        taken_away.note_of(tx, Taken.UNLISTED, person)


def count_jobs(tx: Transaction, person: int, *, took_one: bool = False) -> None:
    """Note how many jobs they hold and offers they have open; with `took_one`, that they took their newest job now."""
    held = ", ".join(f"'{state.value}'" for state in sorted(HELD))
    tx.execute(
        f"UPDATE volunteers SET jobs = (SELECT count(*) FROM repairs WHERE taker = :person AND state IN ({held})), "
        f"load = (SELECT count(*) FROM repairs WHERE taker = :person AND state IN ({held})) "
        "+ (SELECT count(*) FROM repair_offers WHERE person = :person AND state = 'open'), "
        "last_job_at = CASE WHEN :took THEN :now ELSE last_job_at END WHERE person = :person",
        {"person": person, "took": took_one, "now": to_text(tx.now)},
    )
    _reach_anew(tx, person)


def _reach_anew(tx: Transaction, person: int) -> None:
    tx.execute("DELETE FROM volunteer_reach WHERE person = ?", (person,))
    row = tx.one("SELECT always, windows FROM volunteers WHERE person = ?", (person,))
    if row is None:
        return
    hours = dispatch.hours_touched(bool(row["always"]), windows_in(row["windows"]))
    parts = [hours >> (PART * number) & ((1 << PART) - 1) for number in range(3)]
    tx.execute(
        "INSERT INTO volunteer_reach (trade, area, load, last_job, person, free, night, hours0, hours1, hours2) "
        "SELECT trade, area, load, coalesce(last_job_at, ''), volunteers.person, jobs < at_once, night, ?, ?, ? "
        "FROM volunteers JOIN volunteer_trades USING (person) JOIN volunteer_areas USING (person) "
        "WHERE person = ? AND state = 'approved' AND on_duty",
        (*parts, person),
    )


@dataclass(frozen=True)
class When:
    """Whom to pass over without looking: who is surely not on call in this hour of the week, or asleep."""

    hour: int
    night: bool


def in_order(tx: Transaction, trade: str, reach: Mapping[str, int], when: When | None = None) -> Iterator[Candidate]:
    """Everybody on duty with the trade within reach (area → distance), the one to be asked first first.

    Read lazily from an index, area by area: what costs is who is looked at, not who there is. With `when`, whoever is
    surely not to be asked then, or has no job free, is left out.
    """
    distances: dict[int, list[str]] = {}
    for area in _areas_with(tx, trade):
        if area in reach:
            distances.setdefault(reach[area], []).append(area)
    for distance in sorted(distances):
        found = [_of_area(tx, trade, area, distance, when) for area in distances[distance]]
        yield from heapq.merge(*found, key=lambda candidate: candidate.rank)


def _areas_with(tx: Transaction, trade: str) -> list[str]:
    """The areas that anybody on duty with the trade chose; one step of the index for each."""
    rows = tx.query(
        "WITH RECURSIVE each(area) AS (SELECT min(area) FROM volunteer_reach WHERE trade = :trade UNION ALL "
        "SELECT (SELECT min(area) FROM volunteer_reach WHERE trade = :trade AND area > each.area) FROM each "
        "WHERE each.area IS NOT NULL) SELECT area FROM each WHERE area IS NOT NULL",
        {"trade": trade},
    )
    return [str(row["area"]) for row in rows]


def _of_area(tx: Transaction, trade: str, area: str, distance: int, when: When | None) -> Iterator[Candidate]:
    passed_over = ""
    if when is not None:
        part, bit = divmod(when.hour, PART)
        passed_over = f"AND free AND (reach.hours{part} >> {bit}) & 1 " + ("AND reach.night " if when.night else "")
    load, last_job, person = -1, "", 0
    while True:
        rows = tx.query(
            "SELECT reach.load, reach.last_job, reach.person, jobs, at_once, always, windows, paused_until, "
            "volunteers.night FROM volunteer_reach reach JOIN volunteers ON volunteers.person = reach.person "
            "WHERE reach.trade = ? AND reach.area = ? AND (reach.load, reach.last_job, reach.person) > (?, ?, ?) "
            f"{passed_over}ORDER BY reach.load, reach.last_job, reach.person LIMIT ?",
            (trade, area, load, last_job, person, FETCHED),
        )
        for row in rows:
            yield _candidate(row, distance)
        if len(rows) < FETCHED:
            return
        load, last_job, person = rows[-1]["load"], rows[-1]["last_job"], rows[-1]["person"]


def _candidate(row: sqlite3.Row, distance: int) -> Candidate:
    until = from_text_or_none(row["paused_until"])
    duty = Duty(True, bool(row["always"]), windows_in(row["windows"]), until, bool(row["night"]))
    return Candidate(row["person"], distance, row["load"], row["jobs"], row["at_once"], row["last_job"], duty)


@lru_cache(maxsize=4096)
def windows_in(text: str) -> tuple[Window, ...]:
    """Weekly windows as the database keeps them."""
    return tuple(Window(*each) for each in json.loads(text))


def _windows_text(windows: Iterable[Window]) -> str:
    return json.dumps([[each.weekday, each.opens, each.closes] for each in windows])


def with_trade(tx: Transaction, trade: str, limit: int = 500) -> list[Volunteer]:
    """All volunteers with the trade, on duty or not."""
    rows = tx.query(
        "SELECT person FROM volunteer_trades JOIN volunteers USING (person) WHERE trade = ? AND state = 'approved' "
        "ORDER BY jobs, person LIMIT ?",
        (trade, limit),
    )
    return with_offers(tx, [int(row["person"]) for row in rows])


def with_offers(tx: Transaction, people: Iterable[int]) -> list[Volunteer]:
    """Several volunteers with what they offer."""
    found: list[Any] = [of(tx, person) for person in people]
    return [volunteer for volunteer in found if volunteer is not None]


def covering(tx: Transaction) -> list[Offer]:
    """What is covered by whoever is on duty; volunteers who cover the same are one."""
    rows = tx.query(
        "SELECT DISTINCT trade, area, always, windows, volunteers.night AS night FROM volunteer_reach "
        "JOIN volunteers USING (person)"
    )
    return [
        Offer(row["trade"], row["area"], bool(row["always"]), windows_in(row["windows"]), bool(row["night"]))
        for row in rows
    ]


def any_with_trade(tx: Transaction, trade: str) -> bool:
    """Whether anybody on duty has the trade."""
    return tx.one("SELECT 1 FROM volunteer_reach WHERE trade = ? LIMIT 1", (trade,)) is not None


def listed(tx: Transaction, limit: int, offset: int) -> list[Volunteer]:
    """Those who agreed that neighbours read of them, in the order of their numbers."""
    rows = tx.query(
        "SELECT person FROM volunteers WHERE state = 'approved' AND listed ORDER BY person LIMIT ? OFFSET ?",
        (limit, offset),
    )
    return with_offers(tx, [int(row["person"]) for row in rows])


def introduction(person: int, reader: int) -> str:
    """The occurrence of one neighbour reading of one volunteer; it happens once."""
    return f"introduction:{person}:{reader}"


def who_lives_in(tx: Transaction, areas: Sequence[str], person: int, after: int, limit: int) -> list[int]:
    """Who, as far as we know, lives in these areas and has not read of that volunteer, by number behind `after`.

    Known by an address they let us keep, a repair they asked for, or a report they sent from there.
    """
    there = f"area IN ({', '.join('?' * len(areas))})"
    rows = tx.query(
        f"SELECT person FROM (SELECT person FROM homes WHERE {there} AND person > ? "
        f"UNION SELECT asked_by FROM repairs WHERE {there} AND asked_by > ? "
        f"UNION SELECT person FROM reports WHERE {there} AND person > ?) JOIN people ON people.id = person "
        "WHERE person <> ? AND people.started "
        "AND NOT EXISTS (SELECT 1 FROM outbox WHERE once = 'introduction:' || ? || ':' || person) "
        "ORDER BY person LIMIT ?",
        (*areas, after, *areas, after, *areas, after, person, person, limit),
    )
    return [int(row["person"]) for row in rows]
