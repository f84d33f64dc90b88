"""What a capability adds where another one leads: to /my, to words about to become a report, to where replies go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.people.rights import Action
from handlers.kit.keyboards import Button
from handlers.kit.texts import Html, Speaker
from handlers.kit.update_context import Setup, UpdateContext
from storage.core.database import Transaction
from storage.core.messages import Message
from storage.reports.reports import Report


@dataclass(frozen=True)
class OwnList:
    """A list of what a person has besides reports, behind a button of /my.

    `alone` is what /my says above the button for those who have reported nothing. `presses`: what its buttons do, by
    the word they carry in the family of /my.
    """

    count: Callable[[Transaction, int], int]
    button: Callable[[Speaker, int], Button]
    alone: Callable[[Speaker], Html]
    presses: Mapping[str, Callable[[UpdateContext], None]]


@dataclass(frozen=True)
class Instead:
    """What can be done with words that sound rather like something else than a report: a line and a button below them.

    `name` travels in the button. `fits` gets the words, apart, and says for what they are, or None; `begin` gets the
    parts of the draft and that.
    """

    name: str
    fits: Callable[[UpdateContext, list[str]], str | None]
    line: Callable[[Speaker], Html]
    label: Callable[[UpdateContext, str], str]
    goes_on: Callable[[Speaker], Html]
    begin: Callable[[UpdateContext, list[dict[str, Any]], str | None], None]


@dataclass(frozen=True)
class OnStatusCard:
    """What stands on a resident's card of a report besides: a paragraph, and buttons at its end.

    Both get the report, and the person whose card it is.
    """

    words: Callable[[Transaction, Speaker, Report, int], Html | None]
    buttons: Callable[[Transaction, Speaker, Report, int], list[Button]]
    shown: Callable[[Setup], bool] = lambda _setup: True
    """Whether this community has it at all."""


Reply = Callable[[UpdateContext, Message], bool]
"""Takes a reply to that message, and says whether it was one for it."""


@dataclass(frozen=True)
class Replies:
    """What becomes in a private chat of replies to messages about one kind of thing.

    `album_went_on` gets the first part of the album; `edited` a message that was taken, and whether its last change is
    the newest. Each says whether it was one for it.
    """

    replied: Reply
    album_went_on: Reply
    edited: Callable[[UpdateContext, Message, bool], bool]
    for_others: bool = False
    """What is written there is for others to read: it is not looked through for danger."""


@dataclass(frozen=True)
class WithFound:
    """What can be done with all reports that a search has found: a button below them.

    `name` travels in the button. `begin` gets the words that were searched for and the numbers of what was found.
    """

    name: str
    label: Callable[[Speaker], str]
    action: Action
    """Who may do that sees the button."""
    begin: Callable[[UpdateContext, str, list[int]], None]


DigestLines = Callable[[Transaction, Setup, Speaker], Html | None]
"""What the daily digest of the staff group says of a capability; None when there is nothing to say."""
