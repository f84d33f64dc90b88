"""The copies of a project's photo that people were sent: cards in the role `photo_copy:<photo>`, to be taken back."""

from dataclasses import dataclass

from storage.core.database import Transaction
from storage.core.messages import CardRole

# The fixed bounds let SQLite use the index of these cards.
_COPIES = "role >= 'photo_copy:' AND role < 'photo_copy;' AND role = ?"


@dataclass(frozen=True)
class Copy:
    """One of them: the card, its chat, and the report it was sent about."""

    card: int
    chat: int
    subject: str


def role(photo: int) -> str:
    """The role of the cards that are copies of that photo."""
    return f"{CardRole.PHOTO_COPY}{photo}"


def has(tx: Transaction, photo: int, chat: int) -> bool:
    """Whether a chat was sent that photo."""
    return tx.one(f"SELECT 1 FROM cards WHERE {_COPIES} AND chat = ?", (role(photo), chat)) is not None


def copies(tx: Transaction, photo: int, after: int, limit: int) -> list[Copy]:
    """The copies of a photo, by card behind `after`."""
    rows = tx.query(
        f"SELECT id, chat, subject FROM cards WHERE {_COPIES} AND id > ? ORDER BY id LIMIT ?",
        (role(photo), after, limit),
    )
    return [Copy(row["id"], row["chat"], row["subject"]) for row in rows]
