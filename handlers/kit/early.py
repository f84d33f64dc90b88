"""A change that overtook its own message: kept until the message comes, which then is handled as it reads now.

Whoever changes a message that became nothing of ours is noted as well; both are let go after two days, as long as
Telegram lets a message be changed.
"""

from datetime import timedelta
from typing import Any

from domain.calendar.local_time import local_time
from domain.core.subjects import subject
from handlers.kit import mailer
from handlers.kit.here import Here, Setup
from handlers.kit.incoming import Incoming
from storage.core import due, messages
from storage.core.database import Transaction
from storage.core.messages import Message, Purpose

KIND = "early_edit"
PURPOSE = Purpose.EARLY
KEPT = timedelta(days=2)
MOST = 50
"""So many changes wait in one chat for their messages."""


def keep(here: Here, kept: Message | None) -> None:
    """Keep the change that came, unless its message has come (`kept`) and became nothing that can be changed."""
    if (kept is not None and kept.purpose != PURPOSE) or here.message.point is not None:
        return
    message = here.keep_incoming(PURPOSE)
    occurrence = f"{_of_chat(here)}{here.incoming.id}"
    due.plan(here.tx, KIND, subject("message", message), here.now + KEPT, occurrence, {"update": here.incoming.raw()})
    if due.keep_newest(here.tx, _of_chat(here), MOST):
        _tell(here)


def _of_chat(here: Here) -> str:
    return f"{KIND}:{here.where.id}:"


def _tell(here: Here) -> None:
    """The oldest change is kept no longer: said once a day, for its words may be wanted."""
    text = here.say(
        "You have changed many messages that have not reached me, so I no longer keep the oldest of these changes. If "
        "something should still come to the staff, please send it as a new message."
    )
    day = local_time(here.now, here.setup.community.zone).date()
    mailer.send(here.tx, here.where.id, text, once=f"{_of_chat(here)}{day}")


def take(here: Here) -> list[Incoming]:
    """The changes that overtook the message that comes now, in the order they were made; they are kept no longer."""
    kept = messages.find(here.tx, here.where.id, here.message.id)
    if kept is None or kept.purpose != PURPOSE:
        return []
    about = subject("message", kept.id)
    found = [here.incoming.read(data["update"]) for data in due.waiting(here.tx, about, KIND)]
    due.cancel(here.tx, about, KIND)
    return sorted(found, key=lambda change: change.message.changed_at if change.message is not None else 0)


def let_go(_tx: Transaction, _setup: Setup, _about: str, _data: dict[str, Any]) -> None:
    """The task: a change was kept for long enough; its row goes, and with it what it held."""
