"""What the buttons about a note or an answer of staff carry, for all that make them."""

from enum import StrEnum
from typing import Annotated

from handlers.kit.callback_data import BEHIND, CallbackData


class OfNote(StrEnum):
    """What becomes of a note, of an answer that is out, and of what a program heard."""

    SEND = "send"
    SEND_SURE = "yes"
    KEEP = "keep"
    BACK = "back"
    BACK_SURE = "really"
    STAY = "stay"
    HEARD = "heard"


class NotePress(CallbackData, prefix="n"):
    """`seen` is the mark of the note as it was shown before it was to be sent."""

    part: int
    what: OfNote
    seen: Annotated[int | None, BEHIND] = None
