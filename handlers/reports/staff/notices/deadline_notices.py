"""Who hears of a deadline: before it whoever is in charge, after it the leads as well."""

from collections.abc import Callable, Iterable

from domain import events
from domain.core.subjects import subject
from domain.people.rights import Action, may
from handlers.kit import mailer
from handlers.kit.keyboards import Button, column
from handlers.kit.mailer import How, Words
from handlers.kit.texts import Html, Speaker, bold, lines
from handlers.kit.update_context import Setup
from handlers.reports import danger_card_words, describe
from handlers.reports.staff_card import refresh_staff, to_staff
from services.people import team
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Lane
from storage.people import people
from storage.people.people import Person
from storage.reports import reports
from storage.reports.reports import Report


def due_soon(tx: Transaction, setup: Setup, event: events.ReportDueSoon) -> None:
    report = reports.existing(tx, event.report)

    def write(say: Speaker) -> Html:
        assert report.due_at is not None
        return lines(
            danger_card_words.mark(tx, say, report),
            bold(
                say("No. {number} is to be done by {when}.", number=report.id, when=say.moment(report.due_at, tx.now))
            ),
            _gist(tx, setup, say, report),
        )

    told = report.assignee is not None and _tell(tx, setup, report, [people.by_id(tx, report.assignee)], write)
    if not told:
        to_staff(tx, setup, report, _with_nobody(setup.group_speaker, report, write), lane=_lane(report))


def overdue(tx: Transaction, setup: Setup, event: events.ReportOverdue) -> None:
    refresh_staff(tx, setup, reports.existing(tx, event.report))


def overdue_told(tx: Transaction, setup: Setup, event: events.ReportOverdueTold) -> None:
    report = reports.existing(tx, event.report)

    def write(say: Speaker) -> Html:
        assert report.due_at is not None
        name = people.by_id(tx, report.assignee).name if report.assignee else None
        when = say.moment(report.due_at, tx.now)
        return lines(
            danger_card_words.mark(tx, say, report),
            bold(say("No. {number} is OVERDUE since {when}.", number=report.id, when=when)),
            _gist(tx, setup, say, report),
            say("In charge: {name}", name=name) if name else None,
        )

    assignee = [people.by_id(tx, report.assignee)] if report.assignee else []
    told = _tell(tx, setup, report, assignee, write)
    _tell(tx, setup, report, [lead for lead in team.leads(tx) if lead.id != report.assignee], write)
    if not told or report.danger is not None:
        to_staff(tx, setup, report, _with_nobody(setup.group_speaker, report, write), lane=_lane(report))


def _lane(report: Report) -> Lane:
    return Lane.INTERACTIVE if report.danger is None else Lane.URGENT


def _with_nobody(say: Speaker, report: Report, write: Callable[[Speaker], Html]) -> Html:
    return lines(write(say), say("Nobody has taken it yet.") if report.assignee is None else None)


def _gist(tx: Transaction, setup: Setup, say: Speaker, report: Report) -> Html:
    words = describe.gist(setup.community, say, report, reports.parts(tx, report.id), 80)
    return say("“{words}”", words=words)


def _tell(
    tx: Transaction, setup: Setup, report: Report, who: Iterable[Person], write: Callable[[Speaker], Html]
) -> bool:
    """In private, each in their language; whether anybody could be written to."""

    def with_button(say: Speaker) -> Words:
        button = Button(say.label("Open no. {number}", number=report.id), url=setup.start_link(f"v{report.id}"))
        return write(say), column(button)

    how: How = {"subject": subject("report", report.id), "purpose": Purpose.DEADLINE, "lane": Lane.URGENT}
    if report.danger is None:
        how["lane"] = Lane.NOTICE
    # Who was a colleague once reads nothing of reports any more.
    colleagues = [person.id for person in who if may(person.roles, Action.TRIAGE)]
    rows = [mailer.to_person(tx, setup, each, with_button, in_reach=True, **how) for each in colleagues]
    return any(row is not None for row in rows)
