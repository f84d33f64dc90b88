"""Who writes a great deal to the staff group: what comes on top waits until staff want to read it, and they hear so.

Counted by person, whatever it is about: additions, changed words, objections, offers of help, answers to repairs.
Danger is bounded in its own way (services/reports/dangers.py), and the cards of reports by gathering them; neither
waits here.
"""

from datetime import timedelta

from domain.community import Community
from domain.core.subjects import number_of, subject
from domain.people.rights import Action, may, require
from storage.core import due, folded, settings
from storage.core.database import Fold, Transaction
from storage.people import people
from storage.people.people import Person
from storage.reports import heard

KIND = "writes_a_lot"
SELDOM = timedelta(minutes=1)
"""The message that says so is changed no more often."""
AT_ONCE = 10
"""So many are read at a time: a group takes twenty messages a minute."""


def fold(community: Community) -> Fold:
    """Whether one more message of a person in a group is to wait; counts it (hang it on the database)."""

    def folds(tx: Transaction, chat: int, person: int) -> bool:
        most = community.care.writes_a_lot
        if most == 0 or settings.staff_chat(tx) != chat:
            return False
        if heard.count_one(tx, person, chat) <= most or may(people.by_id(tx, person).roles, Action.TRIAGE):
            return False
        known = heard.of(tx, person, chat)
        again = known.told_at + SELDOM if known is not None and known.told_at is not None else tx.now
        due.plan_once(tx, KIND, subject("person", person), max(tx.now, again), f"{KIND}:{person}")
        return True

    return folds


def read_on(tx: Transaction, actor: Person, person: int) -> int:
    """Have the next of somebody's messages that wait sent after all; returns how many. Raises NotAllowed."""
    require(actor.roles, Action.TRIAGE)
    chat = settings.staff_chat(tx)
    return 0 if chat is None else folded.unfold(tx, person, chat, AT_ONCE, actor.id)


def newest_voice(tx: Transaction, person: int, chat: int) -> int | None:
    """The report that the newest of them is about; None when it is about something else."""
    about = folded.newest_subject(tx, person, chat)
    return number_of(about, "voice") if about is not None else None
