"""The stages of a project and the steps between them.

It listens, weighs what could be done, does it, and is done when no report in it is open; or it is given up, with the
reason. A broken lift needs no long talk, so a stage may be left out, and one may go back.
"""

from enum import StrEnum

from domain.core.state_machine import StateMachine, Transition
from domain.core.stored import Stored


class Stage(Stored, StrEnum, kept_in="projects.stage"):
    """Where a project stands."""

    LISTENING = "listening"
    DELIBERATING = "deliberating"
    DELIVERING = "delivering"
    DONE = "done"
    GIVEN_UP = "given_up"

    @property
    def is_open(self) -> bool:
        """Somebody still leads it on."""
        return self not in (Stage.DONE, Stage.GIVEN_UP)


class Step(Stored, StrEnum, kept_in="buttons that move a project"):
    """What moves a project to another stage."""

    LISTEN = "listen"
    DELIBERATE = "deliberate"
    DELIVER = "deliver"
    FINISH = "finish"
    GIVE_UP = "give_up"


_OPEN = frozenset(stage for stage in Stage if stage.is_open)
STEPS = StateMachine(
    Stage,
    Step,
    {
        # What has ended can be taken up again: it begins by listening.
        Step.LISTEN: Transition(frozenset(Stage) - {Stage.LISTENING}, Stage.LISTENING),
        Step.DELIBERATE: Transition(_OPEN - {Stage.DELIBERATING}, Stage.DELIBERATING),
        Step.DELIVER: Transition(_OPEN - {Stage.DELIVERING}, Stage.DELIVERING),
        Step.FINISH: Transition(_OPEN, Stage.DONE),
        Step.GIVE_UP: Transition(_OPEN, Stage.GIVEN_UP),
    },
    final=frozenset(),
)
after = STEPS.after
"""The stage a step leads to. Raises WrongState when it does not start from there."""
