"""Writing to the people of a repair: a line in private, in the reader's language; and taking back what was sent."""

from collections.abc import Callable
from typing import Unpack

from domain.core.subjects import subject
from domain.repairs.repairs import Urgency
from handlers.kit import mailer
from handlers.kit.mailer import How, Words
from handlers.kit.texts import Speaker
from handlers.kit.update_context import Setup
from services.repairs.relay import RELAY
from storage.core import messages, unsent_messages
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Lane
from storage.repairs.repairs import Repair

__all__ = ["ASKED", "JOB", "RELAY", "TAKEN_BACK", "lane_of", "take_back", "tell"]
JOB = Purpose.JOB
"""Purpose of what only the volunteer who has it may read; it is taken back when they have it no longer."""
ASKED = Purpose.OFFER_PHOTO
"""Purpose of the photos under an offer; they go when the offer ends."""
TAKEN_BACK = Purpose.TAKEN_BACK
"""Purpose of what deletes these again."""
_PROTECTED = frozenset({JOB, RELAY, ASKED})


def lane_of(repair: Repair) -> Lane:
    """What cannot wait is heard in quiet hours, too: by whoever asked, and by volunteers who chose to be woken."""
    return Lane.URGENT if repair.urgency is Urgency.NOW else Lane.INTERACTIVE


def tell(
    tx: Transaction, setup: Setup, person: int, number: int, write: Callable[[Speaker], Words], **how: Unpack[How]
) -> None:
    """A message about a repair. What only its reader may read cannot be forwarded."""
    protected = how.get("purpose") in _PROTECTED
    how = {"lane": Lane.INTERACTIVE, "subject": subject("repair", number), "protected": protected, **how}
    mailer.to_person(tx, setup, person, write, **how)


def take_back(tx: Transaction, setup: Setup, person: int, number: int, purpose: str) -> None:
    """Delete what was sent to somebody about a repair with that purpose, and do not send what still waits.

    What Telegram lets nobody delete any more says instead that it was taken back.
    """
    to = mailer.private(tx, setup, person)
    if to is None:
        return
    about, chat = subject("repair", number), to.chat.id
    unsent_messages.drop_unsent(tx, chat, about, purpose, "it may not be read any more")
    said = to.say("This was for the repair you had, and has been taken back.")
    for message in messages.sent_with_purpose(tx, chat, about, purpose):
        mailer.delete(tx, chat, message, said, subject=about, purpose=TAKEN_BACK, lane=Lane.NOTICE)
