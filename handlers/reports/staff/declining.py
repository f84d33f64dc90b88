"""Declining: staff choose or write the reason and see what the resident will read before it is sent."""

from domain import events
from handlers.kit.callback_data import number_from
from handlers.kit.keyboards import Button
from handlers.kit.parts import said
from handlers.kit.staff_action import StaffAction, StaffQuestion, StaffWork
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs, quote
from handlers.kit.update_context import Setup, UpdateContext
from handlers.reports import describe, questions, staff_actions
from handlers.reports.recipients import Recipient, write
from handlers.reports.staff.triage_actions import workable
from handlers.reports.staff_card import refresh_staff
from services.core.errors import NotFound
from services.reports import declining as service
from storage.core.database import Transaction
from storage.reports import reports
from storage.reports.reports import NewPart, Part, Report


def _declines(ctx: UpdateContext, report: Report, page: str) -> None:
    options = [(ctx.say.words(each.name), f"t.{each.code}") for each in ctx.setup.community.reasons]
    options.append((ctx.say.label("In my own words"), "own"))
    markup = staff_actions.choices(ctx.say, report, options, page, "decline")
    refresh_staff(ctx.tx, ctx.setup, report, markup)
    ctx.pop_up(ctx.say_to_person.label("Why will it not be done? You see it before the resident does."))


def _chosen(ctx: UpdateContext, report: Report, value: str) -> None:
    refresh_staff(ctx.tx, ctx.setup, report)  # its own buttons again
    if value == "own":
        staff_actions.put(ctx, report, _DECLINE)
        return
    template = ctx.setup.community.reason(value.removeprefix("t."))
    if template is None:
        raise NotFound
    _preview(ctx, report, quote(ctx.say.words(template.text)), value)


def _why(say: Speaker, name: Html, number: int) -> Html:
    return say(
        "{name}, why will no. {number} not be done? Reply to this message. You see it once more before the "
        "resident reads it.",
        name=name,
        number=number,
    )


def _written(ctx: UpdateContext, number: int, part: NewPart, _words: str) -> None:
    written = service.write_reason(ctx.tx, ctx.who, number, part)
    report = reports.existing(ctx.tx, number)
    _preview(ctx, report, said(ctx.say, [written]), f"p.{written.id}")


def _preview(ctx: UpdateContext, report: Report, words: Html | None, value: str) -> None:
    text = paragraphs(
        bold(ctx.say("Decline no. {number}? This is what everybody who reported it reads:", number=report.id)),
        words,
        ctx.say("It is closed then. They can object once, and then a lead decides."),
    )
    staff_actions.confirm(ctx, report, text, ctx.say.label("Decline and send it"), "declined", value)


def _decline(ctx: UpdateContext, report: Report, value: str) -> None:
    kind, _, which = value.partition(".")
    if kind == "p":
        service.decline_as_written(ctx.tx, ctx.who, report.id, number_from(which))
    else:
        service.decline(ctx.tx, ctx.setup.community, ctx.who, report.id, which)
    declined = service.reason(ctx.tx, report.id)
    assert declined is not None
    words = said(ctx.say, reports.some(ctx.tx, (declined[0],)))
    ctx.edit_pressed(
        lines(bold(ctx.say("No. {number} was declined. The resident reads:", number=report.id)), words), None
    )


def _never(_report: Report, _parts: object) -> bool:
    return False


_ACTIONS = (
    StaffAction("declines", lambda say, _report: say.label("Decline"), _declines, workable),
    StaffAction("decline", lambda say, _report: say.label("Decline"), _chosen, _never),
    StaffAction("declined", lambda say, _report: say.label("Decline"), _decline, _never, changes_state=True),
)
_DECLINE = StaffQuestion("decline", _why, _written, needs_words=True)
WORK = StaffWork(_ACTIONS, (_DECLINE,))


# -- who hears of it


def reason_for(tx: Transaction, setup: Setup, say: Speaker, number: int) -> tuple[Html | None, list[Part]]:
    """Why it was declined last, in the recipient's language where the community file has it; and the part it is."""
    declined = service.reason(tx, number)
    if declined is None:
        return None, []
    parts = reports.some(tx, (declined[0],))
    template = setup.community.reason(declined[1]) if declined[1] else None
    words = describe.as_sent(say, parts[0].text if parts else None, template.text) if template is not None else None
    return (quote(words) if words is not None else said(say, parts)), parts


def told(tx: Transaction, setup: Setup, event: events.ReportDeclined, report: Report, recipient: Recipient) -> None:
    final = report.objected_at is not None
    _, parts = reason_for(tx, setup, setup.group_speaker, report.id)

    def text(say: Speaker) -> Html:
        if final:
            what_next = say("It was looked at twice, so it stays like this. You can report something new at any time.")
        else:
            what_next = say(
                "If you do not agree you can say so once, with your own words. Then it is open again, and "
                "somebody who leads the staff decides."
            )
        return paragraphs(
            lines(
                bold(say("No. {number}: the staff will not do this", number=recipient.report.id)),
                say("They write why:"),
                reason_for(tx, setup, say, report.id)[0],
            ),
            what_next,
        )

    def buttons(say: Speaker) -> list[Button]:
        return [
            Button(
                say.label("I do not agree"),
                questions.AnswerPress(report.id, questions.Answered.OBJECT, event.part).pack(),
            )
        ]

    write(tx, setup, recipient, text, None if final else buttons, parts, parts_first=True, purpose=questions.DECLINED)
