"""What a project's own card and topic say of the departments that were called in."""

from typing import Any

from domain import events
from domain.core.subjects import split
from handlers.kit.update_context import Setup
from handlers.projects import group_card
from handlers.projects.departments import department_words
from services.projects import calling_in
from storage.core.database import Transaction
from storage.projects import departments, projects


def said(
    tx: Transaction, setup: Setup, event: events.DepartmentAnswered | events.DepartmentCame | events.DepartmentSilent
) -> None:
    """It has answered, was there, or has let its day pass: below the project's card, where it is heard."""
    called = departments.of_department(tx, event.project, event.department)
    if called is not None:
        group_card.say_below(tx, setup, event.project, department_words.line(tx, setup, setup.group_speaker, called))


def count_days(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The task of each day while a department is silent: the card says for how many days by now."""
    number = split(about)[1]
    if projects.by_id(tx, number) is not None:
        group_card.make_true(tx, setup, about, data)
        calling_in.keep_counting(tx, setup.community, number)
