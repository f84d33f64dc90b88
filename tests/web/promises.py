"""Promises for tests of the board, made and kept through the use cases, as the running bot does."""

from datetime import date, datetime, timedelta

from domain.community import Community
from domain.people.rights import Role
from domain.pledges.pledges import Answer, Kind, Plan
from services.pledges import checking_in
from services.pledges import pledges as service
from services.pledges.pledges import Promise
from storage.core.database import Transaction
from storage.people.people import Person
from storage.pledges import occurrences
from storage.reports.reports import NewPart
from tests.support import person

WEEKEND = Plan(Kind.RECURRING, start=datetime(2026, 3, 7, 19), rule="FREQ=WEEKLY;BYDAY=SA,SU", minutes=60)
EVERY_DAY = Plan(Kind.RECURRING, start=datetime(2026, 3, 2, 7), rule="FREQ=DAILY", minutes=30)
COUPLETS = Plan(Kind.QUOTA, start=datetime(2026, 3, 1), until=date(2026, 12, 31), target=80)
ON_CALL = Plan(Kind.ON_CALL)
ONCE = Plan(Kind.ONCE, start=datetime(2026, 3, 1), until=date(2026, 3, 31))
LONG = "I keep the stairwell of building 3 free of boxes and bicycles, look every morning, and carry what is left " * 2


def pledger(tx: Transaction, name: str) -> Person:
    """Somebody who may promise."""
    return person(tx, name, Role.PLEDGER)


def staff(tx: Transaction) -> Person:
    """Somebody who may put it on the board."""
    return person(tx, "Wei", Role.STAFF)


def promise(
    tx: Transaction, community: Community, who: Person, by: Person, words: str, plan: Plan = WEEKEND, *,
    areas: tuple[str, ...] = (), name: bool = False, photos: bool = False,
) -> int:  # fmt: skip
    """One on the board; returns its number."""
    number = service.make(tx, community, who, Promise(words, plan, areas, show_name=name))
    service.approve(tx, community, by, number)
    if photos:
        service.consent(tx, who, number, "photos", given=True)
    return number


def keep(tx: Transaction, who: Person, number: int, said: Answer = Answer.DONE) -> int:
    """Say of the oldest time not answered yet that it was kept, or not; returns the check-in."""
    pledge = service.known(tx, number)
    open_times = checking_in.answerable(tx, pledge)
    return checking_in.answer(tx, who, number, open_times[0].id, said)


def count(tx: Transaction, who: Person, number: int, amount: int) -> int:
    """So many more of a quota, or so often there; returns the check-in."""
    times = occurrences.last_of(tx, number, tx.now, 1)
    return checking_in.count(tx, who, number, times[0].id if times else None, amount)


def say(
    tx: Transaction, who: Person, number: int, words: str | None = None, photo: str | None = None,
    released_by: Person | None = None,
) -> int:  # fmt: skip
    """Words or a photo with what was said last, released by staff if one is named; returns the check-in."""
    last = occurrences.newest_checkin(tx, number)
    part = NewPart("photo" if photo else "text", words, photo, photo and f"unique-{photo}")
    checkin = checking_in.note(tx, who, number, last.occurrence if last else None, part)
    if released_by is not None:
        checking_in.release(tx, released_by, checkin, shown=True)
    return checkin


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)
