"""A message in a private chat, and where its words go.

One rule: a reply goes to what it replies to; an open step takes only what it asked for; anything else begins a report,
which asks what it belongs to when several things are open. Never to a person by guess.
"""

from dataclasses import replace

from domain.core.subjects import number_of, subject
from handlers.kit import early_edits
from handlers.kit.additions import Replies
from handlers.kit.conversation import for_others, lapsing
from handlers.kit.conversation.engine import engine
from handlers.kit.refusals import Handler
from handlers.kit.update_context import UpdateContext
from handlers.notices import where_one_lives
from handlers.people import arriving, too_much
from handlers.reports.recipients import known_by
from handlers.reports.resident import (
    danger_anyway,
    dangers,
    deciding,
    mine,
    objecting,
    reporting,
    said_afterwards,
    taking_back,
)
from handlers.reports.staff import notes, quoted_cards, triage
from services.reports import allowed
from storage.core import conversations, events, messages
from storage.core.conversations import ConversationState
from storage.reports import supports

_OF_A_REPORT = (reporting.NAME, deciding.REASON.name, objecting.OBJECTION.name, taking_back.FLOW.name)


def message(ctx: UpdateContext) -> None:
    """Words, photos, voice messages, anything that is no command."""
    command = _keyboard_command(ctx)
    if command is not None:
        lapsing.first(command)(ctx)
        return
    if quoted_cards.took(ctx):
        return
    about = _meant(ctx, ctx.replied_to())
    album = ctx.album_so_far()
    if album is not None and notes.of_message(ctx, album) is not None:
        triage.album_went_on(ctx, album)
        return
    if for_others.takes(ctx, about):
        engine.message(ctx)
        return
    dangers.watch(ctx)
    if ctx.danger is None and not said_afterwards.lets_in(ctx, about or album):
        allowed.to_report(ctx.tx, ctx.who)
        if too_much.holds(ctx):
            return
    if album is not None and _belongs(ctx, album, later_part=True):
        return
    if album is not None and _of_open(ctx, album):
        engine.message(ctx)  # each part of an album in reply is a reply, too: only the first begins something
        return
    if about is not None and _belongs(ctx, about):
        return
    asked = said_afterwards.danger_answered(ctx) if about is None else None
    if asked is not None:
        said_afterwards.take(ctx, asked)
        return
    if about is None and ctx.conversation is None and where_one_lives.answered(ctx):
        return
    if about is not None:
        _take_up(ctx, about)
    lapsing.by_words(ctx, about)
    if ctx.conversation is not None:
        engine.message(ctx)
    else:
        reporting.begin_with_message(ctx)


def _of_open(ctx: UpdateContext, album: messages.Message) -> bool:
    """Whether the first part of an album is part of the open conversation."""
    return ctx.conversation is not None and number_of(album.subject, "conversation") == ctx.conversation.id


def _belongs(ctx: UpdateContext, about: messages.Message, later_part: bool = False) -> bool:
    """A reply to a question answers it, one about a report is added to it; the features take those about theirs."""
    asked = ctx.setup.features.answers.get(about.purpose.partition(":")[0])
    if not later_part and asked is not None and asked(ctx, about):
        return True
    if mine.replied(ctx, about, later_part):
        return True
    of = _others(ctx, about)
    return of is not None and (of.album_went_on(ctx, about) if later_part else of.replied(ctx, about))


def _others(ctx: UpdateContext, about: messages.Message) -> Replies | None:
    """What takes replies to it, when it is about something else than a report."""
    return ctx.setup.features.replies.get((about.subject or "").partition(":")[0])


def edited(ctx: UpdateContext) -> None:
    """An earlier message was changed: in a draft it changes the draft, in a report it is added as it reads now.

    Of two changes the one that was made last counts, whichever comes first.
    """
    kept = messages.find(ctx.tx, ctx.where.id, ctx.message.id)
    if kept is None or kept.subject is None:
        early_edits.keep(ctx, kept)
        return
    newest = messages.note_change(ctx.tx, kept.id, ctx.message.changed_at)
    part = notes.of_message(ctx, kept)
    if part is not None:
        notes.edited(ctx, part, newest)
        return
    of = _others(ctx, kept)
    if not for_others.writes(ctx, kept) and not (of is not None and of.for_others):
        dangers.watch(ctx)
    before = events.last(ctx.tx)
    _changed(ctx, kept, newest)
    if newest:
        danger_anyway.unless_heard(ctx, before)


def _changed(ctx: UpdateContext, kept: messages.Message, newest: bool) -> None:
    """What belongs to a repair, a promise, a report or a draft reads otherwise there."""
    of = _others(ctx, kept)
    if of is not None and of.edited(ctx, kept, newest):
        return
    if number_of(kept.subject, "conversation") is None:
        mine.edited(ctx, kept, newest)
    else:
        reporting.edited(ctx, kept, newest)


def as_it_reads_now(handler: Handler) -> Handler:
    """The handler of a message, and after it whatever changes of that message came before it."""

    def handle(ctx: UpdateContext) -> None:
        changes = early_edits.take(ctx)
        handler(ctx)
        came = ctx.incoming, ctx.danger
        for change in changes:
            ctx.incoming, ctx.danger = change, None
            edited(ctx)
        ctx.incoming, ctx.danger = came

    return handle


def service_message(ctx: UpdateContext) -> None:
    """A pin, a timer, a background, a gift: Telegram says that it happened, and nobody has said anything to us."""
    ctx.forget_text = True


def unknown_command(ctx: UpdateContext) -> None:
    """A command of nobody's: what there is, rather than what there is not."""
    arriving.help_(ctx)


def unhandled(ctx: UpdateContext) -> None:
    """The catch-all. What a person says is never among it: Telegram's own accounts, a channel, what is not for us."""
    ctx.forget_text = True


def _meant(ctx: UpdateContext, about: messages.Message | None) -> messages.Message | None:
    """What a reply is about. The last words of a conversation about a report name the report: it is meant."""
    number = number_of(about.subject, "conversation") if about is not None else None
    found = conversations.by_id(ctx.tx, number) if number is not None else None
    if about is None or found is None or found.state != ConversationState.ENDED or found.flow not in _OF_A_REPORT:
        return about
    report = found.draft.get("report")
    if found.person != ctx.who.id or report is None or not supports.concerns(ctx.tx, report, ctx.who.id):
        return about
    return replace(about, subject=subject("report", known_by(ctx.tx, report, ctx.who.id)))


def _take_up(ctx: UpdateContext, about: messages.Message) -> None:
    """A reply to the question of a conversation that was put aside takes that one up again."""
    number = number_of(about.subject, "conversation")
    if number is None or (ctx.conversation is not None and ctx.conversation.id == number):
        return
    found = conversations.by_id(ctx.tx, number)
    if found is not None and found.person == ctx.who.id and found.state == ConversationState.PARKED:
        engine.resume(ctx, found)


def _keyboard_command(ctx: UpdateContext) -> Handler | None:
    return ctx.setup.features.keyboard.get(ctx.message.text.strip())
