"""An admin sends the picture of the plan, as a photo or as a file."""

from dataclasses import dataclass

from domain.core.parts import PartKind
from domain.core.subjects import subject
from domain.estate_plan.unfit import LARGEST_FILE, Unfit
from domain.people.rights import Action
from handlers.estate_plan import picture_notices
from handlers.kit.additions import Replies
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Wrong
from handlers.kit.texts import Html
from handlers.kit.update_context import UpdateContext
from services.estate_plan import pictures
from storage.core.conversations import Conversation
from storage.core.messages import Message, Purpose

SUBJECT = "plan_picture"
"""The message with the picture is about this."""


def begin(ctx: UpdateContext) -> None:
    """Ask for the picture. Raises NotAllowed, FromFile."""
    pictures.may_send(ctx.setup.community, ctx.who)
    engine.begin(ctx, FLOW.name)


@dataclass(frozen=True)
class _Picture:
    """The question for the picture."""

    name: str = "picture"
    optional: bool = False

    def question(self, ctx: UpdateContext, draft: Draft) -> Html:
        return ctx.say(
            "Please send me the picture now: PNG, JPEG or WebP, at most 20 MB. Sent as a file it stays sharper than as "
            "a photo."
        )

    def choices(self, ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
        return []

    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        file = ctx.message.file
        if file is None or file.kind not in (PartKind.PHOTO, PartKind.DOCUMENT):
            return Wrong(ctx.say("This is not a picture. Please send the plan as a photo or as a file."))
        if file.size is not None and file.size > LARGEST_FILE:
            return Wrong(picture_notices.unfit(ctx.say, Unfit.TOO_HEAVY))
        ctx.keep_incoming(Purpose.PART, subject(SUBJECT, ctx.who.id))
        draft[self.name] = file.id
        return None

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        return Wrong(ctx.say("Please send the plan as a photo or as a file."))

    def answered(self, draft: Draft) -> bool:
        return bool(draft.get(self.name))

    def back(self, ctx: UpdateContext, draft: Draft) -> bool:
        return False

    def change_label(self, ctx: UpdateContext, draft: Draft) -> str:
        return ""


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    pictures.order(ctx.tx, ctx.setup.community, ctx.who, conversation.draft["picture"], ctx.where.id)
    engine.end(ctx, conversation, ctx.say("Thank you. I am looking at the picture; it takes a few seconds."))


def _one_more(ctx: UpdateContext, _first: Message) -> bool:
    """Another picture of the same album, or a reply to one that was sent: there is one plan, sent by its own button."""
    ctx.send(ctx.say("The plan is one picture. To send another one, please use /plan."), reply=True)
    return True


def _edited(ctx: UpdateContext, _message: Message, _newest: bool) -> bool:
    ctx.send(ctx.say("I took the picture as you sent it first. To send another one, please use /plan."), reply=True)
    return True


REPLIES = Replies(_one_more, _one_more, _edited)
FLOW = Flow(
    name="plan_picture",
    steps=(_Picture(),),
    finish=_finish,
    permitted=lambda ctx: ctx.may(Action.PLAN),
    may_lapse=True,
    for_others=True,
)
