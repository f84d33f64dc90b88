"""What the buttons about the plan carry."""

from enum import StrEnum

from handlers.kit.callback_data import CallbackData


class Doing(StrEnum):
    """What an admin wants to do with the plan."""

    PICTURE = "picture"
    PLACE = "place"
    REMOVE = "remove"
    YES = "yes"  # remove it, having been asked
    BACK = "back"


class PlanPress(CallbackData, prefix="mp"):
    """One of the buttons of /plan."""

    doing: Doing
