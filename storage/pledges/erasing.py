"""The words of promises and of what became of them, taken out for good; how often they were kept stays."""

from collections.abc import Collection

from storage.core.database import Transaction
from storage.pledges.board import CHANGED


def made_by(tx: Transaction, person: int, *, running: bool = False) -> list[int]:
    """The promises somebody made; or those of them that have not ended."""
    return tx.ids(
        f"SELECT id FROM pledges WHERE person = ?{' AND ended_at IS NULL' if running else ''} ORDER BY id", (person,)
    )


def empty(tx: Transaction, pledges: Collection[int]) -> None:
    """Nobody can read any more what these promised, in any wording, nor what was said of how it went."""
    numbers = [(number,) for number in pledges]
    tx.many("UPDATE pledges SET words = '' WHERE id = ?", numbers)
    tx.many("UPDATE pledge_wordings SET words = '', asked = NULL WHERE pledge = ?", numbers)
    tx.many(f"UPDATE checkins SET {_SAYS_NOTHING} WHERE pledge = ?", numbers)
    tx.signal(CHANGED)


def empty_said_by(tx: Transaction, person: int) -> None:
    """What somebody said of how promises went, their own and those of others, cannot be read any more."""
    tx.execute(f"UPDATE checkins SET {_SAYS_NOTHING} WHERE person = ?", (person,))
    tx.signal(CHANGED)


_SAYS_NOTHING = "words = NULL, kind = NULL, file_id = NULL, file_unique_id = NULL"
