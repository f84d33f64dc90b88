"""Who writes a great deal to the staff group: what comes on top waits until staff want to read it, and they hear so.

Counted by person, whatever it is about: additions, changed words, objections, offers of help, answers to repairs.
Danger is bounded in its own way (services/reports/dangers.py), and the cards of reports by gathering them; neither
waits here.
"""

from datetime import timedelta

from domain.community import Community
from domain.core.subjects import number_of, split, subject
from domain.people.rights import Action, may, require
from storage.core import folded_messages, messages, scheduled_tasks, settings
from storage.core.database import Fold, Transaction
from storage.core.messages import CardRole
from storage.people import people
from storage.people.people import Person
from storage.staff_room import flooding

KIND = "writes_a_lot"
DAY = timedelta(days=1)
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
        if flooding.count_one(tx, person, chat) <= most or may(people.by_id(tx, person).roles, Action.TRIAGE):
            return False
        known = flooding.of(tx, person, chat)
        again = known.told_at + SELDOM if known is not None and known.told_at is not None else tx.now
        scheduled_tasks.plan_once(tx, KIND, subject("person", person), max(tx.now, again), f"{KIND}:{person}")
        return True

    return folds


def card_of_today(tx: Transaction, chat: int, about: str) -> int | None:
    """The card by which staff read that somebody writes a great deal, one a day; None when nothing is known of them."""
    person = split(about)[1]
    known = flooding.of(tx, person, chat)
    if known is None:
        return None
    card = known.card
    place = messages.card_place(tx, card) if card is not None else None
    old = known.told_at is None or known.told_at < tx.now - DAY
    if card is None or old or place is None or place["chat"] != chat:
        card = messages.new_card(tx, chat, about, CardRole.WRITES_A_LOT)
    flooding.note_card(tx, person, chat, card)
    return card


def read_on(tx: Transaction, actor: Person, person: int) -> int:
    """Have the next of somebody's messages that wait sent after all; returns how many. Raises NotAllowed."""
    require(actor.roles, Action.TRIAGE)
    chat = settings.staff_chat(tx)
    return 0 if chat is None else folded_messages.unfold(tx, person, chat, AT_ONCE, actor.id)


def newest_report(tx: Transaction, person: int, chat: int) -> int | None:
    """The report that the newest of them is about; None when it is about something else."""
    about = folded_messages.newest_subject(tx, person, chat)
    return number_of(about, "report") if about is not None else None
