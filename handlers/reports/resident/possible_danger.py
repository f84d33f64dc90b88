"""What follows the question whether somebody is in danger now: an answer, or three minutes without one."""

from domain.core.subjects import number_of
from handlers.kit.access import own
from handlers.kit.callback_data import YesNo
from handlers.kit.conversation.engine import engine
from handlers.kit.update_context import Setup, UpdateContext, in_conversation
from handlers.reports.resident import possible_question, reporting, something_else
from handlers.reports.resident.possible_question import PossibleDangerPress, ShownDangerPress
from services.reports import allowed, dangers, possible_dangers
from services.reports.allowed import Blocked
from storage.core import conversations
from storage.core.conversations import Conversation
from storage.core.database import Transaction
from storage.reports import reports


def press(ctx: UpdateContext) -> None:
    """An answer before staff have seen it. *No* leaves nothing: the draft is as it was."""
    pressed = ctx.callback_data(PossibleDangerPress)
    conversation = _of(ctx, pressed.conversation)
    danger = possible_dangers.asked(ctx.tx, pressed.conversation)
    if conversation is None or conversation.person != ctx.who.id or danger is None:
        ctx.pop_up(ctx.say_to_person.label("This is answered already."), alert=True)
        return
    possible_dangers.answered(ctx.tx, conversation.id)
    if pressed.answer is YesNo.YES:
        ctx.edit_pressed(ctx.say("You said that somebody is in danger now."), None)
        reporting.send_now(ctx, conversation, danger)
        _go_on(ctx)
        return
    ctx.edit_pressed(ctx.say("Good. Then it is a report like any other, and you send it yourself."), None)


def press_afterwards(ctx: UpdateContext) -> None:
    """An answer when staff have seen it. *No* is on their card, and the words are a draft again."""
    pressed = ctx.callback_data(ShownDangerPress)
    try:
        if pressed.answer is YesNo.YES:
            possible_dangers.confirm(ctx.tx, ctx.who, pressed.report)
            ctx.edit_pressed(ctx.say("I am telling the staff that somebody is in danger now."), None)
            return
        report = reports.existing(ctx.tx, pressed.report)
        parts = possible_dangers.deny(ctx.tx, ctx.who, pressed.report)
    except LookupError:
        ctx.pop_up(ctx.say_to_person.label("This is answered already."), alert=True)
        return
    ctx.edit_pressed(ctx.say("Good. The staff read on their card that it is not a danger."), None)
    try:
        allowed.to_report(ctx.tx, ctx.who)
    except Blocked:
        return  # no danger it is, and nothing else may be begun
    place = {"area": report.area, "place": report.place, "latitude": report.latitude, "longitude": report.longitude}
    something_else.draft_again(ctx, parts, place)


def run_due(tx: Transaction, setup: Setup, about: str) -> None:
    """The task: three minutes without an answer. Staff are shown what is in the draft, also one that was cancelled."""
    number = number_of(about, "conversation")
    danger = possible_dangers.asked(tx, number) if number is not None else None
    conversation = conversations.by_id(tx, number) if number is not None else None
    if conversation is None or danger is None or not conversation.draft.get("words"):
        return
    ctx = in_conversation(tx, setup, conversation.id)
    conversation = ctx.conversation
    assert conversation is not None
    report = reporting.send_now(ctx, conversation, danger, unconfirmed=True)
    possible_question.tell_shown(ctx, report)
    _go_on(ctx)


def _go_on(ctx: UpdateContext) -> None:
    """What was put aside comes back, unless where the danger is is asked last."""
    if dangers.awaiting_place(ctx.tx, ctx.who.id) is not None:
        return
    if conversations.open_one(ctx.tx, ctx.where.id, ctx.who.id) is None:
        engine.take_up_parked(ctx)


def _of(ctx: UpdateContext, number: int) -> Conversation | None:
    """The conversation of that number; the very one the person is in, where that is it."""
    if ctx.conversation is not None and ctx.conversation.id == number:
        return ctx.conversation
    return conversations.by_id(ctx.tx, number)


BUTTONS = {"da": own(something_else.press), "dq": own(press), "ds": own(press_afterwards)}
"""Of what is asked about a danger."""
