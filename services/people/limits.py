"""How much one person may press and write before others would wait for them (domain/people/limits.py).

Nothing that somebody writes is lost by it: past the limit it waits in the inbox and is handled when the stretch is
over. What speaks of danger never waits, and neither do those who work with what others write.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.core.subjects import split, subject
from domain.people.limits import DAY, STRETCH, Counted
from domain.people.rights import Action, may
from storage.core import inbox, scheduled_tasks
from storage.core.database import Transaction
from storage.people import counts, people
from storage.people.people import Person

KIND = "reads_on"


@dataclass(frozen=True)
class TooMuch:
    """They have done it `count` times, and can go on at `until`; `first`: they have not been told yet."""

    count: int
    until: datetime
    first: bool


def press(tx: Transaction, actor: Person) -> TooMuch | None:
    """They press a button; None when it may be handled."""
    return _past(tx, actor, Counted.PRESS, tx.limits.presses)


def message(tx: Transaction, actor: Person, has_file: bool) -> TooMuch | None:
    """They write something that speaks of no danger; None when it may be handled, else it is to be held."""
    if may(actor.roles, Action.TRIAGE) or actor.telegram_id is None:
        return None
    waiting = inbox.holds(tx, actor.telegram_id)
    known = counts.of(tx, actor.id, Counted.MESSAGE) if waiting else None
    if known is not None:
        # What comes now comes after what is held, however late the stretch ends.
        return TooMuch(known.count, _read_on(tx, actor, known.since), first=False)
    past = _past(tx, actor, Counted.MESSAGE, tx.limits.messages)
    if past is None and has_file:
        past = _past(tx, actor, Counted.FILE, tx.limits.photos)
    if past is not None:
        past = TooMuch(past.count, _read_on(tx, actor, past.until - STRETCH), past.first)
    return past


def run_due(tx: Transaction, about: str) -> None:
    """The task: what somebody wrote past their limit is handled now, in its order."""
    person = people.find(tx, split(about)[1])
    if person is None or person.telegram_id is None:
        return
    for each in (Counted.MESSAGE, Counted.FILE):
        counts.begin_anew(tx, person.id, each)
    inbox.release(tx, person.telegram_id)


def wait_on(tx: Transaction, person: int, until: datetime) -> None:
    """What is held of somebody waits until then, and on from this very moment."""
    at = max(until, tx.now + timedelta(seconds=1))
    scheduled_tasks.plan(tx, KIND, subject("person", person), at, f"{KIND}:{person}")


def refused(tx: Transaction, actor: Person) -> None:
    """They tried what they may not: counted by day, so that trying it a thousand times is one row."""
    counts.one_more(tx, actor.id, Counted.REFUSED, DAY)


def _past(tx: Transaction, actor: Person, what: Counted, most: int) -> TooMuch | None:
    if most == 0 or may(actor.roles, Action.TRIAGE):
        return None
    found = counts.one_more(tx, actor.id, what, STRETCH)
    if found.count <= most:
        return None
    return TooMuch(found.count - 1, found.since + STRETCH, first=found.count == most + 1)


def _read_on(tx: Transaction, actor: Person, since: datetime) -> datetime:
    until = max(since + STRETCH, tx.now + timedelta(seconds=1))
    occurrence = f"{KIND}:{actor.id}"
    scheduled_tasks.plan_once(tx, KIND, subject("person", actor.id), until, occurrence)
    return scheduled_tasks.planned(tx, occurrence) or until
