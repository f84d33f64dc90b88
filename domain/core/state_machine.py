"""What may be done to a thing in each of its states, and where that leads: one table for each kind of thing.

A report, a repair and a pledge each declare their `State`, their `Move` and one `StateMachine` (in
domain/reports/reports.py, domain/repairs/repairs.py, domain/pledges/pledges.py). The table is checked when the program
starts; use cases ask it before they write.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

S = TypeVar("S", bound=StrEnum)
M = TypeVar("M", bound=StrEnum)


class WrongState(Exception):
    """The thing is not where this move starts from: somebody was quicker, or the button is old.

    `state` is where it stands. What people read of it is in handlers/kit/refusals.py.
    """

    def __init__(self, state: StrEnum) -> None:
        super().__init__(state.value)
        self.state = state


@dataclass(frozen=True)
class Transition(Generic[S]):
    """One move: it may start from any of `sources` and leads to `target`; in those of `stays` the state is kept."""

    sources: frozenset[S]
    target: S
    stays: frozenset[S] = frozenset()


class StateMachine(Generic[S, M]):
    """The moves of one kind of thing. `final` are the states nothing leads out of."""

    def __init__(self, states: type[S], moves: type[M], table: Mapping[M, Transition[S]], final: frozenset[S]) -> None:
        """Raises ValueError when the table does not hold together, so that a mistake in it stops the start."""
        self._moves = dict(table)
        for move, transition in self._moves.items():
            if not transition.sources or not transition.stays <= transition.sources:
                raise ValueError(f"{move} starts from nowhere, or stays where it does not start")
        if missing := sorted(set(moves) - set(self._moves)):
            raise ValueError(f"these moves lead nowhere: {missing}")
        for state in states:
            can_be_left = any(
                state in each.sources - each.stays and each.target is not state for each in self._moves.values()
            )
            if can_be_left == (state in final):
                raise ValueError(f"{state} is final and can be left, or is not and cannot")

    def after(self, state: S, move: M) -> S:
        """The state a move leads to. Raises WrongState when the move does not start from `state`."""
        transition = self._moves[move]
        if state not in transition.sources:
            raise WrongState(state)
        return state if state in transition.stays else transition.target

    def allows(self, state: S, move: M) -> bool:
        """Whether the move starts from `state`."""
        return state in self._moves[move].sources

    def sources(self, move: M) -> frozenset[S]:
        """The states a move starts from."""
        return self._moves[move].sources
