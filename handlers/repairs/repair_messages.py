"""Writing to the people of a repair: a line in private, in the reader's language; and taking back what was sent."""

from collections.abc import Callable, Sequence
from typing import Any

from domain.core.subjects import subject
from domain.repairs.repairs import Urgency
from handlers.kit.here import Setup, our_language
from handlers.kit.keyboards import Button, column
from handlers.kit.texts import Html, Speaker
from services.repairs.relay import RELAY
from storage.core import chats, messages, outbox
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Lane, Outgoing
from storage.people import people
from storage.repairs.repairs import Repair

__all__ = ["ASKED", "JOB", "RELAY", "TAKEN_BACK", "lane_of", "speaker", "take_back", "tell"]
JOB = Purpose.JOB
"""Purpose of what only the volunteer who has it may read; it is taken back when they have it no longer."""
ASKED = Purpose.OFFER_PHOTO
"""Purpose of the photos under an offer; they go when the offer ends."""
TAKEN_BACK = Purpose.TAKEN_BACK
"""Purpose of what deletes these again."""
_PROTECTED = frozenset({JOB, RELAY, ASKED})


def speaker(tx: Transaction, setup: Setup, person: int) -> Speaker:
    """Somebody who speaks that person's language."""
    return setup.speaker(our_language(people.by_id(tx, person).language))


def lane_of(repair: Repair) -> Lane:
    """What cannot wait is heard in quiet hours, too: by whoever asked, and by volunteers who chose to be woken."""
    return Lane.URGENT if repair.urgency is Urgency.NOW else Lane.INTERACTIVE


def tell(
    tx: Transaction, setup: Setup, person: int, number: int, write: Callable[[Speaker], Html],
    buttons: Callable[[Speaker], Sequence[Button]] | None = None, *, card: int | None = None,
    purpose: str = Purpose.NOTICE, lane: Lane = Lane.INTERACTIVE, silent: bool = False,
    kept: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """A message about a repair, in reply to the card when it has one. Nothing to people without Telegram.

    What only its reader may read cannot be forwarded. `kept` stands beside the text in the outbox's row.
    """
    chat = chats.private_with(tx, person)
    if chat is None:
        return
    say = speaker(tx, setup, person)
    content = {
        **(kept or {}), "text": write(say), "markup": column(buttons(say)) if buttons else None, "silent": silent,
        "protected": purpose in _PROTECTED,
    }  # fmt: skip
    outbox.add(
        tx,
        Outgoing(
            chat=chat.id,
            action=outbox.Action.MESSAGE,
            content=content,
            lane=lane,
            reply_to_card=card,
            subject=subject("repair", number),
            purpose=purpose,
        ),
    )


def take_back(tx: Transaction, setup: Setup, person: int, number: int, purpose: str) -> None:
    """Delete what was sent to somebody about a repair with that purpose, and do not send what still waits.

    What Telegram lets nobody delete any more says instead that it was taken back.
    """
    chat = chats.private_with(tx, person)
    if chat is None:
        return
    about = subject("repair", number)
    outbox.drop_unsent(tx, chat.id, about, purpose, "it may not be read any more")
    say = speaker(tx, setup, person)
    said = say("This was for the repair you had, and has been taken back.")
    for message in messages.sent_with_purpose(tx, chat.id, about, purpose):
        outbox.add(
            tx,
            Outgoing(chat=chat.id, action=outbox.Action.DELETE, message=message, subject=about, purpose=TAKEN_BACK,
                     lane=Lane.NOTICE, content={"otherwise": said}),
        )  # fmt: skip
