"""What one row of /settings is. A capability has its own in its own module, and names it in its feature.py."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button, Markup
from handlers.kit.texts import Html, Speaker
from handlers.kit.update_context import UpdateContext

MENU = "menu"


class SettingsPress(CallbackData, prefix="s"):
    """All rows (`MENU`), or a row by its code: a value that is chosen, or without one its page."""

    row: str
    value: str


@dataclass(frozen=True)
class Preference:
    """Something everybody chooses for themselves. `code` is short: it travels in buttons."""

    code: str
    label: Callable[[Speaker], str]
    """Its button."""
    place: int
    """Where it stands among the rows."""
    now: Callable[[UpdateContext], Html] | None = None
    """The line that says how it is chosen now."""
    page: Callable[[UpdateContext], tuple[Html, Markup]] | None = None
    """What its button opens."""
    press: Callable[[UpdateContext, str], None] | None = None
    """A button of its page, by its value. Raises InvalidCallbackData when it is none."""
    opens: str | None = None
    """The data of its button, where the page is no page of /settings."""
    shown: Callable[[UpdateContext], bool] = lambda _ctx: True

    def data(self, value: str = "") -> str:
        """The button of that value; without one, the button that opens the page."""
        return SettingsPress(self.code, value).pack() if self.opens is None else self.opens


def back(say: Speaker) -> Button:
    """The button that leads back to all rows."""
    return Button(say.label("Back"), SettingsPress(MENU, "-").pack())
