"""What the buttons about a repair carry, where several modules make them: of both sides, and of staff."""

from enum import StrEnum
from typing import Annotated

from handlers.kit.callback_data import BEHIND, CallbackData


class ForAsker(StrEnum):
    """What the status card of whoever asked for it has buttons for."""

    MENU = "menu"
    WITHDRAW_SURE = "away?"
    WITHDRAW = "away"
    MOVE = "move"


class StatusPress(CallbackData, prefix="rr"):
    """A button of the status card, as it was at that version of the repair."""

    repair: int
    what: ForAsker
    version: int


class Verdict(StrEnum):
    """The answers to "Is it done?" and "Did they come?"."""

    THANK = "thank"
    YES = "yes"
    NO = "no"
    NOBODY = "nobody"


class VerdictPress(CallbackData, prefix="rv"):
    """An answer; it counts for that round of the repair."""

    repair: int
    verdict: Verdict
    round: int


class ForVolunteer(StrEnum):
    """What the card of a job has buttons for."""

    IN_MINUTES = "in"
    TODAY = "today"
    PICK_DAY = "pick"
    PICK_HOUR = "day"
    AT = "at"
    SET_OUT = "out"
    DONE = "done"
    CANNOT_SURE = "cannot?"
    CANNOT = "cannot"
    MENU = "menu"


class WorkPress(CallbackData, prefix="rj"):
    """A button of the job one has taken: `value` says when, as minutes, as a day to come or as `2026-11-26T10`."""

    repair: int
    what: ForVolunteer
    value: Annotated[str | None, BEHIND]
    version: int


class ForBoth(StrEnum):
    """What either side can do while somebody has it, and with what was passed on."""

    WRITE = "write"
    NUMBERS = "numbers"
    UNSAFE = "unsafe"
    UNSAFE_SURE = "unsafe!"
    SHOW = "show"
    KEEP = "keep"


class RelayPress(CallbackData, prefix="rt"):
    """A button of both sides; `message` is ours of what is to be shown to staff, once they said that they are sure."""

    repair: int
    what: ForBoth
    message: Annotated[int | None, BEHIND] = None


class ForStaff(StrEnum):
    """What the staff's card of a repair has buttons for."""

    MENU = "menu"
    CHOOSE = "give"
    GIVE = "to"
    FREE = "free"
    REOPEN = "again"
    TURN_SURE = "turn?"
    ASK_TO_TURN = "ask"
    TURN = "turn"
    BLOCK = "block"
    NUMBERS = "numbers"
    WHO = "who"


class StaffPress(CallbackData, prefix="rs"):
    """A button of the staff's card; `value` is a page of volunteers, or the volunteer it is given to."""

    repair: int
    what: ForStaff
    value: Annotated[int | None, BEHIND]
    version: int


class InList(StrEnum):
    """What the list of repairs has buttons for."""

    PAGE = "page"
    OPEN = "open"


class ListPress(CallbackData, prefix="rp"):
    """A page of the list, or the repair with that number."""

    what: InList
    number: int
