"""When somebody may be disturbed: their own quiet hours, else the community's. In their quiet hours

- what answers them comes as always: they are awake;
- what others cause (an answer of staff, "Is it fixed?") comes without a sound; delivery sees to it, for every message;
- what only reminds waits until the hours are over (`allowed_from`).

Danger (the urgent lane) rings at any hour.
"""

from datetime import datetime

from domain.calendar.quiet import QuietHours
from domain.community import Community
from services.people import preferences
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.people.preferences import QUIET


def hours_of(person: Person, community: Community) -> QuietHours:
    """The hours in which that person is not to be disturbed."""
    return person.quiet or community.care.quiet


def allowed_from(now: datetime, community: Community, person: Person | None = None) -> datetime:
    """The next instant from `now` on at which that person may be disturbed; without one, people in general."""
    quiet = community.care.quiet if person is None else hours_of(person, community)
    return quiet.over(now, community.zone)


def hushed(tx: Transaction, community: Community, telegram_id: int, answers: int | None) -> bool:
    """Whether a message to that person, sent now, is to make no sound. `answers`: the person whom it answers."""
    person = people.by_telegram_id(tx, telegram_id)
    return person is not None and person.id != answers and allowed_from(tx.now, community, person) > tx.now


def choose(tx: Transaction, actor: Person, quiet: QuietHours | None) -> None:
    """Somebody chooses their quiet hours; None: as the community has them, also when it changes them."""
    preferences.choose(tx, actor, QUIET, None if quiet is None else str(quiet))
