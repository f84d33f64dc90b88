"""What somebody who writes as the group asked for: kept for ten minutes, until a person says in private that it is so.

Only a code stands in the group. Whoever follows it reads what a yes does, and needs the right to it themselves.
"""

from datetime import timedelta

from services.people.team import LinkExpired, LinkUnknown, LinkUsed, new_code
from storage.core.database import Transaction
from storage.people import invitations
from storage.people.invitations import Invitation, InvitationPurpose
from storage.people.people import Person

VALID = timedelta(minutes=10)
_PURPOSE = InvitationPurpose.ASKED


def ask(tx: Transaction, what: str) -> str:
    """Keep what was asked for, such as `role:staff:12`; returns the code by which it is found."""
    invitations.forget_expired(tx, _PURPOSE)
    return invitations.add(tx, new_code(), _PURPOSE + what, None, tx.now + VALID).code


def asked_for(tx: Transaction, code: str) -> str:
    """What was asked for. Raises LinkUnknown, LinkExpired or LinkUsed."""
    return _open(tx, code).purpose.removeprefix(_PURPOSE)


def answer(tx: Transaction, actor: Person, code: str) -> str:
    """As `asked_for`; it is answered by this, and counts no longer."""
    found = _open(tx, code)
    if not invitations.use(tx, code, actor.id):
        raise LinkExpired
    return found.purpose.removeprefix(_PURPOSE)


def _open(tx: Transaction, code: str) -> Invitation:
    found = invitations.by_code(tx, code)
    if found is None or not found.purpose.startswith(_PURPOSE):
        raise LinkUnknown
    if found.used_by is not None:
        raise LinkUsed
    if found.expires_at <= tx.now:
        raise LinkExpired
    return found
