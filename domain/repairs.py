"""The states of a repair and the moves between them. One volunteer at a time holds it; only the resident closes it."""

from enum import StrEnum


class State(StrEnum):
    """Where a repair stands."""

    LOOKING = "looking"  # volunteers are being asked
    UNFILLED = "unfilled"  # all who could be asked were, and staff know; still to be taken
    TAKEN = "taken"  # one volunteer has it
    COMING = "coming"  # and has said when
    ON_THE_WAY = "on_the_way"
    DONE = "done"  # the volunteer says so; the resident is asked
    CONFIRMED = "confirmed"  # the resident said yes: closed
    UNANSWERED = "unanswered"  # the resident said nothing within the time: closed
    WITHDRAWN = "withdrawn"  # not needed any more: closed
    TURNED = "turned"  # it became a report for the staff: closed

    @property
    def is_open(self) -> bool:
        """Not closed: somebody still waits for something."""
        return self not in _CLOSED


class Move(StrEnum):
    """What can be done to a repair that changes its state."""

    GIVE_OUT = "give_out"  # nobody is left to be asked
    TAKE = "take"
    SAY_WHEN = "say_when"
    SET_OUT = "set_out"
    FINISH = "finish"
    RELEASE = "release"
    CONFIRM = "confirm"
    LAPSE = "lapse"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    TURN = "turn"


class Urgency(StrEnum):
    """How soon somebody is needed. Only what cannot wait rings at night."""

    NOW = "now"
    TODAY = "today"
    WEEK = "week"


_CLOSED = frozenset({State.CONFIRMED, State.UNANSWERED, State.WITHDRAWN, State.TURNED})
FREE = frozenset({State.LOOKING, State.UNFILLED})
"""Nobody has it: it can be taken."""
HELD = frozenset({State.TAKEN, State.COMING, State.ON_THE_WAY})
"""A volunteer has it and has still to do something."""
KNOWS_THE_DOOR = HELD | {State.DONE}
"""The states in which whoever took it may read the address; in all others nobody may."""

MOVES: dict[Move, tuple[frozenset[State], State]] = {
    Move.GIVE_OUT: (frozenset({State.LOOKING}), State.UNFILLED),
    Move.TAKE: (FREE, State.TAKEN),
    Move.SAY_WHEN: (frozenset({State.TAKEN, State.COMING}), State.COMING),
    Move.SET_OUT: (frozenset({State.TAKEN, State.COMING}), State.ON_THE_WAY),
    Move.FINISH: (HELD, State.DONE),
    Move.RELEASE: (HELD, State.LOOKING),
    # A late yes is a yes as well, and so is one that comes before the volunteer has said it is done.
    Move.CONFIRM: (HELD | {State.DONE, State.UNANSWERED}, State.CONFIRMED),
    Move.LAPSE: (frozenset({State.DONE}), State.UNANSWERED),
    Move.REOPEN: (frozenset({State.DONE, State.CONFIRMED, State.UNANSWERED, State.WITHDRAWN}), State.LOOKING),
    Move.WITHDRAW: (FREE | HELD, State.WITHDRAWN),
    Move.TURN: (FREE | HELD | {State.DONE}, State.TURNED),
}


class NotNow(Exception):
    """The repair is not where this move starts from: somebody was quicker, or the button is old."""

    def __init__(self, state: State) -> None:
        super().__init__(state.value)
        self.state = state


def after(state: State, move: Move) -> State:
    """The state a move leads to. Raises NotNow when the move does not start from `state`."""
    sources, target = MOVES[move]
    if state not in sources:
        raise NotNow(state)
    return target
