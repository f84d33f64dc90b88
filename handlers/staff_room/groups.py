"""The staff group. As an administrator the bot hears everything there; it answers only what is meant for it, and keeps
nothing of what people say among themselves."""

from dataclasses import replace

from handlers.kit.incoming import Sender
from handlers.kit.update_context import UpdateContext
from handlers.reports.staff import notes, triage
from services.staff_room import staff_chat as service
from services.staff_room import unchosen_groups
from storage.core import messages
from storage.core.messages import Message


def message(ctx: UpdateContext) -> None:
    """A plain message in a group: a reply to one of our cards or questions, or none of our business."""
    # Also when what was meant for us is refused, its words are not kept.
    ctx.forget_text = True
    about = ctx.replied_to()
    if ctx.person is not None and ctx.is_in_staff_chat:
        album = ctx.album_so_far()
        if album is not None and triage.album_went_on(ctx, album):
            ctx.forget_text = False
            return
        if about is not None and _taken(ctx, about):
            ctx.forget_text = False
            return
    if about is not None and not about.incoming and ctx.is_in_staff_chat:
        _say_that_nothing_was_taken(ctx, about)


def _taken(ctx: UpdateContext, about: Message) -> bool:
    """Whether a reply answers a question of ours, or is a note."""
    if triage.answered(ctx, about):
        return True
    asked = ctx.setup.features.answers.get(about.purpose.partition(":")[0])
    if (asked is not None and asked(ctx, about)) or triage.noted(ctx, about):
        return True
    of = ctx.setup.features.group_replies.get((about.subject or "").partition(":")[0])
    return of is not None and of(ctx, about)


def service_message(ctx: UpdateContext) -> None:
    """A pin, a new title, somebody who came or left: nothing that anybody has said."""
    ctx.forget_text = True


def _say_that_nothing_was_taken(ctx: UpdateContext, about: Message) -> None:
    """Who replied to one of our messages thinks that it was read: they hear that it was not, and what to do."""
    sender = ctx.incoming.sender
    if sender is Sender.GROUP:
        text = ctx.say(
            "You write as the group, so I cannot tell who you are, and I took nothing of it. Turn off “Remain "
            "anonymous” for yourself under Administrators, and reply once more."
        )
    elif sender is Sender.CHANNEL:
        text = ctx.say(
            "You write as a channel, so I cannot tell who you are, and I took nothing of it. Tap the picture beside "
            "the text field, choose your own name, and reply once more."
        )
    elif sender is Sender.PERSON and about.subject is not None:
        text = ctx.say(
            "I keep replies as notes only where they are about a report. Of this one I kept nothing; please use the "
            "buttons."
        )
    else:
        return
    ctx.send(text, reply=True)


def migrated(ctx: UpdateContext) -> None:
    """The group became a supergroup: Telegram says so in both; our chat stays the same one."""
    message = ctx.message
    if message.moved_to is not None:
        service.moved(ctx.tx, ctx.where.telegram_id, message.moved_to)
    elif message.moved_from is not None:
        service.moved(ctx.tx, message.moved_from, ctx.where.telegram_id)


def membership(ctx: UpdateContext) -> None:
    """The bot's own place in a chat changed: blocked or unblocked by a person, added to or removed from a group."""
    chat, now = ctx.incoming.chat, ctx.incoming.membership
    assert chat is not None and now is not None
    if chat.id != ctx.where.telegram_id:
        return  # a straggler from before the group became a supergroup: that the old one was left says nothing
    if now.is_out:
        service.lost(ctx.tx, ctx.where, f"the bot is {now.status} there")
        return
    if not ctx.where.is_private:
        service.learn_rights(ctx.tx, ctx.where, now.rights.intersection(service.NEEDED))
    service.back(ctx.tx, ctx.where)
    unchosen_groups.wait_for_choice(ctx.tx, replace(ctx.where, unreachable=None))
    service.try_again(ctx.tx, ctx.where)


def edited(ctx: UpdateContext) -> None:
    """Staff changed a message of theirs: a note or a proof reads otherwise now. What else they replied stays."""
    ctx.forget_text = True
    kept = messages.find(ctx.tx, ctx.where.id, ctx.message.id)
    part = notes.of_message(ctx, kept) if kept is not None and ctx.person is not None else None
    if kept is None or part is None or not ctx.is_in_staff_chat:
        return
    notes.edited(ctx, part, messages.note_change(ctx.tx, kept.id, ctx.message.changed_at))
    ctx.forget_text = False
