"""Staff choose photos for the page of a report: they look at one, and the person who took it is asked."""

from domain import events
from handlers.kit.callback_data import number_from
from handlers.kit.texts import Speaker, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.reports import staff_actions
from handlers.reports.staff_card import refresh_staff, to_staff
from services.core.errors import NotFound
from services.projects.photos import OF_STAFF, to_choose
from services.public_reports import photos as service
from services.public_reports.photos import TooManyPhotos
from storage.core.database import Transaction
from storage.public_reports import photos
from storage.reports import reports
from storage.reports.reports import Part, Report

LOOK, CHOOSE, REMOVE = "l", "p", "x"
"""Before the part that is looked at or chosen, and before the photo that is taken off."""


def options(tx: Transaction, say: Speaker, report: Report) -> list[tuple[str, str]]:
    """What can be done with each photo of a report, as buttons."""
    chosen = {each.file_unique_id: each for each in photos.of(tx, report.id)}
    found = []
    for place, part in enumerate(to_choose(tx, report), 1):
        photo = chosen.get(part.file_unique_id or "")
        if photo is None:
            found.append((say.label("Photo {number}: show it", number=place), f"{LOOK}.{part.id}"))
        else:
            found.append((say.label("Photo {number}: take it off", number=place), f"{REMOVE}.{photo.id}"))
    return found


def chosen(ctx: UpdateContext, report: Report, kind: str, which: str) -> bool:
    """A button of these was pressed. False when it is none of them."""
    if kind == LOOK:
        _look(ctx, report, number_from(which))
    elif kind == CHOOSE:
        _choose(ctx, report, number_from(which))
    elif kind == REMOVE:
        service.take_off(ctx.tx, ctx.who, report.id, number_from(which))
        refresh_staff(ctx.tx, ctx.setup, report)  # its own buttons again
        ctx.pop_up(ctx.say_to_person.label("The photo is off the public page."))
    else:
        return False
    return True


def _look(ctx: UpdateContext, report: Report, part: int) -> None:
    found = _existing(ctx.tx, report, part)
    refresh_staff(ctx.tx, ctx.setup, report)  # its own buttons again
    to_staff(ctx.tx, ctx.setup, report, None, (found,))
    say = ctx.say
    own = found.purpose in OF_STAFF
    text = paragraphs(
        say(
            "Show this photo of no. {number} to everybody? Please look: are there faces, names, number plates or a "
            "flat number on it?",
            number=report.id,
        ),
        None if own else say("The person who took it is asked. Nobody else sees it before they say yes."),
    )
    label = say.label("Show it") if own else say.label("Ask the person who took it")
    staff_actions.confirm(ctx, report, text, label, "public", f"{CHOOSE}.{part}")


def _choose(ctx: UpdateContext, report: Report, part: int) -> None:
    photo = service.choose(ctx.tx, ctx.setup.community, ctx.who, report.id, part)
    say = ctx.say
    if photos.is_shown(ctx.tx, photo.id) is not None:
        text = say("Everybody sees this photo of no. {number} on the public page.", number=report.id)
    else:
        text = say(
            "The person who took this photo of no. {number} is asked. You read here what they say.", number=report.id
        )
    ctx.edit_pressed(text, None)


def consent_answered(tx: Transaction, setup: Setup, event: events.PhotoConsentAnswered) -> None:
    """Its maker has said yes or no: staff read so below the report's card."""
    for photo in photos.of_part(tx, event.part):
        say = setup.group_speaker
        if event.given:
            text = say("Yes: the photo of report no. {number} is on the public page.", number=photo.report)
        else:
            text = say("No: the photo of report no. {number} is not on the public page.", number=photo.report)
        to_staff(tx, setup, reports.existing(tx, photo.report), text, ring=False)


def too_many(say: Speaker, _refusal: Exception) -> str:
    """The page is full."""
    return say.label(
        "The page has {count} photos, and no room for more. Please take one off first.", count=service.MOST
    )


def _existing(tx: Transaction, report: Report, part: int) -> Part:
    found = next((each for each in to_choose(tx, report) if each.id == part), None)
    if found is None:
        raise NotFound
    return found


__all__ = ["TooManyPhotos", "chosen", "consent_answered", "options", "too_many"]
