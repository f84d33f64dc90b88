"""A notice: what it is about, and what can be done with it in each state."""

from datetime import timedelta
from enum import StrEnum

from domain.core.state_machine import StateMachine, Transition
from domain.core.stored import Stored

WORDS_LENGTH = 3000
"""So many letters, as Telegram counts them: with its heading, and the line about its language, it fits one message."""
MOST_FILES = 10
"""So many photos and documents go with a notice: one album."""
ALONE_AFTER = timedelta(minutes=5)
"""So long a second person has to say yes to an urgent notice, before a lead may send it alone."""
LATE = timedelta(hours=1)
"""So long after its time a planned notice does not go out by itself any more: it may be of no use by then."""
FURTHEST_AHEAD = timedelta(days=366)


class NoticeKind(Stored, StrEnum, kept_in="notices.kind"):
    """What people turn notices off by. Urgent ones of every kind arrive."""

    MAINTENANCE = "maintenance"
    EVENT = "event"
    NEWS = "news"
    SURVEY = "survey"


class NoticeState(Stored, StrEnum, kept_in="notices.state"):
    """Where a notice stands."""

    AWAITING = "awaiting"
    """A yes: an urgent one a second person's; a planned one anybody's, since it came too late or lost its writer."""
    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    """A second person said no, or it was to go to nobody when its time came."""
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What can be done with a notice."""

    WAIT = "wait"
    """Its time has come, and its writer may not send it any more, or it came too late: somebody else says yes."""
    SEND = "send"
    FINISH = "finish"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


_WAITS = frozenset({NoticeState.AWAITING, NoticeState.PLANNED})
_OUT = frozenset({NoticeState.SENDING, NoticeState.SENT})

NOTICES = StateMachine(
    NoticeState,
    Move,
    {
        Move.WAIT: Transition(frozenset({NoticeState.PLANNED}), NoticeState.AWAITING),
        Move.SEND: Transition(_WAITS, NoticeState.SENDING),
        Move.FINISH: Transition(frozenset({NoticeState.SENDING}), NoticeState.SENT),
        Move.REFUSE: Transition(_WAITS, NoticeState.REFUSED),
        Move.WITHDRAW: Transition(_WAITS | _OUT, NoticeState.WITHDRAWN),
    },
    final=frozenset({NoticeState.REFUSED, NoticeState.WITHDRAWN}),
)
