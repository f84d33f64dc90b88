"""Those who steer a project send a photo of their own, in reply to a question of ours."""

from domain.core.subjects import number_of, subject
from domain.projects.photos import Moment
from handlers.kit.additions import Replies
from handlers.kit.keyboards import force_reply
from handlers.kit.parts import part_of
from handlers.kit.update_context import UpdateContext
from services.projects import access
from services.projects import photos as service
from storage.core.messages import Message, Purpose
from storage.projects import photos

PURPOSE = Purpose.PROJECT_PHOTO
ANSWER = PURPOSE.removesuffix(":")


def ask(ctx: UpdateContext, number: int, moment: Moment) -> None:
    """Ask for the photo."""
    project, say = access.steered(ctx.tx, ctx.who, number), ctx.say
    if moment is Moment.BEFORE:
        text = say(
            "Please send me a photo of how it was, in reply to this message (project no. {number}).", number=project.id
        )
    else:
        text = say(
            "Please send me a photo of how it is now, in reply to this message (project no. {number}).",
            number=project.id,
        )
    ctx.send(
        text,
        force_reply(say.label("Send a photo")),
        subject=subject("project", project.id),
        purpose=f"{PURPOSE}{project.id}.{moment}",
    )


def replied(ctx: UpdateContext, message: Message) -> bool:
    """A reply to that question. False when the message is no such question."""
    if message.incoming or not message.purpose.startswith(PURPOSE):
        return False
    number, _, moment = message.purpose.removeprefix(PURPOSE).partition(".")
    _take(ctx, int(number), Moment(moment))
    return True


def album_went_on(ctx: UpdateContext, first: Message) -> bool:
    """One more photo of the same album."""
    number = number_of(first.subject, "project_photo")
    photo = photos.by_id(ctx.tx, number) if number is not None else None
    if photo is None:
        return False
    _take(ctx, photo.project, photo.moment)
    return True


def edited(ctx: UpdateContext, message: Message, _newest: bool) -> bool:
    """The message with the photo was changed: what staff looked at stays what is shown."""
    if number_of(message.subject, "project_photo") is None:
        return False
    ctx.send(
        ctx.say(
            "I have kept the photo as you sent it first. To show another one, please send it and ask the staff to "
            "remove the first."
        ),
        reply=True,
    )
    return True


def about_a_photo(ctx: UpdateContext, message: Message) -> bool:
    """A reply to a photo that was sent: more of them come by the buttons of the project."""
    if number_of(message.subject, "project_photo") is None:
        return False
    ctx.send(ctx.say("For one more photo, please use the buttons of the project: /projects"), reply=True)
    return True


REPLIES = Replies(about_a_photo, album_went_on, edited)


def _take(ctx: UpdateContext, number: int, moment: Moment) -> None:
    part = part_of(ctx, Purpose.PART)
    if part is None:
        raise service.NoPhoto
    photo = service.add(ctx.tx, ctx.who, number, moment, part)
    ctx.keep_incoming(Purpose.PART, subject("project_photo", photo.id))
    ctx.send(
        ctx.say("Thank you! The staff look at it before everybody sees it (project no. {number}).", number=number),
        reply=True,
    )
