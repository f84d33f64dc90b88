"""Those whose report it is may object to its being on the public page, and change their mind. Once is enough.

Raises NotAllowed, NotFound or AlreadyDone.
"""

from domain.events import ReportObjectionToPage, WhyOff
from domain.operations.taken_away import Taken
from services.core.errors import AlreadyDone
from services.public_reports import keeping
from services.reports.access import spoken
from storage.core import taken_away
from storage.core.database import Transaction
from storage.people.people import Person
from storage.public_reports import objections
from storage.reports import reports


def object_to(tx: Transaction, actor: Person, number: int) -> None:
    """They do not want it there: it is taken off at once, and stays off while they do not."""
    report = spoken(tx, actor, number)
    if not objections.add(tx, number, actor.id):
        raise AlreadyDone
    taken_away.note_of(tx, Taken.PAGE_OBJECTED, actor.id, report=number)
    main = reports.main_of(tx, report)
    tx.emit(ReportObjectionToPage(actor=actor.id, report=main.id))
    keeping.take_off(tx, main, actor.id, WhyOff.OBJECTED)


def allow(tx: Transaction, actor: Person, number: int) -> None:
    """They do not mind any more: staff may release it anew."""
    report = spoken(tx, actor, number)
    if not objections.withdraw(tx, number, actor.id):
        raise AlreadyDone
    tx.emit(ReportObjectionToPage(actor=actor.id, report=reports.main_of(tx, report).id, withdrawn=True))
