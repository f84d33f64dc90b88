"""A report that staff record for somebody at the counter or on the telephone, and ringing them back.

Raises NotAllowed or NotFound.
"""

from domain.community import Community
from domain.events import ReportRecorded, ReportRungBack
from domain.people.rights import Action, require
from services.core.errors import NotFound
from services.reports import on_behalf
from services.reports.submitting import NewReport, submit
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.reports import supports

NAME_LENGTH = 80


def record(tx: Transaction, community: Community, actor: Person, name: str, phone: str | None, new: NewReport) -> int:
    """Keep somebody's report; returns its number. `phone` only when they agreed that it is kept, which is on record."""
    require(actor.roles, Action.RECORD)
    speaks = people.without_telegram(tx, name[:NAME_LENGTH], phone, actor.language)
    number = submit(tx, community, speaks, new, recorded_by=actor.id)
    tx.emit(ReportRecorded(actor=actor.id, report=number, may_ring=phone is not None))
    return number


def rang(tx: Transaction, actor: Person, number: int, person: int, *, reached: bool) -> None:
    """Note that somebody without Telegram was told by telephone, or could not be reached."""
    speaks = on_behalf.speaker(tx, actor, person)
    if not supports.concerns(tx, number, speaks.id):
        raise NotFound
    tx.emit(ReportRungBack(actor=actor.id, report=number, reached=reached))
