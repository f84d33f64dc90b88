"""The states of a voice and the moves between them. Resolving is provisional: only the resident closes."""

from enum import StrEnum


class State(StrEnum):
    """Where a voice stands."""

    NEW = "new"
    TAKEN = "taken"
    STARTED = "started"
    RESOLVED = "resolved"  # staff say so; the resident is asked
    CONFIRMED = "confirmed"  # the resident said yes: closed
    REOPENED = "reopened"  # the resident said no

    @property
    def is_open(self) -> bool:
        """Not closed: something is still owed to the resident."""
        return self is not State.CONFIRMED


class Move(StrEnum):
    """What can be done to a voice that changes its state."""

    TAKE = "take"
    START = "start"
    RESOLVE = "resolve"
    CONFIRM = "confirm"
    REOPEN = "reopen"


_WORKABLE = frozenset({State.NEW, State.TAKEN, State.STARTED, State.REOPENED})

MOVES: dict[Move, tuple[frozenset[State], State]] = {
    Move.TAKE: (_WORKABLE, State.TAKEN),
    Move.START: (_WORKABLE - {State.STARTED}, State.STARTED),
    Move.RESOLVE: (_WORKABLE, State.RESOLVED),
    Move.CONFIRM: (frozenset({State.RESOLVED}), State.CONFIRMED),
    Move.REOPEN: (frozenset({State.RESOLVED}), State.REOPENED),
}


class WrongState(Exception):
    """The voice is not where this move starts from: somebody was quicker, or the button is old."""

    def __init__(self, state: State) -> None:
        super().__init__(state.value)
        self.state = state


def after(state: State, move: Move) -> State:
    """The state a move leads to. Taking work that has started changes who answers, not the state.

    Raises WrongState when the move does not start from `state`.
    """
    sources, target = MOVES[move]
    if state not in sources:
        raise WrongState(state)
    return state if move is Move.TAKE and state is State.STARTED else target
