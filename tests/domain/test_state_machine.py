"""What holds for every table of moves: those of reports, repairs and pledges, and any other that is built."""

from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.core.state_machine import StateMachine, Transition, WrongState
from domain.pledges import pledges
from domain.repairs import repairs
from domain.reports import reports

MACHINES: tuple[tuple[type[StrEnum], type[StrEnum], StateMachine[Any, Any], frozenset[StrEnum]], ...] = (
    (reports.State, reports.Move, reports.MOVES, frozenset()),
    (repairs.State, repairs.Move, repairs.MOVES, frozenset({repairs.State.TURNED})),
    (pledges.State, pledges.Move, pledges.MOVES, frozenset({pledges.State.ENDED})),
)


@given(st.data())
def test_a_move_leads_somewhere_or_is_refused(data: st.DataObject) -> None:
    states, moves, machine, _ = data.draw(st.sampled_from(MACHINES))
    state, move = data.draw(st.sampled_from(list(states))), data.draw(st.sampled_from(list(moves)))
    if machine.allows(state, move):
        assert state in machine.sources(move)
        assert machine.after(state, move) in states
    else:
        with pytest.raises(WrongState) as refused:
            machine.after(state, move)
        assert refused.value.state is state


@given(st.data())
def test_whatever_is_done_it_can_go_on_unless_it_is_over_for_good(data: st.DataObject) -> None:
    """From the first state on, by moves that are allowed: nothing is stuck but in a final state."""
    states, moves, machine, final = data.draw(st.sampled_from(MACHINES))
    state = next(iter(states))
    for _ in range(20):
        possible = [move for move in moves if machine.allows(state, move)]
        leaving = [move for move in possible if machine.after(state, move) is not state]
        assert bool(leaving) == (state not in final), state
        if not possible:
            break
        state = machine.after(state, data.draw(st.sampled_from(possible)))


@pytest.mark.parametrize("machine", [machine for _, _, machine, _ in MACHINES], ids=["reports", "repairs", "pledges"])
def test_every_state_can_be_come_to(machine: StateMachine[Any, Any]) -> None:
    states, moves, _, _ = next(each for each in MACHINES if each[2] is machine)
    reached = {next(iter(states))}
    for _ in states:
        reached |= {machine.after(state, move) for state in reached for move in moves if machine.allows(state, move)}
    # That is where a row stands whose state had a name that is none any more.
    assert set(states) - reached == {state for state in states if state == "closed"}


@pytest.mark.parametrize(
    ("state", "move", "target"),
    [
        (reports.State.STARTED, reports.Move.TAKE, reports.State.STARTED),
        (reports.State.NEW, reports.Move.TAKE, reports.State.TAKEN),
        (reports.State.REOPENED, reports.Move.TAKE, reports.State.TAKEN),
        (reports.State.TAKEN, reports.Move.SEND, reports.State.NEW),
        (reports.State.STARTED, reports.Move.SEND, reports.State.NEW),
        (reports.State.NEW, reports.Move.SEND, reports.State.NEW),
        (reports.State.REOPENED, reports.Move.SEND, reports.State.REOPENED),
        (reports.State.HANDED_ON, reports.Move.SEND, reports.State.HANDED_ON),
    ],
)
def test_some_moves_of_a_report_keep_the_state(state: reports.State, move: reports.Move, target: reports.State) -> None:
    assert reports.after(state, move) is target


# -- tables that do not hold together are not built


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"
    GONE = "gone"


class Push(StrEnum):
    OPEN = "open"
    SHUT = "shut"


TABLE = {
    Push.OPEN: Transition(frozenset({Door.SHUT}), Door.OPEN),
    Push.SHUT: Transition(frozenset({Door.OPEN}), Door.SHUT),
}


def test_a_table_that_holds_together_is_built() -> None:
    doors = StateMachine(Door, Push, TABLE, frozenset({Door.GONE}))
    assert doors.after(Door.SHUT, Push.OPEN) is Door.OPEN


@pytest.mark.parametrize(
    ("table", "final"),
    [
        ({Push.OPEN: TABLE[Push.OPEN]}, frozenset({Door.OPEN, Door.GONE})),  # a move without a line
        (TABLE, frozenset[Door]()),  # nothing leads out of GONE
        (TABLE, frozenset(Door)),  # OPEN and SHUT are not final
        ({**TABLE, Push.SHUT: Transition(frozenset[Door](), Door.SHUT)}, frozenset({Door.OPEN, Door.GONE})),
        (
            {**TABLE, Push.SHUT: Transition(frozenset({Door.OPEN}), Door.SHUT, frozenset({Door.GONE}))},
            frozenset({Door.GONE}),
        ),
        # the only move out of OPEN stays there
        (
            {**TABLE, Push.SHUT: Transition(frozenset({Door.OPEN}), Door.SHUT, frozenset({Door.OPEN}))},
            frozenset({Door.GONE}),
        ),
    ],
)
def test_a_table_that_does_not_is_refused(table: dict[Push, Transition[Door]], final: frozenset[Door]) -> None:
    with pytest.raises(ValueError, match=r"\w+"):
        StateMachine(Door, Push, table, final)
