"""What those who lead a project read of the departments that were called in."""

from collections.abc import Callable

from domain import events
from handlers.kit import mailer
from handlers.kit.texts import Html, Speaker, bold, one_line, paragraphs
from handlers.kit.update_context import Setup
from handlers.projects.departments import department_words
from services.people import quiet
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.people import people
from storage.projects import departments, leads, projects


def answered(tx: Transaction, setup: Setup, event: events.DepartmentAnswered | events.DepartmentCame) -> None:
    """It has answered, or was there."""
    called = departments.of_department(tx, event.project, event.department)
    if called is not None:
        _tell(tx, setup, event, lambda say: department_words.line(tx, setup, say, called))


def silent(tx: Transaction, setup: Setup, event: events.DepartmentSilent) -> None:
    """It has not answered by the day it was asked to."""
    called = departments.of_department(tx, event.project, event.department)
    if called is None:
        return

    def write(say: Speaker) -> Html:
        return paragraphs(
            department_words.line(tx, setup, say, called),
            say("I have reminded them, this once. You can call them in again with another day, or talk to them."),
        )

    _tell(tx, setup, event, write, reminds=True)


def _tell(
    tx: Transaction,
    setup: Setup,
    event: events.ProjectEvent,
    write: Callable[[Speaker], Html],
    *,
    reminds: bool = False,
) -> None:
    """Tell the leads, but for who did it. What only reminds waits until their quiet hours are over."""
    project = projects.existing(tx, event.project)
    if not project.stage.is_open:
        return
    for person in leads.of(tx, event.project):
        if person != event.actor:
            at = quiet.allowed_from(tx.now, setup.community, people.by_id(tx, person))
            mailer.to_person(
                tx,
                setup,
                person,
                lambda say: paragraphs(
                    bold(say("Project no. {number}: {title}", number=project.id, title=one_line(project.title, 80))),
                    write(say),
                ),
                in_reach=True,
                purpose=Purpose.PROJECT,
                not_before=at if reminds and at > tx.now else None,
            )
