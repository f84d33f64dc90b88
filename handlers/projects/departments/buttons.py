"""What the buttons of departments carry that were called in."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from handlers.kit.callback_data import BEHIND, CallbackData


class Says(StrEnum):
    """What a department says by a button."""

    COME = "come"  # we come: then the day is asked
    ON = "on"  # on that day
    ALL_THE_SAME = "off"  # on that day, though nobody works then
    ANOTHER_DAY = "other"
    OPINION = "opinion"
    NOT_OURS = "not_ours"
    THERE = "there"
    LEAVE = "leave"


class DepartmentPress(CallbackData, prefix="jd"):
    """A button of a department that was called in (`called`); `version` is how often it had answered by then."""

    called: int
    says: Says
    day: Annotated[date | None, BEHIND]
    version: int


class CallInPress(CallbackData, prefix="jc"):
    """Departments are to be called in to that project."""

    project: int
