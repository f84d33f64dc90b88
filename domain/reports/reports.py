"""The states of a report and the moves between them. Resolving is provisional: only residents close as fixed."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from domain.core.state_machine import StateMachine, Transition
from domain.core.stored import Stored, known


class State(Stored, StrEnum, kept_in="reports.state"):
    """Where a report stands."""

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
    MERGED = "merged"  # it is part of another report, and stands where that one stands
    CLOSED = "closed"  # and how is not known: its state had a name that is none any more

    @property
    def is_open(self) -> bool:
        """Not closed: something is still owed to the residents."""
        return self not in _CLOSED


class Move(StrEnum):
    """What can be done to a report that changes its state."""

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


class Relation(Stored, StrEnum, kept_in="reports.relation"):
    """What somebody has to do with the place a report is about, if they care to say."""

    LIVES = "lives"
    WORKS = "works"
    PASSING = "passing"


_CLOSED = frozenset({State.CONFIRMED, State.UNANSWERED, State.DECLINED, State.WITHDRAWN, State.MERGED, State.CLOSED})
WORKABLE = frozenset({State.NEW, State.TAKEN, State.STARTED, State.HANDED_ON, State.REOPENED})
"""Staff have work to do with it."""
HAS_DEADLINE = WORKABLE - {State.HANDED_ON}
"""Its deadline counts: what is handed on has a day of its own on which they are asked again."""

_QUIET = frozenset({State.TAKEN, State.STARTED})

MOVES = StateMachine(
    State,
    Move,
    {
        # Taking work that has started changes who answers, not the state.
        Move.TAKE: Transition(WORKABLE, State.TAKEN, frozenset({State.STARTED})),
        Move.START: Transition(WORKABLE - {State.STARTED}, State.STARTED),
        # To another department: nobody has taken it there.
        # What was opened again or handed on is still to be seen as that there.
        Move.SEND: Transition(WORKABLE, State.NEW, WORKABLE - _QUIET),
        Move.HAND_ON: Transition(WORKABLE, State.HANDED_ON),
        Move.RESOLVE: Transition(WORKABLE, State.RESOLVED),
        # A late yes is a yes as well; a no counts as long as the question stands, whoever has said yes before.
        Move.CONFIRM: Transition(frozenset({State.RESOLVED, State.UNANSWERED, State.CLOSED}), State.CONFIRMED),
        Move.LAPSE: Transition(frozenset({State.RESOLVED}), State.UNANSWERED),
        Move.REOPEN: Transition(
            frozenset(
                {State.RESOLVED, State.CONFIRMED, State.UNANSWERED, State.DECLINED, State.WITHDRAWN, State.CLOSED}
            ),
            State.REOPENED,
        ),
        Move.DECLINE: Transition(WORKABLE, State.DECLINED),
        Move.WITHDRAW: Transition(WORKABLE | {State.RESOLVED, State.MERGED}, State.WITHDRAWN),
        # Out of it again it goes back to the state it had.
        Move.MERGE: Transition(WORKABLE, State.MERGED),
    },
    final=frozenset(),
)
after = MOVES.after
"""The state a move leads to. Raises WrongState when the move does not start from there."""


def state_in(row: Mapping[str, Any]) -> State:
    """The state a row of reports is in; where that name is unknown, the one that the rest of the row speaks for."""
    if row["merged_into"] is not None:
        return known(row["state"], State.MERGED)
    if row["closed_at"] is not None:
        return known(row["state"], State.CLOSED)
    return known(row["state"], State.NEW if row["assignee"] is None else State.TAKEN)


def outdates(before: State, now: State) -> bool:
    """Whether words about a report, begun in one state, may no longer fit it: more has happened than work going on."""
    return now is not before and now not in _QUIET
