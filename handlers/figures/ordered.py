"""Figures that were ordered and are not shown yet: `counting.py` says how."""

from domain.core.subjects import subject
from handlers.kit.update_context import UpdateContext
from storage.core import scheduled_tasks

KIND = "figures"


def drop(ctx: UpdateContext) -> None:
    """Something else is shown in this chat's message with figures: what is being counted is not written over it."""
    scheduled_tasks.cancel(ctx.tx, subject("chat", ctx.where.id), KIND)
