"""When many reports come within a minute, the cards of the later ones wait, and a message in the group names them."""

from collections import Counter
from datetime import timedelta

from storage.core import messages
from storage.core.database import Transaction
from storage.core.messages import CardRole
from storage.reports import bursts, lately
from storage.reports.reports import Report

MINUTE = timedelta(minutes=1)
BURST = 10
"""Cards a minute; the rest of the twenty messages are for answers, for these messages, and for danger."""
CALM = 5
"""With fewer cards in the last minute the group is calm."""
OWN = 3
"""Of one person's cards so many count for others."""
LOOKED_AT = 40
SHOWN = 25
"""So many are named in one message."""
AT_ONCE = 2
LATELY = timedelta(minutes=10)
OF_ONE_PERSON = 5
"""So many cards of one person's reports are made within that time; the others are named in one message."""


def waits(tx: Transaction, chat: int, report: Report) -> bool:
    """Whether a new card has to wait, which is kept then. One person's many are nobody else's burst."""
    if _has_many(tx, chat, report.person):
        bursts.add(tx, report.id)
        return True
    made = Counter(bursts.newest_cards(tx, chat, LOOKED_AT, tx.now - MINUTE))
    others = sum(min(count, OWN) for count in made.values())
    if (made.total() if made[report.person] >= OWN else others) < BURST:
        return False
    bursts.add(tx, report.id)
    return True


def has_come(tx: Transaction, report: int) -> tuple[bool, int | None]:
    """Its card is there. Whether it had waited, and which message names it."""
    return bursts.take(tx, report)


def next_ones(tx: Transaction, chat: int) -> list[int]:
    """The reports whose cards are made now: some of those that wait, when the group is calm."""
    made = messages.nth_newest_staff_card(tx, chat, CALM)
    if made is not None and made > tx.now - MINUTE:
        return []
    waiting = bursts.waiting(tx, LOOKED_AT)
    return [report for report, person in waiting if not _has_many(tx, chat, person)][:AT_ONCE]


def _has_many(tx: Transaction, chat: int, person: int) -> bool:
    return lately.cards(tx, chat, person, tx.now - LATELY) >= OF_ONE_PERSON


def name(tx: Transaction, about: str, chat: int) -> list[int]:
    """Put those that are in no message yet into the newest that has room, or into new ones; returns these."""
    newest = messages.newest_card(tx, about, CardRole.GATHERED)
    card = int(newest["id"]) if newest else None
    room = SHOWN - len(bursts.named_by(tx, card)) if card is not None else 0
    if card is not None and room == SHOWN:
        card, room = None, 0  # it has said that all have their cards; what comes now is news
    changed: list[int] = []
    for number in bursts.not_named(tx, 1000):
        if card is None or room == 0:
            card, room = messages.new_card(tx, chat, about, CardRole.GATHERED), SHOWN
        bursts.name(tx, number, card)
        room -= 1
        if card not in changed:
            changed.append(card)
    return changed
