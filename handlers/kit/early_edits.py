"""A change that overtook its own message: kept until the message comes, which then is handled as it reads now.

Whoever changes a message that became nothing of ours is noted as well; both are let go after two days, as long as
Telegram lets a message be changed.
"""

from datetime import timedelta
from typing import Any

from domain.calendar.local_time import local_time
from domain.core.subjects import subject
from handlers.kit import mailer
from handlers.kit.incoming import Incoming
from handlers.kit.update_context import Setup, UpdateContext
from storage.core import messages, scheduled_tasks
from storage.core.database import Transaction
from storage.core.messages import Message, Purpose

KIND = "early_edit"
PURPOSE = Purpose.EARLY
KEPT = timedelta(days=2)
MOST = 50
"""So many changes wait in one chat for their messages."""


def keep(ctx: UpdateContext, kept: Message | None) -> None:
    """Keep the change that came, unless its message has come (`kept`) and became nothing that can be changed."""
    if (kept is not None and kept.purpose != PURPOSE) or ctx.message.point is not None:
        return
    message = ctx.keep_incoming(PURPOSE)
    occurrence = f"{_of_chat(ctx)}{ctx.incoming.id}"
    scheduled_tasks.plan(
        ctx.tx, KIND, subject("message", message), ctx.now + KEPT, occurrence, {"update": ctx.incoming.raw()}
    )
    if scheduled_tasks.keep_newest(ctx.tx, _of_chat(ctx), MOST):
        _tell(ctx)


def _of_chat(ctx: UpdateContext) -> str:
    return f"{KIND}:{ctx.where.id}:"


def _tell(ctx: UpdateContext) -> None:
    """The oldest change is kept no longer: said once a day, for its words may be wanted."""
    text = ctx.say(
        "You have changed many messages that have not reached me, so I no longer keep the oldest of these changes. If "
        "something should still come to the staff, please send it as a new message."
    )
    day = local_time(ctx.now, ctx.setup.community.zone).date()
    mailer.send(ctx.tx, ctx.where.id, text, once=f"{_of_chat(ctx)}{day}")


def take(ctx: UpdateContext) -> list[Incoming]:
    """The changes that overtook the message that comes now, in the order they were made; they are kept no longer."""
    kept = messages.find(ctx.tx, ctx.where.id, ctx.message.id)
    if kept is None or kept.purpose != PURPOSE:
        return []
    about = subject("message", kept.id)
    found = [ctx.incoming.read(data["update"]) for data in scheduled_tasks.waiting(ctx.tx, about, KIND)]
    scheduled_tasks.cancel(ctx.tx, about, KIND)
    return sorted(found, key=lambda change: change.message.changed_at if change.message is not None else 0)


def let_go(_tx: Transaction, _setup: Setup, _about: str, _data: dict[str, Any]) -> None:
    """The task: a change was kept for long enough; its row goes, and with it what it held."""
