"""What the resident of a report is asked about it: whether staff heard right, and whether it is fixed."""

from handlers.desk.staff_notices import said
from handlers.keyboards import Button
from handlers.texts import Html, Speaker, bold, lines, paragraphs, quote
from services.voices import mark
from storage.messages import Purpose
from storage.voices import Part

ANSWER, FIXED, RIGHT, DECLINED = Purpose.ANSWER, Purpose.ASKED_FIXED, Purpose.ASKED_RIGHT, Purpose.ASKED_DECLINED
WHAT_STAFF_SAID = (ANSWER, FIXED, RIGHT, DECLINED)
"""Purposes of messages to a resident: what could not be sent comes when they are back."""


def is_fixed(say: Speaker, number: int, parts: list[Part], suggestion: bool) -> Html:
    """ "Is it fixed?" or "Were you answered?", with what staff said of it."""
    if suggestion:
        return paragraphs(
            lines(bold(say("No. {number}: the staff have answered", number=number)), said(say, parts)),
            bold(say("Were you answered?")),
        )
    return paragraphs(
        lines(bold(say("No. {number}: the staff say it is fixed", number=number)), said(say, parts)),
        bold(say("Is it fixed?")),
    )


def fixed_or_not(say: Speaker, number: int, round_: int, suggestion: bool) -> list[Button]:
    """The two answers to it."""
    if suggestion:
        return [
            Button(say.label("Yes, I was"), f"r:{number}:yes:{round_}"),
            Button(say.label("No, not really"), f"r:{number}:no:{round_}"),
        ]
    return [
        Button(say.label("Yes, it is fixed"), f"r:{number}:yes:{round_}"),
        Button(say.label("No, not yet"), f"r:{number}:no:{round_}"),
    ]


def content_or_not(say: Speaker, number: int, round_: int) -> list[Button]:
    """The two answers to "Are you content with how it was handled?"."""
    return [
        Button(say.label("Yes, content"), f"r:{number}:content:{round_}"),
        Button(say.label("No, not content"), f"r:{number}:discontent:{round_}"),
    ]


def not_after_all(say: Speaker, number: int, round_: int, suggestion: bool) -> Button:
    """Under the thanks for a yes: the yes was a slip, or is true no longer."""
    label = say.label("I was not answered after all") if suggestion else say.label("It is not fixed after all")
    return Button(label, f"r:{number}:no:{round_}")


def is_right(say: Speaker, number: int, heard: str) -> Html:
    """ "Is that right?", with what staff heard in a voice message."""
    return paragraphs(
        say("We have listened to your voice message (no. {number}). We understood:", number=number),
        quote(heard),
        say("Is that right?"),
    )


def right_or_not(say: Speaker, number: int, heard: str) -> list[Button]:
    """The two answers to it."""
    return [
        Button(say.label("Yes, that is right"), f"r:{number}:right:{mark(heard)}"),
        Button(say.label("No, not quite"), f"r:{number}:wrong:{mark(heard)}"),
    ]
