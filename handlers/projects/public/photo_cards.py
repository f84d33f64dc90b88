"""Staff look at a photo of a project before everybody sees it: a card in the staff group, with what may be done."""

from enum import StrEnum

from domain import events
from domain.core.parts import PartKind
from domain.core.subjects import subject
from domain.projects.photos import Consent, Moment
from handlers.kit import mailer
from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, lines
from handlers.kit.update_context import Setup, UpdateContext
from handlers.projects.group_topic import topic
from services.projects import photo_consents as consent_service
from services.projects import photos as service
from storage.core import messages, settings
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.projects import photo_consents, photos, projects
from storage.projects.photos import Photo
from storage.reports import reports


class Do(StrEnum):
    """What staff do with a photo."""

    SHOW = "show"
    HIDE = "hide"
    REMOVE = "remove"


class PhotoPress(CallbackData, prefix="fp"):
    """A button of a photo's card."""

    photo: int
    do: Do


def press(ctx: UpdateContext) -> None:
    """Show it, take it off, or remove it; its card says what is so then."""
    pressed = ctx.callback_data(PhotoPress)
    say = ctx.say_to_person
    if pressed.do is Do.REMOVE:
        service.remove(ctx.tx, ctx.who, pressed.photo)
        ctx.pop_up(say.label("It is no longer one of the project's photos."))
        return
    photo = service.release(ctx.tx, ctx.who, pressed.photo, shown=pressed.do is Do.SHOW)
    if pressed.do is Do.HIDE:
        ctx.pop_up(say.label("It is off the public page."))
    elif photos.is_shown(ctx.tx, photo.id) is not None:
        ctx.pop_up(say.label("Everybody can see it now."))
    else:
        ctx.pop_up(say.label("Released. It is not shown yet: its card says why."))


def added(tx: Transaction, setup: Setup, event: events.ProjectPhotoAdded) -> None:
    """The photo and its card, below each other."""
    photo = photos.by_id(tx, event.photo)
    staff = settings.staff_chat(tx)
    if photo is None or staff is None:
        return
    about = subject("project", photo.project)
    mailer.send_file(
        tx, staff, PartKind.PHOTO, {"file_id": photo.file_id}, topic=_topic(tx, staff, photo), subject=about,
        purpose=Purpose.CARD, silent=True,
    )  # fmt: skip
    card = messages.new_card(tx, staff, _about(photo), CardRole.PROJECT_PHOTO, _topic(tx, staff, photo))
    _write(tx, setup, photo, staff, card)


def changed(
    tx: Transaction,
    setup: Setup,
    event: events.ProjectPhotoReleased | events.ProjectPhotoHidden | events.ProjectPhotoRemoved,
) -> None:
    """Its card says what is so now."""
    photo = photos.by_id(tx, event.photo)
    if photo is not None:
        _refresh(tx, setup, photo)


def consent_answered(tx: Transaction, setup: Setup, event: events.PhotoConsentAnswered) -> None:
    """The cards of the photo say so; and a line below, for nobody is told of an edit."""
    for photo in photos.of_part(tx, event.part):
        card = _refresh(tx, setup, photo)
        if card is None:
            continue
        say = setup.group_speaker
        if not event.given:
            text = say("No: the photo of report no. {number} is shown to nobody.", number=event.report)
        elif photo.released_at is None:
            text = say(
                "Yes: the photo of report no. {number} may be shown. Nobody sees it until you release it.",
                number=event.report,
            )
        else:
            text = say("Yes: the photo of report no. {number} may be shown.", number=event.report)
        staff = settings.staff_chat(tx)
        assert staff is not None
        mailer.send(
            tx,
            staff,
            text,
            topic=_topic(tx, staff, photo),
            reply_to_card=card,
            subject=subject("project", photo.project),
            purpose=Purpose.RECEIPT,
        )


def _refresh(tx: Transaction, setup: Setup, photo: Photo) -> int | None:
    """Returns the card, where it has one in the group staff work in now."""
    staff = settings.staff_chat(tx)
    card = messages.newest_card_in(tx, _about(photo), CardRole.PROJECT_PHOTO, staff) if staff is not None else None
    if card is None or staff is None:
        return None
    _write(tx, setup, photo, staff, card["id"])
    return int(card["id"])


def _write(tx: Transaction, setup: Setup, photo: Photo, staff: int, card: int) -> None:
    say = setup.group_speaker
    mailer.card(
        tx, staff, card, _text(tx, say, photo), _buttons(say, photo), subject=_about(photo), purpose=Purpose.CARD
    )


def _text(tx: Transaction, say: Speaker, photo: Photo) -> Html:
    project = projects.existing(tx, photo.project)
    names = {"number": project.id, "title": project.title}
    heading = (
        say("Photo of project no. {number}, before: {title}", **names)
        if photo.moment is Moment.BEFORE
        else say("Photo of project no. {number}, after: {title}", **names)
    )
    return lines(bold(heading), *_from(tx, say, photo), _seen(tx, say, photo, public=project.public))


def _from(tx: Transaction, say: Speaker, photo: Photo) -> list[Html]:
    """Whose it is: never a name."""
    part = None if photo.part is None else reports.part(tx, photo.part)
    if photo.part is None or part is None:
        return [say("It was added by the team.")]
    said = photo_consents.of_part(tx, photo.part)
    whose = say("It is from report no. {number}.", number=part.report)
    if said is None or said.answer is None:
        return [whose, say("Its maker has been asked whether it may be shown, and has not answered yet.")]
    if said.answer is Consent.YES:
        return [whose, say("Its maker lets us show it.")]
    return [whose, say("Its maker does not want it to be shown.")]


def _seen(tx: Transaction, say: Speaker, photo: Photo, *, public: bool) -> Html:
    if photo.removed_at is not None:
        return say("It is no longer one of the project's photos.")
    if photo.gone_at is not None:
        return say("Telegram does not have the photo any more.")
    if photo.released_at is None:
        return say("Nobody else sees it. Please look: are there faces, names, number plates or a flat number on it?")
    if photos.is_shown(tx, photo.id) is not None:
        return say("Everybody sees it on the project's public page.")
    if not public:
        return say("Released. It is shown once the project is public.")
    return say("Released. It is shown only once its maker says yes.")


def _buttons(say: Speaker, photo: Photo) -> Markup | None:
    if photo.removed_at is not None:
        return None
    show = Button(say.label("Show it to everybody"), PhotoPress(photo.id, Do.SHOW).pack())
    hide = Button(say.label("Take it off the page"), PhotoPress(photo.id, Do.HIDE).pack())
    remove = Button(say.label("Remove the photo"), PhotoPress(photo.id, Do.REMOVE).pack())
    return column(show if photo.released_at is None else hide, remove)


def _about(photo: Photo) -> str:
    return subject("project_photo", photo.id)


def _topic(tx: Transaction, staff: int, photo: Photo) -> int:
    return topic(tx, staff, projects.existing(tx, photo.project))


REFUSALS = {
    service.NoPhoto: lambda say, _error: say.label(
        "Please send it as a photo: a file still says where it was taken, and with what."
    ),
    service.TooManyPhotos: lambda say, _error: say.label(
        "The project has {count} photos, and no room for more. Please remove one first.", count=service.MOST
    ),
    service.NotForOthers: lambda say, _error: say.label(
        "The report is about a person or of danger: nothing of it is shown to others."
    ),
    consent_service.Refused: lambda say, _error: say.label("Its maker does not want it to be shown."),
    consent_service.CannotBeAsked: lambda say, _error: say.label(
        "Its maker cannot be asked in Telegram, so it cannot be shown."
    ),
}
