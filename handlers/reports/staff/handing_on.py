"""Hand a report on: to a partner of the community or anybody else, with a text to copy and a day to ask again."""

from collections.abc import Sequence

from domain import events
from domain.reports.part_purposes import PartPurpose
from handlers.kit.keyboards import Button, column
from handlers.kit.parts import words_of
from handlers.kit.staff_action import StaffAction, StaffQuestion, StaffWork
from handlers.kit.texts import Html, Speaker, bold, escape, lines, paragraphs, shorten
from handlers.kit.update_context import Setup, UpdateContext
from handlers.reports import describe, staff_actions
from handlers.reports.recipients import Recipient, write
from handlers.reports.staff.triage_actions import workable
from handlers.reports.staff_card import refresh_staff, to_staff
from services.core.errors import NotFound
from services.reports import handing_on as service
from storage.core.database import Transaction
from storage.core.instants import from_text
from storage.reports import reports
from storage.reports.reports import NewPart, Part, Report

COPIED = 800


def _partners(ctx: UpdateContext, report: Report, page: str) -> None:
    options = [(ctx.say.words(each.name), f"p.{each.code}") for each in ctx.setup.community.partners]
    options.append((ctx.say.label("Somebody else"), "other"))
    markup = staff_actions.choices(ctx.say, report, options, page, "handon")
    refresh_staff(ctx.tx, ctx.setup, report, markup)


def _hand_on(ctx: UpdateContext, report: Report, value: str) -> None:
    if value == "other":
        refresh_staff(ctx.tx, ctx.setup, report)  # its own buttons again, while the answer is awaited
        staff_actions.put(ctx, report, _HAND_ON)
        return
    partner = ctx.setup.community.partner(value.removeprefix("p."))
    if partner is None:
        raise NotFound
    service.hand_on(ctx.tx, ctx.setup.community, ctx.who, report.id, partner.code)
    ctx.pop_up(ctx.say_to_person.label("Handed on. The text to copy is below."))


def _whom(say: Speaker, name: Html, number: int) -> Html:
    return say(
        "{name}, whom is no. {number} handed on to? Reply to this message with their name.", name=name, number=number
    )


def _named(ctx: UpdateContext, number: int, _part: NewPart, words: str) -> None:
    service.hand_on(ctx.tx, ctx.setup.community, ctx.who, number, words)


def _asked_again(ctx: UpdateContext, report: Report, _value: str) -> None:
    service.asked_again(ctx.tx, ctx.setup.community, ctx.who, report.id)
    ctx.pop_up(ctx.say_to_person.label("Kept. I remind you again on the next day."))
    asked = reports.by_id(ctx.tx, report.id)
    if asked is not None and asked.handed_to is not None and asked.ask_again_at is not None:
        say = ctx.say
        ctx.edit_pressed(
            say(
                "No. {number}: {who} has asked {name} again. Next time: {when}.",
                number=report.id,
                who=ctx.who.name,
                name=describe.handed_to(ctx.setup.community, say, asked.handed_to),
                when=say.day(asked.ask_again_at, ctx.now),
            ),
            column(Button(say.label("Take"), staff_actions.data(asked, "take"))),
        )


def _never(_report: Report, _parts: Sequence[Part]) -> bool:
    return False


_ACTIONS = (
    StaffAction("handons", lambda say, _report: say.label("Hand on …"), _partners, workable),
    StaffAction("handon", lambda say, _report: say.label("Hand on …"), _hand_on, _never, changes_state=True),
    StaffAction("askedagain", lambda say, _report: say.label("Asked again"), _asked_again, _never),
)
_HAND_ON = StaffQuestion("handon", _whom, _named, needs_words=True)
WORK = StaffWork(_ACTIONS, (_HAND_ON,))


# -- who hears of it


def handed_on(tx: Transaction, setup: Setup, event: events.ReportHandedOn) -> None:
    report = reports.existing(tx, event.report)
    refresh_staff(tx, setup, report)
    say = setup.group_speaker
    partner = setup.community.partner(event.partner or "")
    name = _to_whom(tx, setup, say, event)
    to_staff(
        tx,
        setup,
        report,
        paragraphs(
            lines(bold(say("For {name}, to copy:", name=name)), Html(f"<pre>{_to_copy(tx, setup, say, report)}</pre>")),
            say("Telephone: {phone}", phone=partner.phone) if partner and partner.phone else None,
        ),
        ring=False,
    )


def _to_whom(tx: Transaction, setup: Setup, say: Speaker, event: events.ReportHandedOn) -> str:
    """Whom it was handed to then: a partner, or the name staff wrote."""
    part = reports.part(tx, event.part) if event.part is not None else None
    return describe.handed_to(setup.community, say, event.partner or (part.text if part else None) or "")


def _to_copy(tx: Transaction, setup: Setup, say: Speaker, report: Report) -> Html:
    """What it is and where, without who reported it; of what is about a person only the line staff wrote."""
    parts = [part for part in reports.parts(tx, report.id) if part.purpose == PartPurpose.REPORT]
    words = None if report.about_person else words_of(parts) or report.heard
    point = report.latitude is not None and report.longitude is not None
    return lines(
        say("Report no. {number}", number=report.id),
        escape(report.title) if report.title else None,
        escape(shorten(words, COPIED)) if words else None,
        say("Kind: {kind}", kind=describe.kind(setup.community, say, report.category)) if report.category else None,
        say("Place: {place}", place=describe.report_place(setup.community, say, report)),
        Html(f"{report.latitude:.5f}, {report.longitude:.5f}") if point else None,
    )


def remind(tx: Transaction, setup: Setup, event: events.ReportAskAgainDue) -> None:
    report = reports.existing(tx, event.report)
    say = setup.group_speaker
    partner = setup.community.partner(report.handed_to or "")
    name = describe.handed_to(setup.community, say, report.handed_to or "")
    to_staff(
        tx,
        setup,
        report,
        lines(
            bold(say("No. {number}: please ask {name} again.", number=report.id, name=name)),
            say("Telephone: {phone}", phone=partner.phone) if partner and partner.phone else None,
        ),
        markup=column(
            Button(say.label("Asked again"), staff_actions.data(report, "askedagain")),
            Button(say.label("Take"), staff_actions.data(report, "take")),
        ),
    )


def told(tx: Transaction, setup: Setup, event: events.ReportHandedOn, _report: Report, recipient: Recipient) -> None:
    write(
        tx,
        setup,
        recipient,
        lambda say: say(
            "Your report no. {number} is now with {name}. We ask them again on {when}.",
            number=recipient.report.id,
            name=_to_whom(tx, setup, say, event),
            when=say.day(from_text(event.ask_again_at), tx.now),
        ),
    )
