"""Who speaks for somebody without Telegram: staff take over when a representative is none any more.

And what staff say for them: how they asked whether the board may show a name or photos.
"""

from enum import StrEnum

from domain import events
from domain.core.subjects import subject
from domain.people.rights import Action, require
from domain.pledges.pledges import Asked
from handlers.kit import mailer, staff_topics
from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.pledges import pledge_words
from handlers.pledges.buttons import Doing, PledgePress
from services.pledges import pledges as service
from services.pledges.pledges import may_keep
from storage.core import settings
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Lane
from storage.people import people
from storage.pledges import pledges
from storage.pledges.pledges import NAME, Consent, Pledge

SHOWN = 10


def left(tx: Transaction, setup: Setup, event: events.RoleRevoked) -> None:
    """A role was taken away: who may not look after others' promises any more leaves them to the staff."""
    staff = settings.staff_chat(tx)
    found = pledges.kept_for_others(tx, event.person)
    former = people.by_id(tx, event.person)
    if staff is None or not found or may_keep(former):
        return
    say = setup.group_speaker
    more = len(found) - SHOWN
    text = paragraphs(
        bold(
            say("Nobody looks after these promises now: the person who did has left.")
            if former.forgotten
            else say("{name} no longer has a role for this. Nobody looks after these promises now:", name=former.name)
        ),
        lines(
            *(
                say(
                    "{promise} (a promise of {name})",
                    promise=pledge_words.named(say, pledge),
                    name=people.by_id(tx, pledge.person).name,
                )
                for pledge in found[:SHOWN]
            ),
            say.plural("and {count} more promise", "and {count} more promises", more) if more > 0 else None,
        ),
        say("If you look after them from now on, please tap below: I remind you, and you say what became of them."),
    )
    markup = column(Button(say.label("I look after them"), KeeperPress(former.id, Keeping.TAKE).pack()))
    topic = staff_topics.promises(tx, setup, staff)
    about = subject("person", former.id)
    mailer.send(tx, staff, text, markup, topic=topic, lane=Lane.NOTICE, subject=about, purpose=Purpose.KEEPER)


class Keeping(StrEnum):
    """What staff say of promises nobody looks after: there is only one answer."""

    TAKE = "take"


class KeeperPress(CallbackData, prefix="pk"):
    """The promises that person looked after are taken on."""

    former: int
    keeping: Keeping


def press(ctx: UpdateContext) -> None:
    """Whoever taps it looks after them from now on."""
    before = ctx.callback_data(KeeperPress).former
    require(ctx.who.roles, Action.RECORD)
    numbers = service.take_over(ctx.tx, ctx.setup.community, ctx.who, before)
    ctx.pop_up(ctx.say_to_person.label("Thank you. I remind you of them from now on: /pledge"))
    text = ctx.say(
        "{name} looks after these promises now: no. {numbers}",
        name=ctx.who.name,
        numbers=ctx.say.listed(map(str, numbers)),
    )
    ctx.edit_pressed(text, None)


# -- consent


def ask_how(ctx: UpdateContext, pledge: Pledge, what: str) -> tuple[Html, Markup]:
    """Staff say how they asked; for nobody else is there a button."""
    say = ctx.say
    name = people.by_id(ctx.tx, pledge.person).name
    ask = (
        say("Has {name} agreed that the board shows the name with promise no. {number}?", name=name, number=pledge.id)
        if what == NAME
        else say("Has {name} agreed that the board shows photos of promise no. {number}?", name=name, number=pledge.id)
    )
    return paragraphs(bold(ask), say("Tap how you asked. It is kept with your name.")), column(
        *(
            Button(label, PledgePress(pledge.id, Doing(f"{what}-{asked}"), pledge.version).pack())
            for asked, label in ways(say)
        ),
        Button(say.label("No"), PledgePress(pledge.id, Doing.OPEN, pledge.version).pack()),
    )


def ways(say: Speaker) -> list[tuple[Asked, str]]:
    """How somebody can be asked, for buttons."""
    return [
        (Asked.IN_PERSON, say.label("Yes: asked in person")),
        (Asked.TELEPHONE, say.label("Yes: asked by telephone")),
        (Asked.PAPER, say.label("Yes: they signed for it")),
    ]


def asked_how(tx: Transaction, say: Speaker, consent: Consent | None) -> Html | None:
    """How somebody without Telegram was asked, by whom and when; None where they said so themselves."""
    if consent is None or consent.how is None:
        return None
    by = people.by_id(tx, consent.given_by).name if consent.given_by is not None else "?"
    day = say.day(consent.given_at, tx.now)
    return {
        Asked.IN_PERSON: say("{name} asked them in person, {day}.", name=by, day=day),
        Asked.TELEPHONE: say("{name} asked them by telephone, {day}.", name=by, day=day),
        Asked.PAPER: say("They signed for it, {name} has the paper, {day}.", name=by, day=day),
    }[consent.how]
