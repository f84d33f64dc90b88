"""A project in the staff group: a card in a topic of its own, kept true, and what is said below it."""

from datetime import timedelta
from typing import Any

from domain import events
from domain.core.subjects import split, subject
from handlers.kit import mailer, wording
from handlers.kit.keyboards import Button, column
from handlers.kit.texts import Html, Speaker, one_line
from handlers.kit.update_context import Setup
from handlers.projects import project_words
from handlers.projects.group_topic import topic
from handlers.projects.project_view import PREFIX
from storage.core import messages, scheduled_tasks, settings
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.people import people
from storage.projects import projects
from storage.projects.projects import Project
from storage.reports import reports

KIND = "project_card"
SETTLES = timedelta(seconds=2)
"""When many things happen to it at once, its card is written once."""
CARDS = 100
"""So many projects have their cards in a new staff group at once."""


def post(tx: Transaction, setup: Setup, project: Project) -> int | None:
    """The card, made when there is none; None while there is no staff group."""
    staff = settings.staff_chat(tx)
    if staff is None:
        return None
    about, say = subject("project", project.id), setup.group_speaker
    where = topic(tx, staff, project)
    card = messages.newest_card_in(tx, about, CardRole.STAFF, staff)
    number = int(card["id"]) if card else messages.new_card(tx, staff, about, CardRole.STAFF, where)
    text = project_words.for_steering(tx, setup, say, project)
    button = Button(say.label("Open it in private"), url=setup.start_link(f"{PREFIX}{project.id}"))
    mailer.card(tx, staff, number, text, column(button), topic=where, subject=about, purpose=Purpose.CARD)
    return number


def made(tx: Transaction, setup: Setup, event: events.ProjectMade) -> None:
    """There is a new one."""
    post(tx, setup, projects.existing(tx, event.project))


def changed(tx: Transaction, _setup: Setup, event: events.ProjectEvent) -> None:
    """Its card is to be made true."""
    _soon(tx, event.project)


def contents_changed(tx: Transaction, _setup: Setup, event: events.ReportBundled | events.ReportUnbundled) -> None:
    """What is in it has changed: its card tells how many, and so does that of the project it came from."""
    _soon(tx, event.project)
    if isinstance(event, events.ReportBundled) and event.before is not None:
        _soon(tx, event.before)


def group_chosen(tx: Transaction, _setup: Setup, _event: events.StaffChatChosen) -> None:
    """Staff work in another group now: the cards of open projects are to be there, too."""
    for project in projects.open_ones(tx, CARDS):
        _soon(tx, project.id)


def report_changed(tx: Transaction, _setup: Setup, event: events.ReportEvent) -> None:
    """A report is open or closed now, or others stand behind it: the card of its project tells how many."""
    project = reports.main_of(tx, reports.existing(tx, event.report)).project
    if project is not None:
        _soon(tx, project)


def _soon(tx: Transaction, project: int) -> None:
    scheduled_tasks.plan_once(tx, KIND, subject("project", project), tx.now + SETTLES, f"{KIND}:{project}")


def make_true(tx: Transaction, setup: Setup, about: str, _data: dict[str, Any]) -> None:
    """The task: the card says what is so now."""
    project = projects.by_id(tx, split(about)[1])
    if project is not None:
        post(tx, setup, project)


# -- what is said below it


def say_below(tx: Transaction, setup: Setup, project: int, text: Html) -> None:
    """A message under the card, which is heard."""
    card = post(tx, setup, projects.existing(tx, project))
    staff = settings.staff_chat(tx)
    if staff is not None and card is not None:
        about = subject("project", project)
        where = topic(tx, staff, projects.existing(tx, project))
        mailer.send(tx, staff, text, topic=where, reply_to_card=card, subject=about, purpose=Purpose.TALK)


def lead_lost(tx: Transaction, setup: Setup, event: events.ProjectLeadLost) -> None:
    """Somebody who led it has left the team."""
    say = setup.group_speaker
    name = _name(tx, say, event.person)
    if event.left:
        text = say("{name} has left the team and no longer leads project no. {number}. Others still lead it.",
                   name=name, number=event.project)  # fmt: skip
    else:
        text = say("{name} has left the team, so NOBODY leads project no. {number}. Please choose someone: open it in "
                   "private, then “Change it”.", name=name, number=event.project)  # fmt: skip
    say_below(tx, setup, event.project, text)


def lead_out_of_reach(tx: Transaction, setup: Setup, event: events.ProjectLeadOutOfReach) -> None:
    """Somebody who leads it has blocked the bot, or left Telegram."""
    say = setup.group_speaker
    name = _name(tx, say, event.person)
    if event.reached:
        text = say("{name} leads project no. {number} and has blocked me or left Telegram. Others who lead it can be "
                   "reached.", name=name, number=event.project)  # fmt: skip
    else:
        text = say(
            "{name} leads project no. {number} and has blocked me or left Telegram. Nobody who leads it can be "
            "reached. Please talk to them, or choose someone else.",
            name=name,
            number=event.project,
        )
    say_below(tx, setup, event.project, text)


def without_lead(tx: Transaction, setup: Setup, event: events.ProjectWithoutLead) -> None:
    """Still nobody."""
    say: Speaker = setup.group_speaker
    text = say("Project no. {number} still has no lead who can be reached. Please choose someone: open it in private, "
               "then “Change it”.", number=event.project)  # fmt: skip
    say_below(tx, setup, event.project, text)


def _name(tx: Transaction, say: Speaker, person: int) -> str:
    return one_line(wording.named(say, people.by_id(tx, person)), project_words.NAME)
