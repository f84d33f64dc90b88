"""Those whose report everybody can read of hear so at once, and can have it taken off by a button."""

from enum import StrEnum

from domain import events
from domain.core.subjects import subject
from handlers.kit import mailer
from handlers.kit.additions import OnStatusCard
from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.public_reports import public_words
from handlers.public_reports.history import why_off
from handlers.reports.recipients import Recipient, write
from handlers.reports.staff_card import refresh_staff, to_staff
from handlers.reports.status_card import refresh_status
from services.public_reports import objecting as service
from services.reports.access import spoken
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.public_reports import objections
from storage.reports import reports
from storage.reports.reports import Report


class Mind(StrEnum):
    """Whether somebody minds that their report is on the public page."""

    NOT = "off"
    MAY = "may"


class PagePress(CallbackData, prefix="wp"):
    """What somebody who spoke about it says to its being there."""

    report: int
    mind: Mind


def press(ctx: UpdateContext) -> None:
    """They do not want it there, or do not mind any more."""
    pressed = ctx.callback_data(PagePress)
    say = ctx.say_to_person
    if pressed.mind is Mind.NOT:
        service.object_to(ctx.tx, ctx.who, pressed.report)
        ctx.pop_up(say.label("It is off the public page. The staff are told; nobody asks you why."), alert=True)
    else:
        service.allow(ctx.tx, ctx.who, pressed.report)
        ctx.pop_up(say.label("Thank you. The staff may show it again."))
    about = subject("report", pressed.report)
    mailer.unbutton_newest(ctx.tx, ctx.where.id, about, Purpose.RELEASED)
    refresh_status(ctx.tx, ctx.setup, spoken(ctx.tx, ctx.who, pressed.report), ctx.who.id)


# -- what they are told


def released(tx: Transaction, setup: Setup, event: events.ReportReleased, report: Report, recipient: Recipient) -> None:
    """The staff's title of it, and the way to have it taken off; not to those who read it before it was merged."""
    if event.part_of_it is None or recipient.report.id != event.part_of_it:
        _tell(tx, setup, report, recipient, changed=False)


def changed(
    tx: Transaction, setup: Setup, _event: events.ReportPublicTitleChanged, report: Report, recipient: Recipient
) -> None:
    """The title as it reads now."""
    _tell(tx, setup, report, recipient, changed=True)


def _tell(tx: Transaction, setup: Setup, report: Report, recipient: Recipient, *, changed: bool) -> None:
    title = public_words.title_of(tx, report)
    if title is None:
        return  # it is off again by now
    number = recipient.report.id

    def text(say: Speaker) -> Html:
        if changed:
            first = say("The staff have given report no. {number} another title on the public page:", number=number)
        else:
            first = say("The staff let everybody read of your report no. {number}, by this title:", number=number)
        return paragraphs(
            lines(bold(first), public_words.quoted_in(say, title)),
            say(
                "The words are the staff's. Nobody reads your name or what you wrote. Shown with it are its kind, "
                "roughly where it is, how it stands and for how many days."
            ),
            say("If you would rather not have it there, tap the button: it is taken off at once."),
            public_words.way_there(tx, setup, say, report),
        )

    def by_phone(say: Speaker) -> Html:
        return paragraphs(
            lines(
                bold(say("Report no. {number} is on the public page, by this title:", number=number)),
                public_words.quoted_in(say, title),
            ),
            say("If they would rather not have it there: “Public page …” on the card, and “Take it off the page”."),
        )

    write(
        tx,
        setup,
        recipient,
        text,
        lambda say: [_object(say, number)],
        purpose=Purpose.RELEASED,
        by_phone=by_phone,
    )


def _object(say: Speaker, report: int) -> Button:
    return Button(say.label("Please take it off"), PagePress(report, Mind.NOT).pack())


# -- on the card of the report


def _words(tx: Transaction, say: Speaker, report: Report, person: int) -> Html | None:
    if objections.of_person(tx, report.id, person):
        return say("You do not want it on the public page, so it is not there.")
    title = public_words.title_of(tx, reports.main_of(tx, report))
    return say("Everybody can read of it, as: “{title}”", title=title.in_(say.language)) if title is not None else None


def _buttons(tx: Transaction, say: Speaker, report: Report, person: int) -> list[Button]:
    if objections.of_person(tx, report.id, person):
        return [Button(say.label("It may be shown after all"), PagePress(report.id, Mind.MAY).pack())]
    if reports.main_of(tx, report).public_title is not None:
        return [Button(say.label("Take it off the public page"), PagePress(report.id, Mind.NOT).pack())]
    return []


ON_CARD = OnStatusCard(_words, _buttons, public_words.shows)


# -- what staff are told


def refresh(tx: Transaction, setup: Setup, event: events.ReportEvent) -> None:
    """The staff's card says what is so."""
    refresh_staff(tx, setup, reports.existing(tx, event.report), rings=False)


def taken_off(tx: Transaction, setup: Setup, event: events.ReportTakenOff) -> None:
    """Staff read why it is off, where it was not they who took it off."""
    report, say = reports.existing(tx, event.report), setup.group_speaker
    refresh_staff(tx, setup, report, rings=False)
    why = why_off(say, event.why)
    if why is not None and event.why != events.WhyOff.OBJECTED:
        text = lines(bold(say("No. {number} is off the public page.", number=report.id)), why)
        to_staff(tx, setup, report, text, ring=False)


def objected(tx: Transaction, setup: Setup, event: events.ReportObjectionToPage) -> None:
    """Staff read that somebody minds, or does not any more; never who."""
    report, say = reports.existing(tx, event.report), setup.group_speaker
    if event.withdrawn:
        text = say(
            "Those who minded no. {number} on the public page do not any more. It may be shown.", number=report.id
        )
        if objections.stands(tx, report.id):
            text = say("Somebody else still does not want no. {number} on the public page.", number=report.id)
    else:
        text = lines(
            bold(say("No. {number} is off the public page.", number=report.id)),
            say("Somebody whose report it is does not want it there. It cannot be shown again unless they change "
                "their mind, on the card of their report."),
        )  # fmt: skip
    to_staff(tx, setup, report, text)
