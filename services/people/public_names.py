"""The name of somebody that others read is one that staff have seen. Raises NotAllowed, AlreadyDone or NameMoved.

Whoever looks at a promise or at an offer of help sees the name with it, and approves both. Called otherwise later, they
are shown by the old name until staff have looked at the new one.
"""

from domain.events import PublicNameDecided, PublicNameWaits
from domain.language.names import PUBLIC_LONGEST, tidy_name
from domain.people.rights import Action, require
from services.core.errors import AlreadyDone
from storage.core import blocks
from storage.core.database import Transaction
from storage.people import people, public_names
from storage.people.people import Person
from storage.pledges import board


class NameMoved(Exception):
    """Since the question was asked they have taken another name."""


def shown(tx: Transaction, person: int) -> str:
    """What others read of somebody's name."""
    known = public_names.of(tx, person)
    return tidy_name(known.name if known is not None else people.by_id(tx, person).name, PUBLIC_LONGEST) or "?"


def approve_as_seen(tx: Transaction, person: int, by: int | None) -> None:
    """Staff have said yes to something under which the present name stood. A name they refused stays refused."""
    name, known = people.by_id(tx, person).name, public_names.of(tx, person)
    if known is not None and name in (known.refused, known.name) and known.waiting is None:
        return
    public_names.approve(tx, person, name, by)
    tx.signal(board.CHANGED)
    if known is not None and known.waiting is not None:
        tx.emit(PublicNameDecided(actor=by, person=person, approved=True))


def approve_first(tx: Transaction, person: int) -> None:
    """Staff gave them the role without looking at anything else: the name they have now, unless one was approved."""
    if public_names.of(tx, person) is None:
        public_names.approve(tx, person, people.by_id(tx, person).name, None)


def check(tx: Transaction, person: Person) -> None:
    """They may be called otherwise than others read: then the new name waits for staff, the newest one alone.

    Whoever is blocked says nothing to staff by a name either; it is looked at when the block is ended.
    """
    known = public_names.of(tx, person.id)
    if known is None or person.name == known.waiting or blocks.of(tx, person.id) is not None:
        return
    if person.name in (known.name, known.refused) or not public_names.is_read(tx, person.id):
        if known.waiting is not None:
            public_names.wait(tx, person.id, None)
            tx.emit(PublicNameWaits(actor=person.id, person=person.id))
        return
    public_names.wait(tx, person.id, person.name)
    tx.emit(PublicNameWaits(actor=person.id, person=person.id))


def decide(tx: Transaction, actor: Person, person: int, version: int, *, take: bool) -> None:
    """Staff take the new name over, or leave it as it was; about the very name they were shown."""
    require(actor.roles, Action.PUBLISH)
    known = public_names.of(tx, person)
    if known is None or known.waiting is None:
        raise AlreadyDone
    if known.version != version:
        raise NameMoved
    if take:
        public_names.approve(tx, person, known.waiting, actor.id)
        tx.signal(board.CHANGED)
    else:
        public_names.refuse(tx, person, known.waiting)
    tx.emit(PublicNameDecided(actor=actor.id, person=person, approved=take))
