"""Staff steer a report by the buttons behind "More": give to, ask, deadline, about a person, open again."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from domain import events
from domain.calendar.local_time import instant, local_time
from domain.people.rights import Role
from domain.reports.reports import MOVES, Move
from domain.times.answers import parse_end
from handlers.kit import can_be_written_to, mailer
from handlers.kit.callback_data import number_from
from handlers.kit.parts import said
from handlers.kit.staff_action import StaffAction, StaffQuestion, StaffWork
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.reports import staff_actions
from handlers.reports.recipients import Recipient, write
from handlers.reports.staff.triage_actions import workable
from handlers.reports.staff_card import move_card, refresh_staff, to_staff
from services.reports import steering as service
from storage.core.database import Transaction
from storage.core.instants import from_text
from storage.core.messages import Purpose
from storage.people import people
from storage.reports import reports
from storage.reports.reports import NewPart, Part, Report

DAYS = (1, 3, 7, 14, 30)
EVENING = time(18)
"""A day promised without an hour means its end of work."""
STAFF = (Role.STAFF, Role.LEAD, Role.ADMIN)


# -- give to


def _givens(ctx: UpdateContext, report: Report, page: str) -> None:
    options = [*_departments(ctx, report), *_colleagues(ctx, report)]
    if not options:
        ctx.pop_up(ctx.say_to_person.label("There is nobody else to give it to."), alert=True)
        return
    markup = staff_actions.choices(ctx.say, report, options, page, "given")
    refresh_staff(ctx.tx, ctx.setup, report, markup)


def _departments(ctx: UpdateContext, report: Report) -> list[tuple[str, str]]:
    has = service.department_of(ctx.setup.community, report)
    return [
        (each.name.in_(ctx.say.language), f"d.{each.code}")
        for each in ctx.setup.community.departments
        if each.code != has
    ]


def _colleagues(ctx: UpdateContext, report: Report) -> list[tuple[str, str]]:
    found = {each.id: each.name for role in STAFF for each in people.with_role(ctx.tx, role)}
    return [(name, f"p.{number}") for number, name in found.items() if number != report.assignee]


def _given(ctx: UpdateContext, report: Report, to: str) -> None:
    kind, _, which = to.partition(".")
    if kind == "p":
        service.assign(ctx.tx, ctx.setup.community, ctx.who, report.id, number_from(which))
    else:
        service.send_to_department(ctx.tx, ctx.setup.community, ctx.who, report.id, which)
    ctx.pop_up(ctx.say_to_person.label("Done."))


# -- ask


def _ask(ctx: UpdateContext, report: Report, _value: str) -> None:
    staff_actions.put(ctx, report, _ASK)


def _ask_words(say: Speaker, name: Html, number: int) -> Html:
    return say(
        "{name}, what shall I ask the resident of no. {number}? Reply to this message with your question.",
        name=name,
        number=number,
    )


def _asked(ctx: UpdateContext, number: int, part: NewPart, _words: str) -> None:
    service.ask(ctx.tx, ctx.who, number, part)
    text = ctx.say("The resident of no. {number} is asked. The reply appears here.", number=number)
    report = reports.existing(ctx.tx, number)
    ctx.send(can_be_written_to.if_in_reach(ctx.tx, ctx.say, report, text), reply=True, purpose=Purpose.RECEIPT)


# -- deadline


def _untils(ctx: UpdateContext, report: Report, page: str) -> None:
    say = ctx.say
    options = [(say.day(_evening(ctx, days), ctx.now), str(days)) for days in DAYS]
    options.append((say.label("Another day"), "day"))
    markup = staff_actions.choices(say, report, options, page, "until")
    refresh_staff(ctx.tx, ctx.setup, report, markup)


def _until(ctx: UpdateContext, report: Report, value: str) -> None:
    if value == "day":
        refresh_staff(ctx.tx, ctx.setup, report)  # its own buttons again, while the answer is awaited
        staff_actions.put(ctx, report, _UNTIL)
        return
    service.move_deadline(ctx.tx, ctx.setup.community, ctx.who, report.id, _evening(ctx, min(number_from(value), 366)))
    ctx.pop_up(ctx.say_to_person.label("Kept. The resident reads the new day."))


def _evening(ctx: UpdateContext, days: int) -> datetime:
    zone = ctx.setup.community.zone
    return instant(datetime.combine(local_time(ctx.now, zone).date() + timedelta(days=days), EVENING), zone)


def _until_words(say: Speaker, name: Html, number: int) -> Html:
    return say(
        "{name}, by which day shall no. {number} be done? Reply to this message with a day, such as 5.12. or "
        "2026-12-05.",
        name=name,
        number=number,
    )


def _until_day(ctx: UpdateContext, number: int, _part: NewPart, words: str) -> None:
    zone = ctx.setup.community.zone
    day = parse_end(words, local_time(ctx.now, zone).date(), ctx.say_to_person.language)
    due_at = instant(datetime.combine(day, EVENING), zone) if day else None
    if due_at is None or due_at <= ctx.now:
        ctx.send(ctx.say("I do not know that day, or it is past. Please press Deadline once more."), reply=True)
        return
    service.move_deadline(ctx.tx, ctx.setup.community, ctx.who, number, due_at)
    text = ctx.say("No. {number} is to be done by {when}.", number=number, when=ctx.say.day(due_at, ctx.now))
    ctx.send(text, reply=True, purpose=Purpose.RECEIPT)


# -- about a person; open again


def _personal(ctx: UpdateContext, report: Report, _value: str) -> None:
    service.mark_personal(ctx.tx, ctx.who, report.id, not report.about_person)
    if report.about_person:
        ctx.pop_up(ctx.say_to_person.label("No longer marked as about a person."))
    else:
        ctx.pop_up(ctx.say_to_person.label("Marked: it is never shown to other residents."))


def _personal_label(say: Speaker, report: Report) -> str:
    return say.label("Not about a person") if report.about_person else say.label("About a person")


def _personal_line(say: Speaker, report: Report) -> Html | None:
    return say("About a person: never shown to other residents") if report.about_person else None


def _personal_detail(_ctx: UpdateContext, say: Speaker, data: dict[str, Any]) -> Html:
    return say("It is about a person.") if data["on"] else say("It is not about a person.")


def _again(ctx: UpdateContext, report: Report, _value: str) -> None:
    service.open_again(ctx.tx, ctx.setup.community, ctx.who, report.id)
    ctx.pop_up(ctx.say_to_person.label("No. {number} is open again, and yours.", number=report.id))


def _can_be_opened(report: Report, _parts: Sequence[Part]) -> bool:
    return MOVES.allows(report.state, Move.REOPEN) and report.nameless_at is None


_ACTIONS = (
    StaffAction("givens", lambda say, _report: say.label("Give to …"), _givens, workable),
    StaffAction(
        "given", lambda say, _report: say.label("Give to …"), _given, lambda _report, _parts: False, changes_state=True
    ),
    StaffAction("ask", lambda say, _report: say.label("Ask the resident"), _ask, workable),
    StaffAction("untils", lambda say, _report: say.label("Deadline"), _untils, workable),
    StaffAction("until", lambda say, _report: say.label("Deadline"), _until, lambda _report, _parts: False),
    StaffAction("personal", _personal_label, _personal),
    StaffAction("again", lambda say, _report: say.label("Open again"), _again, _can_be_opened, changes_state=True),
)
_ASK = StaffQuestion("ask", _ask_words, _asked)
_UNTIL = StaffQuestion("until", _until_words, _until_day, needs_words=True)
WORK = StaffWork(
    _ACTIONS,
    (_ASK, _UNTIL),
    card_lines=(_personal_line,),
    history={events.ReportMarkedPersonal: lambda say, who: say("{who} said whether it is about a person.", who=who)},
    history_details={events.ReportMarkedPersonal: _personal_detail},
)


# -- who hears of it


def sent_to_department(tx: Transaction, setup: Setup, event: events.ReportSentToDepartment) -> None:
    move_card(tx, setup, reports.existing(tx, event.report))
    if event.before is None or event.before == event.actor:
        return
    department = setup.community.department(event.department)
    if department is not None:
        mailer.to_person(
            tx,
            setup,
            event.before,
            lambda say: say("No. {number} is now with: {name}.", number=event.report, name=say.words(department.name)),
        )


def handed_back(tx: Transaction, setup: Setup, event: events.ReportHandedBack) -> None:
    report = reports.existing(tx, event.report)
    refresh_staff(tx, setup, report)
    say = setup.group_speaker
    text = say("No. {number}: the person in charge has left the team. Nobody has taken it now.", number=report.id)
    to_staff(tx, setup, report, text, ring=setup.community.hours.is_open(tx.now))


def on_top(tx: Transaction, setup: Setup, event: events.ReportOpenedAgain) -> None:
    move_card(tx, setup, reports.existing(tx, event.report), below=True)


def question(tx: Transaction, setup: Setup, event: events.ReportAsked, report: Report, recipient: Recipient) -> None:
    parts = reports.some(tx, (event.part,))
    write(
        tx,
        setup,
        recipient,
        lambda say: paragraphs(
            lines(bold(say("A question about your report no. {number}", number=report.id)), said(say, parts)),
            say("Please reply to this message. You can also send a photo or speak."),
        ),
        parts=parts,
        parts_first=True,
        reply_bar=True,
        by_phone=lambda say: paragraphs(
            lines(bold(say("A question about your report no. {number}", number=report.id)), said(say, parts)),
            say("Reply to this message with what they say: it comes under the card."),
        ),
    )


def new_day(
    tx: Transaction, setup: Setup, event: events.ReportDeadlineMoved, _report: Report, recipient: Recipient
) -> None:
    new = from_text(event.due_at)
    if event.before is not None and new <= from_text(event.before):
        return  # sooner than promised: the card says so, and that is enough
    write(
        tx,
        setup,
        recipient,
        lambda say: say(
            "Your report no. {number} takes longer. We now mean to have it done by {when}.",
            number=recipient.report.id,
            when=say.day(new, tx.now),
        ),
    )


def opened_again(
    tx: Transaction, setup: Setup, _event: events.ReportOpenedAgain, _report: Report, recipient: Recipient
) -> None:
    write(
        tx,
        setup,
        recipient,
        lambda say: say("The staff have opened your report no. {number} again.", number=recipient.report.id),
    )
