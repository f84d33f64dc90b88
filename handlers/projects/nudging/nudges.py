"""That nothing moves in a project: told to those who lead it once a week, and to staff by their daily digest."""

from typing import Any

from domain.calendar.local_time import local_time
from handlers.kit import mailer
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, lines, one_line, paragraphs
from handlers.kit.update_context import Setup
from handlers.projects import project_words
from handlers.projects.buttons import ListPress, What, pack
from handlers.projects.departments import department_words
from services.projects import standing_still
from services.projects.standing_still import Seen
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.people import people
from storage.projects import departments, leads
from storage.projects.projects import Project

SHOWN = 10
BUTTONS = 5
IN_DIGEST = 5
NAME = 40


def weekly(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The task of somebody's week: one message, whatever the number of projects; none where all moves."""
    seen = standing_still.due(tx, setup.community, about, data)
    if seen.nothing:
        return
    mailer.to_person(
        tx,
        setup,
        int(about.partition(":")[2]),
        lambda say: _nudge(tx, setup, say, seen),
        in_reach=True,
        purpose=Purpose.PROJECT,
    )


def _nudge(tx: Transaction, setup: Setup, say: Speaker, seen: Seen) -> tuple[Html, Markup]:
    text = paragraphs(*_theirs(tx, setup, say, seen.theirs), *_without_lead(tx, say, seen.without_lead))
    first = [*seen.theirs, *seen.without_lead][:BUTTONS]
    buttons = [Button(project_words.label(say, each), pack(each.id, each.version, What.VIEW)) for each in first]
    return text, column(*buttons, Button(say.label("All projects"), ListPress(0).pack()))


def _theirs(tx: Transaction, setup: Setup, say: Speaker, found: list[Project]) -> list[Html]:
    if not found:
        return []
    return [
        bold(say.plural("Nothing has moved in {count} project you lead:",
                        "Nothing has moved in {count} projects you lead:", len(found))),
        lines(*(_since(tx, setup, say, each) for each in found[:SHOWN]), _more_projects(say, len(found) - SHOWN)),
        say("What helps: tell the people in it where things stand, set or move a milestone, take the next step, or "
            "give it up and say why."),
    ]  # fmt: skip


def _without_lead(tx: Transaction, say: Speaker, found: list[Project]) -> list[Html]:
    if not found:
        return []
    return [
        bold(
            say.plural(
                "Nobody who can be reached leads {count} project:",
                "Nobody who can be reached leads {count} projects:",
                len(found),
            )
        ),
        lines(*(_named(say, each) for each in found[:SHOWN]), _more_projects(say, len(found) - SHOWN)),
        say("Please talk to those who led it, or choose someone else."),
    ]


# -- the digest


def still_in_digest(tx: Transaction, setup: Setup, say: Speaker) -> Html | None:
    """The projects in which nothing moves, with who leads them."""
    found = standing_still.still(tx, setup.community)
    if not found:
        return None
    entries = [lines(_since(tx, setup, say, each), _led_by(tx, say, each)) for each in found[:IN_DIGEST]]
    head = say.plural("Nothing has moved in {count} project:", "Nothing has moved in {count} projects:", len(found))
    return lines(bold(head), *entries, _more_projects(say, len(found) - IN_DIGEST))


def silent_in_digest(tx: Transaction, setup: Setup, say: Speaker) -> Html | None:
    """The departments that were called in and have not answered, the longest silence first."""
    found = departments.overdue(tx, local_time(tx.now, setup.community.zone).date())
    if not found:
        return None
    entries = [
        say("Project no. {number}: {what}", number=each.project, what=department_words.line(tx, setup, say, each))
        for each in found[:IN_DIGEST]
    ]
    head = say.plural("{count} department has not answered:", "{count} departments have not answered:", len(found))
    more = len(found) - IN_DIGEST
    rest = say.plural("and {count} more department", "and {count} more departments", more) if more > 0 else None
    return lines(bold(head), *entries, rest)


def _more_projects(say: Speaker, more: int) -> Html | None:
    """How many are not named; "more" alone has no measure word in Chinese."""
    return say.plural("and {count} more project", "and {count} more projects", more) if more > 0 else None


def _named(say: Speaker, project: Project) -> Html:
    return say("No. {number}: {title}", number=project.id, title=one_line(project.title, 80))


def _since(tx: Transaction, setup: Setup, say: Speaker, project: Project) -> Html:
    zone = setup.community.zone
    days = (local_time(tx.now, zone).date() - local_time(project.moved_at, zone).date()).days
    return say.plural(
        "No. {number}: {title}. No movement for {count} day",
        "No. {number}: {title}. No movement for {count} days",
        days,
        number=project.id,
        title=one_line(project.title, 80),
    )


def _led_by(tx: Transaction, say: Speaker, project: Project) -> Html:
    names = [one_line(people.by_id(tx, each).name, NAME) for each in leads.of(tx, project.id)]
    return say("Project lead: {names}", names=say.listed(names)) if names else say("NOBODY LEADS IT")
