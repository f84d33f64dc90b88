"""What is done once, at the first start with a restored database: it does not know what happened since it was made.

First it takes away again what its file says was taken since. Then what could do harm sleeps: the roles of staff, leads
and admins until an admin has confirmed them, names and photos until their owners have. Volunteers stay on call.
"""

from collections.abc import Sequence
from datetime import timedelta

from domain.community import Community
from domain.events import ConsentsAsleep, DatabaseRestored, PledgeConsent, RoleRevoked
from domain.operations.taken_away import Line
from domain.people.rights import Role
from services import drafts
from services.broadcasts import broadcasting
from services.operations import downtime
from services.people import team
from services.personal_data import forgetting
from services.staff_room import staff_chat
from storage.core import unsent_messages
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.operations import restore
from storage.operations.take_away_again import Again
from storage.people import invitations, people
from storage.pledges import pledges

MARGIN = restore.MARGIN
SLEEPING = (Role.STAFF, Role.LEAD, Role.ADMIN)
LINK_VALID = timedelta(hours=24)


def settle(tx: Transaction, community: Community, taken: Sequence[Line] = ()) -> None:
    """Nothing, unless this database was restored since the last start. `taken`: what the file beside it says."""
    until = restore.restored_at(tx)
    if until is None:
        return
    since = restore.last_known(tx) or until
    again = Again(tx)
    again.take(taken)
    restore.leave_gap(tx, MARGIN)
    unsent_messages.drop_uncertain(tx, "it may have been sent before the restore")
    broadcasting.interrupted(tx)
    restore.settled(tx)
    # What is said of the restore says it all: when Telegram was last heard, this database does not know.
    downtime.keep(tx)
    drafts.postpone(tx)
    people.put_to_sleep(tx, SLEEPING)
    pledges.put_consents_to_sleep(tx)
    code = restore.take_first_link(tx)
    if code is not None:
        invitations.add(tx, code, team.AFTER_RESTORE, None, until + LINK_VALID)
    for group, now in again.groups:
        staff_chat.left_before_restore(tx, group, now)
    for person, role in again.revoked:
        tx.emit(RoleRevoked(person=person, role=role))
    for pledge, what in again.withdrawn:
        tx.emit(PledgeConsent(pledge=pledge, what=what, given=False))
    for person in again.forgotten:
        forgetting.again(tx, community, person)
    tx.emit(DatabaseRestored(since=to_text(min(since, until)), until=to_text(until)))
    for maker in pledges.makers_asleep(tx):
        tx.emit(ConsentsAsleep(person=maker))
