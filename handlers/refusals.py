"""What cannot be done, said kindly: rules broken become sentences, in one place for all handlers."""

from collections.abc import Callable

from domain.repairs import NotNow
from domain.rights import NotAllowed
from domain.voices import WrongState
from handlers import blocking, repair_offers
from handlers.here import Forged, Here
from handlers.texts import Speaker, escape
from services.allowed import Blocked
from services.jobs import TooLate
from services.merging import SameAlready
from services.repairs import TooMany
from services.team import LastAdmin
from services.voices import AlreadyDone, Gone

Handler = Callable[[Here], None]


def kindly(handler: Handler) -> Handler:
    """The handler, with refusals of the services answered: a press by a pop-up, a message by a message.

    What the refused handler had written is undone; nothing is half done.
    """

    def handle(here: Here) -> None:
        try:
            with here.tx.savepoint():
                handler(here)
        except AlreadyDone:
            _tell(here, here.say_to_person.label("I have that already. Nothing is done twice."), alert=False)
        except Forged:
            _tell(
                here,
                here.say_to_person.label("I do not know this button. Please use a newer one."),
                alert=True,
            )
        except Blocked as refusal:
            said = blocking.sentence(here, refusal)
            if here.update.callback_query is not None:
                here.pop_up()
            here.send(said)
        except TooLate as refusal:
            _tell(here, repair_offers.too_late(here.say_to_person, refusal), alert=True)
        except TooMany as refusal:
            _tell(here, too_many(here.say_to_person, refusal), alert=True)
        except (NotAllowed, WrongState, NotNow, Gone, LastAdmin, SameAlready) as refusal:
            _tell(here, sentence(here.say_to_person, refusal), alert=True)

    return handle


def too_many(say: Speaker, refusal: TooMany) -> str:
    """That somebody has asked for as much as can be looked after."""
    return say.label(
        "You have asked for repairs {numbers}, and they are not closed. Please wait until one is done, or take one "
        "back: /my shows them.",
        numbers=say.listed(str(number) for number in refusal.numbers),
    )


def sentence(say: Speaker, refusal: NotAllowed | WrongState | NotNow | Gone | LastAdmin | SameAlready) -> str:
    """Why it cannot be done."""
    if isinstance(refusal, NotAllowed):
        return say.label("You cannot do that. If you should be able to, ask an admin for the role.")
    if isinstance(refusal, WrongState | NotNow):
        return say.label("That is not possible any more: things have changed since. Please look at the newest message.")
    if isinstance(refusal, LastAdmin):
        return say.label("Somebody must stay admin. Make another person admin first; they must have pressed Start.")
    if isinstance(refusal, SameAlready):
        return say.label("That is this report itself, or is part of it already. Please take another number.")
    return say.label("I do not find that any more.")


def _tell(here: Here, text: str, alert: bool) -> None:
    if here.update.callback_query is not None:
        here.pop_up(text, alert=alert)
    else:
        here.send(escape(text), reply=not here.where.is_private)
