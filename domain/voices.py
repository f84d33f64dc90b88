"""The states of a voice and the moves between them. Resolving is provisional: only the residents close."""

from enum import StrEnum


class State(StrEnum):
    """Where a voice stands."""

    NEW = "new"
    TAKEN = "taken"
    STARTED = "started"
    HANDED_ON = "handed_on"  # with somebody outside, who is asked again on a day; not handled by that
    RESOLVED = "resolved"  # staff say so; the residents are asked
    REOPENED = "reopened"  # a resident said no, or objected
    CONFIRMED = "confirmed"  # a resident said yes: closed
    UNANSWERED = "unanswered"  # nobody said yes or no within the time: closed
    DECLINED = "declined"  # staff will not do it, and said why: closed
    WITHDRAWN = "withdrawn"  # its reporter took it back: closed
    MERGED = "merged"  # it is part of another voice, and stands where that one stands

    @property
    def is_open(self) -> bool:
        """Not closed: something is still owed to the residents."""
        return self not in _CLOSED


class Move(StrEnum):
    """What can be done to a voice that changes its state."""

    TAKE = "take"
    START = "start"
    SEND = "send"
    HAND_ON = "hand_on"
    RESOLVE = "resolve"
    CONFIRM = "confirm"
    LAPSE = "lapse"
    REOPEN = "reopen"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    MERGE = "merge"


class Relation(StrEnum):
    """What somebody has to do with the place a voice is about, if they care to say."""

    LIVES = "lives"
    WORKS = "works"
    PASSING = "passing"


_CLOSED = frozenset({State.CONFIRMED, State.UNANSWERED, State.DECLINED, State.WITHDRAWN, State.MERGED})
WORKABLE = frozenset({State.NEW, State.TAKEN, State.STARTED, State.HANDED_ON, State.REOPENED})
"""Staff have work to do with it."""
HAS_DEADLINE = WORKABLE - {State.HANDED_ON}
"""Its deadline counts: what is handed on has a day of its own on which they are asked again."""

_QUIET = frozenset({State.TAKEN, State.STARTED})

MOVES: dict[Move, tuple[frozenset[State], State]] = {
    Move.TAKE: (WORKABLE, State.TAKEN),
    Move.START: (WORKABLE - {State.STARTED}, State.STARTED),
    # To another department: nobody has taken it there.
    Move.SEND: (WORKABLE, State.NEW),
    Move.HAND_ON: (WORKABLE, State.HANDED_ON),
    Move.RESOLVE: (WORKABLE, State.RESOLVED),
    # A late yes is a yes as well; a no counts as long as the question stands, whoever has said yes before.
    Move.CONFIRM: (frozenset({State.RESOLVED, State.UNANSWERED}), State.CONFIRMED),
    Move.LAPSE: (frozenset({State.RESOLVED}), State.UNANSWERED),
    Move.REOPEN: (
        frozenset({State.RESOLVED, State.CONFIRMED, State.UNANSWERED, State.DECLINED, State.WITHDRAWN}),
        State.REOPENED,
    ),
    Move.DECLINE: (WORKABLE, State.DECLINED),
    Move.WITHDRAW: (WORKABLE | {State.RESOLVED, State.MERGED}, State.WITHDRAWN),
    # Out of it again it goes back to the state it had.
    Move.MERGE: (WORKABLE, State.MERGED),
}


def outdates(before: State, now: State) -> bool:
    """Whether words about a voice, begun in one state, may no longer fit it: more has happened than work going on."""
    return now is not before and now not in _QUIET


class WrongState(Exception):
    """The voice is not where this move starts from: somebody was quicker, or the button is old."""

    def __init__(self, state: State) -> None:
        super().__init__(state.value)
        self.state = state


def after(state: State, move: Move) -> State:
    """The state a move leads to. Taking work that has started changes who answers, not the state; so does sending what
    was opened again or handed on, which is to be seen as that.

    Raises WrongState when the move does not start from `state`.
    """
    sources, target = MOVES[move]
    if state not in sources:
        raise WrongState(state)
    if (move is Move.TAKE and state is State.STARTED) or (move is Move.SEND and state not in _QUIET):
        return state
    return target
