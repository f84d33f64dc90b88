"""/quarantine: what could not be handled, for admins. Its number, when it came and why it failed; never its words."""

from handlers.callback_data import InvalidCallbackData
from handlers.here import Here
from handlers.keyboards import Button, Markup, column
from handlers.texts import Html, bold, lines, one_line, paragraphs
from services import quarantine as service
from storage.messages import Purpose

PAGE = 5
REASON = 150


def show(here: Here) -> None:
    """/quarantine in private."""
    text, markup = _list(here, 0)
    here.send(text, markup, purpose=Purpose.QUARANTINE)


def press(here: Here) -> None:
    """`q:<list|show|ask|again|wipe|forget>:<page or number>`."""
    _, verb, number_text = here.query_parts(3)
    number = here.query_number(number_text)
    say = here.say
    if verb == "list":
        here.edit_pressed(*_list(here, number))
    elif verb == "show":
        here.edit_pressed(*_one(here, number))
    elif verb == "ask":
        here.edit_pressed(*_ask_again(here, number))
    elif verb == "wipe":
        here.edit_pressed(*_ask_forget(here, number))
    elif verb == "again":
        service.try_again(here.tx, here.who, number)
        here.edit_pressed(say("No. {number} is tried again now. If it fails once more, I tell you.", number=number),
                          column([_back(here)]))  # fmt: skip
    elif verb == "forget":
        service.forget(here.tx, here.who, number)
        here.edit_pressed(say("No. {number} is forgotten.", number=number), column([_back(here)]))
    else:
        raise InvalidCallbackData
    here.pop_up()


def _back(here: Here) -> Button:
    return Button(here.say.label("Back to the list"), "q:list:0")


def _list(here: Here, page: int) -> tuple[Html, Markup | None]:
    say = here.say
    found = service.listed(here.tx, here.who)
    shown = found[page * PAGE : (page + 1) * PAGE]
    if not shown:
        return say("Nothing is set aside: all that was sent to me could be handled."), None
    buttons = [Button(say.label("No. {number}", number=each.id), f"q:show:{each.id}") for each in shown]
    if len(found) > (page + 1) * PAGE:
        buttons.append(Button(say.label("More"), f"q:list:{page + 1}"))
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
        Button(say.label("Try again"), f"q:ask:{number}"),
        Button(say.label("Forget"), f"q:wipe:{number}"),
        _back(here),
    ]
    return text, column(buttons)


def _ask_again(here: Here, number: int) -> tuple[Html, Markup]:
    say = here.say
    service.one(here.tx, here.who, number)
    text = say(
        "Try no. {number} again? It is handled as if it were sent this moment; who sent it may get an answer they no "
        "longer expect.", number=number,
    )  # fmt: skip
    return text, column([Button(say.label("Yes, try again"), f"q:again:{number}"), _leave(here, number)])


def _ask_forget(here: Here, number: int) -> tuple[Html, Markup]:
    say = here.say
    service.one(here.tx, here.who, number)
    text = say("Forget no. {number}? What it said is deleted and cannot be had back.", number=number)
    return text, column([Button(say.label("Yes, forget it"), f"q:forget:{number}"), _leave(here, number)])


def _leave(here: Here, number: int) -> Button:
    return Button(here.say.label("No, leave it"), f"q:show:{number}")
