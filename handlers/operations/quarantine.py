"""/quarantine: what could not be handled, for admins. Its number, when it came and why it failed; never its words."""

from enum import StrEnum

from handlers.kit.callback_data import CallbackData
from handlers.kit.here import Here
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, bold, lines, one_line, paragraphs
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


def show(here: Here) -> None:
    """/quarantine in private."""
    text, markup = _list(here, 0)
    here.send(text, markup, purpose=Purpose.QUARANTINE)


def press(here: Here) -> None:
    """A button of the list, of one of it, or of the question whether."""
    pressed = here.callback_data(QuarantinePress)
    wanted, number = pressed.wanted, pressed.number
    say = here.say
    if wanted is Wanted.LIST:
        here.edit_pressed(*_list(here, number))
    elif wanted is Wanted.SHOW:
        here.edit_pressed(*_one(here, number))
    elif wanted is Wanted.ASK:
        here.edit_pressed(*_ask_again(here, number))
    elif wanted is Wanted.WIPE:
        here.edit_pressed(*_ask_forget(here, number))
    elif wanted is Wanted.AGAIN:
        service.try_again(here.tx, here.who, number)
        here.edit_pressed(say("No. {number} is tried again now. If it fails once more, I tell you.", number=number),
                          column([_back(here)]))  # fmt: skip
    else:
        service.forget(here.tx, here.who, number)
        here.edit_pressed(say("No. {number} is forgotten.", number=number), column([_back(here)]))
    here.pop_up()


def _back(here: Here) -> Button:
    return Button(here.say.label("Back to the list"), QuarantinePress(Wanted.LIST).pack())


def _list(here: Here, page: int) -> tuple[Html, Markup | None]:
    say = here.say
    found = service.listed(here.tx, here.who)
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
        buttons.append(_back(here))
    text = paragraphs(
        bold(say("What I could not handle ({count})", count=len(found))),
        say("Choose one to try it again or to forget it."),
    )
    return text, column(buttons)


def _one(here: Here, number: int) -> tuple[Html, Markup]:
    say = here.say
    found = service.one(here.tx, here.who, number)
    text = lines(
        bold(say("No. {number}", number=number)),
        say("Came: {when}", when=say.moment(found.received_at, here.now)),
        say("Why it failed: {error}", error=one_line(found.error, REASON)),
    )
    buttons = [
        Button(say.label("Try again"), QuarantinePress(Wanted.ASK, number).pack()),
        Button(say.label("Forget"), QuarantinePress(Wanted.WIPE, number).pack()),
        _back(here),
    ]
    return text, column(buttons)


def _ask_again(here: Here, number: int) -> tuple[Html, Markup]:
    say = here.say
    service.one(here.tx, here.who, number)
    text = say(
        "Try no. {number} again? It is handled as if it were sent this moment; who sent it may get an answer they no "
        "longer expect.",
        number=number,
    )
    return text, column(
        [Button(say.label("Yes, try again"), QuarantinePress(Wanted.AGAIN, number).pack()), _leave(here, number)]
    )


def _ask_forget(here: Here, number: int) -> tuple[Html, Markup]:
    say = here.say
    service.one(here.tx, here.who, number)
    text = say("Forget no. {number}? What it said is deleted and cannot be had back.", number=number)
    return text, column(
        [Button(say.label("Yes, forget it"), QuarantinePress(Wanted.FORGET, number).pack()), _leave(here, number)]
    )


def _leave(here: Here, number: int) -> Button:
    return Button(here.say.label("No, leave it"), QuarantinePress(Wanted.SHOW, number).pack())
