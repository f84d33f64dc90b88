"""Blocking somebody who abuses what they can send: by the very message, for a time, with a reason they read.

Staff name the words, never a person, and nobody learns by it who wrote them.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from domain.core.stored import Stored
from domain.core.subjects import number_of, subject
from domain.events import PersonBlocked, PersonUnblocked, RepairMessageShown, ReporterBlocked, ReporterUnblocked
from domain.people.rights import Action, NotAllowed, may, require
from domain.reports.part_purposes import PartPurpose
from services.core.errors import AlreadyDone, NotFound
from services.people import public_names
from storage.core import blocks, events, settings
from storage.core.blocks import Block
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people import people
from storage.people.people import Person
from storage.pledges import occurrences, pledges
from storage.repairs import repairs
from storage.reports import reports
from storage.staff_room import flooding
from storage.volunteers import volunteers

REPORTERS = (
    PartPurpose.REPORT,
    PartPurpose.SUPPORT,
    PartPurpose.ADDITION,
    PartPurpose.REASON,
    PartPurpose.OBJECTION,
    PartPurpose.WITHDRAWAL,
)
"""Purposes of parts of a report that are a resident's own words."""


class Source(Stored, StrEnum, kept_in="buttons that block"):
    """By what somebody is named who is to be blocked. The values stand in buttons."""

    PART = "part"
    """What somebody said about a report: a part of it."""
    REPORT = "report"
    """Whoever wrote a report, also when they have taken it back."""
    ASKER = "asker"
    """Whoever asked for a repair."""
    TAKER = "taker"
    """The volunteer who has a repair."""
    OFFER = "offer"
    """A person who offers to help."""
    PLEDGE = "pledge"
    """Whoever wrote a promise down: its maker, or who speaks for them."""
    PROOF = "proof"
    """Whoever sent words or a photo with what became of a promise: the check-in."""
    FLOOD = "flood"
    """A person who writes a great deal to the staff group (services/staff_room/flooding.py)."""
    SHOWN = "shown"
    """The writer of a message about a repair that its reader has shown to staff: the event that tells of it."""


@dataclass(frozen=True)
class Meant:
    """Who is meant, and what their words were about."""

    person: int
    about: str


def meant(tx: Transaction, actor: Person, source: Source, number: int) -> Meant:
    """Who is meant by a source. Raises NotAllowed, or NotFound where nobody is."""
    require(actor.roles, Action.BLOCK)
    found = _meant(tx, source, number)
    if found is None:
        raise NotFound
    return found


def _meant(tx: Transaction, source: Source, number: int) -> Meant | None:
    if source is Source.PART:
        part = reports.part(tx, number)
        mine = part is not None and part.person is not None and part.purpose in REPORTERS
        return Meant(part.person, subject("report", part.report)) if part and part.person and mine else None
    if source is Source.REPORT:
        report = reports.by_id(tx, number)
        return None if report is None else Meant(reports.writer(tx, report), subject("report", number))
    if source in (Source.ASKER, Source.TAKER):
        repair = repairs.by_id(tx, number)
        person = repair and (repair.asked_by if source is Source.ASKER else repair.taker)
        return None if not person else Meant(person, subject("repair", number))
    if source is Source.OFFER:
        return None if volunteers.of(tx, number) is None else Meant(number, subject("person", number))
    if source is Source.FLOOD:
        chat = settings.staff_chat(tx)
        known = flooding.of(tx, number, chat) if chat is not None else None
        return None if known is None or known.card is None else Meant(number, subject("flood", number))
    if source is Source.PLEDGE:
        wordings = pledges.wordings(tx, number)
        return Meant(wordings[-1].written_by, subject("pledge", number)) if wordings else None
    if source is Source.PROOF:
        checkin = occurrences.checkin(tx, number)
        return Meant(checkin.person, subject("pledge", checkin.pledge)) if checkin and checkin.person else None
    shown = events.by_id(tx, number)
    if shown is None or shown.kind != RepairMessageShown.KIND:
        return None
    return Meant(shown.data["writer"], shown.subject)


def writers(tx: Transaction, number: int) -> list[int]:
    """The newest words of each resident with Telegram who said something about a report, the reporter's first: parts.

    What is part of it belongs to it: its people's words stand below the same card.
    """
    report = reports.by_id(tx, number)
    if report is None:
        return []
    newest: dict[int, int] = {}
    for each in (report, *reports.merged_into(tx, number)):
        for part in reports.parts(tx, each.id):
            if part.person is not None and part.purpose in REPORTERS and part.person != each.recorded_by:
                newest[part.person] = max(part.id, newest.get(part.person, 0))
    first = reports.writer(tx, report)
    blockable = [person for person in newest if people.by_id(tx, person).telegram_id is not None]
    return [newest[person] for person in sorted(blockable, key=lambda each: (each != first, newest[each]))]


def is_blocked(tx: Transaction, found: Meant) -> bool:
    """Whether they can send nothing at present."""
    return blocks.of(tx, found.person) is not None


def block(tx: Transaction, actor: Person, source: Source, number: int, reason: str, days: int) -> Block:
    """Block whoever is meant for some days. Raises NotAllowed or NotFound.

    Staff cannot be blocked, nor people without Telegram: staff decide themselves what they record.
    """
    found = meant(tx, actor, source, number)
    person = people.by_id(tx, found.person)
    if person.telegram_id is None or may(person.roles, Action.TRIAGE):
        raise NotAllowed(Action.BLOCK)
    until = tx.now + timedelta(days=days)
    blocks.put(tx, found.person, actor.id, reason, until)
    tx.emit(PersonBlocked(actor=actor.id, person=found.person, about=found.about, until=to_text(until)))
    report = number_of(found.about, "report")
    if report is not None:
        tx.emit(ReporterBlocked(actor=actor.id, report=report, until=to_text(until)))
    return Block(found.person, actor.id, reason, tx.now, until)


def lift(tx: Transaction, actor: Person, source: Source, number: int) -> None:
    """End the block of whoever is meant. Raises AlreadyDone when there is none."""
    found = meant(tx, actor, source, number)
    if not blocks.lift(tx, found.person):
        raise AlreadyDone
    public_names.check(tx, people.by_id(tx, found.person))
    tx.emit(PersonUnblocked(actor=actor.id, person=found.person, about=found.about))
    report = number_of(found.about, "report")
    if report is not None:
        tx.emit(ReporterUnblocked(actor=actor.id, report=report))
