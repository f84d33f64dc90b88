"""Which repair a button is about, for questions that end when somebody turns to something else."""

from handlers.kit.conversation.flow import Left
from handlers.kit.update_context import UpdateContext
from handlers.repairs.buttons import RelayPress, StatusPress, VerdictPress, WorkPress
from storage.core.conversations import Conversation


def after_press(ctx: UpdateContext, conversation: Conversation) -> Left:
    """A second tap, or another button of the same repair, leaves the question as it is."""
    pressed = (
        ctx.press_as(StatusPress) or ctx.press_as(VerdictPress) or ctx.press_as(WorkPress) or ctx.press_as(RelayPress)
    )
    return "all" if pressed is not None and pressed.repair == conversation.draft["repair"] else "nothing"
