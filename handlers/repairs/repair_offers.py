"""A volunteer's answer to an offer: "I'll take it", where the first tap wins, or "Not this time"."""

from domain.repairs.repairs import State
from handlers.kit.texts import Speaker
from handlers.kit.update_context import UpdateContext
from handlers.repairs import volunteer_card
from handlers.repairs.volunteer_card import OfferAnswer, OfferPress
from services.repairs import jobs
from services.repairs.jobs import TooLate


def press(ctx: UpdateContext) -> None:
    """The answer to an offer."""
    pressed = ctx.callback_data(OfferPress)
    number = pressed.repair
    if pressed.answer is OfferAnswer.TAKE:
        _take(ctx, number)
    else:
        jobs.decline(ctx.tx, ctx.who, number)
        ctx.pop_up(ctx.say_to_person.label("Thank you for answering. I ask somebody else."))
    volunteer_card.refresh(ctx.tx, ctx.setup, jobs.known(ctx.tx, number), ctx.who.id)


def _take(ctx: UpdateContext, number: int) -> None:
    try:
        with ctx.tx.savepoint():
            jobs.take(ctx.tx, ctx.setup.community, ctx.who, number)
    except TooLate as late:
        ctx.pop_up(too_late(ctx.say, late), alert=True)
    else:
        ctx.pop_up(ctx.say_to_person.label("It is yours. Thank you! When do you come?"))


def too_late(say: Speaker, late: TooLate) -> str:
    """Why it cannot be taken any more, kindly."""
    number = late.repair.id
    if late.repair.state in (State.WITHDRAWN, State.TURNED):
        return say.label("Repair {number} is not needed any more. Thank you for being ready!", number=number)
    if late.repair.taker is not None:
        return say.label("Repair {number} is taken, thank you! Somebody else was a little quicker.", number=number)
    return say.label("You are not asked about repair {number} any more. Thank you!", number=number)
