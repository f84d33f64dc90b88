"""What is asked in reply to a reminder goes to the staff, and their reply to it goes back to the one who asked."""

from domain.core.subjects import number_of, subject
from domain.people.rights import Action, NotAllowed
from handlers.kit import mailer
from handlers.kit.keyboards import rows
from handlers.kit.texts import bold, clean, lines, paragraphs, quote
from handlers.kit.update_context import Setup, UpdateContext
from handlers.people import blocking
from handlers.pledges import pledge_staff, pledge_words
from handlers.pledges.checking_in import PURPOSE
from services.people.blocking import Source
from services.pledges.pledges import known
from storage.core.database import Transaction
from storage.core.messages import Message, Purpose
from storage.people import people
from storage.pledges.occurrences import CheckIn
from storage.pledges.pledges import Pledge

ANSWER = f"{Purpose.ASK}pledgequestion"
QUOTED = 500


def show(tx: Transaction, setup: Setup, pledge: Pledge, checkin: CheckIn) -> None:
    """The question, below the staff's card of the promise. It is nothing for the board."""
    say = setup.group_speaker
    name = people.by_id(tx, checkin.person).name if checkin.person is not None else ""
    text = paragraphs(
        lines(
            bold(say("Promise {number}: {name}", number=pledge.id, name=pledge_words.own_words(pledge))),
            say("{name} asks:", name=name),
            quote((checkin.words or "")[:QUOTED]),
        ),
        say("Reply to this message; {name} reads your words.", name=name),
    )
    markup = rows([[blocking.button(say, Source.PROOF, checkin.id)]])
    pledge_staff.to_staff(tx, setup, pledge.id, text, markup, purpose=ANSWER)


def replied(ctx: UpdateContext, message: Message) -> bool:
    """A reply in the group to a message about a promise: to a question of ours, or to one of its keeper's."""
    number = number_of(message.subject, "pledge")
    if number is None or message.incoming or message.purpose != ANSWER:
        return pledge_staff.replied(ctx, message)
    if not ctx.may(Action.PUBLISH):
        raise NotAllowed(Action.PUBLISH)
    words = clean(ctx.message.words).strip()
    if not words:
        ctx.send(ctx.say("I need words for that. Please reply once more."), reply=True)
        return True
    pledge = known(ctx.tx, number)
    sent = mailer.to_person(
        ctx.tx,
        ctx.setup,
        pledge.keeper,
        lambda say: paragraphs(
            lines(bold(say("The staff answer about promise no. {number}:", number=number)), quote(words))
        ),
        subject=subject("pledge", number),
        purpose=PURPOSE,
    )
    name = people.by_id(ctx.tx, pledge.keeper).name
    if sent is None:
        ctx.send(ctx.say("I cannot reach {name} in Telegram. Please tell them yourselves.", name=name), reply=True)
    else:
        ctx.send(ctx.say("I pass it on to {name}.", name=name), reply=True)
    return True
