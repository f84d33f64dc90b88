"""Once a week the staff group reads how the week went: one picture, five sentences, and below what is stuck."""

from datetime import date
from pathlib import Path
from typing import Any

from domain.calendar.local_time import local_time
from handlers.kit import mailer, qr
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, lines, one_line, paragraphs
from handlers.kit.update_context import Setup
from handlers.projects import project_words
from handlers.projects.buttons import What, pack
from handlers.reports import report_line
from services.projects import standing_still
from storage.core import settings
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Action, Lane
from storage.projects.projects import Project
from storage.reports.reports import Report
from storage.staff_room import queue

REPORTS, PROJECTS = 6, 4
NAME = 60


def write(tx: Transaction, setup: Setup, monday: date, sentences: list[Html], picture: Path | None) -> None:
    """What was counted of the week that began on `monday`, never two of a week. `picture`: a file of the media folder,
    which goes once it is sent; None: nothing was drawn."""
    chat = settings.staff_chat(tx)
    if chat is None:
        return
    say, once = setup.group_speaker, f"figures_week:{chat}:{monday}"
    stuck = _stuck(tx, setup, say)
    if not sentences and stuck is None:
        sentences = [say("Last week nothing was reported, and nothing waits.")]
    elif not sentences:
        sentences = [say("Last week nothing was reported and nothing was resolved.")]
    text = paragraphs(bold(say("Last week")), lines(*sentences))
    how: dict[str, Any] = {"lane": Lane.NOTICE, "purpose": Purpose.DIGEST}
    if picture is None:
        mailer.send(tx, chat, text, once=once, **how)
    else:
        content = {"path": f"{setup.media.name}/{picture.relative_to(setup.media).as_posix()}", "once": True}
        mailer.send_file(tx, chat, Action.PHOTO, content, text, once=once, **how)
    if stuck is not None:
        mailer.send(tx, chat, *stuck, once=f"{once}:stuck", **how)


def folder(setup: Setup, number: int) -> Path:
    """Where the picture of an order lies until it is sent; drawn anew after a crash it is the same."""
    return setup.media / qr.FOLDER / f"figures-week-{number}"


def _stuck(tx: Transaction, setup: Setup, say: Speaker) -> tuple[Html, Markup | None] | None:
    """What waits longest: reports by how long their deadline has passed, projects by how long nothing moved."""
    late = queue.page(tx, queue.overdue(tx), None, REPORTS + 1)
    still = standing_still.still(tx, setup.community)
    if not late and not still:
        return None
    text = paragraphs(
        bold(say("What is stuck")),
        lines(say("Deadline missed, the longest first:"), *_reports(tx, setup, say, late)) if late else None,
        lines(say("Projects in which nothing moves:"), *_projects(tx, setup, say, still)) if still else None,
    )
    buttons = [Button(project_words.label(say, each), pack(each.id, each.version, What.VIEW)) for each in still]
    return text, column(*buttons[:PROJECTS]) if still else None


def _reports(tx: Transaction, setup: Setup, say: Speaker, found: list[Report]) -> list[Html]:
    shown = [report_line.entry(tx, setup, say, each) for each in found[:REPORTS]]
    return [*shown, say("and more: /queue")] if len(found) > REPORTS else shown


def _projects(tx: Transaction, setup: Setup, say: Speaker, found: list[Project]) -> list[Html]:
    today = local_time(tx.now, setup.community.zone).date()
    shown = [
        say.plural(
            "No. {number}: {title}. No movement for {count} day",
            "No. {number}: {title}. No movement for {count} days",
            (today - local_time(each.moved_at, setup.community.zone).date()).days,
            number=each.id,
            title=one_line(each.title, NAME),
        )
        for each in found[:PROJECTS]
    ]
    more = len(found) - PROJECTS
    rest = say.plural("and {count} more project", "and {count} more projects", more) if more > 0 else None
    return [*shown, rest] if rest is not None else shown
