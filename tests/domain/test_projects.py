"""The stages of a project and the steps between them."""

import pytest

from domain.core.state_machine import WrongState
from domain.projects.projects import STEPS, Stage, Step, after

OPEN = [stage for stage in Stage if stage.is_open]
TARGETS = {
    Step.LISTEN: Stage.LISTENING,
    Step.DELIBERATE: Stage.DELIBERATING,
    Step.DELIVER: Stage.DELIVERING,
    Step.FINISH: Stage.DONE,
    Step.GIVE_UP: Stage.GIVEN_UP,
}


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("stage", OPEN)
def test_an_open_one_can_go_anywhere_but_where_it_is(stage: Stage, step: Step) -> None:
    if TARGETS[step] is stage:
        with pytest.raises(WrongState):
            after(stage, step)
    else:
        assert after(stage, step) is TARGETS[step]


@pytest.mark.parametrize("stage", [stage for stage in Stage if not stage.is_open])
def test_what_has_ended_can_only_be_taken_up_again(stage: Stage) -> None:
    assert [step for step in Step if STEPS.allows(stage, step)] == [Step.LISTEN]
    assert after(stage, Step.LISTEN) is Stage.LISTENING


def test_three_stages_are_open() -> None:
    assert OPEN == [Stage.LISTENING, Stage.DELIBERATING, Stage.DELIVERING]
