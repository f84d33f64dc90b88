"""The photos on the web board, and its pages: when they are to be looked at anew; bot/board_photos.py does it."""

from domain.core.subjects import subject
from domain.events import Event, PledgeCheckedIn, PledgeEvent, PledgeThanked, kinds
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.pledges import board

KIND = "board_photos"
CHANGES_PAGES: tuple[type[Event], ...] = tuple(
    each for each in kinds(PledgeEvent).values() if each not in (PledgeCheckedIn, PledgeThanked)
)
"""Of the others there are many, and nobody is hurt when the board shows them ten seconds later."""


def pages_change(tx: Transaction, _event: PledgeEvent) -> None:
    """Kept pages may be out of date."""
    tx.signal(board.CHANGED)


def see_to(tx: Transaction, pledge: int) -> None:
    """What is to be there is fetched and what is not is removed, soon."""
    scheduled_tasks.plan(tx, KIND, subject("pledge", pledge), tx.now, f"{KIND}:{pledge}")
