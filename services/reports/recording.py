"""A report that staff record for somebody at the counter or on the telephone, and ringing them back.

Raises NotAllowed or NotFound.
"""

from domain.community import Community
from domain.events import ReportRecorded, ReportRungBack
from domain.figures.report_history import Channel
from domain.people.rights import Action, require
from services.core.errors import NotFound
from services.reports import on_behalf
from services.reports.submitting import NewReport, submit
from storage.core.database import Transaction
from storage.people import people, preferences
from storage.people.people import Person
from storage.reports import supports

NAME_LENGTH = 80
NOTED = (Channel.COUNTER, Channel.PHONE)
"""By which way somebody without Telegram speaks to staff."""
LAST = "record_channel"
"""In preferences: by which way the one came whose report somebody recorded last."""


def record(
    tx: Transaction,
    community: Community,
    actor: Person,
    name: str,
    phone: str | None,
    new: NewReport,
    channel: Channel = Channel.RECORDED,
) -> int:
    """Keep somebody's report; returns its number. `phone` only when they agreed that it is kept, which is on record.

    `channel`: whether they came to the counter or called, which is offered for the actor's next one.
    """
    require(actor.roles, Action.RECORD)
    speaks = people.without_telegram(tx, name[:NAME_LENGTH], phone, actor.language)
    number = submit(tx, community, speaks, new, recorded_by=actor.id, channel=channel)
    noted = channel if channel in NOTED else None
    tx.emit(ReportRecorded(actor=actor.id, report=number, may_ring=phone is not None, channel=noted))
    if noted is not None:
        preferences.put(tx, actor.id, LAST, noted)
    return number


def last_channel(tx: Transaction, actor: Person) -> Channel | None:
    """By which way the one came whose report the actor recorded last; None where none was noted."""
    kept = preferences.chosen(tx, actor.id, LAST)
    return next((each for each in NOTED if each == kept), None)


def rang(tx: Transaction, actor: Person, number: int, person: int, *, reached: bool) -> None:
    """Note that somebody without Telegram was told by telephone, or could not be reached."""
    speaks = on_behalf.speaker(tx, actor, person)
    if not supports.concerns(tx, number, speaks.id):
        raise NotFound
    tx.emit(ReportRungBack(actor=actor.id, report=number, reached=reached))
