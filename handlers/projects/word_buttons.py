"""What the buttons carry by which a lead writes to everybody in a project, and what becomes of what was written."""

from enum import StrEnum

from handlers.kit.callback_data import CallbackData


class Doing(StrEnum):
    """What is wanted."""

    WRITE = "write"
    LAST = "last"
    """What was said last, in a message of its own."""
    WITHDRAW = "back"
    """Asked once, to be sure."""
    WITHDRAW_IT = "back_yes"
    DELIVERED = "delivered"


class WordPress(CallbackData, prefix="jw"):
    """Of the project `number`: write, look at what was said last, say that it is delivered. Of a word: withdraw it."""

    number: int
    doing: Doing


class CorrectWordPress(CallbackData, prefix="jx"):
    """The words of it in that language are to be corrected; "-": those for all."""

    word: int
    language: str


FOR_ALL = "-"
