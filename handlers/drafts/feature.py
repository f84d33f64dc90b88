"""What conversations add to the program, whatever they are about: their buttons, and what becomes of drafts."""

from domain import events
from handlers.drafts import draft_notices
from handlers.kit.access import own
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.question import ConversationPress
from handlers.kit.feature import Feature, Stage, on, together
from handlers.kit.update_context import UpdateContext
from services import drafts


def press(ctx: UpdateContext) -> None:
    """A button of a conversation."""
    pressed = ctx.callback_data(ConversationPress)
    engine.press(ctx, pressed.conversation, pressed.step, pressed.value)


FEATURE = Feature(
    name="conversations",
    buttons={"f": own(press)},
    subscribers=together(
        on(Stage.PEOPLE, draft_notices.draft_reminded, events.DraftReminded),
        on(Stage.PEOPLE, draft_notices.draft_expired, events.DraftExpired),
        on(Stage.PEOPLE, draft_notices.question_lapsed, events.QuestionLapsed),
    ),
    tasks={
        drafts.KIND: lambda tx, setup, about, data: drafts.run_due(
            tx, setup.community, about, data["stage"], heard=setup.hears_telegram()
        ),
    },
)
