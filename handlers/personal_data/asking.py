"""/export, and the row "My data" of /settings: what a copy of one's data is, a second question, and having it made."""

from enum import StrEnum

from domain.core.stored import Stored
from handlers.kit.callback_data import CallbackData, InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.preference import Preference, back
from handlers.kit.texts import Html, Speaker, bold, paragraphs
from handlers.kit.update_context import UpdateContext
from services.personal_data import exporting
from services.personal_data.exporting import OneADay
from storage.core.messages import Purpose


class Step(Stored, StrEnum, kept_in="buttons of one's own data: step"):
    """What is to be shown or done."""

    SHOW = "show"
    ASK = "ask"
    MAKE = "make"


class OwnDataPress(CallbackData, prefix="md"):
    """How far somebody is on the way to a copy."""

    step: Step


def command(ctx: UpdateContext) -> None:
    """/export in private."""
    ctx.send(*_what_it_is(ctx), purpose=Purpose.SETTINGS)


def press(ctx: UpdateContext) -> None:
    """A button of these screens. Raises OneADay."""
    step = ctx.callback_data(OwnDataPress).step
    if not ctx.where.is_private:
        raise InvalidCallbackData  # its buttons stand in private chats only
    if step is Step.SHOW:
        ctx.edit_pressed(*_what_it_is(ctx))
    elif step is Step.ASK:
        ctx.edit_pressed(*_really(ctx))
    else:
        exporting.order(ctx.tx, ctx.who, ctx.who.language)
        ctx.edit_pressed(
            paragraphs(
                bold(ctx.say("Your data")),
                ctx.say("I am making your copy. It comes to this chat, usually within a minute."),
            ),
            None,
        )


def one_a_day(say: Speaker, refusal: OneADay) -> str:
    """Why no second copy is made."""
    return say.label(
        "A copy is made once a day. You can have the next one on {day}, from {time}.",
        day=say.dated(refusal.at),
        time=say.time(refusal.at),
    )


def _what_it_is(ctx: UpdateContext) -> tuple[Html, Markup]:
    say, at = ctx.say, exporting.next_one(ctx.tx, ctx.who.id)
    text = paragraphs(
        bold(say("Your data")),
        say(
            "You can have a copy of everything that is kept about you here, as a ZIP file: a page to read and print, "
            "the photos and voice messages you sent, and the same as a list for computers."
        ),
        say("Other people’s names, words and numbers are not in it."),
        say("It comes to this chat. After 24 hours I delete it here, so please save it before then."),
        say("A copy is made once a day. You can have the next one on {day}, from {time}.",
            day=say.dated(at), time=say.time(at)) if at is not None else None,
    )  # fmt: skip
    make = Button(say.label("Make a copy of my data"), OwnDataPress(Step.ASK).pack())
    return text, column(*([make] if at is None else []), back(say))


def _really(ctx: UpdateContext) -> tuple[Html, Markup]:
    say = ctx.say
    text = paragraphs(
        bold(say("Make a copy of your data?")),
        say(
            "Everyone who can use your phone, or to whom you pass the file on, can read it: what you reported, your "
            "addresses and your numbers."
        ),
    )
    return text, column(
        Button(say.label("Yes, make the copy"), OwnDataPress(Step.MAKE).pack()),
        Button(say.label("No"), OwnDataPress(Step.SHOW).pack()),
    )


MY_DATA = Preference("my_data", lambda say: say.label("My data"), 9, opens=OwnDataPress(Step.SHOW).pack())
