"""What waits to be sent: put away, reworded, or taken up again after all."""

from collections.abc import Collection

from storage.core import dialect
from storage.core.database import Transaction
from storage.core.instants import to_text


def drop_for_cards(tx: Transaction, cards: Collection[int], reason: str) -> None:
    """What waits to be written into these cards is put away."""
    if not cards:
        return
    marks = ", ".join("?" for _ in cards)
    tx.execute(
        f"UPDATE outbox SET state = 'dropped', finished_at = ?, error = ? WHERE card IN ({marks}) "
        "AND state IN ('pending', 'waiting')",
        (to_text(tx.now), reason, *cards),
    )


def drop_unsent(tx: Transaction, chat: int, subject: str, purpose: str, reason: str) -> None:
    """What waits to be sent there about a subject, with that purpose, is put away: it may not be read any more."""
    tx.execute(
        "UPDATE outbox SET state = 'dropped', finished_at = ?, error = ? "
        "WHERE chat = ? AND subject = ? AND purpose = ? AND state IN ('pending', 'waiting')",
        (to_text(tx.now), reason, chat, subject, purpose),
    )


def reword_unsent(tx: Transaction, chat: int, subject: str, purpose: str, text: str) -> bool:
    """What was not sent there yet about a subject, with that purpose, says this instead; also where it was put away
    and may come after all. False when nothing waits."""
    changed, said = 0, dialect.with_member("content", "text", "?")
    # One after the other: each has an index of its own, which "any of them" would not use.
    for states in ("state = 'dropped'", "state IN ('pending', 'waiting')"):
        changed = tx.execute(
            f"UPDATE outbox SET content = {said} WHERE chat = ? AND subject = ? "
            f"AND purpose = ? AND action = 'message' AND {states}",
            (text, chat, subject, purpose),
        ).rowcount
    return changed > 0


def is_on_its_way(tx: Transaction, chat: int, subject: str, purpose: str) -> bool:
    """Whether something with that purpose is being sent there about a subject just now."""
    row = tx.one(
        "SELECT 1 FROM outbox WHERE chat = ? AND subject = ? AND purpose = ? AND state = 'sending'",
        (chat, subject, purpose),
    )
    return row is not None


def drop_uncertain(tx: Transaction, reason: str) -> int:
    """Put away what may have been sent without our knowing, where it had better not come than come twice.

    What can be repeated without harm stays, and what is to be sent later only. Returns how many.
    """
    return tx.execute(
        "UPDATE outbox SET state = 'dropped', finished_at = :now, error = :reason WHERE when_uncertain = 'drop' "
        "AND (state = 'pending' OR (state = 'waiting' AND not_before <= :now)) "
        "AND action NOT IN ('unbutton', 'delete', 'take_back', 'react', 'edit', 'commands') "
        "AND NOT EXISTS (SELECT 1 FROM cards WHERE cards.id = outbox.card AND cards.message_id IS NOT NULL)",
        {"now": to_text(tx.now), "reason": reason},
    ).rowcount


def drop_for(tx: Transaction, chat: int, reason: str) -> None:
    """Put away all that is still to be sent to a chat."""
    tx.execute(
        "UPDATE outbox SET state = 'dropped', finished_at = ?, error = ? WHERE chat = ? "
        "AND state IN ('pending', 'waiting', 'folded')",
        (to_text(tx.now), reason, chat),
    )


def revive(tx: Transaction, chat: int, purpose: str) -> int:
    """What was put away with that purpose, because nothing could be sent to the chat, is to be sent after all.

    Of a message that was changed or taken back meanwhile only what counts last.
    """
    count = tx.execute(
        "UPDATE outbox SET state = 'pending', finished_at = NULL, error = NULL WHERE chat = ? AND state = 'dropped' "
        "AND purpose = ? AND action <> 'card' "
        "AND (card IS NULL OR id = (SELECT max(id) FROM outbox other WHERE other.card = outbox.card))",
        (chat, purpose),
    ).rowcount
    if count:
        tx.signal("outbox")
    return count


def revive_talk(tx: Transaction, chat: int) -> None:
    """What was put away of the talk under staff cards, because nothing could be sent there, is to be sent after all.

    Not where the card itself was never sent: it is made anew, with everything below it.
    """
    tx.execute(
        "UPDATE outbox SET state = 'pending', finished_at = NULL, error = NULL WHERE chat = ? AND state = 'dropped' "
        "AND purpose = 'talk' AND EXISTS (SELECT 1 FROM cards WHERE cards.subject = outbox.subject "
        "AND cards.role = 'staff' AND cards.chat = outbox.chat AND cards.message_id IS NOT NULL)",
        (chat,),
    )
    tx.signal("outbox")
