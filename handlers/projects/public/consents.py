"""A resident is asked whether a photo of theirs may be shown, and says so on the question or on the report's card."""

from collections.abc import Callable

from domain import events
from domain.core.subjects import subject
from domain.projects.photos import Consent
from handlers.kit import mailer
from handlers.kit.additions import OnStatusCard
from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button
from handlers.kit.staff_action import StaffWork
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.reports import recipients
from handlers.reports.status_card import refresh_status
from services.projects import photo_consents as service
from storage.core import messages
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.projects import photo_consents
from storage.projects.photo_consents import PhotoConsent
from storage.reports import reports
from storage.reports.reports import Report


class ConsentPress(CallbackData, prefix="sp"):
    """What the maker of the photo `part` says to showing it."""

    part: int
    said: Consent


def press(ctx: UpdateContext) -> None:
    """Yes or no, by the question or by the card."""
    pressed = ctx.callback_data(ConsentPress)
    service.answer(ctx.tx, ctx.who, pressed.part, pressed.said)
    say = ctx.say_to_person
    ctx.pop_up(say.label("Thank you!") if pressed.said is Consent.YES else say.label("It is shown to nobody."))


def asked(tx: Transaction, setup: Setup, event: events.PhotoConsentAsked) -> None:
    """The photo, and the question below it; the card says so, too."""
    report = reports.existing(tx, event.report)
    known = recipients.of_person(tx, [report], event.person)
    part = reports.part(tx, event.part)
    if not known or part is None:
        return
    refresh_status(tx, setup, report, event.person)
    recipients.write(
        tx,
        setup,
        known[0],
        lambda say: paragraphs(
            bold(say("May we show this photo?")),
            say(
                "It is from your report no. {number}. The staff would like to show it on a public page and to those "
                "concerned, so that everybody sees what it was like. Your name is not shown with it.",
                number=report.id,
            ),
            say("You can change your mind at any time, on the card of your report."),
        ),
        buttons=lambda say: _question(say, event.part),
        parts=[part],
        parts_first=True,
        purpose=f"{Purpose.ASKED_PHOTO}{event.part}",
    )


def answered(tx: Transaction, setup: Setup, event: events.PhotoConsentAnswered) -> None:
    """The card of the person who made it says what they said, and so does the question."""
    consent = photo_consents.of_part(tx, event.part)
    to = mailer.private(tx, setup, consent.person) if consent is not None else None
    if consent is None or to is None:
        return
    report = reports.existing(tx, event.report)
    refresh_status(tx, setup, report, consent.person)
    question = messages.newest_with_purpose(
        tx, to.chat.id, subject("report", report.id), f"{Purpose.ASKED_PHOTO}{event.part}"
    )
    if question is not None:
        mailer.edit(tx, to.chat.id, question.id, _said(to.say, report, given=event.given))


def _said(say: Speaker, report: Report, *, given: bool) -> Html:
    if given:
        thanks = say("Thank you! We may show this photo from your report no. {number}.", number=report.id)
    else:
        thanks = say("We do not show this photo from your report no. {number} to anybody.", number=report.id)
    return paragraphs(thanks, say("You can change your mind at any time, on the card of your report."))


def _question(say: Speaker, part: int) -> list[Button]:
    return [
        Button(say.label("Yes, you may show it"), ConsentPress(part, Consent.YES).pack()),
        Button(say.label("No, please do not"), ConsentPress(part, Consent.NO).pack()),
    ]


# -- on the card of the report


def _words(tx: Transaction, say: Speaker, report: Report, person: int) -> Html | None:
    found = _in_use(tx, report, person)
    if len(found) == 1:
        return {
            None: say("May we show your photo to others?"),
            Consent.YES: say("Your photo may be shown to others."),
            Consent.NO: say("Your photo is not shown to others."),
        }[found[0].answer]
    said: dict[Consent | None, Callable[[int], Html]] = {
        None: lambda number: say("May we show your photo {number} to others?", number=number),
        Consent.YES: lambda number: say("Your photo {number} may be shown to others.", number=number),
        Consent.NO: lambda number: say("Your photo {number} is not shown to others.", number=number),
    }
    return lines(*(said[each.answer](place) for place, each in enumerate(found, 1))) if found else None


def _buttons(tx: Transaction, say: Speaker, report: Report, person: int) -> list[Button]:
    found = _in_use(tx, report, person)
    if len(found) == 1:
        return _of_one(say, found[0])
    return [button for place, each in enumerate(found, 1) for button in _of_several(say, each, place)]


def _of_one(say: Speaker, consent: PhotoConsent) -> list[Button]:
    if consent.answer is None:
        return _question(say, consent.part)
    if consent.answer is Consent.YES:
        return [Button(say.label("Do not show my photo"), ConsentPress(consent.part, Consent.NO).pack())]
    return [Button(say.label("You may show my photo"), ConsentPress(consent.part, Consent.YES).pack())]


def _of_several(say: Speaker, consent: PhotoConsent, place: int) -> list[Button]:
    yes = Button(say.label("Show photo {number}", number=place), ConsentPress(consent.part, Consent.YES).pack())
    no = Button(say.label("Do not show photo {number}", number=place), ConsentPress(consent.part, Consent.NO).pack())
    if consent.answer is None:
        return [yes, no]
    return [no] if consent.answer is Consent.YES else [yes]


def _in_use(tx: Transaction, report: Report, person: int) -> list[PhotoConsent]:
    """The photos of which somebody was asked, and that somebody means to show; a yes can always be taken back."""
    return [
        each
        for each in photo_consents.of_report(tx, report.id, person)
        if each.answer is Consent.YES or photo_consents.is_wanted(tx, each.part)
    ]


ON_CARD = OnStatusCard(_words, _buttons)

WORK = StaffWork(
    history={
        events.PhotoConsentAsked: lambda say, who: say("{who} asked whether a photo may be shown.", who=who),
        events.PhotoConsentAnswered: lambda say, who: say("{who} said whether a photo may be shown.", who=who),
    },
    history_details={
        events.PhotoConsentAnswered: lambda _ctx, say, data: (
            say("It may be shown.") if data["given"] else say("It may not be shown.")
        ),
    },
)
