"""One-time links to the page where an admin places areas on the plan.

The link opens one browser, once; that browser then has a session for a while. Both end when their person asks for
another link, and count only as long as the person may place areas.
"""

import hashlib
import secrets
from datetime import timedelta

from domain.people.rights import Action, require
from storage.core.database import Transaction
from storage.estate_plan import links
from storage.estate_plan.links import PlanLink
from storage.people import people
from storage.people.people import Person

OPEN_WITHIN = timedelta(hours=1)
SESSION = timedelta(hours=2)
LONGEST = 64
"""Letters of a code: longer ones are none of ours, and nobody looks for them."""


class LinkEnded(Exception):
    """There is no such link or session, it was opened elsewhere, or its time is over."""


def make(tx: Transaction, actor: Person) -> str:
    """A new link's code; the links they had before end. Raises NotAllowed."""
    require(actor.roles, Action.PLAN)
    code = secrets.token_urlsafe(24)
    links.add(tx, _digest(code), actor.id, tx.now + OPEN_WITHIN)
    return code


def look(tx: Transaction, code: str) -> Person:
    """Whose link it is, as long as it can be opened. Raises LinkEnded, NotAllowed."""
    link = links.by_code(tx, _digest(code))
    if link is not None and link.opened:
        raise LinkEnded
    return _owner(tx, link)


def begin(tx: Transaction, code: str) -> str:
    """Open a link: returns the secret of the browser's session. Raises LinkEnded, NotAllowed."""
    look(tx, code)
    session = secrets.token_urlsafe(24)
    if not links.open_by(tx, _digest(code), _digest(session), tx.now + SESSION):
        raise LinkEnded
    return session


def person(tx: Transaction, session: str | None) -> Person:
    """Who is behind a session. Raises LinkEnded, NotAllowed."""
    return _owner(tx, links.by_session(tx, _digest(session)) if session else None)


def end(tx: Transaction, session: str | None) -> None:
    """They are done: the session counts no longer. Raises LinkEnded, NotAllowed."""
    links.end_all(tx, person(tx, session).id)


def _owner(tx: Transaction, link: PlanLink | None) -> Person:
    if link is None or link.ended or link.expires_at <= tx.now:
        raise LinkEnded
    found = people.by_id(tx, link.person)
    require(found.roles, Action.PLAN)
    return found


def _digest(secret: str) -> str:
    return hashlib.sha256(secret[:LONGEST].encode()).hexdigest()
