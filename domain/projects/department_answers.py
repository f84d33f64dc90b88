"""What a department answers that was called in to a project."""

from enum import StrEnum

from domain.core.stored import Stored


class DepartmentAnswer(Stored, StrEnum, kept_in="project_departments.answer"):
    """Its answer. There is always one: no department is counted as agreeing because it says nothing."""

    COMING = "coming"
    """It comes, on a day it names."""
    OPINION = "opinion"
    """It has something to say to it."""
    NOT_OURS = "not_ours"
    """It is not what this department answers for, with the reason."""
