"""When the public board and its photos are looked at anew: whose pages change, and what is planned once."""

import pytest

from domain.community import Community
from domain.events import (
    PledgeCheckedIn,
    PledgeCheckInUndone,
    PledgeConsent,
    PledgeEnded,
    PledgeEvent,
    PledgeProofReleased,
    PledgePublished,
    PledgeThanked,
)
from services.pledges import board_photos
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.pledges import board
from tests.support import in_transaction

AT_ONCE = [
    PledgePublished(actor=1, pledge=7, wording=1),
    PledgeEnded(actor=1, pledge=7),
    PledgeConsent(actor=1, pledge=7, what="photos", given=False),
    PledgeProofReleased(actor=1, pledge=7, checkin=1, shown=False),
    PledgeCheckInUndone(actor=1, pledge=7, checkin=1),
]
"""What takes something off the board, or puts it there."""
IN_A_WHILE = [
    PledgeCheckedIn(actor=1, pledge=7, checkin=1, occurrence=None, answer="done"),
    PledgeThanked(actor=1, pledge=7),
]


@pytest.mark.parametrize("event", AT_ONCE, ids=lambda event: event.kind)
@in_transaction
def test_what_somebody_wants_off_the_board_is_off_at_once(
    tx: Transaction, community: Community, event: PledgeEvent
) -> None:
    board_photos.pages_change(tx, community, event)
    assert board.CHANGED in tx.signals


@pytest.mark.parametrize("event", IN_A_WHILE, ids=lambda event: event.kind)
@in_transaction
def test_what_comes_by_the_hundred_makes_no_page_anew(
    tx: Transaction, community: Community, event: PledgeEvent
) -> None:
    board_photos.pages_change(tx, community, event)
    assert board.CHANGED not in tx.signals


@in_transaction
def test_photos_of_a_promise_are_seen_to_once_and_now(tx: Transaction) -> None:
    """However much happens to it before the worker comes; each promise by itself."""
    board_photos.see_to(tx, 7)
    board_photos.see_to(tx, 8)
    board_photos.see_to(tx, 7)
    due = scheduled_tasks.claim(tx, (board_photos.KIND,), 10)
    assert sorted((row["kind"], row["subject"]) for row in due) == [
        ("board_photos", "pledge:7"),
        ("board_photos", "pledge:8"),
    ]
    assert scheduled_tasks.planned_signal(board_photos.KIND) in tx.signals, "the worker is woken"
