"""The states of a repair: what can be done in each."""

import pytest

from domain.core.state_machine import WrongState
from domain.repairs.repairs import FREE, HELD, KNOWS_THE_DOOR, MOVES, Move, State, after


def test_it_can_be_taken_only_while_nobody_has_it() -> None:
    assert MOVES.sources(Move.TAKE) == FREE
    assert not FREE & KNOWS_THE_DOOR


def test_nobody_knows_the_door_of_a_closed_one() -> None:
    assert not [state for state in KNOWS_THE_DOOR if not state.is_open]


@pytest.mark.parametrize("state", [state for state in State if not state.is_open])
def test_a_closed_one_is_neither_taken_nor_released(state: State) -> None:
    for move in (Move.TAKE, Move.RELEASE, Move.FINISH, Move.SET_OUT, Move.SAY_WHEN, Move.GIVE_OUT):
        with pytest.raises(WrongState):
            after(state, move)


@pytest.mark.parametrize("state", sorted(HELD))
def test_whoever_has_it_can_give_it_back_and_finish_it(state: State) -> None:
    assert after(state, Move.RELEASE) is State.LOOKING
    assert after(state, Move.FINISH) is State.DONE
