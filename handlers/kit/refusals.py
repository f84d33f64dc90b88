"""What cannot be done, said kindly: rules broken become sentences, in one place for all handlers."""

from collections.abc import Callable

from domain.core.state_machine import WrongState
from domain.people.rights import NotAllowed
from domain.pledges.pledges import MOST
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.texts import Speaker, escape
from handlers.kit.update_context import UpdateContext
from handlers.people import blocking
from handlers.repairs import repair_offers
from services.bounded import TooOften
from services.core.errors import AlreadyDone, NotFound
from services.people.team import LastAdmin
from services.pledges.checking_in import NotYet, TooLate
from services.pledges.pledges import MOST_EACH, BadNumber, NeverDue, TooMany
from services.repairs import jobs, repairs
from services.reports.allowed import Blocked
from services.reports.merging import SameAlready

Handler = Callable[[UpdateContext], None]
REFUSALS = (
    NotAllowed,
    WrongState,
    NotFound,
    LastAdmin,
    SameAlready,
    NotYet,
    TooLate,
    NeverDue,
    BadNumber,
    TooMany,
)


def handle_service_errors(handler: Handler) -> Handler:
    """The handler, with refusals of the services answered: a press by a pop-up, a message by a message.

    What the refused handler had written is undone; nothing is half done.
    """

    def handle(ctx: UpdateContext) -> None:
        try:
            with ctx.tx.savepoint():
                handler(ctx)
        except AlreadyDone:
            _tell(ctx, ctx.say_to_person.label("I have that already. Nothing is done twice."), alert=False)
        except InvalidCallbackData:
            _tell(
                ctx,
                ctx.say_to_person.label("I do not know this button. Please use a newer one."),
                alert=True,
            )
        except Blocked as refusal:
            said = blocking.sentence(ctx, refusal)
            if ctx.incoming.press is not None:
                ctx.pop_up()
            ctx.send(said)
        except jobs.TooLate as refusal:
            _tell(ctx, repair_offers.too_late(ctx.say_to_person, refusal), alert=True)
        except repairs.TooMany as refusal:
            _tell(ctx, too_many_repairs(ctx.say_to_person, refusal), alert=True)
        except TooOften as refusal:
            _tell(ctx, too_often(ctx.say_to_person, refusal), alert=True)
        except REFUSALS as refusal:
            _tell(ctx, sentence(ctx.say_to_person, refusal), alert=True)

    return handle


def too_many_repairs(say: Speaker, refusal: repairs.TooMany) -> str:
    """That somebody has asked for as much as can be looked after."""
    return say.label(
        "These repairs of yours are still open: {numbers}. Please wait until one is done, or take one back: /my shows "
        "them.",
        numbers=say.listed(str(number) for number in sorted(refusal.numbers)),
    )


def too_often(say: Speaker, refusal: TooOften) -> str:
    """That they have done it as often in a day as somebody can look at."""
    return say.label(
        "You have done this {count} times since yesterday. That is as much as people here can look at in a day. Please "
        "go on tomorrow.",
        count=refusal.most,
    )


def sentence(say: Speaker, refusal: Exception) -> str:
    """Why it cannot be done."""
    if isinstance(refusal, NotAllowed):
        return say.label("You cannot do that. If you should be able to, ask an admin for the role.")
    if isinstance(refusal, WrongState):
        return say.label("That is not possible any more: things have changed since. Please look at the newest message.")
    if isinstance(refusal, LastAdmin):
        return say.label("Somebody must stay admin. Make another person admin first; they must have pressed Start.")
    if isinstance(refusal, NotYet):
        return say.label("It is not due yet. You can say so when its time has come.")
    if isinstance(refusal, TooLate):
        return say.label("That was too long ago to be changed now.")
    if isinstance(refusal, NeverDue):
        return say.label("By these days it is never due: they are over, or do not exist. Please change when.")
    if isinstance(refusal, BadNumber):
        return say.label("Please give a number from {least} to {most}.", least=1, most=MOST)
    if isinstance(refusal, TooMany):
        return say.label("You have {count} promises already. Please end one first.", count=MOST_EACH)
    if isinstance(refusal, SameAlready):
        return say.label("That is this report itself, or is part of it already. Please take another number.")
    return say.label("I do not find that any more.")


def _tell(ctx: UpdateContext, text: str, alert: bool) -> None:
    if ctx.incoming.press is not None:
        ctx.pop_up(text, alert=alert)
    else:
        ctx.send(escape(text), reply=not ctx.where.is_private)
