"""A volunteer's answer to an offer: "I'll take it", where the first tap wins, or "Not this time"."""

from domain.repairs.repairs import State
from handlers.kit.here import Here
from handlers.kit.texts import Speaker
from handlers.repairs import volunteer_card
from handlers.repairs.volunteer_card import OfferAnswer, OfferPress
from services.repairs import jobs
from services.repairs.jobs import TooLate


def press(here: Here) -> None:
    """The answer to an offer."""
    pressed = here.callback_data(OfferPress)
    number = pressed.repair
    if pressed.answer is OfferAnswer.TAKE:
        _take(here, number)
    else:
        jobs.decline(here.tx, here.who, number)
        here.pop_up(here.say.label("Thank you for answering. I ask somebody else."))
    volunteer_card.refresh(here.tx, here.setup, jobs.known(here.tx, number), here.who.id)


def _take(here: Here, number: int) -> None:
    try:
        with here.tx.savepoint():
            jobs.take(here.tx, here.setup.community, here.who, number)
    except TooLate as late:
        here.pop_up(too_late(here.say, late), alert=True)
    else:
        here.pop_up(here.say.label("It is yours. Thank you! When do you come?"))


def too_late(say: Speaker, late: TooLate) -> str:
    """Why it cannot be taken any more, kindly."""
    number = late.repair.id
    if late.repair.state in (State.WITHDRAWN, State.TURNED):
        return say.label("Repair {number} is not needed any more. Thank you for being ready!", number=number)
    if late.repair.taker is not None:
        return say.label("Repair {number} is taken, thank you! Somebody else was a little quicker.", number=number)
    return say.label("You are not asked about repair {number} any more. Thank you!", number=number)
