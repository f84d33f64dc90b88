"""The buttons of notices."""

from enum import StrEnum

from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Speaker


class Doing(StrEnum):
    """What is done with a notice."""

    YES = "yes"
    NO = "no"
    ALONE = "alone"
    """Send it without a second yes."""
    LIST = "list"
    """The list; the number is that of the page."""
    OPEN = "open"
    LOOK = "look"
    """As `OPEN`, in a message of its own."""
    SHOW = "show"
    """As those see it who get it."""
    STOP = "stop"
    GO_ON = "go_on"
    WITHDRAW = "back"
    """Asked once, to be sure."""
    WITHDRAW_IT = "back_yes"


class NoticePress(CallbackData, prefix="no"):
    """Something is done with the notice of that number."""

    notice: int
    doing: Doing


class CorrectPress(CallbackData, prefix="nc"):
    """Its words in that language are to be corrected; "-": those for all."""

    notice: int
    language: str


FOR_ALL = "-"


def button(label: str, notice: int, doing: Doing) -> Button:
    """A button of a notice."""
    return Button(label, NoticePress(notice, doing).pack())


def look(say: Speaker, notice: int) -> Markup:
    """Below what is said of a notice: all that can be done with it."""
    return column(button(say.label("Look at this notice"), notice, Doing.LOOK))
