"""The question whether somebody is in danger now, where words may mean it: asked once, below the number to call."""

from domain.core.subjects import subject
from handlers.kit import mailer
from handlers.kit.callback_data import CallbackData, YesNo
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, paragraphs
from handlers.kit.update_context import UpdateContext
from services.reports import possible_dangers
from storage.core.conversations import Conversation
from storage.core.messages import Purpose


class PossibleDangerPress(CallbackData, prefix="dq"):
    """Whether somebody is in danger, as long as a draft is not sent."""

    conversation: int
    answer: YesNo


class ShownDangerPress(CallbackData, prefix="ds"):
    """The same once staff have seen it."""

    report: int
    answer: YesNo


def ask(ctx: UpdateContext, conversation: Conversation, danger: str) -> None:
    """Ask, unless the question is open already; the draft waits for the answer, or for three minutes."""
    ctx.danger_asked = True
    if not possible_dangers.ask(ctx.tx, conversation.id, danger):
        return
    text = paragraphs(
        bold(ctx.say("Is somebody in danger now?")),
        ctx.say("If you do not answer, I will show this to the staff in 3 minutes."),
    )
    buttons = _buttons(
        ctx.say,
        PossibleDangerPress(conversation.id, YesNo.YES).pack(),
        PossibleDangerPress(conversation.id, YesNo.NO).pack(),
    )
    about = subject("conversation", conversation.id)
    # In the lane of the number to call, which was written before and comes first.
    ctx.send(text, buttons, subject=about, purpose=Purpose.POSSIBLE_DANGER)


def tell_shown(ctx: UpdateContext, number: int) -> None:
    """Staff are shown it without an answer: say so, with the same two buttons."""
    text = ctx.say(
        "You have not said whether somebody is in danger now, so I am showing this to the staff as a possible danger "
        "that is not confirmed."
    )
    ctx.send(text, _shown(ctx.say, number), subject=subject("report", number), purpose=Purpose.POSSIBLE_DANGER)


def heard(say: Speaker, number: int) -> tuple[Html, Markup]:
    """A program heard it in a voice note that staff have: the same two buttons."""
    text = paragraphs(
        bold(say("Is somebody in danger now?")),
        say(
            "A program heard words in your voice message that may speak of danger. I am showing it to the staff as a "
            "possible danger that is not confirmed."
        ),
    )
    return text, _shown(say, number)


def drop(ctx: UpdateContext, conversation: Conversation) -> None:
    """A draft is sent: where its question is still open it is not any more, and loses its buttons."""
    if possible_dangers.asked(ctx.tx, conversation.id) is None:
        return
    possible_dangers.answered(ctx.tx, conversation.id)
    about = subject("conversation", conversation.id)
    mailer.unbutton_newest(ctx.tx, ctx.where.id, about, Purpose.POSSIBLE_DANGER)


def _shown(say: Speaker, number: int) -> Markup:
    return _buttons(say, ShownDangerPress(number, YesNo.YES).pack(), ShownDangerPress(number, YesNo.NO).pack())


def _buttons(say: Speaker, yes: str, no: str) -> Markup:
    return column(Button(say.label("Somebody is in danger now"), yes), Button(say.label("No, a report"), no))
