"""What only the volunteer who has a repair may read stays deletable for as long as they have it.

Telegram lets a bot delete a message for 48 hours (Bot API, deleteMessage). So what stands longer in their chat is sent
once more, without a sound and not in their quiet hours, and the older copy is deleted once the newer one has arrived.
"""

from datetime import timedelta
from typing import Any

from domain.community import Community
from domain.core.subjects import split, subject
from domain.repairs.repairs import HELD
from services.people import quiet
from storage.core import chats, scheduled_tasks
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.people import people
from storage.repairs import renewals, repairs

KIND = "relay_renewal"
OLD = timedelta(hours=30)
"""From then on a message is renewed: quiet hours of up to half a day leave time until Telegram refuses."""
EVERY = timedelta(hours=4)
SOON = timedelta(minutes=5)
"""After so long it is looked at whether the newer copies have arrived."""
PURPOSES = (Purpose.JOB, Purpose.RELAY)


def begin(tx: Transaction, repair: int) -> None:
    """A volunteer has it from now on."""
    scheduled_tasks.plan(tx, KIND, subject("repair", repair), tx.now + OLD, f"{KIND}:{repair}")


def run(tx: Transaction, community: Community, about: str, _data: dict[str, Any]) -> None:
    """The task: renew what is old, delete what has been renewed; again as long as somebody has the repair."""
    _, number = split(about)
    repair = repairs.by_id(tx, number)
    if repair is None or repair.state not in HELD or repair.taker is None:
        return
    chat = chats.private_with(tx, repair.taker)
    next_look = EVERY
    if chat is not None and chat.unreachable is None:
        renewals.delete_renewed(tx, chat.id, about, PURPOSES)
        allowed = quiet.allowed_from(tx.now, community, people.by_id(tx, repair.taker))
        if allowed > tx.now:
            next_look = allowed - tx.now
        elif renewals.send_again(tx, chat.id, about, PURPOSES, tx.now - OLD):
            next_look = SOON
    scheduled_tasks.plan(tx, KIND, about, tx.now + next_look, f"{KIND}:{number}")
