"""What staff can do by a button of a card, and what they are asked to reply to: a capability declares its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.events import Event
from domain.people.rights import Action
from handlers.kit.texts import Html, Speaker
from handlers.kit.update_context import Setup, UpdateContext
from storage.core.database import Transaction
from storage.reports.reports import NewPart, Part, Report

CardLine = Callable[[Speaker, Report], Html | None]
"""A line of the staff's card of a report; None when there is nothing to say."""
LookedUpLine = Callable[[Transaction, Setup, Speaker, Report], Html | None]
"""The same, where it takes more than the report to say it."""
Sentence = Callable[[Speaker, str], Html]
"""A sentence about something that happened, given who did it."""
Detail = Callable[[UpdateContext, Speaker, dict[str, Any]], Html | None]
"""A line more about it, from the event's data; None when the sentence says it all."""


@dataclass(frozen=True)
class StaffAction:
    """A button of a staff card. `press` gets the value behind `=`, or "" when there is none.

    `shown` says for which reports it is there, given all that was said about it. With `changes_state`, a button older
    than the last change of state is refused with who was quicker; anything else is never too late. `front` puts it on
    the card itself, `wide` in a row of its own. With `link` it opens an address, and there is nothing to press.
    """

    name: str
    label: Callable[[Speaker, Report], str]
    press: Callable[[UpdateContext, Report, str], None] | None
    shown: Callable[[Report, Sequence[Part]], bool] = field(default=lambda _report, _parts: True)
    changes_state: bool = False
    front: bool = False
    wide: bool = False
    link: Callable[[Setup, Report], str] | None = None
    right: Action = Action.TRIAGE
    """What one must have a right to besides being of the staff."""
    offered: Callable[[Setup], bool] = field(default=lambda _setup: True)
    """Whether this community has it at all."""


@dataclass(frozen=True)
class StaffQuestion:
    """A question put to whoever pressed a button, to be answered by replying to it.

    `ask` writes it, given the person's name as a mention and the report's number. `answered` gets the reply: as a part,
    and its words alone. With `needs_words` a reply without any is asked for once more.
    """

    name: str
    ask: Callable[[Speaker, Html, int], Html]
    answered: Callable[[UpdateContext, int, NewPart, str], None]
    needs_words: bool = False


@dataclass(frozen=True)
class StaffWork:
    """What a module adds to what staff do with a report, from the button to what the report's history says of it.

    `card_lines` stand on the staff's card, below its number; `looked_up_lines` below those. `history` says of each
    event that it happened, and `history_details` what exactly.
    """

    actions: tuple[StaffAction, ...] = ()
    questions: tuple[StaffQuestion, ...] = ()
    card_lines: tuple[CardLine, ...] = ()
    looked_up_lines: tuple[LookedUpLine, ...] = ()
    history: Mapping[type[Event], Sentence] = field(default_factory=dict)
    history_details: Mapping[type[Event], Detail] = field(default_factory=dict)
