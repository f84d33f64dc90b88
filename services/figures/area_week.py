"""Once a week what became known to everybody about one's own building, for those who ask for it.

It says what staff released for all to read, and nothing else: no count, no report that is not released, and of people
nothing. Nobody gets it who has not asked for it.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.calendar.local_time import local_time
from domain.community import Community
from domain.core.subjects import subject
from domain.public_reports.shown import is_named
from services.core import turns
from services.people import preferences
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.figures import area_week as addresses
from storage.figures.area_week import Addressee
from storage.notices import residences
from storage.people.people import Person
from storage.public_reports import entries
from storage.public_reports.entries import EVERY, Entry, Place

KIND = "area_week"
WANTED = "on"
SHOWN = 10
WEEK = timedelta(days=7)
_APART = timedelta(days=4)


@dataclass(frozen=True)
class ToWrite:
    """Somebody who gets theirs now; `once` is the key by which nobody gets two of a week."""

    person: int
    chat: int
    once: str


@dataclass
class Due:
    """What becomes of a chunk of rows: who is written to, and when each row is due again."""

    to: list[ToWrite] = field(default_factory=list)
    next_due: dict[int, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class OwnWeek:
    """What somebody reads: reports of their area that changed in the week before `until`; `more`: there are others."""

    to: Addressee
    area: str
    entries: Sequence[Entry]
    more: bool


def wanted(tx: Transaction, person: int) -> bool:
    """Whether somebody has asked for it."""
    return addresses.is_wanted(tx, person)


def choose(tx: Transaction, community: Community, actor: Person, on: bool) -> None:
    """Somebody wants it from the next week on, or no longer."""
    preferences.choose(tx, actor, addresses.CODE, WANTED if on else None)
    about = subject("person", actor.id)
    if on:
        scheduled_tasks.plan_once(tx, KIND, about, turns.of_week(tx.now, community), f"{KIND}:{actor.id}")
    else:
        scheduled_tasks.cancel(tx, about, KIND)


def due(tx: Transaction, community: Community, rows: Sequence[sqlite3.Row]) -> Due:
    """The task of a chunk: who gets theirs now. Who may not be disturbed yet gets it afterwards; who wants none any
    more has no row after this."""
    found, by_person = Due(), {int(row["subject"].partition(":")[2]): row["id"] for row in rows}
    following = turns.of_week(tx.now + _APART, community)
    monday = monday_of(tx.now, community)
    for to in addresses.addressees(tx, by_person):
        row = by_person[to.person]
        quiet_hours = to.quiet or community.care.quiet
        # Not at night for those either who have no quiet hours: it may come late, when the program starts again.
        allowed = quiet_hours.over(community.care.quiet.over(tx.now, community.zone), community.zone)
        if allowed > tx.now:
            found.next_due[row] = allowed
            continue
        found.next_due[row] = following
        if to.chat is not None and not to.unreachable and to.area is not None:
            found.to.append(ToWrite(to.person, to.chat, f"{KIND}:{to.person}:{monday}"))
    return found


def read(tx: Transaction, community: Community, person: int, monday: date) -> OwnWeek | None:
    """What somebody reads of the week that ended on the day before `monday`; None where there is nothing to say, or
    they want it no more. Only reads."""
    addressee = next(iter(addresses.addressees(tx, [person])), None)
    area = _named(community, addressee.area) if addressee is not None and addressee.area is not None else None
    if addressee is None or area is None:
        return None
    listed, _ = entries.page(tx, area, EVERY, EVERY, SHOWN + 1, Place(monday.isoformat(), 0))
    since = monday - WEEK
    changed = [each for each in listed if each.changed_on >= since]
    if not changed:
        return None
    return OwnWeek(addressee, area, changed[:SHOWN], len(changed) > SHOWN)


def _named(community: Community, area: str) -> str | None:
    """The area itself, else the smallest around it of which everybody may read that something is there."""
    path = community.path(area)
    named = (each.code for at, each in reversed(list(enumerate(path))) if is_named(each, at_top=at == 0))
    return next(named, None)


def lives_in(tx: Transaction, person: int) -> str | None:
    """The area it would be about, as far as we know."""
    return residences.known(tx, person)


def monday_of(now: datetime, community: Community) -> date:
    """The Monday behind the week that is told of now."""
    today = local_time(now, community.zone).date()
    return today - timedelta(days=today.weekday())
