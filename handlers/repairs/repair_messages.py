"""Writing to the people of a repair: a line in private, in the reader's language; and taking back what was sent."""

from collections.abc import Callable, Sequence

from domain.repairs import Urgency
from domain.subjects import subject
from handlers.here import Setup, our_language
from handlers.keyboards import Button, column
from handlers.texts import Html, Speaker
from storage import chats, messages, outbox, people
from storage.database import Transaction
from storage.outbox import Lane, Outgoing
from storage.repairs import Repair

JOB = "job"
"""Purpose of what only the volunteer who has it may read; it is taken back when they have it no longer."""
RELAY = "relay"
"""Purpose of what one side of a repair wrote to the other."""
ASKED = "offer_photo"
"""Purpose of the photos under an offer; they go when the offer ends."""


def speaker(tx: Transaction, setup: Setup, person: int) -> Speaker:
    """Somebody who speaks that person's language."""
    return setup.speaker(our_language(people.by_id(tx, person).language))


def lane_of(repair: Repair) -> Lane:
    """What cannot wait is heard in quiet hours, too: by whoever asked, and by volunteers who chose to be woken."""
    return Lane.URGENT if repair.urgency is Urgency.NOW else Lane.INTERACTIVE


def tell(
    tx: Transaction, setup: Setup, person: int, number: int, write: Callable[[Speaker], Html],
    buttons: Callable[[Speaker], Sequence[Button]] | None = None, *, card: int | None = None,
    purpose: str = "notice", lane: Lane = Lane.INTERACTIVE, silent: bool = False,
) -> None:  # fmt: skip
    """A message about a repair, in reply to the card when it has one. Nothing to people without Telegram."""
    chat = chats.private_with(tx, person)
    if chat is None:
        return
    say = speaker(tx, setup, person)
    content = {"text": write(say), "markup": column(buttons(say)) if buttons else None, "silent": silent}
    outbox.add(
        tx,
        Outgoing(
            chat=chat.id, action="message", content=content, lane=lane, reply_to_card=card,
            subject=subject("repair", number), purpose=purpose,
        ),
    )  # fmt: skip


def take_back(tx: Transaction, person: int, number: int, purpose: str) -> None:
    """Delete what was sent to somebody about a repair with that purpose, and do not send what still waits."""
    chat = chats.private_with(tx, person)
    if chat is None:
        return
    about = subject("repair", number)
    outbox.drop_unsent(tx, chat.id, about, purpose, "it may not be read any more")
    for message in messages.sent_with_purpose(tx, chat.id, about, purpose):
        outbox.add(
            tx,
            Outgoing(chat=chat.id, action="delete", message=message, subject=about, purpose="taken_back",
                     lane=Lane.NOTICE),
        )  # fmt: skip
