"""What the buttons of projects carry."""

from enum import StrEnum
from typing import Annotated

from domain.projects.projects import Step
from handlers.kit.callback_data import BEHIND, CallbackData


class What(StrEnum):
    """What is wanted of a project."""

    VIEW = "view"
    STEPS = "steps"
    REPORTS = "reports"  # a page of what is in it
    OUT = "out"  # that report is to be taken out
    MILESTONES = "milestones"
    ADD = "add"  # one more milestone
    CHANGE = "change"


class ProjectPress(CallbackData, prefix="jp"):
    """`value` is a page, or a report; `version` the project's when the button was made."""

    project: int
    what: What
    value: Annotated[int | None, BEHIND]
    version: int


class Sure(StrEnum):
    """Whether a step was asked for, or is meant after what was shown."""

    ASK = "ask"
    YES = "yes"


class StepPress(CallbackData, prefix="js"):
    """A step of a project."""

    project: int
    step: Step
    sure: Sure
    version: int


class OfMilestone(StrEnum):
    """What is wanted of a milestone."""

    VIEW = "view"
    REACHED = "reached"
    MOVE = "move"


class MilestonePress(CallbackData, prefix="jm"):
    """A button of a milestone."""

    milestone: int
    what: OfMilestone


class ListPress(CallbackData, prefix="jl"):
    """A page of /projects."""

    page: int


class SuggestionPress(CallbackData, prefix="jg"):
    """Suggestions, or (`seed`) those that are like that report."""

    seed: int = 0


def pack(project: int, version: int, what: What, value: int | None = None) -> str:
    """What a button of a project carries."""
    return ProjectPress(project, what, value, version).pack()
