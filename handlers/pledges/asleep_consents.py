"""After a restore: each maker of promises is asked once whether the board may show their name and photos again."""

from enum import StrEnum

from domain import events
from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button, column
from handlers.kit.mailer import Words, to_person
from handlers.kit.texts import Speaker, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.pledges import pledge_staff
from services.pledges import asleep_consents as service
from services.pledges.pledges import known
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.pledges import pledges
from storage.pledges.pledges import NAME

SHOWN = 20


class Consents(StrEnum):
    """What a maker of promises says of what the board showed before: there is only the yes."""

    AGAIN = "again"


class ConsentsPress(CallbackData, prefix="pa"):
    """The board may show it again."""

    consents: Consents


def asked(tx: Transaction, setup: Setup, event: events.ConsentsAsleep) -> None:
    asleep = pledges.asleep_consents(tx, event.person)
    for number in dict.fromkeys(pledge for pledge, _ in asleep):
        pledge_staff.refresh(tx, setup, known(tx, number))

    def write(say: Speaker) -> Words:
        what = [
            say("– your name with promise no. {number}", number=pledge)
            if kind == NAME
            else say("– the photos of promise no. {number}", number=pledge)
            for pledge, kind in asleep[:SHOWN]
        ]
        text = paragraphs(
            say(
                "I was restored from a backup, and cannot be sure what you have allowed since. So the promise board "
                "shows neither your name nor your photos at the moment."
            ),
            lines(say("Before that it showed:"), *what),
            say("May it show them again? If not, you do not have to do anything."),
        )
        return text, column(Button(say.label("Yes, show them again"), ConsentsPress(Consents.AGAIN).pack()))

    to_person(tx, setup, event.person, write, purpose=Purpose.CONSENT)


def press(ctx: UpdateContext) -> None:
    """Yes, as before."""
    ctx.callback_data(ConsentsPress)
    service.wake(ctx.tx, ctx.who)
    ctx.edit_pressed(
        ctx.say(
            "Thank you. The promise board shows your name and your photos as before. You can change "
            "that at any time: /pledge shows your promises."
        ),
        None,
    )
