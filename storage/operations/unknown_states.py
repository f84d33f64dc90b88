"""States under names that are none any more, as another version left them: rows get one that the program knows.

Otherwise no list would have them, and nobody would be asked about them again.
"""

from collections.abc import Callable, Iterable
from typing import Any

from domain.broadcasts.broadcasts import RecipientState
from domain.broadcasts.broadcasts import State as BroadcastState
from domain.core.subjects import subject
from domain.people.rights import Role
from domain.pledges.pledges import State as PledgeState
from domain.repairs.repairs import State as RepairState
from domain.reports.reports import State as ReportState
from storage.core.conversations import ConversationState
from storage.core.database import Transaction
from storage.core.inbox import InboxState
from storage.core.instants import to_text
from storage.core.outbox import RowState
from storage.pledges import pledges
from storage.repairs import repairs
from storage.repairs.offers import OfferState
from storage.reports import reports
from storage.volunteers.volunteers import VolunteerState

_READ: tuple[tuple[str, str, Iterable[str], Callable[[Transaction, int], Any]], ...] = (
    ("report", "reports", ReportState, reports.by_id),
    ("repair", "repairs", RepairState, repairs.by_id),
    ("pledge", "pledges", PledgeState, pledges.by_id),
)
_WRITTEN: tuple[tuple[str, Iterable[str], str], ...] = (
    (
        "conversations",  # a draft that somebody would be reminded of comes back when its turn comes
        ConversationState,
        f"""CASE WHEN EXISTS (SELECT 1 FROM scheduled_tasks WHERE occurrence = 'draft:' || conversations.id)
        THEN '{ConversationState.PARKED}' ELSE '{ConversationState.ENDED}' END""",
    ),
    (
        "volunteers",  # staff look at who offers help, unless they have
        VolunteerState,
        f"""CASE WHEN approved_at IS NULL THEN '{VolunteerState.ASKED}'
        WHEN EXISTS (SELECT 1 FROM roles WHERE roles.person = volunteers.person AND role = '{Role.VOLUNTEER}')
        THEN '{VolunteerState.APPROVED}' ELSE '{VolunteerState.LEFT}' END""",
    ),
    (
        "repair_offers",  # others are asked, or staff
        OfferState,
        f"""CASE WHEN EXISTS (SELECT 1 FROM repairs WHERE id = repair AND taker = repair_offers.person)
        THEN '{OfferState.TAKEN}' ELSE '{OfferState.CLOSED}' END""",
    ),
    ("broadcasts", BroadcastState, f"'{BroadcastState.STOPPED}'"),  # who says it decides whether it goes on
    (
        "broadcast_recipients",  # who may have it is not sent it again before it is known what became of that
        RecipientState,
        f"""CASE WHEN EXISTS (SELECT 1 FROM cards WHERE cards.id = card AND message_id IS NOT NULL)
        THEN '{RecipientState.SENT}' WHEN outbox IS NOT NULL AND card IS NOT NULL THEN '{RecipientState.QUEUED}'
        ELSE '{RecipientState.WAITING}' END""",
    ),
    ("inbox", InboxState, f"CASE WHEN done_at IS NULL THEN '{InboxState.NEW}' ELSE '{InboxState.DONE}' END"),
)


def settle(tx: Transaction) -> list[str]:
    """Write down the state in which each such row is read. Returns what people know of it, such as `report:5`."""
    found = []
    for kind, table, states, by_id in _READ:
        for row in tx.query(f"SELECT id FROM {table} WHERE {_unknown(states)}"):
            tx.execute(f"UPDATE {table} SET state = ? WHERE id = ?", (by_id(tx, row["id"]).state, row["id"]))
            found.append(subject(kind, row["id"]))
    for table, states, known in _WRITTEN:
        tx.execute(f"UPDATE {table} SET state = {known} WHERE {_unknown(states)}")
    return found


def settle_outbox(tx: Transaction) -> int:
    """What is to be sent, too. Returns how many rows may have been sent or not: they are taken for `sending`."""
    tx.execute(
        f"UPDATE outbox SET state = CASE WHEN error IS NULL THEN '{RowState.SENT}' ELSE '{RowState.DROPPED}' END "
        f"WHERE finished_at IS NOT NULL AND {_unknown(RowState)}"
    )
    # Of a card one row at most may wait; what is sent too early only shows it sooner.
    tx.execute(
        f"UPDATE outbox SET state = '{RowState.WAITING}' "
        f"WHERE not_before > ? AND card IS NULL AND {_unknown(RowState)}",
        (to_text(tx.now),),
    )
    return tx.execute(f"UPDATE outbox SET state = '{RowState.SENDING}' WHERE {_unknown(RowState)}").rowcount


def _unknown(states: Iterable[str]) -> str:
    return f"state NOT IN ({', '.join(repr(str(each)) for each in states)})"
