"""/forget: somebody has all data about them deleted. They read what goes and what stays, and say yes twice.

Nothing is kept while they are asked: each button says whose it is and when it was shown, so that an old one, one of
before somebody came back, or a second tap does nothing.
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from domain.core.stored import Stored
from domain.people.rights import Action, may
from handlers.kit.callback_data import CallbackData, InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.preference import Preference
from handlers.kit.texts import Html, bold, clean, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.personal_data import for_somebody
from handlers.personal_data.forget_words import ends, goes, stays
from services.personal_data import forgetting, open_things
from storage.core.messages import Purpose

COUNTS = timedelta(hours=1)
"""So long a button counts after it was shown."""


class Asking(Stored, StrEnum, kept_in="buttons that delete one's data"):
    """What the button asks for, or answers."""

    SHOW = "show"
    SURE = "sure"
    YES = "yes"
    NO = "no"


class ForgetPress(CallbackData, prefix="gone"):
    """`person` and `shown` (minutes since 1970) say to whom and when it was shown; of SHOW both are 0."""

    wanted: Asking
    person: int
    shown: int


def command(ctx: UpdateContext) -> None:
    """/forget in private; with words behind it an admin names somebody else."""
    words = clean(ctx.message.text.partition(" ")[2])
    if words:
        for_somebody.command(ctx, words)
        return
    ctx.send(*_what_goes(ctx), purpose=Purpose.SETTINGS)


def press(ctx: UpdateContext) -> None:
    """A button of the questions."""
    pressed = ctx.callback_data(ForgetPress)
    if not ctx.where.is_private:
        raise InvalidCallbackData  # its buttons stand in private chats only
    if pressed.wanted is Asking.SHOW:
        ctx.send(*_what_goes(ctx), purpose=Purpose.SETTINGS)
    elif not _counts(ctx, pressed):
        _too_old(ctx)
    elif pressed.wanted is Asking.NO:
        ctx.edit_pressed(ctx.say("Nothing was deleted. Everything is as it was."), None)
    elif pressed.wanted is Asking.SURE:
        forgetting.may_begin(ctx.tx, ctx.who.id)
        ctx.edit_pressed(*_are_you_sure(ctx))
    else:
        forgetting.begin(ctx.tx, ctx.who.id)
        ctx.edit_pressed(_begun(ctx), None)


def _counts(ctx: UpdateContext, pressed: ForgetPress) -> bool:
    shown = datetime.fromtimestamp(pressed.shown * 60, UTC) if pressed.shown < 1 << 32 else None
    return (
        pressed.person == ctx.who.id and shown is not None and shown <= ctx.now < shown + COUNTS + timedelta(minutes=1)
    )


def _too_old(ctx: UpdateContext) -> None:
    """Who has just been forgotten and taps once more is not kept anew because of it."""
    say = ctx.say
    if forgetting.never_came(ctx.tx, ctx.who):
        ctx.person = None
    ctx.pop_up(say.label("This button is too old. If you want to delete your data, send /forget."), alert=True)


def _data(ctx: UpdateContext, wanted: Asking) -> str:
    return ForgetPress(wanted, ctx.who.id, int(ctx.now.timestamp()) // 60).pack()


def _what_goes(ctx: UpdateContext) -> tuple[Html, Markup]:
    say = ctx.say
    open_now = ends(say, open_things.of(ctx.tx, ctx.who.id))
    text = paragraphs(
        bold(say("Delete my data")),
        lines(say("If you go on, this is deleted:"), *goes(say)),
        lines(say("This ends:"), *open_now) if open_now else None,
        lines(say("This stays, without your name:"), *stays(say)),
        say("It cannot be undone."),
        _copies(ctx),
    )
    return text, column(
        Button(say.label("Go on: delete my data"), _data(ctx, Asking.SURE)),
        Button(say.label("Keep my data"), _data(ctx, Asking.NO)),
    )


def _copies(ctx: UpdateContext) -> Html:
    """Until which day the copies hold it that are made each night; one may be made within the hour."""
    until = ctx.setup.kept.copies_hold_until(ctx.now)
    if until is None:
        return ctx.say("Backup copies of the database still hold it, until the people who run me delete them.")
    return ctx.say(
        "Backup copies of the database still hold it until {day}. If one has to be used, your data are deleted from "
        "it before anything else.",
        day=bold(ctx.say.day(until, ctx.now)),
    )


def _are_you_sure(ctx: UpdateContext) -> tuple[Html, Markup]:
    """The yes stands where nothing stood before: who taps twice by mistake keeps everything."""
    say = ctx.say
    text = paragraphs(
        bold(say("Delete everything about you for good?")),
        say("Nobody can bring it back: not you, not the staff. If you write to me later, you begin as somebody new."),
    )
    return text, column(
        Button(say.label("No, keep my data"), _data(ctx, Asking.NO)),
        Button(say.label("I am not sure yet"), _data(ctx, Asking.NO)),
        Button(say.label("Yes, delete it for good"), _data(ctx, Asking.YES)),
    )


def _begun(ctx: UpdateContext) -> Html:
    works_with_staff = may(ctx.who.roles, Action.TRIAGE)
    return paragraphs(
        bold(ctx.say("Your data are being deleted.")),
        ctx.say("From now on nothing here has your name. Within an hour all of it is gone."),
        ctx.say("Please leave the staff group, too: the name of anybody who writes there is kept.")
        if works_with_staff
        else None,
    )


ROW = Preference(
    "forget", lambda say: say.label("Delete my data"), 10, opens=ForgetPress(Asking.SHOW, person=0, shown=0).pack()
)
