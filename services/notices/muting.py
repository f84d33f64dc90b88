"""Which kinds of notices somebody does not want. Urgent ones come nevertheless."""

from domain.notices.notices import NoticeKind
from services.people import preferences as choosing
from storage.core.database import Transaction
from storage.people import preferences
from storage.people.people import Person
from storage.people.preferences import MUTED


def muted(tx: Transaction, person: int) -> frozenset[NoticeKind]:
    """The kinds they have turned off."""
    kept = (preferences.chosen(tx, person, MUTED) or "").split(",")
    return frozenset(kind for kind in NoticeKind if kind in kept)


def turn(tx: Transaction, actor: Person, kind: NoticeKind, *, on: bool) -> None:
    """Notices of that kind reach them from now on, or do not."""
    off = muted(tx, actor.id) - {kind} if on else muted(tx, actor.id) | {kind}
    choosing.choose(tx, actor, MUTED, ",".join(sorted(off)) or None)
