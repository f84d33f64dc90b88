"""What people say about a report or a repair is kept in parts: what each is for."""

from enum import StrEnum

from domain.core.stored import Stored


class PartPurpose(Stored, StrEnum, kept_in="report_parts.purpose"):
    """What a part of a report is for."""

    REPORT = "report"
    ADDITION = "addition"
    SUPPORT = "support"
    """Of somebody who joined."""
    PLACE = "place"
    """A place that was typed, before it was changed."""
    TYPED = "typed"
    """What staff typed to a question of theirs."""
    EARLIER = "earlier"
    """How another part read before it was changed."""
    DRAFT = "draft"
    """What a program heard in a voice message."""
    ANSWER = "answer"
    ALONE = "alone"
    """An answer that one person alone has, to what they wrote to the lead of a project."""
    NOTE = "note"
    QUESTION = "question"
    RESOLUTION = "resolution"
    """What staff said when it was fixed."""
    REFUSAL = "refusal"
    """Why staff decline it."""
    REASON = "reason"
    """Why a resident says that it is not fixed."""
    OBJECTION = "objection"
    WITHDRAWAL = "withdrawal"
    """Why a resident takes it back."""


class RepairPartPurpose(Stored, StrEnum, kept_in="repair_parts.purpose"):
    """What a part of a repair is for."""

    REQUEST = "request"
    DONE = "done"
    THANKS = "thanks"
