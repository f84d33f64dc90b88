"""That the file of what was taken away cannot be written is told to the admins once, and that it can again."""

from domain.events import TakenAwayNotWritten, TakenAwayWritten
from storage.core.database import Transaction


def failing(tx: Transaction, error: str) -> None:
    """It could not be written for a while."""
    tx.emit(TakenAwayNotWritten(error=error))


def works_again(tx: Transaction) -> None:
    """It could be written after that."""
    tx.emit(TakenAwayWritten())
