"""What the resident of a report is asked about it: whether staff heard right, and whether it is fixed."""

from enum import StrEnum

from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button
from handlers.kit.parts import said
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs, quote
from services.core.line_marks import mark
from storage.core.messages import Purpose
from storage.reports.reports import Part

ANSWER, FIXED, RIGHT, DECLINED = Purpose.ANSWER, Purpose.ASKED_FIXED, Purpose.ASKED_RIGHT, Purpose.ASKED_DECLINED
WHAT_STAFF_SAID = (ANSWER, FIXED, RIGHT, DECLINED)
"""Purposes of messages to a resident: what could not be sent comes when they are back."""


class Answered(StrEnum):
    """What the buttons under a question about a report say."""

    YES = "yes"
    NO = "no"
    RIGHT = "right"
    WRONG = "wrong"
    CONTENT = "content"
    DISCONTENT = "discontent"
    OBJECT = "object"


class AnswerPress(CallbackData, prefix="r"):
    """An answer; `mark` is the round it counts for, the mark of what was heard, or the reason not agreed with."""

    report: int
    answer: Answered
    mark: int


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
            Button(say.label("Yes, I was"), AnswerPress(number, Answered.YES, round_).pack()),
            Button(say.label("No, not really"), AnswerPress(number, Answered.NO, round_).pack()),
        ]
    return [
        Button(say.label("Yes, it is fixed"), AnswerPress(number, Answered.YES, round_).pack()),
        Button(say.label("No, not yet"), AnswerPress(number, Answered.NO, round_).pack()),
    ]


def content_or_not(say: Speaker, number: int, round_: int) -> list[Button]:
    """The two answers to "Are you content with how it was handled?"."""
    return [
        Button(say.label("Yes, content"), AnswerPress(number, Answered.CONTENT, round_).pack()),
        Button(say.label("No, not content"), AnswerPress(number, Answered.DISCONTENT, round_).pack()),
    ]


def not_after_all(say: Speaker, number: int, round_: int, suggestion: bool) -> Button:
    """Under the thanks for a yes: the yes was a slip, or is true no longer."""
    label = say.label("I was not answered after all") if suggestion else say.label("It is not fixed after all")
    return Button(label, AnswerPress(number, Answered.NO, round_).pack())


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
        Button(say.label("Yes, that is right"), AnswerPress(number, Answered.RIGHT, mark(heard)).pack()),
        Button(say.label("No, not quite"), AnswerPress(number, Answered.WRONG, mark(heard)).pack()),
    ]
