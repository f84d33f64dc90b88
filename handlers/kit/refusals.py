"""What cannot be done, said kindly: rules broken become sentences, in one place for all handlers.

What only one capability refuses it says itself, in `Feature.refusals`.
"""

from collections.abc import Callable
from datetime import datetime

from domain.core.state_machine import WrongState
from domain.people.rights import NotAllowed
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.texts import Html, Speaker, escape, paragraphs, quote
from handlers.kit.update_context import UpdateContext
from handlers.kit.wording import emergency_line
from services.bounded import TooOften
from services.core.errors import AlreadyDone, NotFound
from services.people import limits
from storage.core.blocks import Blocked

Handler = Callable[[UpdateContext], None]


def handle_service_errors(handler: Handler) -> Handler:
    """The handler, with refusals of the services answered: a press by a pop-up, a message by a message.

    What the refused handler had written is undone; nothing is half done.
    """

    def handle(ctx: UpdateContext) -> None:
        say, refusals = ctx.say_to_person, ctx.setup.features.refusals
        try:
            with ctx.tx.savepoint():
                handler(ctx)
        except AlreadyDone:
            _tell(ctx, say.label("I have that already. Nothing is done twice."), alert=False)
        except Blocked as refusal:
            said = _blocked(ctx, refusal)
            if ctx.incoming.press is not None:
                ctx.pop_up()
            ctx.send(said)
        except (InvalidCallbackData, NotAllowed, WrongState, NotFound, TooOften) as refusal:
            if isinstance(refusal, (NotAllowed, InvalidCallbackData)) and ctx.person is not None:
                limits.refused(ctx.tx, ctx.who)
            _tell(ctx, _sentence(say, refusal, ctx.now), alert=True)
        except tuple(refusals) as refusal:
            _tell(ctx, refusals[type(refusal)](say, refusal), alert=True)

    return handle


def _sentence(say: Speaker, refusal: Exception, now: datetime) -> str:
    """Why it cannot be done."""
    if isinstance(refusal, InvalidCallbackData):
        return say.label("I do not know this button. Please use a newer one.")
    if isinstance(refusal, NotAllowed):
        return say.label("You cannot do that. If you should be able to, ask an admin for the role.")
    if isinstance(refusal, WrongState):
        return say.label("That is not possible any more: things have changed since. Please look at the newest message.")
    if isinstance(refusal, TooOften):
        return say.label(
            "You have done this {count} times within a day. That is as much as people here can look at. You can go on "
            "after {when}; what you have written stays until then.",
            count=refusal.most,
            when=say.moment(refusal.until, now),
        )
    return say.label("I do not find that any more.")


def _blocked(ctx: UpdateContext, refusal: Blocked) -> Html:
    """What somebody reads who may send nothing: until when, why, and whom to call in danger."""
    say = ctx.say
    return paragraphs(
        say("You cannot send anything until {when}.", when=say.moment(refusal.until, ctx.now)),
        *((say("The staff wrote why:"), quote(refusal.reason)) if refusal.reason else ()),
        emergency_line(ctx.setup.community, say),
    )


def _tell(ctx: UpdateContext, text: str, alert: bool) -> None:
    if ctx.incoming.press is not None:
        ctx.pop_up(text, alert=alert)
    else:
        ctx.send(escape(text), reply=not ctx.where.is_private)
