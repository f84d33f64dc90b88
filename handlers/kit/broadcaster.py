"""Who says something to many: what a capability adds so that its words reach everybody they are for.

The machine is `services/broadcasts/` and `handlers/broadcasts/`; a notice or a project gives it recipients and words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handlers.kit.keyboards import Markup
from handlers.kit.texts import Html, Speaker
from handlers.kit.update_context import Setup, UpdateContext
from services.broadcasts.broadcasting import MaySteer
from storage.broadcasts.broadcasts import Broadcast, BroadcastPart
from storage.broadcasts.recipients import Recipient
from storage.core.database import Transaction
from storage.core.messages import Message


@dataclass(frozen=True)
class Broadcaster:
    """One kind of thing that has something to say to many, by the kind of its subject (`notice` of `notice:3`)."""

    recipients: Callable[[Transaction, Setup, str, int, int], Sequence[Recipient]]
    """Of that subject the people behind that one, at most so many, in the order of their ids, each once."""
    words: Callable[
        [Transaction, Setup, Speaker, str, Broadcast, Sequence[BroadcastPart], str | None], tuple[Html, Markup | None]
    ]
    """What one reader reads: the subject, the broadcast, the parts of it that are for this reader (domain/broadcasts:
    `read_in`), and what of theirs it is about (`report:12`). It is called when it is sent, and may only read."""
    may_steer: MaySteer
    """Who may send, stop, correct and withdraw it; a rule of the services."""
    called: Callable[[Transaction, Setup, Speaker, str], Html]
    """What the subject is called where its writer reads how far it is: `Notice no. 3`."""
    replied: Callable[[UpdateContext, Message, int], bool] | None = None
    """Takes a reply to a copy (of the broadcast with that id), and says whether it was one for it."""
