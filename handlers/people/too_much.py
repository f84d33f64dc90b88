"""What somebody is told who presses or writes more at a time than others can bear: until when. Nothing is lost."""

from domain.core.subjects import split
from handlers.kit.texts import paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.kit.wording import emergency_line
from services.people import limits
from services.reports import dangers
from storage.core.database import Transaction


def pressed(ctx: UpdateContext) -> bool:
    """Whether the press that came is one too many for now, which is said; not while they are asked about a danger."""
    past = limits.press(ctx.tx, ctx.who)
    if past is None or dangers.awaiting_place(ctx.tx, ctx.who.id) is not None:
        return False
    say = ctx.say_to_person
    text = say.label(
        "You have pressed {count} buttons within ten minutes. So that others need not wait, please go on after {when}.",
        count=past.count,
        when=say.moment(past.until, ctx.now),
    )
    ctx.pop_up(text, alert=True)
    return True


def read_on(tx: Transaction, about: str) -> None:
    """The task: what somebody wrote past their limit is handled now.

    While they are asked where a danger is it goes on waiting: it was written before, and would be taken for the answer.
    """
    _, person = split(about)
    rung = dangers.awaiting_place(tx, person)
    if rung is not None and rung.asked_at is not None:
        limits.wait_on(tx, person, rung.asked_at + dangers.ASKED)
    else:
        limits.run_due(tx, about)


def holds(ctx: UpdateContext) -> bool:
    """Whether the message that came waits until its sender can go on; they are told once."""
    past = limits.message(ctx.tx, ctx.who, ctx.message.file is not None)
    if past is None:
        return False
    ctx.held = True
    if past.first:
        say = ctx.say
        text = say(
            "You have sent {count} messages within ten minutes. I have them, and I go on reading after {when}. What "
            "you write until then waits in its order; nothing of it is lost.",
            count=past.count,
            when=say.moment(past.until, ctx.now),
        )
        ctx.send(paragraphs(text, emergency_line(ctx.setup.community, say)))
    return True
