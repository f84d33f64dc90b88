"""The copies that people have of something said to many: cards, to be corrected in place and deleted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from storage.broadcasts.recipients import OWN_CARD, role
from storage.core.database import Transaction
from storage.core.instants import to_text


@dataclass(frozen=True)
class Copy:
    """The words that somebody has, or is about to get."""

    person: int
    language: str
    chat: int
    card: int
    about: str
    """What the card is about."""
    reply_to: int | None
    """The reader's own card of that, below which the copy stands."""


@dataclass(frozen=True)
class FileCopy:
    """A file that somebody has, or is about to get."""

    chat: int
    card: int
    about: str
    part: int


def make(tx: Transaction, broadcast: int, to: Sequence[tuple[int, str]]) -> dict[int, int]:
    """New cards for their words, one in each chat: (chat, what it is about). Returns them by chat."""
    if not to:
        return {}
    marks = ", ".join("(?, ?, ?, ?)" for _ in to)
    now, in_role = to_text(tx.now), role(broadcast)
    values = [value for chat, about in to for value in (chat, about, in_role, now)]
    rows = tx.query(
        f"INSERT INTO cards (chat, subject, role, created_at) VALUES {marks} RETURNING id, chat", tuple(values)
    )
    return {int(row["chat"]): int(row["id"]) for row in rows}


def words(tx: Transaction, broadcast: int, after: int, limit: int) -> list[Copy]:
    """The next copies of its words, behind the person `after`."""
    rows = tx.query(
        "SELECT recipients.person, people.language, cards.chat, cards.id AS card, cards.subject AS about, "
        f"{OWN_CARD.format(chat='cards.chat')} AS reply_to "
        "FROM broadcast_recipients recipients JOIN people ON people.id = recipients.person "
        "JOIN cards ON cards.id = recipients.card WHERE recipients.broadcast = ? AND recipients.person > ? "
        "AND recipients.state IN ('queued', 'sent') ORDER BY recipients.person LIMIT ?",
        (broadcast, after, limit),
    )
    return [Copy(**dict(row)) for row in rows]


def files(tx: Transaction, broadcast: int, parts: Collection[int], chats: Collection[int]) -> list[FileCopy]:
    """The copies of these files in these chats."""
    if not parts or not chats:
        return []
    roles = {role(broadcast, part): part for part in parts}
    rows = tx.query(
        # The fixed bounds let SQLite use the index of copies.
        "SELECT id, chat, role, subject FROM cards WHERE role >= 'broadcast:' AND role < 'broadcast;' "
        f"AND chat IN ({', '.join('?' for _ in chats)}) AND role IN ({', '.join('?' for _ in roles)}) ORDER BY id",
        (*chats, *roles),
    )
    return [FileCopy(row["chat"], row["id"], row["subject"], roles[row["role"]]) for row in rows]
