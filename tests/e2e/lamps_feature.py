"""A capability of one file, as test_one_more_feature.py adds it to the program: lamps that somebody reports dark."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from domain.core.subjects import number_of, subject
from domain.events.people import PersonEvent
from handlers.kit import mailer
from handlers.kit.additions import Replies
from handlers.kit.callback_data import CallbackData, InvalidCallbackData, YesNo
from handlers.kit.feature import Command, Feature, Stage, on
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.preference import Preference, back
from handlers.kit.texts import Html
from handlers.kit.update_context import Setup, UpdateContext
from storage.core import scheduled_tasks, settings
from storage.core.database import Transaction
from storage.core.messages import Message

ASK_AGAIN = "lamp_again"


@dataclass(frozen=True, kw_only=True)
class LampOut(PersonEvent):
    """Somebody says that a lamp is dark."""

    KIND: ClassVar[str] = "lamp.out"
    lamp: int


class LampPress(CallbackData, prefix="lamp"):
    """The lamp of that number is dark."""

    lamp: int


def command(ctx: UpdateContext) -> None:
    """/lamps"""
    ctx.send(ctx.say("Which lamp is dark?"), column(*(Button(f"{lamp}", LampPress(lamp).pack()) for lamp in (1, 2))))


def press(ctx: UpdateContext) -> None:
    """A lamp was chosen."""
    pressed = ctx.callback_data(LampPress)
    ctx.tx.emit(LampOut(person=ctx.who.id, actor=ctx.who.id, lamp=pressed.lamp))
    ctx.pop_up("Thank you")


def thank(tx: Transaction, setup: Setup, event: LampOut) -> None:
    """Who said it reads that it was heard, and is asked again the next day if they like."""
    mailer.to_person(tx, setup, event.person, lambda say: say("Lamp {lamp} is noted.", lamp=event.lamp))
    if settings.get(tx, f"lamps:{event.person}") != YesNo.NO:
        tomorrow = tx.now + timedelta(days=1)
        scheduled_tasks.plan(tx, ASK_AGAIN, event.subject, tomorrow, f"lamp:{event.person}", {"lamp": event.lamp})


def tell_staff(tx: Transaction, setup: Setup, event: LampOut) -> None:
    """The staff's group reads it, too."""
    mailer.to_staff(
        tx, setup, lambda say: say("Lamp {lamp} is dark.", lamp=event.lamp), subject=subject("lamp", event.lamp)
    )


def ask_again(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The next day: does it burn?"""
    person = number_of(about, "person")
    assert person is not None
    about = subject("lamp", data["lamp"])
    mailer.to_person(
        tx, setup, person, lambda say: say("Does lamp {lamp} burn again?", lamp=data["lamp"]), subject=about
    )


def replied(ctx: UpdateContext, message: Message) -> bool:
    """A reply to that, in private or in the group."""
    ctx.send(ctx.say("I have read of {what}: {words}", what=message.subject, words=ctx.message.words))
    return True


def replied_otherwise(_ctx: UpdateContext, _message: Message, _newest: bool = True) -> bool:
    """A later part of an album, or a change: neither is looked at."""
    return True


def page(ctx: UpdateContext) -> tuple[Html, Markup]:
    """What the row of /settings opens."""
    buttons = (Button("Ask me again", ROW.data(YesNo.YES)), Button("Do not ask", ROW.data(YesNo.NO)), back(ctx.say))
    return ctx.say("Shall I ask you again about lamps?"), column(*buttons)


def choose(ctx: UpdateContext, value: str) -> None:
    """A button of that page."""
    if value not in list(YesNo):
        raise InvalidCallbackData
    settings.put(ctx.tx, f"lamps:{ctx.who.id}", value)
    ctx.edit_pressed(ctx.say("Kept."), column(back(ctx.say)))
    ctx.pop_up()


ROW = Preference("lamps", lambda say: say.label("Lamps"), 90, page=page, press=choose)
FEATURE = Feature(
    name="lamps",
    commands={"lamps": Command(command, 90, lambda say: say.label("Say which lamp is dark"))},
    buttons={LampPress.prefix: press},
    subscribers=(*on(Stage.PEOPLE, thank, LampOut), *on(Stage.STAFF, tell_staff, LampOut)),
    tasks={ASK_AGAIN: ask_again},
    preferences=(ROW,),
    replies={"lamp": Replies(replied, replied_otherwise, replied_otherwise)},
    group_replies={"lamp": replied},
)
