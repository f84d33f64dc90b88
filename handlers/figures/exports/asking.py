"""The buttons behind "Lists and files" of /figures: the open list for staff, and files for admins.

With names and words a file is made only after a second yes, below a sentence that says what it means; all admins read
that it was.
"""

from enum import StrEnum

from domain.calendar.local_time import local_time
from domain.core.stored import Stored
from domain.figures.exports import FORMS, Form, Stretch, Wanted, What
from domain.people.rights import Action, require
from handlers.figures import ordered
from handlers.figures.exports import wording
from handlers.kit.callback_data import CallbackData, InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.kit.wording import called
from services.figures import exporting
from storage.core.events import Recorded
from storage.people import people


class Step(Stored, StrEnum, kept_in="buttons of exports: step"):
    """What is to be shown or done."""

    MENU = "menu"
    TIME = "time"  # of which time?
    FORM = "form"  # what kind of file?
    MAKE = "make"
    ASK = "ask"  # with names and words?
    PERSONAL = "personal"  # yes, with names and words
    TAKEN = "taken"  # who took out names and words


class ExportPress(CallbackData, prefix="ex"):
    """How far somebody has chosen. What is not chosen yet stands at its first value."""

    step: Step
    what: What = What.OPEN
    stretch: Stretch = Stretch.ALL
    form: Form = Form.PDF


def button(say: Speaker) -> Button:
    """What leads here from /figures."""
    return Button(say.label("Lists and files"), ExportPress(Step.MENU).pack())


def press(ctx: UpdateContext) -> None:
    """A button of these screens."""
    pressed = ctx.callback_data(ExportPress)
    if not ctx.where.is_private:
        raise InvalidCallbackData  # its buttons stand in private chats only
    require(ctx.who.roles, Action.LOOK_UP if pressed.what is What.OPEN else Action.EXPORT)
    ordered.drop(ctx)
    if pressed.step is Step.MENU:
        ctx.edit_pressed(*_menu(ctx))
    elif pressed.step is Step.TAKEN:
        ctx.edit_pressed(*_taken(ctx))
    elif pressed.step is Step.MAKE:
        _order(ctx, pressed, personal=False)
    elif pressed.what is What.OPEN:
        raise InvalidCallbackData  # it is of now, and names nobody
    elif pressed.step is Step.TIME:
        ctx.edit_pressed(*_which_time(ctx, pressed))
    elif pressed.step is Step.FORM:
        ctx.edit_pressed(*_which_form(ctx, pressed))
    elif pressed.step is Step.ASK:
        ctx.edit_pressed(*_with_names(ctx, pressed))
    else:
        _order(ctx, pressed, personal=True)


def _menu(ctx: UpdateContext) -> tuple[Html, Markup]:
    say = ctx.say
    buttons = [
        Button(
            say.label("Open list: {form}", form=wording.form(say, form)),
            ExportPress(Step.MAKE, What.OPEN, Stretch.ALL, form).pack(),
        )
        for form in (Form.PDF, Form.XLSX)
    ]
    about = say(
        "The open list is for your meeting: what is open, with number, place, state and deadline. No names, no "
        "telephone numbers, no words of residents."
    )
    files = None
    if ctx.may(Action.EXPORT):
        files = say("For you as an admin: files with a row for each report, repair, promise or project.")
        buttons += [
            Button(wording.what(say, what), ExportPress(Step.TIME, what).pack())
            for what in What
            if what is not What.OPEN
        ]
        buttons.append(Button(say.label("Taken out with names"), ExportPress(Step.TAKEN, What.REPORTS).pack()))
    return paragraphs(bold(say("Lists and files")), about, files), column(*buttons)


def _which_time(ctx: UpdateContext, pressed: ExportPress) -> tuple[Html, Markup]:
    say = ctx.say
    buttons = [
        Button(wording.stretch(say, each), ExportPress(Step.FORM, pressed.what, each).pack()) for each in Stretch
    ]
    return bold(say("{what}: of which time?", what=wording.what(say, pressed.what))), column(*buttons, _back(ctx))


