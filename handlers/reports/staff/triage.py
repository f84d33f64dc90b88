"""Staff at work in the staff group: a button pressed, a question replied to. Notes are in notes.py.

Who may press is decided by role, never by being in the group. The buttons themselves are in staff_actions.py.
"""

from domain import events as happenings
from domain.core.state_machine import WrongState
from domain.core.subjects import number_of, subject
from domain.people.rights import Action, may, require
from domain.reports.reports import State
from handlers.kit import mailer
from handlers.kit.parts import part_of
from handlers.kit.texts import Speaker, clean, escape
from handlers.kit.update_context import UpdateContext
from handlers.reports import describe, staff_actions
from handlers.reports.staff import notes
from handlers.reports.staff_actions import CardPress
from handlers.reports.staff_card import refresh_staff
from services.reports import access, answering
from storage.core import events
from storage.core.messages import Message, Purpose
from storage.people import people
from storage.reports import reports
from storage.reports.reports import Report

_MOVED = tuple(
    kind.KIND
    for kind in (
        happenings.ReportTaken, happenings.ReportStarted, happenings.ReportResolved, happenings.ReportHandedOn,
        happenings.ReportDeclined, happenings.ReportObjectionJudged, happenings.ReportMerged, happenings.ReportTakenOut,
        happenings.ReportOpenedAgain, happenings.ReportSentToDepartment, happenings.ReportReopened,
        happenings.ReportConfirmed, happenings.ReportLapsed, happenings.ReportObjected, happenings.ReportHandedBack,
    )
)  # fmt: skip
"""What changes where a report stands, or who has it."""


def press(ctx: UpdateContext) -> None:
    """A button of a staff card."""
    pressed = ctx.callback_data(CardPress)
    name = pressed.action
    require(ctx.who.roles, Action.TRIAGE)
    report = access.known(ctx.tx, pressed.report)
    if not ctx.is_in_staff_chat:
        ctx.pop_up(ctx.say_to_person.label("The staff work in another group now. Use the buttons there."), alert=True)
        return
    found = staff_actions.action(ctx.setup, name)
    require(ctx.who.roles, found.right if found is not None else Action.TRIAGE)
    # Only buttons that change the state can be too old for it; an answer is never too late.
    is_old = pressed.version != report.version
    if found is not None and found.changes_state and is_old and not _own_repeat(ctx, report, name):
        ctx.pop_up(_who_was_quicker(ctx, ctx.say_to_person, report), alert=True)
        refresh_staff(ctx.tx, ctx.setup, report)
    elif found is not None and found.press is not None:
        found.press(ctx, report, pressed.value or "")
    elif name == "menu":
        refresh_staff(ctx.tx, ctx.setup, report)
    elif name == "leave":
        _leave(ctx)
    elif name == "more":
        markup = staff_actions.more(ctx.setup, report, reports.parts(ctx.tx, report.id))
        refresh_staff(ctx.tx, ctx.setup, report, markup)
    else:
        ctx.pop_up(ctx.say_to_person.label("This button is too old. Look at the newest card."), alert=True)


def _leave(ctx: UpdateContext) -> None:
    """What was about to be done is not done: its message goes."""
    pressed = ctx.pressed()
    if pressed is not None and pressed.purpose == Purpose.TALK:
        mailer.delete(ctx.tx, ctx.where.id, pressed.id)
    ctx.pop_up(ctx.say_to_person.label("Nothing was changed."))


def _own_repeat(ctx: UpdateContext, report: Report, action: str) -> bool:
    """A double tap: one's own press, come twice."""
    return report.assignee == ctx.who.id and (action, report.state.value) in (("take", "taken"), ("start", "started"))


def _who_was_quicker(ctx: UpdateContext, say: Speaker, report: Report) -> str:
    """Where it stands by now, and who of the staff did that."""
    state = describe.stands_for_staff(say, report)
    who = events.last_actor(ctx.tx, subject("report", report.id), _MOVED)
    if report.state is State.TAKEN:
        who = report.assignee  # whom it was given to, rather than who gave it
    if who is None or not may(people.by_id(ctx.tx, who).roles, Action.TRIAGE):
        return say.label("This has changed meanwhile: {state}.", state=state)
    name = people.by_id(ctx.tx, who).name
    return say.label("This has changed meanwhile: {state}, {name}.", state=state, name=name)


def answered(ctx: UpdateContext, message: Message) -> bool:
    """A reply in the staff group to a question of ours about a report is its answer. False when it is no such reply."""
    number = number_of(message.subject, "report")
    if number is None or message.incoming or not message.purpose.startswith(Purpose.ASK):
        return False
    _answered(ctx, message, message.purpose.removeprefix(Purpose.ASK), number)
    return True


def noted(ctx: UpdateContext, message: Message) -> bool:
    """A reply to any other message about a report, ours or a colleague's, is a note. False when it is about none."""
    number = number_of(message.subject, "report")
    if number is None:
        return False
    notes.keep(ctx, number)
    return True


def album_went_on(ctx: UpdateContext, first: Message) -> bool:
    """A later part of an album whose first part became an answer, a proof or a note. False when it became nothing."""
    became = reports.part_of_message(ctx.tx, first.id)
    if became is None:
        return False
    part = part_of(ctx, Purpose.STAFF, subject("report", became.report))
    if part is not None:
        answering.go_on(ctx.tx, ctx.who, became, part)
    return True


def _answered(ctx: UpdateContext, question: Message, name: str, number: int) -> None:
    asked = staff_actions.question(ctx.setup, name)
    if asked is None:
        ctx.send(ctx.say("I ask this in another way now. Please use the buttons under the card."), reply=True)
        return
    part = part_of(ctx, Purpose.STAFF, subject("report", number))
    words = clean(ctx.message.words).strip()
    if part is None or (asked.needs_words and not words):
        ctx.send(ctx.say("I need words for that. Please reply once more."), reply=True)
        return
    try:
        with ctx.tx.savepoint():
            asked.answered(ctx, number, part, words)
    except WrongState:
        report = reports.existing(ctx.tx, number)
        ctx.send(escape(_who_was_quicker(ctx, ctx.say, report)), reply=True)
    # The question has had its answer: it leaves the topic, so that only what matters stays.
    mailer.delete(ctx.tx, ctx.where.id, question.id)
