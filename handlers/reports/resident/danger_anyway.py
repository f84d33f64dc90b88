"""Words of danger reach staff by whatever way they come: behind a command, in the middle of something else, as a reply
to what is closed.

Most ways take them to staff themselves, with what they belong to. Where one has not, or was refused, the message
becomes a report of danger, or goes onto the one that stands. What the other side of a repair has got has reached
somebody: it stays between the two of them. Staff know whom to call, and what they write down is about others.
"""

from dataclasses import replace

from domain.core.subjects import subject
from domain.people.rights import Action
from handlers.kit.parts import part_of
from handlers.kit.refusals import Handler
from handlers.kit.update_context import UpdateContext
from handlers.reports.resident import dangers, said_afterwards
from services.reports import dangers as service
from services.reports import saying_more, submitting
from services.reports.submitting import NewReport
from storage.core import events, messages, outbox
from storage.core.messages import Purpose


def heard(handler: Handler) -> Handler:
    """The handler of a command, after which no words of danger behind it have gone nowhere."""

    def look(ctx: UpdateContext) -> None:
        handler(ctx)
        if ctx.danger is None and not ctx.danger_asked and not ctx.may(Action.TRIAGE):
            dangers.watch(ctx)

    return heard_itself(look)


def heard_itself(handler: Handler) -> Handler:
    """As `heard`, of a handler that looks for them itself, and leaves out what is none of its writer's danger."""

    def handle(ctx: UpdateContext) -> None:
        before = events.last(ctx.tx)
        handler(ctx)
        unless_heard(ctx, before)

    return handle


def unless_heard(ctx: UpdateContext, before: int) -> None:
    """The message that came goes to staff, if it speaks of danger and no event after number `before` tells of it."""
    if ctx.danger is None or ctx.danger_asked or ctx.may(Action.TRIAGE):
        return
    if not events.of_danger(ctx.tx, before):
        _tell(ctx)


def _tell(ctx: UpdateContext) -> None:
    """The message that came goes to staff as it is, with the number to call above what is said of it."""
    if not outbox.is_there(ctx.tx, ctx.warned):
        dangers.watch(ctx)  # undone with what was refused
    part = part_of(ctx, Purpose.PART)
    if part is None:
        return
    kept = messages.by_id(ctx.tx, part.message) if part.message is not None else None
    elsewhere = kept is not None and kept.subject is not None
    parts = [replace(part, message=None) if elsewhere else part]
    stands = service.standing(ctx.tx, ctx.who.id)
    if stands is not None:
        number = service.number(stands)
        saying_more.add(ctx.tx, ctx.setup.community, ctx.who, number, parts, ctx.danger)
        said = said_afterwards.received(ctx, number)
        ctx.send(said, subject=subject("report", number), purpose=Purpose.RECEIPT, reply=True)
    else:
        number = submitting.submit(ctx.tx, ctx.setup.community, ctx.who, NewReport(parts=parts, danger=ctx.danger))
    if part.message is not None and not elsewhere:
        messages.set_subject(ctx.tx, part.message, subject("report", number))
