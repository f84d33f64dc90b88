"""Every button of a staff card and every question behind one, feature by feature, in the order in which they stand."""

from handlers.people import blocking
from handlers.reports.staff import declining, handing_on, merging, notes, staff_actions, steering, triage_actions

FEATURES = (triage_actions, notes, steering, handing_on, merging, declining, blocking)


def register() -> None:
    """Put all of them into the staff's cards."""
    for feature in FEATURES:
        staff_actions.add(*feature.ACTIONS)
        staff_actions.add_question(*feature.QUESTIONS)
