"""A copy of what is kept about somebody, for themselves: asking for it, its making on record, its end after a day.

An order is a due row, so a crash forgets none and makes none twice; `bot/background/own_data.py` has it made and sent.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from domain.core.subjects import split, subject
from domain.events import OwnDataAsked, OwnDataFailed, OwnDataGone, OwnDataHandedOut, OwnDataMade
from domain.people.rights import Action, require
from services.core.errors import NotFound
from storage.core import events, scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people import people
from storage.people.people import Person
from storage.pledges import pledges
from storage.repairs import repairs
from storage.reports import reports

KIND = "own_data"
TOLD = "own_data_told"
"""The task that tells admins of a copy made on the server."""
GONE = "own_data_gone"
"""The task that takes a copy out of the chat again."""
EVERY = timedelta(days=1)
"""One copy in that time."""
KEPT = timedelta(hours=24)
"""So long it stays in the chat, and on the disk where it could not be sent."""


class OneADay(Exception):
    """They have had a copy made already: the next one can be made from `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


def next_one(tx: Transaction, person: int) -> datetime | None:
    """When the next copy can be made; None: now. One that failed does not count."""
    about = subject("person", person)
    asked = events.newest_of(tx, OwnDataAsked.KIND, about)
    if asked is None or asked.at + EVERY <= tx.now:
        return None
    failed = events.newest_of(tx, OwnDataFailed.KIND, about)
    return None if failed is not None and failed.id > asked.id else asked.at + EVERY


def order(tx: Transaction, actor: Person, language: str) -> None:
    """Have a copy made for the actor, in that language, and sent to their private chat. Raises OneADay."""
    require(actor.roles, Action.SEE_OWN)
    at = next_one(tx, actor.id)
    if at is not None:
        raise OneADay(at)
    about = subject("person", actor.id)
    scheduled_tasks.plan(tx, KIND, about, tx.now, f"{KIND}:{actor.id}", {"language": language})
    tx.emit(OwnDataAsked(actor=actor.id, person=actor.id))


def took_out(tx: Transaction, about: str) -> Person:
    """Somebody on the server makes a copy for the person who has `about`, a report, repair or pledge: that is kept, and
    told to admins once the bot runs. Raises NotFound."""
    person = people.by_id(tx, _whose(tx, *split(about)))
    tx.emit(OwnDataHandedOut(person=person.id))
    at = to_text(tx.now)
    scheduled_tasks.plan(tx, TOLD, subject("person", person.id), tx.now, f"{TOLD}:{at}", {"at": at})
    return person


def made(
    tx: Transaction, person: int, cards: Sequence[int], folder: str, *, rows: int, files: int, missing: int
) -> None:
    """The copy is made and on its way, as these cards and out of that folder; a day later it goes from both."""
    about = subject("person", person)
    data = {"cards": list(cards), "folder": folder}
    scheduled_tasks.plan(tx, GONE, about, tx.now + KEPT, f"{GONE}:{person}:{cards[0]}", data)
    tx.emit(OwnDataMade(person=person, rows=rows, files=files, missing=missing))


def failed(tx: Transaction, person: int) -> None:
    """It could not be made, or not be delivered."""
    tx.emit(OwnDataFailed(person=person))


def gone(tx: Transaction, person: int) -> None:
    """Its day is over."""
    tx.emit(OwnDataGone(person=person))


def being_made(tx: Transaction, person: int) -> bool:
    """Whether one is being made at the moment."""
    return scheduled_tasks.planned(tx, f"{KIND}:{person}") is not None


def cards_of(data: dict[str, Any]) -> list[int]:
    """The cards a due row names."""
    return [int(each) for each in data["cards"]]


def _whose(tx: Transaction, kind: str, number: int) -> int:
    """Who wrote a report, needs a repair or made a promise."""
    if kind == "report" and (report := reports.by_id(tx, number)) is not None:
        return reports.writer(tx, report)
    found = {"repair": repairs.by_id, "pledge": pledges.by_id}.get(kind, lambda _tx, _number: None)(tx, number)
    if found is None:
        raise NotFound
    return found.person
