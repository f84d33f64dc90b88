"""/settings: what everybody chooses for themselves, one row for each thing; the features bring them."""

from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.conversation.engine import engine
from handlers.kit.here import Here
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.preference import MENU, SettingsPress
from handlers.kit.texts import Html, bold, lines, paragraphs
from storage.core.messages import Purpose


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
    row = next((row for row in here.setup.features.preferences if row.code == pressed.row), None)
    if row is None or row.page is None or row.press is None:
        raise InvalidCallbackData
    if pressed.value:
        row.press(here, pressed.value)
    else:
        here.edit_pressed(*row.page(here))
        here.pop_up()


def _menu(here: Here) -> tuple[Html, Markup]:
    say = here.say
    rows = [row for row in here.setup.features.preferences if row.shown(here)]
    text = paragraphs(
        bold(say("Your settings")),
        lines(*(row.now(here) for row in rows if row.now is not None)),
        say("Tap what you would like to change."),
    )
    return text, column(Button(row.label(say), row.data()) for row in rows)
