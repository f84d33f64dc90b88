"""Once a month each project lead reads, in private, what became of the reports in their own projects."""

from typing import Any

from handlers.kit import mailer
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, lines, one_line, paragraphs
from handlers.kit.update_context import Setup
from handlers.projects import project_words
from handlers.projects.buttons import What, pack
from services.figures import periodic
from services.figures.periodic import OfLead, OfProject
from speech import periods
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.projects import projects
from storage.projects.projects import Project

SHOWN = 12
BUTTONS = 5
NAME = 60


def write(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The task of somebody's month: one message, whatever the number of their projects."""
    found = periodic.lead_due(tx, setup.community, about, data)
    if found is None:
        return
    mailer.to_person(
        tx,
        setup,
        found.person,
        lambda say: _text(tx, say, found),
        in_reach=True,
        purpose=Purpose.PROJECT,
        once=f"{periodic.LEAD}:{found.person}:{found.month}",
    )


def _text(tx: Transaction, say: Speaker, found: OfLead) -> tuple[Html, Markup]:
    shown = [(projects.existing(tx, each), said) for each, said in found.projects.items()][:SHOWN]
    left = len(found.projects) - len(shown)
    text = paragraphs(
        bold(say("Your projects in {month}", month=periods.month(say, found.month))),
        *(_project(say, project, said) for project, said in shown),
        say.plural("and {count} more project", "and {count} more projects", left) if left else None,
        say("“Came in” counts the reports sent that month which are in the project. All counts are as known at the "
            "end of the month."),
    )  # fmt: skip
    buttons = (Button(project_words.label(say, each), pack(each.id, each.version, What.VIEW)) for each, _ in shown)
    return text, column(*list(buttons)[:BUTTONS])


def _project(say: Speaker, project: Project, said: OfProject) -> Html:
    name = say(
        "No. {number}: {title} ({stage})",
        number=project.id,
        title=one_line(project.title, NAME),
        stage=project_words.stage(say, project.stage),
    )
    if not said.collected and not said.resolutions:
        return lines(name, say("No report came in, and none was resolved."))
    return lines(
        name,
        say(
            "Came in: {collected}. Staff said fixed: {fixed}. Residents say: {yes} fixed, {no} not.",
            collected=said.collected,
            fixed=said.resolutions,
            yes=said.confirmed,
            no=said.disputed,
        ),
    )
