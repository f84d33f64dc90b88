"""The question on the screen: a card, edited in place after a press, sent anew below after a message."""

from domain.core.subjects import subject
from handlers.kit import mailer
from handlers.kit.callback_data import CallbackData
from handlers.kit.conversation.flow import Flow, Step
from handlers.kit.keyboards import Button, Markup, rows
from handlers.kit.texts import Html, one_line
from handlers.kit.update_context import UpdateContext
from storage.core import conversations, messages
from storage.core.conversations import Conversation
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Lane

NAMED = 200
"""So many letters of a draft's words name it."""


class ConversationPress(CallbackData, prefix="f"):
    """A button of a question; by the step, one of an earlier question is known. Values are what the step makes them."""

    conversation: int
    step: str
    value: str


def words_of(conversation: Conversation) -> str | None:
    """The beginning of what was said in it, to name it by; None when nothing was."""
    parts = conversation.draft.get("words")
    said = [str(parts)] if isinstance(parts, str) else [each.get("text") for each in parts or [] if each.get("text")]
    return one_line(" ".join(filter(None, said)), NAMED) or None


def step_buttons(ctx: UpdateContext, flow: Flow, conversation: Conversation, step: Step) -> list[Button]:
    """The answers to choose from, and the ways on and back."""
    buttons = [button(conversation, label, value) for label, value in step.choices(ctx, conversation.draft)]
    changing = bool(conversation.draft.get("_changing"))
    first = next((each.name for each in flow.steps if not each.optional), "")
    if step.name in flow.skippable:
        buttons.append(button(conversation, flow.skip_label(ctx), "!skip"))
    if changing or step.name != first:
        buttons.append(button(conversation, ctx.say.label("Back"), "!back"))
    # While an answer is being changed, "Back" leads to the summary, and that has the "Cancel".
    if not changing and (step.name in flow.skip_or_cancel or step.name not in flow.skippable):
        buttons.append(button(conversation, ctx.say.label("Cancel"), "!cancel"))
    return buttons


def summary_buttons(ctx: UpdateContext, flow: Flow, conversation: Conversation) -> list[Button]:
    """Send it, change an answer, or let it be."""
    return [
        button(conversation, flow.send_label(ctx), "!send"),
        *flow.more_buttons(ctx, conversation),
        *(
            button(conversation, step.change_label(ctx, conversation.draft), f"!change:{step.name}")
            for step in flow.steps
            if flow.applies(step, conversation.draft)
            and flow.offered(step, conversation.draft)
            and step.change_label(ctx, conversation.draft)
        ),
        button(conversation, flow.cancel_label(ctx), "!cancel"),
    ]


def button_data(conversation: Conversation, value: str) -> str:
    """What a button of a conversation carries."""
    return ConversationPress(conversation.id, conversation.step, value).pack()


def arranged(buttons: list[Button], in_pairs: int) -> Markup:
    """The first so many side by side, the others below one another."""
    return rows([*(buttons[at : at + 2] for at in range(0, in_pairs, 2)), *([each] for each in buttons[in_pairs:])])


def button(conversation: Conversation, label: str, value: str) -> Button:
    """A button of a conversation."""
    return Button(label, button_data(conversation, value))


def strip(ctx: UpdateContext, conversation: Conversation) -> None:
    """Take the buttons off the question that is no longer the open one, and let the next be a new message."""
    if conversation.card is None or not messages.is_sent(ctx.tx, conversation.card):
        return  # not on the screen yet: the next question takes its place before it is sent
    message = messages.card_message(ctx.tx, conversation.card)
    if message is not None:
        mailer.unbutton(ctx.tx, conversation.chat, message, Lane.INTERACTIVE)
    conversation.card = None
    conversations.save(ctx.tx, conversation)


def write(
    ctx: UpdateContext, conversation: Conversation, text: Html, markup: Markup | None, under: int | None = None
) -> None:
    """What the card shows now; a conversation without one gets it, in reply to the message `under`."""
    about = subject("conversation", conversation.id)
    if conversation.card is None:
        conversation.card = messages.new_card(ctx.tx, conversation.chat, about, CardRole.QUESTION)
    mailer.card(
        ctx.tx,
        conversation.chat,
        conversation.card,
        text,
        markup,
        subject=about,
        purpose=Purpose.QUESTION,
        not_before=ctx.album_pause,
        reply_to=under,
    )
