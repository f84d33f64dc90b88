"""When the list of the week comes, and whether each time is announced as well: chosen by buttons."""

from dataclasses import replace

from handlers.callback_data import InvalidCallbackData
from handlers.here import Here
from handlers.keyboards import Button, Markup, column, rows
from handlers.texts import Html, bold, lines, paragraphs
from services import pledge_plan
from storage import keepers
from storage.keepers import Keeper

HOURS = (7, 8, 9, 12, 18, 20)
BEFORE = (30, 60, 120)


def show(here: Here) -> None:
    """In the place of the message whose button was pressed."""
    here.edit_pressed(*_menu(here))


def press(here: Here) -> None:
    """`pt:<what>:<value>`: `day:3`, `hour:9`, `before:60`; `days:0` and so on show what can be chosen."""
    _, what, text = here.query_parts(3)
    value = here.query_number(text)
    keeper = keepers.of(here.tx, here.who.id)
    if what in _PAGES:
        here.edit_pressed(_text(here, keeper), _PAGES[what](here))
        here.pop_up()
        return
    if what == "day" and value <= 6:
        keeper = replace(keeper, weekday=value)
    elif what == "hour" and value in HOURS:
        keeper = replace(keeper, minute=value * 60)
    elif what == "before" and value in (0, *BEFORE):
        keeper = replace(keeper, before=value or None)
    elif what != "menu":
        raise InvalidCallbackData
    if what != "menu":
        pledge_plan.choose(here.tx, here.setup.community, keeper)
    here.pop_up()
    here.edit_pressed(*_menu(here))


def _menu(here: Here) -> tuple[Html, Markup]:
    keeper, say = keepers.of(here.tx, here.who.id), here.say
    return _text(here, keeper), column([
        Button(say.label("Another weekday"), "pt:days:0"),
        Button(say.label("Another hour"), "pt:hours:0"),
        Button(say.label("Before each time"), "pt:befores:0"),
        Button(say.label("Back to my promises"), "p:0:list:0"),
    ])  # fmt: skip


def _text(here: Here, keeper: Keeper) -> Html:
    say = here.say
    if keeper.before is None:
        before = say("Before each time: no message.")
    else:
        before = say("Before each time: a message {count} minutes earlier, unless I have written that day.",
                     count=keeper.before)  # fmt: skip
    return paragraphs(
        bold(say("When I remind you")),
        lines(
            say("Your list comes once a week, on {day} at {time}.", day=say.weekday(keeper.weekday),
                time=f"{keeper.minute // 60:02}:{keeper.minute % 60:02}"),
            before,
        ),
        say("I write to you about promises at most once a day, and not in the quiet hours."),
    )  # fmt: skip


def _days(here: Here) -> Markup:
    buttons = [Button(here.say.weekday(day), f"pt:day:{day}") for day in range(7)]
    return column([*buttons, Button(here.say.label("Back"), "pt:menu:0")])


def _hours(here: Here) -> Markup:
    buttons = [Button(f"{hour:02}:00", f"pt:hour:{hour}") for hour in HOURS]
    pairs = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    return rows([*pairs, [Button(here.say.label("Back"), "pt:menu:0")]])


def _befores(here: Here) -> Markup:
    say = here.say
    buttons = [Button(say.label("{count} minutes before", count=minutes), f"pt:before:{minutes}") for minutes in BEFORE]
    return column([*buttons, Button(say.label("No message"), "pt:before:0"), Button(say.label("Back"), "pt:menu:0")])


_PAGES = {"days": _days, "hours": _hours, "befores": _befores}
