"""What makes a report a pressing one (急难愁盼)."""

from enum import StrEnum

PEOPLE = 10
"""So many who stand behind it make it pressing: who sent it, and those who joined."""
REOPENED = 2
"""So often reopened by residents it is pressing."""


class Why(StrEnum):
    """Why a report is pressing."""

    MARKED = "marked"
    PEOPLE = "people"
    REOPENED = "reopened"


def why_pressing(marked: bool, people: int, reopened: int) -> Why | None:
    """The first reason for which it is, staff's own mark before all; None when it is not."""
    if marked:
        return Why.MARKED
    if people >= PEOPLE:
        return Why.PEOPLE
    return Why.REOPENED if reopened >= REOPENED else None
