"""Which report a button is about, for questions that end when somebody turns to something else."""

from handlers.kit.conversation.flow import Left
from handlers.kit.update_context import UpdateContext
from handlers.reports.call_back import RungPress
from handlers.reports.questions import AnswerPress
from handlers.reports.status_card import MinePress
from storage.core.conversations import Conversation


def after_press(ctx: UpdateContext, conversation: Conversation) -> Left:
    """A second tap, or another button of the same report, leaves the question as it is."""
    rung = ctx.press_as(RungPress)
    pressed = pressed_by_resident(ctx) if rung is None else rung.report
    return "all" if pressed == conversation.draft["report"] else "nothing"


def pressed_by_resident(ctx: UpdateContext) -> int | None:
    """The report whose button was pressed in its resident's chat; None for a button of anything else."""
    mine = ctx.press_as(MinePress)
    if mine is not None:
        return mine.report
    answer = ctx.press_as(AnswerPress)
    return None if answer is None else answer.report
