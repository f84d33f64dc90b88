"""The photos on the web board, and its pages: when to look at them anew; bot/background/board_photos.py does it."""

from domain.community import Community
from domain.core.subjects import subject
from domain.events import PledgeCheckedIn, PledgeEvent, PledgeThanked
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.pledges import board

KIND = "board_photos"


def pages_change(tx: Transaction, _community: Community, event: PledgeEvent) -> None:
    """Kept pages may be out of date."""
    # Of those there are many, and nobody is hurt when the board shows them ten seconds later.
    if not isinstance(event, PledgeCheckedIn | PledgeThanked):
        tx.signal(board.CHANGED)


def see_to(tx: Transaction, pledge: int) -> None:
    """What is to be there is fetched and what is not is removed, soon."""
    scheduled_tasks.plan(tx, KIND, subject("pledge", pledge), tx.now, f"{KIND}:{pledge}")
