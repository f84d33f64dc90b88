"""The states of a repair and the moves between them. One volunteer at a time holds it.

That it is done is for the resident to confirm; without an answer it is closed as unanswered.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from domain.core.state_machine import StateMachine, Transition
from domain.core.stored import Stored, known


class State(Stored, StrEnum, kept_in="repairs.state"):
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
    CLOSED = "closed"  # and how is not known: its state had a name that is none any more

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


class Urgency(Stored, StrEnum, kept_in="repairs.urgency"):
    """How soon somebody is needed. Only what cannot wait rings at night."""

    NOW = "now"
    TODAY = "today"
    WEEK = "week"


_CLOSED = frozenset({State.CONFIRMED, State.UNANSWERED, State.WITHDRAWN, State.TURNED, State.CLOSED})
FREE = frozenset({State.LOOKING, State.UNFILLED})
"""Nobody has it: it can be taken."""
HELD = frozenset({State.TAKEN, State.COMING, State.ON_THE_WAY})
"""A volunteer has it and has still to do something."""
KNOWS_THE_DOOR = HELD | {State.DONE}
"""The states in which the volunteer who took it may read the address; in all others no volunteer may."""

MOVES = StateMachine(
    State,
    Move,
    {
        Move.GIVE_OUT: Transition(frozenset({State.LOOKING}), State.UNFILLED),
        Move.TAKE: Transition(FREE, State.TAKEN),
        Move.SAY_WHEN: Transition(frozenset({State.TAKEN, State.COMING}), State.COMING),
        Move.SET_OUT: Transition(frozenset({State.TAKEN, State.COMING}), State.ON_THE_WAY),
        Move.FINISH: Transition(HELD, State.DONE),
        Move.RELEASE: Transition(HELD, State.LOOKING),
        # A late yes is a yes as well, and so is one that comes before the volunteer has said it is done.
        Move.CONFIRM: Transition(HELD | {State.DONE, State.UNANSWERED}, State.CONFIRMED),
        Move.LAPSE: Transition(frozenset({State.DONE}), State.UNANSWERED),
        Move.REOPEN: Transition(
            frozenset({State.DONE, State.CONFIRMED, State.UNANSWERED, State.WITHDRAWN, State.CLOSED}), State.LOOKING
        ),
        Move.WITHDRAW: Transition(FREE | HELD, State.WITHDRAWN),
        Move.TURN: Transition(FREE | HELD | {State.DONE}, State.TURNED),
    },
    final=frozenset({State.TURNED}),
)
after = MOVES.after
"""The state a move leads to. Raises WrongState when the move does not start from there."""


def state_in(row: Mapping[str, Any]) -> State:
    """The state a row of repairs is in; where that name is unknown, the one that the rest of the row speaks for."""
    if row["closed_at"] is not None:
        return known(row["state"], State.CLOSED)
    return known(row["state"], State.UNFILLED if row["taker"] is None else State.TAKEN)
