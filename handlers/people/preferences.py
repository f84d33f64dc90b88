"""/settings: what everybody chooses for themselves, one row for each thing; the features bring them."""

from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.conversation.engine import engine
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.preference import MENU, SettingsPress
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from storage.core.messages import Purpose


def show(ctx: UpdateContext) -> None:
    """/settings in private."""
    ctx.send(*_menu(ctx), purpose=Purpose.SETTINGS)
    engine.show_open(ctx)


def press(ctx: UpdateContext) -> None:
    """A value of a row is chosen, or a page is wanted."""
    pressed = ctx.callback_data(SettingsPress)
    if pressed.row == MENU:
        ctx.edit_pressed(*_menu(ctx))
        return
    row = next((row for row in ctx.setup.features.preferences if row.code == pressed.row), None)
    if row is None or row.page is None or row.press is None:
        raise InvalidCallbackData
    if pressed.value:
        row.press(ctx, pressed.value)
    else:
        ctx.edit_pressed(*row.page(ctx))


def _menu(ctx: UpdateContext) -> tuple[Html, Markup]:
    say = ctx.say
    rows = [row for row in ctx.setup.features.preferences if row.shown(ctx)]
    text = paragraphs(
        bold(say("Your settings")),
        lines(*(row.now(ctx) for row in rows if row.now is not None)),
        say("Tap what you would like to change."),
    )
    return text, column(*(Button(row.label(say), row.data()) for row in rows))
