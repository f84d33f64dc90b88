"""Everybody whose report is in a project hears of it, chunk by chunk, each once, in reply to the card of their report.

That a report of theirs is in it they hear once, however many of theirs are; each step and milestone, once each.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from domain import events
from domain.core.subjects import split, subject
from domain.projects.projects import Stage
from handlers.kit.texts import Html, Speaker, bold, lines, one_line, paragraphs
from handlers.kit.update_context import Setup
from handlers.projects import project_words
from handlers.reports import recipients
from services.projects import belonging
from services.projects.bundling import Why
from storage.core import events as record
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.outbox import Lane
from storage.projects import members, milestones, projects
from storage.projects.milestones import Milestone
from storage.projects.projects import Project
from storage.reports import reports
from storage.reports.reports import Report

NEWS = "project_news"
"""Tells everybody in a project of one thing that happened to it."""
BELONGING = "project_belonging"
"""Tells those who do not know it that a report of theirs is in it."""
CHUNK = 50
AGAIN = timedelta(seconds=1)
SETTLES = timedelta(seconds=5)
"""So long after a report was put in its people are told: a mistake of a moment tells nobody."""
Words = Callable[[Speaker, Report], Html]


# -- what happened to it


def news(tx: Transaction, setup: Setup, event: events.ProjectEvent) -> None:
    """Have everybody in the project told: the first of them soon, the others after them."""
    data = {"event": event.kind, "actor": event.actor, "fields": event.data(), "after": 0}
    key = f"{NEWS}:{event.subject}:{record.last(tx)}"
    scheduled_tasks.plan(tx, NEWS, event.subject, tx.now, key, data | {"key": key})


def tell_news(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The task: the next people in it."""
    _, number = split(about)
    project = projects.by_id(tx, number)
    event = events.from_record(data["event"], about, data["actor"], data["fields"])
    words = _words(tx, setup, project, event) if project is not None else None
    if words is None:
        return
    found = members.people(tx, number, data["after"], CHUNK)
    for person, report in found:
        _write(tx, setup, person, report, words)
    if len(found) == CHUNK:
        scheduled_tasks.plan(tx, NEWS, about, tx.now + AGAIN, data["key"], data | {"after": found[-1][0]})


def _words(tx: Transaction, setup: Setup, project: Project, event: events.Event | None) -> Words | None:
    if isinstance(event, events.ProjectMoved):
        stage = Stage(event.stage)
        reason = project.reason if stage is Stage.GIVEN_UP else None
        return lambda say, report: paragraphs(
            _head(say, project, report),
            lines(
                say("Where it stands: {stage}", stage=project_words.stage(say, stage)),
                say("Why: {reason}", reason=reason) if reason else None,
            ),
            say("Your report stays open; the staff will deal with it.") if reason and report.state.is_open else None,
        )
    milestone = milestones.by_id(tx, event.milestone) if isinstance(event, _OF_MILESTONES) else None
    if milestone is None:
        return None
    return _milestone_words(setup, project, milestone, moved=isinstance(event, events.MilestoneMoved))


_OF_MILESTONES = (events.MilestoneMoved, events.MilestoneReached)


def _milestone_words(setup: Setup, project: Project, milestone: Milestone, *, moved: bool) -> Words:
    def words(say: Speaker, report: Report) -> Html:
        why = say("Why it was moved: {reason}", reason=milestone.why) if moved and milestone.why else None
        return paragraphs(
            _head(say, project, report),
            lines(
                say("A milestone is moved:") if moved else say("A milestone is reached:"),
                project_words.milestone(setup, say, milestone),
                why,
            ),
        )

    return words


def _head(say: Speaker, project: Project, report: Report) -> Html:
    return lines(
        bold(say("Project “{title}”", title=one_line(project.title, 80))),
        say("Your report no. {number} is part of it.", number=report.id),
    )


# -- that a report is in it


def bundled(tx: Transaction, setup: Setup, event: events.ReportEvent) -> None:
    """Somebody stands behind a report that is in a project who may not know it: they are told in a moment."""
    report = reports.main_of(tx, reports.existing(tx, event.report))
    if report.project is not None:
        about = subject("project", report.project)
        scheduled_tasks.plan_once(tx, BELONGING, about, tx.now + SETTLES, f"{BELONGING}:{report.project}")


def tell_belonging(tx: Transaction, setup: Setup, about: str, _data: dict[str, Any]) -> None:
    """The task: those who have not heard it yet."""
    _, number = split(about)
    project = projects.by_id(tx, number)
    if project is None or not project.stage.is_open:
        return
    found = belonging.tell_next(tx, number, CHUNK)

    def words(say: Speaker, report: Report) -> Html:
        return paragraphs(
            say("Your report no. {number} is part of a project now: “{title}”. It is dealt with together with "
                "others like it.", number=report.id, title=one_line(project.title, 80)),
            say("Where it stands: {stage}", stage=project_words.stage(say, project.stage)),
            say("I will tell you when it moves on. You will still be asked yourself whether it is fixed."),
        )  # fmt: skip

    for person, report in found:
        _write(tx, setup, person, report, words)
    if len(found) == CHUNK:
        scheduled_tasks.plan(tx, BELONGING, about, tx.now + AGAIN, f"{BELONGING}:{number}")


def taken_out(
    tx: Transaction, setup: Setup, event: events.ReportUnbundled, _report: Report, recipient: recipients.Recipient
) -> None:
    """Staff have taken a report out again: who was told that it is in is told that it is not."""
    person = recipient.person.id
    if event.why not in (Why.TAKEN_OUT, Why.NOT_PUBLIC) or recipient.chat is None:
        return
    if not belonging.has_gone(tx, event.project, person):
        return
    title = one_line(projects.existing(tx, event.project).title, 80)
    recipients.write(
        tx, setup, recipient,
        lambda say: say(
            "Your report no. {number} is no longer part of the project “{title}”. It is dealt with by itself again.",
            number=recipient.report.id, title=title,
        ),
        lane=Lane.NOTICE,
    )  # fmt: skip


def _write(tx: Transaction, setup: Setup, person: int, report: int, words: Words) -> None:
    """Words to somebody about their report; those without Telegram hear it from staff when these ring them anyway."""
    together = [reports.existing(tx, report), *reports.merged_into(tx, report)]
    found = recipients.of_person(tx, together, person)
    if found and found[0].chat is not None and found[0].chat.unreachable is None:
        recipient = found[0]
        recipients.write(tx, setup, recipient, lambda say: words(say, recipient.report), lane=Lane.BROADCAST)
