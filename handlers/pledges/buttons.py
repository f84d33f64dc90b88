"""What the buttons about a promise carry, for those who look after it."""

from enum import StrEnum

from handlers.kit.callback_data import CallbackData


class Doing(StrEnum):
    """What the list of one's promises and the card of one have buttons for."""

    LIST = "list"
    MAKE = "make"
    RECORD = "record"
    TIMES = "times"
    OPEN = "open"
    SAY = "say"
    CHANGE = "change"
    PAUSE = "pause"
    RESUME = "resume"
    END_SURE = "end"
    END = "ended"
    SHOW_NAME = "name"
    HIDE_NAME = "noname"
    SHOW_PHOTOS = "photos"
    HIDE_PHOTOS = "nophotos"
    NAME_ASKED_IN_PERSON = "name-in_person"
    NAME_ASKED_BY_TELEPHONE = "name-telephone"
    NAME_ASKED_ON_PAPER = "name-paper"
    PHOTOS_ASKED_IN_PERSON = "photos-in_person"
    PHOTOS_ASKED_BY_TELEPHONE = "photos-telephone"
    PHOTOS_ASKED_ON_PAPER = "photos-paper"


class PledgePress(CallbackData, prefix="p"):
    """`number` is of a promise, or a page of the list; `version` counts where the promise has to stand as it did."""

    number: int
    doing: Doing
    version: int = 0


class Said(StrEnum):
    """What became of a promise, and on which day, in words; the others are numbers."""

    ALL = "all"
    NOTHING = "none"
    WHICH = "which"
    LATER = "later"
    DONE = "done"
    PARTLY = "partly"
    CANNOT = "cannot"
    EXCUSED = "excused"


class SaidPress(CallbackData, prefix="pc"):
    """What became of a promise at one time of it (0: of all of it); a number is so many more."""

    time: int
    said: int | Said
    pledge: int
