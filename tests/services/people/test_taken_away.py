"""That the file of what was taken away cannot be written is told, and that it can again."""

from domain.events import TakenAwayNotWritten, TakenAwayWritten
from services.people import taken_away
from storage.core.database import Transaction
from tests.support import in_transaction, last_events


@in_transaction
def test_both_are_told_with_the_reason(tx: Transaction) -> None:
    taken_away.failing(tx, "no space left")
    taken_away.works_again(tx)
    last_events(tx, TakenAwayNotWritten(error="no space left"), TakenAwayWritten())
