"""Blocking the reporter of a voice for a time. Nobody learns by it who they are."""

from collections.abc import Callable, Sequence
from typing import Any

from domain import events
from handlers import describe
from handlers.desk import staff_actions
from handlers.desk.staff_actions import StaffAction, StaffQuestion
from handlers.desk.staff_card import refresh_staff
from handlers.here import Here, Setup, our_language
from handlers.keyboards import Button, column
from handlers.texts import Html, Speaker, paragraphs, quote, shorten
from services import blocking as service
from services.allowed import Blocked
from storage import blocks, chats, outbox, people, voices
from storage.database import Transaction
from storage.instants import from_text
from storage.outbox import Lane, Outgoing
from storage.voices import NewPart, Part, Voice

DAYS = (1, 7, 30, 90)
REASON_LENGTH = 300


def _blocks(here: Here, voice: Voice, page: str) -> None:
    say = here.say
    options: list[tuple[str, str]] = [
        (say.plural("For {count} day", "For {count} days", days), str(days)) for days in DAYS
    ]
    if blocks.of(here.tx, voices.writer(here.tx, voice)) is not None:
        options.append((say.label("End the block"), "0"))
    markup = staff_actions.choices(say, voice, options, here.query_number(page or "0"), "block")
    refresh_staff(here.tx, here.setup, voice, markup)
    here.pop_up(here.say_to_person.label("Block whoever reported this? They read the reason you give."))


def _block(here: Here, voice: Voice, value: str) -> None:
    days = here.query_number(value)
    if days == 0:
        service.lift(here.tx, here.who, voice.id)
        refresh_staff(here.tx, here.setup, voice)
        pressed = here.pressed()
        if pressed is not None and pressed.purpose == "receipt":
            ended = here.say("Whoever reported no. {number} can send reports again.", number=voice.id)
            here.edit_pressed(ended, None)
        here.pop_up(here.say_to_person.label("The block is ended."))
    elif days in DAYS:
        refresh_staff(here.tx, here.setup, voice)
        staff_actions.put(here, voice, f"block{days}")
    else:
        here.pop_up(here.say_to_person.label("I do not know this button. Please use a newer one."), alert=True)


def _ask_reason(say: Speaker, name: Html, number: int) -> Html:
    return say(
        "{name}, why may whoever reported no. {number} send no more for a time? Reply to this message. They read it.",
        name=name, number=number,
    )  # fmt: skip


def _reasoned(days: int) -> Callable[[Here, int, NewPart, str], None]:
    def answered(here: Here, number: int, _part: NewPart, words: str) -> None:
        block = service.block(here.tx, here.who, number, shorten(words, REASON_LENGTH), days)
        text = here.say(
            "Whoever reported no. {number} can send nothing until {when}.",
            number=number, when=here.say.moment(block.until, here.now),
        )  # fmt: skip
        lift = [Button(here.say.label("End the block"), f"v:{number}:block=0:0")]
        here.send(text, column(lift), reply=True, purpose="receipt")

    return answered


def _can_send(voice: Voice, _parts: Sequence[Part]) -> bool:
    return voice.recorded_by is None


ACTIONS = (
    StaffAction("blocks", lambda say, _voice: say.label("Block"), _blocks, _can_send),
    StaffAction("block", lambda say, _voice: say.label("Block"), _block, lambda _voice, _parts: False),
)
QUESTIONS = tuple(StaffQuestion(f"block{days}", _ask_reason, _reasoned(days), needs_words=True) for days in DAYS)


def sentence(here: Here, refusal: Blocked) -> Html:
    """What somebody reads who may send nothing: until when, why, and whom to call in danger."""
    say = here.say
    return paragraphs(
        say("You cannot send anything to the staff until {when}.", when=say.moment(refusal.until, here.now)),
        *((say("They wrote why:"), quote(refusal.reason)) if refusal.reason else ()),
        describe.emergency_line(here.setup.community, say),
    )


def _to_person(tx: Transaction, setup: Setup, person: int, write: Callable[[Speaker], Html]) -> None:
    chat = chats.private_with(tx, person)
    if chat is not None:
        text = write(setup.speaker(our_language(people.by_id(tx, person).language)))
        outbox.add(tx, Outgoing(chat=chat.id, action="message", content={"text": text}, lane=Lane.NOTICE))


def _blocked(tx: Transaction, setup: Setup, event: events.PersonBlocked) -> None:
    until = from_text(event.until)
    _to_person(
        tx, setup, event.person,
        lambda say: paragraphs(
            say("The staff have decided that you can send nothing more until {when}, because of your report "
                "no. {number}.", when=say.moment(until, tx.now), number=event.voice),
            quote(event.reason),
            say("What you reported before is looked after as always."),
        ),
    )  # fmt: skip


def _unblocked(tx: Transaction, setup: Setup, event: events.PersonUnblocked) -> None:
    _to_person(tx, setup, event.person, lambda say: say("You can send reports again."))


WRITERS: dict[type[events.Event], Callable[[Transaction, Setup, Any], None]] = {
    events.PersonBlocked: _blocked,
    events.PersonUnblocked: _unblocked,
}