def _which_form(ctx: UpdateContext, pressed: ExportPress) -> tuple[Html, Markup]:
    say = ctx.say
    text = paragraphs(
        wording.named(say, ctx.setup.community, _wanted(ctx, pressed, personal=False)),
        say("The file has no names, no telephone numbers, no addresses and nothing that residents wrote."),
    )
    with_names = Button(
        say.label("With names and words …"), ExportPress(Step.ASK, pressed.what, pressed.stretch).pack()
    )
    return text, column(*_forms(ctx, pressed, Step.MAKE), with_names, _back(ctx))


def _with_names(ctx: UpdateContext, pressed: ExportPress) -> tuple[Html, Markup]:
    say = ctx.say
    text = paragraphs(
        wording.named(say, ctx.setup.community, _wanted(ctx, pressed, personal=True)),
        bold(say("With people’s names, telephone numbers, addresses, and what they wrote?")),
        say(
            "Everyone who gets the file can read it, and the bot cannot call it back. It stays in this chat until you "
            "delete it. That you took it out is kept for good, and all admins are told."
        ),
    )
    without = Button(say.label("No, without names"), ExportPress(Step.FORM, pressed.what, pressed.stretch).pack())
    return text, column(*_forms(ctx, pressed, Step.PERSONAL), without)


def _forms(ctx: UpdateContext, pressed: ExportPress, step: Step) -> list[Button]:
    say = ctx.say
    labels = {form: wording.form(say, form) for form in FORMS[pressed.what]}
    if step is Step.PERSONAL:
        labels = {form: say.label("Yes, as {form}", form=label) for form, label in labels.items()}
    return [
        Button(label, ExportPress(step, pressed.what, pressed.stretch, form).pack()) for form, label in labels.items()
    ]


def _order(ctx: UpdateContext, pressed: ExportPress, *, personal: bool) -> None:
    say = ctx.say
    wanted = _wanted(ctx, pressed, pressed.form, personal=personal)
    exporting.order(ctx.tx, ctx.who, ctx.where.id, wanted, say.language)
    name = wording.named(say, ctx.setup.community, wanted)
    ctx.edit_pressed(
        lines(say("I am making the file: {name}.", name=name), say("It comes here in a moment.")), column(_back(ctx))
    )


def _wanted(ctx: UpdateContext, pressed: ExportPress, form: Form = Form.XLSX, *, personal: bool) -> Wanted:
    """Raises InvalidCallbackData for what no button of ours says."""
    first, last = pressed.stretch.days(local_time(ctx.now, ctx.setup.community.zone).date())
    try:
        return Wanted(pressed.what, form, first, last, personal=personal)
    except ValueError as error:
        raise InvalidCallbackData from error


def _taken(ctx: UpdateContext) -> tuple[Html, Markup]:
    say = ctx.say
    found = exporting.personal_exports(ctx.tx, ctx.who)
    shown = [_line(ctx, each) for each in found]
    text = paragraphs(
        bold(say("Taken out with names and words")), *(shown or [say("Nobody has taken out any names or words.")])
    )
    return text, column(_back(ctx))


def _line(ctx: UpdateContext, each: Recorded) -> Html:
    say = ctx.say
    return say(
        "{when}, by {who}: {what} ({rows})",
        when=say.moment(each.at, ctx.now),
        who=called(people.by_id(ctx.tx, each.actor)) if each.actor else say("someone on the server"),
        what=wording.taken_out(say, ctx.setup.community, each.data),
        rows=say.plural("{count} row", "{count} rows", each.data["rows"]),
    )


def _back(ctx: UpdateContext) -> Button:
    return Button(ctx.say.label("Back"), ExportPress(Step.MENU).pack())
