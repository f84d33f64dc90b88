"""What people answer to the words of a project's lead: staff and its lead read it in the topic of the project.

Each report has one message there, with the first answer; all others stand below it. A reply to one goes back to the
person who wrote that, and to nobody else. No name stands there.
"""

from dataclasses import replace
from typing import Any

from domain import events
from domain.core.parts import PartKind
from domain.core.subjects import number_of, split, subject
from handlers.kit import mailer
from handlers.kit.mailer import Below
from handlers.kit.parts import part_of, quoted, quoted_on, said
from handlers.kit.staff_action import StaffWork
from handlers.kit.texts import Html, Speaker, bold, lines, linked, paragraphs, quote, shorten
from handlers.kit.update_context import Setup, UpdateContext
from handlers.projects.group_topic import topic
from handlers.reports import describe
from handlers.reports.resident import mine
from handlers.reports.staff_card import card_link
from services.broadcasts import broadcasting
from services.core.errors import NotFound
from services.projects import answers_to_words as service
from storage.core import messages, settings
from storage.core.database import Transaction
from storage.core.messages import Message, Purpose
from storage.core.outbox import Action
from storage.projects import projects
from storage.projects.projects import Project
from storage.reports import reports, threads
from storage.reports.reports import Part, Report

SENT = "\N{OK HAND SIGN}"
"""The bot's reaction to what was sent to one person; one of those that Telegram has."""
GIST = 80
BEFORE = 600


# -- from the resident


def replied(ctx: UpdateContext, about: Message, broadcast: int) -> bool:
    """A reply to a copy of the lead's words (`Broadcaster.replied`): it is added to the reader's own report."""
    return mine.replied(ctx, about, thread=broadcasting.get(ctx.tx, broadcast).subject)


def added(tx: Transaction, setup: Setup, event: events.ReportAdded) -> None:
    """What somebody answered comes into the topic."""
    found, parts = _thread(tx, event), reports.some(tx, event.parts)
    if found is None or not parts:
        return
    project, staff = found
    report, say = reports.existing(tx, event.report), setup.group_speaker
    who = _person(parts[0], report)
    head = (
        say("No. {number}: the resident answers", number=report.id)
        if who == report.person
        else say("No. {number}: one who joined answers", number=report.id)
    )
    text = lines(bold(head), said(say, parts))
    is_file_alone = event.more and all(not part.text for part in parts)  # of an album that was announced
    below = _write(tx, setup, staff, project, report, who, None if is_file_alone else text)
    for rest in quoted_on(parts):
        mailer.send(tx, staff, rest, silent=True, **below)
    mailer.send_files(tx, staff, parts, silent=True, **below)


def reworded(tx: Transaction, setup: Setup, event: events.ReportReworded) -> None:
    """Somebody has changed an answer: it stands there as it reads now, with the words until then."""
    found, now = _thread(tx, event), reports.part(tx, event.now)
    if found is None or now is None:
        return
    project, staff = found
    report, say = reports.existing(tx, event.report), setup.group_speaker
    before = reports.part(tx, event.part) if event.part is not None else None
    text = lines(
        bold(say("No. {number}: an answer was changed", number=report.id)),
        quoted([replace(now, kind=PartKind.TEXT, file_id=None)]),
        lines(say("Before:"), quote(shorten(before.text or "", BEFORE))) if before else None,
    )
    _write(tx, setup, staff, project, report, _person(now, report), text)


def _thread(tx: Transaction, event: events.ReportAdded | events.ReportReworded) -> tuple[Project, int] | None:
    """The project whose words it answers, and the staff group; None for what answers nothing of a project."""
    number = number_of(event.thread, "project")
    project = projects.by_id(tx, number) if number is not None else None
    staff = settings.staff_chat(tx)
    return (project, staff) if project is not None and staff is not None else None


def _person(part: Part, report: Report) -> int:
    return part.person if part.person is not None else report.person


def _write(
    tx: Transaction, setup: Setup, staff: int, project: Project, report: Report, person: int, text: Html | None
) -> Below:
    """Write it below the report's message in the topic; the first words make that message. Returns the place below."""
    about, thread = subject("report", report.id), subject("project", project.id)
    silent, where = not setup.community.hours.is_open(tx.now), topic(tx, staff, project)
    known = messages.newest_card_in(tx, about, threads.role(thread), staff)
    card = int(known["id"]) if known is not None else messages.new_card(tx, staff, about, threads.role(thread), where)
    place: Below = {
        "topic": where, "reply_to_card": card, "subject": about, "purpose": threads.purpose(thread, person),
    }  # fmt: skip
    if known is None:
        purpose = place["purpose"]
        head = _head(tx, setup, report, text)
        mailer.card(tx, staff, card, head, topic=where, subject=about, purpose=purpose, silent=silent)
    elif text is not None:
        mailer.send(tx, staff, text, silent=silent, **place)
    return place


def _head(tx: Transaction, setup: Setup, report: Report, first: Html | None) -> Html:
    """The report's message: which one it is, and the first words."""
    say = setup.group_speaker
    gist = describe.gist(setup.community, say, report, reports.parts(tx, report.id), GIST)
    url = card_link(tx, reports.main_of(tx, report).id)
    return paragraphs(
        linked(say("No. {number}: {name}", number=report.id, name=gist), url),
        first,
        say("Reply to a message here: only the person who wrote it reads your answer."),
    )


# -- back to the resident


def written_back(ctx: UpdateContext, about: Message) -> bool:
    """A reply in the topic goes to the person whose words it replies to. False for what is no such message."""
    found = threads.speaker(about.purpose)
    number = number_of(about.subject, "report")
    if ctx.where.is_private or about.incoming or found is None or number is None:
        return False
    thread, person = found
    part = part_of(ctx, Purpose.STAFF, subject("report", number))
    if part is None:
        ctx.send(ctx.say("I can send on words, photos, videos and voice messages. This I cannot."), reply=True)
        return True
    try:
        with ctx.tx.savepoint():
            service.write_back(ctx.tx, ctx.who, split(thread)[1], number, person, [part])
    except NotFound:
        text = ctx.say("They have nothing to do with no. {number} any more, so I have sent nothing.", number=number)
        ctx.send(text, reply=True)
        return True
    react = {"emoji": SENT}
    mailer.add(ctx.tx, ctx.where.id, Action.REACT, react, message=part.message, subject=subject("report", number))
    return True


def _to_whom(_ctx: UpdateContext, say: Speaker, data: dict[str, Any]) -> Html | None:
    """What the report's history says of an answer: whether one person alone has it."""
    return say("One person alone reads it.") if data.get("to") is not None else None


WORK = StaffWork(history_details={events.ReportAnswered: _to_whom})
