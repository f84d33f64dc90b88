"""What those who lead a project read in private, and who put many reports into one."""

from domain import events
from handlers.kit import mailer
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup
from handlers.projects import project_words
from handlers.projects.buttons import What, pack
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.projects import leads, projects
from storage.projects.projects import Project


def made(tx: Transaction, setup: Setup, event: events.ProjectMade) -> None:
    """A new project: those who lead it hear that they do, but for who made it."""
    for person in event.leads:
        if person != event.actor:
            _given(tx, setup, event.project, person)


def given(tx: Transaction, setup: Setup, event: events.ProjectLeadGiven) -> None:
    """One more leads it."""
    if event.person != event.actor:
        _given(tx, setup, event.project, event.person)


def _given(tx: Transaction, setup: Setup, number: int, person: int) -> None:
    project = projects.existing(tx, number)

    def write(say: Speaker) -> tuple[Html, Markup]:
        text = paragraphs(
            bold(project_words.named(say, project)),
            say("You are its project lead now. You can move it on and set milestones; the "
                "people in it are told. You will find it under /projects."),
        )  # fmt: skip
        return text, _open(say, project)

    mailer.to_person(tx, setup, person, write, purpose=Purpose.PROJECT)


def taken(tx: Transaction, setup: Setup, event: events.ProjectLeadTaken) -> None:
    """Somebody leads it no more."""
    if event.person != event.actor:
        project = projects.existing(tx, event.project)
        mailer.to_person(
            tx, setup, event.person,
            lambda say: say("You no longer lead project no. {number}: {title}", number=project.id, title=project.title),
            purpose=Purpose.PROJECT,
        )  # fmt: skip


def moved_away(tx: Transaction, setup: Setup, event: events.ReportsMovedAway) -> None:
    """Reports went from one project to another: those who lead either hear of it."""
    for number in (event.project, event.into):
        for person in leads.of(tx, number):
            if person != event.actor:
                _tell_moved(tx, setup, event, projects.existing(tx, number), person)


def _tell_moved(tx: Transaction, setup: Setup, event: events.ReportsMovedAway, project: Project, person: int) -> None:
    def write(say: Speaker) -> tuple[Html, Markup]:
        text = say.plural(
            "{count} report has been moved from project no. {before} to no. {number}.",
            "{count} reports have been moved from project no. {before} to no. {number}.",
            event.count,
            before=event.project,
            number=event.into,
        )
        return paragraphs(bold(project_words.named(say, project)), text), _open(say, project)

    mailer.to_person(tx, setup, person, write, purpose=Purpose.PROJECT)


def put_in(tx: Transaction, setup: Setup, event: events.ReportsPutIn) -> None:
    """All that somebody put into a project was looked at: what became of it."""
    if event.actor is None:
        return
    project = projects.existing(tx, event.project)

    def write(say: Speaker) -> tuple[Html, Markup]:
        text = lines(
            bold(project_words.named(say, project)),
            say.plural("{count} report is in it now.", "{count} reports are in it now.", event.added),
            say.plural("{count} was in it already.", "{count} were in it already.", event.there)
            if event.there else None,
            say.plural("{count} stays in another project.", "{count} stay in another project.", event.elsewhere)
            if event.elsewhere else None,
            say.plural("{count} is about a person or of danger and stays out, because everyone can see this project.",
                       "{count} are about a person or of danger and stay out, because everyone can see this project.",
                       event.not_fit) if event.not_fit else None,
            say.plural("{count} is withdrawn or no longer possible.", "{count} are withdrawn or no longer possible.",
                       event.gone) if event.gone else None,
        )  # fmt: skip
        return text, _open(say, project)

    mailer.to_person(tx, setup, event.actor, write, purpose=Purpose.PROJECT)


def _open(say: Speaker, project: Project) -> Markup:
    return column(Button(say.label("Look at it"), pack(project.id, project.version, What.VIEW)))
