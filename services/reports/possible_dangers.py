"""Words after which it is asked whether somebody is in danger now. Without an answer staff see them in three minutes.

The question has a row of `scheduled_tasks` until it is answered, or the draft is sent. What then rings is marked as not
confirmed, until the person who wrote it says more.
"""

from datetime import timedelta

from domain.community import Community
from domain.core.subjects import subject
from domain.events import ReportDangerAnswered
from domain.reports.part_purposes import PartPurpose
from services.reports import dangers, saying_more, taking_back
from services.reports.access import own
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.people import people
from storage.people.people import Person
from storage.reports import dangers as store
from storage.reports import reports
from storage.reports.dangers import Confirmed, Rung
from storage.reports.reports import Part

KIND = "possible_danger"
WAITS = timedelta(minutes=3)
_OWN_WORDS = (PartPurpose.REPORT, PartPurpose.ADDITION)


def ask(tx: Transaction, conversation: int, danger: str) -> bool:
    """It is asked about what is in a draft; False where the question is open already."""
    if asked(tx, conversation) is not None:
        return False
    about = subject("conversation", conversation)
    scheduled_tasks.plan(tx, KIND, about, tx.now + WAITS, _key(conversation), {"danger": danger})
    return True


def asked(tx: Transaction, conversation: int) -> str | None:
    """The danger that is being asked about, by its code; None when the question is not open."""
    noted = scheduled_tasks.noted(tx, _key(conversation))
    return None if noted is None else str(noted["danger"])


def answered(tx: Transaction, conversation: int) -> None:
    """Nothing is waited for any more."""
    scheduled_tasks.cancel(tx, subject("conversation", conversation), KIND)


def not_confirmed(tx: Transaction, report: int) -> None:
    """A report rings although nobody has confirmed that somebody is in danger."""
    rung = _rung(tx, report)
    if rung is not None:
        store.set_confirmed(tx, rung.id, Confirmed.NOT_YET)


def heard(tx: Transaction, community: Community, report: int, danger: str) -> None:
    """A program heard words of danger in a voice note: it rings like what nobody has confirmed.

    Not where the report is one of danger or closed already, or its person has rung a moment ago.
    """
    found = reports.existing(tx, report)
    if found.danger is not None or not found.state.is_open or found.person is None:
        return
    said = dangers.hear(tx, people.by_id(tx, found.person), found, danger)
    if not said.rings:
        return
    not_confirmed(tx, report)
    saying_more.danger_told(tx, community, found, danger, said, found.person)


def just_heard(tx: Transaction, report: int) -> bool:
    """Whether it rings since this moment, and nobody has confirmed it."""
    rung = _rung(tx, report)
    return rung is not None and rung.rang_at == tx.now and rung.confirmed == Confirmed.NOT_YET


def confirm(tx: Transaction, actor: Person, report: int) -> None:
    """Its person says that somebody is in danger. Raises LookupError where that is not asked any more."""
    rung = _open(tx, actor, report)
    store.set_confirmed(tx, rung.id, Confirmed.YES)
    tx.emit(ReportDangerAnswered(actor=actor.id, report=report, danger=rung.id, confirmed=True))


def deny(tx: Transaction, actor: Person, report: int) -> list[Part]:
    """Its person says that nobody is: the report is withdrawn. Returns its parts, for a draft.

    Raises LookupError where that is not asked any more, or others have joined the report.
    """
    rung = _open(tx, actor, report)
    found = own(tx, actor, report)
    if not taking_back.can_be_taken_back(tx, found) or taking_back.stays_open(tx, actor, found):
        raise LookupError
    parts = [each for each in reports.parts(tx, report) if each.person == actor.id and each.purpose in _OWN_WORDS]
    store.set_confirmed(tx, rung.id, Confirmed.NO)
    tx.emit(ReportDangerAnswered(actor=actor.id, report=report, danger=rung.id, confirmed=False))
    taking_back.take_back(tx, actor, report)
    return parts


def _open(tx: Transaction, actor: Person, report: int) -> Rung:
    rung = _rung(tx, report)
    if rung is None or rung.person != actor.id or rung.confirmed != Confirmed.NOT_YET or rung.closed_at is not None:
        raise LookupError
    return rung


def _rung(tx: Transaction, report: int) -> Rung | None:
    found = [each for each in store.about(tx, [subject("report", report)]) if each.kind == store.DANGER]
    return found[-1] if found else None


def _key(conversation: int) -> str:
    return f"{KIND}:{conversation}"
