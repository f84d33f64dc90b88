"""/quarantine: what could not be handled, for admins. Its number, when it came and why it failed; never its words."""

from enum import StrEnum

from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, bold, lines, one_line, paragraphs
from handlers.kit.update_context import UpdateContext
from services.operations import quarantine as service
from storage.core.messages import Purpose

PAGE = 5
REASON = 150


class Wanted(StrEnum):
    """What is to be shown, or done about one of them."""

    LIST = "list"
    SHOW = "show"
    ASK = "ask"  # whether to try it again
    AGAIN = "again"
    WIPE = "wipe"  # whether to forget it
    FORGET = "forget"


class QuarantinePress(CallbackData, prefix="q"):
    """`number` is a page of the list, or the number of what is set aside."""

    wanted: Wanted
    number: int = 0


def show(ctx: UpdateContext) -> None:
    """/quarantine in private."""
    text, markup = _list(ctx, 0)
    ctx.send(text, markup, purpose=Purpose.QUARANTINE)


def press(ctx: UpdateContext) -> None:
    """A button of the list, of one of it, or of the question whether."""
    pressed = ctx.callback_data(QuarantinePress)
    wanted, number = pressed.wanted, pressed.number
    say = ctx.say
    if wanted is Wanted.LIST:
        ctx.edit_pressed(*_list(ctx, number))
    elif wanted is Wanted.SHOW:
        ctx.edit_pressed(*_one(ctx, number))
    elif wanted is Wanted.ASK:
        ctx.edit_pressed(*_ask_again(ctx, number))
    elif wanted is Wanted.WIPE:
        ctx.edit_pressed(*_ask_forget(ctx, number))
    elif wanted is Wanted.AGAIN:
        service.try_again(ctx.tx, ctx.who, number)
        ctx.edit_pressed(
            say("No. {number} is tried again now. If it fails once more, I tell you.", number=number),
            column(_back(ctx)),
        )
    else:
        service.forget(ctx.tx, ctx.who, number)
        ctx.edit_pressed(say("No. {number} is forgotten.", number=number), column(_back(ctx)))


def _back(ctx: UpdateContext) -> Button:
    return Button(ctx.say.label("Back to the list"), QuarantinePress(Wanted.LIST).pack())


def _list(ctx: UpdateContext, page: int) -> tuple[Html, Markup | None]:
    say = ctx.say
    found = service.listed(ctx.tx, ctx.who)
    shown = found[page * PAGE : (page + 1) * PAGE]
    if not shown:
        return say("Nothing is set aside: all that was sent to me could be handled."), None
    buttons = [
        Button(say.label("No. {number}", number=each.id), QuarantinePress(Wanted.SHOW, each.id).pack())
        for each in shown
    ]
    if len(found) > (page + 1) * PAGE:
        buttons.append(Button(say.label("More"), QuarantinePress(Wanted.LIST, page + 1).pack()))
    if page:
        buttons.append(_back(ctx))
    text = paragraphs(
        bold(say("What I could not handle ({count})", count=len(found))),
        say("Choose one to try it again or to forget it."),
    )
    return text, column(*buttons)


def _one(ctx: UpdateContext, number: int) -> tuple[Html, Markup]:
    say = ctx.say
    found = service.one(ctx.tx, ctx.who, number)
    text = lines(
        bold(say("No. {number}", number=number)),
        say("Came: {when}", when=say.moment(found.received_at, ctx.now)),
        say("Why it failed: {error}", error=one_line(found.error, REASON)),
    )
    return text, column(
        Button(say.label("Try again"), QuarantinePress(Wanted.ASK, number).pack()),
        Button(say.label("Forget"), QuarantinePress(Wanted.WIPE, number).pack()),
        _back(ctx),
    )


def _ask_again(ctx: UpdateContext, number: int) -> tuple[Html, Markup]:
    say = ctx.say
    service.one(ctx.tx, ctx.who, number)
    text = say(
        "Try no. {number} again? It is handled as if it were sent this moment; who sent it may get an answer they no "
        "longer expect.",
        number=number,
    )
    return text, column(
        Button(say.label("Yes, try again"), QuarantinePress(Wanted.AGAIN, number).pack()), _leave(ctx, number)
    )


def _ask_forget(ctx: UpdateContext, number: int) -> tuple[Html, Markup]:
    say = ctx.say
    service.one(ctx.tx, ctx.who, number)
    text = say("Forget no. {number}? What it said is deleted and cannot be had back.", number=number)
    return text, column(
        Button(say.label("Yes, forget it"), QuarantinePress(Wanted.FORGET, number).pack()), _leave(ctx, number)
    )


def _leave(ctx: UpdateContext, number: int) -> Button:
    return Button(ctx.say.label("No, leave it"), QuarantinePress(Wanted.SHOW, number).pack())
