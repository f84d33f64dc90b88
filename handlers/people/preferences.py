"""/settings: what everybody chooses for themselves, one row for each thing."""

from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.conversation.engine import engine
from handlers.kit.here import Here
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.people import arriving, quiet_hours
from handlers.people.preference import MENU, Preference, SettingsPress
from storage.core.messages import Purpose
from storage.pledges import pledges

ROWS: tuple[Preference, ...] = (arriving.LANGUAGE, quiet_hours.QUIET_HOURS)
"""In the order shown; at most seven, so that it stays one screen."""


def show(here: Here) -> None:
    """/settings in private."""
    here.send(*_menu(here), purpose=Purpose.SETTINGS)
    engine.show_open(here)


def press(here: Here) -> None:
    """A value of a row is chosen, or a page is wanted."""
    pressed = here.callback_data(SettingsPress)
    if pressed.row == MENU:
        here.edit_pressed(*_menu(here))
        here.pop_up()
        return
    row = next((row for row in ROWS if row.code == pressed.row), None)
    if row is None:
        raise InvalidCallbackData
    if pressed.value:
        row.press(here, pressed.value)
    else:
        here.edit_pressed(*row.page(here))
        here.pop_up()


def _menu(here: Here) -> tuple[Html, Markup]:
    say = here.say
    text = paragraphs(
        bold(say("Your settings")),
        lines(*(row.now(here) for row in ROWS)),
        say("Tap what you would like to change."),
    )
    shown = [Button(row.label(say), row.data()) for row in ROWS]
    if pledges.count_concerning(here.tx, here.who.id):
        shown.append(Button(say.label("Reminders of promises"), "p:0:times:0"))
    return text, column(shown)
