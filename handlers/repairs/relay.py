"""Whoever asked for a repair and whoever has taken it write to each other through the bot.

A reply to a message about a repair goes to the other side; so does all that is said while "Write to …" is open.
"""

from dataclasses import dataclass
from typing import Any

from domain.core.parts import PartKind
from domain.core.subjects import number_of, subject
from domain.repairs.repairs import FREE
from handlers.kit import mailer
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Wrong
from handlers.kit.here import Here
from handlers.kit.in_reach import is_in_reach
from handlers.kit.keyboards import Button, column
from handlers.kit.mailer import How, Words
from handlers.kit.parts import part_of, words_in
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs, quote, shorten
from handlers.repairs import relay_shown, unsafe
from handlers.repairs.buttons import ForBoth, RelayPress
from handlers.repairs.repair_messages import RELAY, tell
from services.core.errors import AlreadyDone, NotFound
from services.people import public_names
from services.repairs import relay as service
from services.repairs import repairs as repair_service
from services.repairs.relay import Apart, BothAgreed, NumbersWithheld
from storage.core.conversations import Conversation
from storage.core.messages import Message, Purpose
from storage.core.outbox import Lane
from storage.repairs import repairs
from storage.repairs.repairs import Repair, RepairPart
from storage.reports.reports import NewPart

NAME = "relay"
SHOWN_WORDS = 3000


class OutOfReach(Exception):
    """The other side cannot be written to: nothing was passed on."""


@dataclass(frozen=True)
class _Passing:
    """A file on its way to the other side."""

    kind: str
    text: str | None
    file_id: str | None
    album: str | None


# -- passing on


def replied(here: Here, message: Message, later_part: bool = False) -> bool:
    """A reply to something about a repair goes to the other side. False when the message is about none."""
    number = number_of(message.subject, "repair")
    if number is None:
        return False
    said = _pass_on(here, number, later_part)
    if later_part:
        here.answered = True
    else:
        here.send(
            said, subject=subject("repair", number), purpose=Purpose.RECEIPT, reply=True, not_before=here.album_pause
        )
    return True


def say_more(here: Here, number: int) -> Html:
    """What the message that came says of a repair goes to whoever has it, or waits for whoever takes it."""
    return _pass_on(here, number)


def _pass_on(here: Here, number: int, later_part: bool = False) -> Html:
    """Pass the message that came on; returns what to say about it."""
    part = part_of(here, Purpose.RELAYED, subject("repair", number))
    if part is None:
        return here.say("I cannot pass this on. Words, photos, videos, voice messages and files I can.")
    repair = repairs.by_id(here.tx, number)
    try:
        with here.tx.savepoint():
            other = service.pass_on(here.tx, here.setup.community, here.who, number, part.text or "", here.danger)
            assert repair is not None
            if not is_in_reach(here.tx, other):
                raise OutOfReach
            _send(here, repair, other, part, later_part)
    except Apart as apart:
        return _apart(here, apart.repair, part)
    except OutOfReach:
        return _not_passed_on(here)
    except NumbersWithheld:
        return here.say("I did not pass this on: it holds a telephone number. Numbers pass when both of you agree: tap "
                        "“Exchange numbers”.")  # fmt: skip
    name = public_names.shown(here.tx, other) if other == repair.taker else None
    return here.say("Passed on to {name}.", name=name) if name else here.say("Passed on.")


def _not_passed_on(here: Here) -> Html:
    return here.say("I could not pass this on: the other side has blocked me or left Telegram.")


def _no_longer_theirs(here: Here, number: int) -> Html:
    """A volunteer writes about what they have given back, or what was taken from them."""
    return here.say("Repair {number} is not yours any more, so I did not pass this on. If it is about something else, "
                    "please send it once more.", number=number)  # fmt: skip


def _apart(here: Here, repair: Repair, part: NewPart) -> Html:
    """There is nobody on the other side. What a resident says while somebody is looked for belongs to their repair.

    Words of danger go to staff besides (handlers/reports/resident/danger_anyway.py).
    """
    danger = None
    if here.danger is not None:
        danger = here.say("Because this sounds dangerous, I am telling the staff now.")
    if repair.asked_by == here.who.id and repair.state in FREE:
        repair_service.add(here.tx, here.who, repair.id, [part])
        return paragraphs(here.say("Added to your repair. Whoever takes it reads it."), danger)
    if danger is not None:
        return danger
    return here.say(
        "Repair {number} is closed, and nobody reads this. Is something still wrong? Send /repair", number=repair.id
    )


def _send(here: Here, repair: Repair, other: int, part: NewPart, later_part: bool) -> None:
    to = mailer.private(here.tx, here.setup, other)
    assert to is not None, "both sides have pressed Start"
    # A resident's name is known to whoever has it; anybody else sees nothing of this.
    head = bold(to.say("{name} writes (repair {number}):", name=_name(here, repair), number=repair.id))
    under, album = column(_under(to.say, repair)), here.message.album
    kept = _kept(here, part.text)
    how: How = {"subject": subject("repair", repair.id), "purpose": RELAY, "protected": True, "kept": kept}
    if part.kind == PartKind.TEXT:
        mailer.send(here.tx, to.chat.id, lines(head, quote(shorten(part.text or "", SHOWN_WORDS))), under, **how)
        return
    text = lines(head, quote(shorten(part.text, 800)) if part.text else None)
    if album is None:
        kept |= {"text": text, "markup": under}
    elif not later_part:
        # An album has no words of its own: who it is from stands above it.
        mailer.send(here.tx, to.chat.id, text, under, **how)
    how["lane"] = Lane.INTERACTIVE
    mailer.send_files(here.tx, to.chat.id, [_Passing(part.kind, part.text, part.file_id, album)], **how)


def _under(say: Speaker, repair: Repair) -> list[Button]:
    """What can be done with a message that was passed on."""
    return [
        Button(say.label("Write back"), RelayPress(repair.id, ForBoth.WRITE).pack()),
        relay_shown.button(say, repair.id),
    ]


def _kept(here: Here, words: str | None) -> dict[str, Any]:
    """What the row of the outbox says of a message for as long as it is kept: who wrote it, and the bare words."""
    return {"from": here.who.id, "words": shorten(words, SHOWN_WORDS) if words else None}


def _name(here: Here, repair: Repair) -> str:
    """Who writes: a volunteer by the name staff have approved, a resident by their own."""
    return public_names.shown(here.tx, here.who.id) if here.who.id == repair.taker else here.who.name


def edited(here: Here, kept: Message, newest: bool) -> bool:
    """A message that was passed on was changed: the other side gets it as it reads now. False when it is of none."""
    number = number_of(kept.subject, "repair")
    if number is None:
        return False
    words = words_in(here)
    repair = repairs.by_id(here.tx, number)
    part = repairs.part_of_message(here.tx, kept.id)
    if not newest or words is None or repair is None or (part is not None and words == part.text):
        here.danger = None  # nothing new is said
        return True
    if part is not None:
        _reworded(here, part, words)
        return True
    if kept.purpose != Purpose.RELAYED:
        return True
    try:
        with here.tx.savepoint():
            other = service.pass_on(here.tx, here.setup.community, here.who, number, words, here.danger)
            if not is_in_reach(here.tx, other):
                raise OutOfReach
            name = _name(here, repair)
            changed = quote(shorten(words, SHOWN_WORDS))
            tell(
                here.tx,
                here.setup,
                other,
                number,
                lambda say: (
                    lines(bold(say("{name} has changed this (repair {number}):", name=name, number=number)), changed),
                    column(_under(say, repair)),
                ),
                purpose=RELAY,
                kept=_kept(here, words),
            )
    except Apart:
        pass
    except OutOfReach:
        here.send(_not_passed_on(here))
    except NumbersWithheld:
        here.send(here.say("I did not pass the change on: it holds a telephone number."))
    return True


def _reworded(here: Here, part: RepairPart, words: str) -> None:
    """What was said of the repair itself was changed: whoever has it, or takes it, reads it as it is now."""
    if repair_service.reword(here.tx, here.who, part, words):
        said = here.say("Changed in your repair {number}. The volunteer who has it, or takes it, reads it so now.",
                        number=part.repair)  # fmt: skip
    else:
        said = here.say("I cannot change that in repair {number} any more. Please say it anew: reply to a message "
                        "about the repair.", number=part.repair)  # fmt: skip
    here.send(said, subject=subject("repair", part.repair), purpose=Purpose.RECEIPT, reply=True)


# -- "Write to …": an open step


@dataclass(frozen=True)
class Talk:
    """All that is said goes to the other side, until it is enough."""

    name: str = "talk"
    optional: bool = False

    def question(self, here: Here, draft: Draft) -> Html:
        repair = repairs.by_id(here.tx, draft["repair"])
        if repair is None or repair.taker is None:
            return here.say("There is nobody to write to at present.")
        if here.who.id == repair.taker:
            to = here.say("Write to them now (repair {number}).", number=repair.id)
        else:
            name = public_names.shown(here.tx, repair.taker)
            to = here.say("Write to {name} now (repair {number}).", name=name, number=repair.id)
        said = draft.pop("_said", None)
        if said is not None:
            # How it works they have read above; after each message the shortest word will do.
            return lines(Html(said), here.say("Write on, or tap “Enough”."))
        return paragraphs(
            bold(to),
            here.say(
                "All you send here is passed on, until you tap “Enough”. Nobody else reads it, unless one of you shows "
                "it to the staff."
            ),
            here.say("I also stop when you tap a button of something else, or write nothing for 15 minutes."),
        )

    def choices(self, here: Here, draft: Draft) -> list[tuple[str, str]]:
        return []

    def take_message(self, here: Here, draft: Draft) -> Wrong | None:
        try:
            said = _pass_on(here, draft["repair"])
            service.other_side(here.tx, here.who, draft["repair"])
        except NotFound:
            draft["talk"] = _no_longer_theirs(here, draft["repair"])
        except Apart:
            # Whatever they say next is about something else, and must not end here.
            draft["talk"] = said
        else:
            draft["_said"], draft["_stay"] = said, True
        return None

    def take_press(self, here: Here, draft: Draft, value: str) -> Wrong | None:
        raise InvalidCallbackData

    def answered(self, draft: Draft) -> bool:
        return bool(draft.get("talk"))

    def back(self, here: Here, draft: Draft) -> bool:
        return False

    def change_label(self, here: Here, draft: Draft) -> str:
        return ""


def _finish(here: Here, conversation: Conversation) -> None:
    last = conversation.draft.get("talk")
    said = Html(last) if last else here.say("All right. To write again, reply to a message about the repair.")
    engine.end(here, conversation, said, below=bool(last))


FLOW = Flow(
    name=NAME,
    steps=(Talk(),),
    finish=_finish,
    skippable=frozenset({"talk"}),
    may_lapse=True,
    skip_label=lambda here: here.say.label("Enough"),
    touched=drafts.asked,
    ended=drafts.ended,
    cancelled=lambda here, _conversation: here.say("All right. To write again, reply to a message about the repair."),
)


# -- buttons of both sides


def press(here: Here) -> None:
    """What either side can do while somebody has it; what was passed on can be shown to staff afterwards, too."""
    pressed = here.callback_data(RelayPress)
    number, what = pressed.repair, pressed.what
    if what is ForBoth.KEEP:
        relay_shown.keep(here)
        return
    if what is ForBoth.SHOW:
        if pressed.message is not None:
            relay_shown.show(here, number, pressed.message)
        else:
            relay_shown.ask(here, number)
        return
    try:
        repair, other = service.other_side(here.tx, here.who, number)
    except Apart:
        here.pop_up(
            here.say.label("There is nobody on the other side of repair {number} now.", number=number), alert=True
        )
        return
    if what is ForBoth.WRITE:
        here.pop_up()
        write(here, repair)
    elif what is ForBoth.NUMBERS:
        _numbers(here, repair, other)
    else:
        unsafe.press(here, repair, sure=what is ForBoth.UNSAFE_SURE)


def write(here: Here, repair: Repair) -> None:
    """Open the step in which all goes to the other side."""
    if here.conversation is not None and here.conversation.flow == NAME:
        engine.cancel(here)
    engine.begin(here, NAME, {"repair": repair.id})


def _numbers(here: Here, repair: Repair, other: int) -> None:
    try:
        both = service.agree_to_numbers(here.tx, here.who, repair.id)
    except BothAgreed:
        _may_write_numbers(here, repair, here.who.id)
        here.pop_up()
        return
    except AlreadyDone:
        here.pop_up(here.say.label("You have agreed already. I wait for the other side."), alert=True)
        return
    if both:
        for side in (other, here.who.id):
            _may_write_numbers(here, repair, side)
        here.pop_up()
        return
    here.pop_up(here.say.label("I ask the other side. Numbers pass when both of you agree."), alert=True)
    name = _name(here, repair)

    def ask(say: Speaker) -> Words:
        text = say(
            "{name} would like to exchange telephone numbers (repair {number}). Only if you like.",
            name=name,
            number=repair.id,
        )
        return text, column([Button(say.label("I agree"), RelayPress(repair.id, ForBoth.NUMBERS).pack())])

    tell(here.tx, here.setup, other, repair.id, ask)


def _may_write_numbers(here: Here, repair: Repair, side: int) -> None:
    """With the button beside it: a number that is only written into the chat would become a report."""

    def write(say: Speaker) -> Words:
        text = say("Both of you agree (repair {number}): you can write each other your numbers now.", number=repair.id)
        return text, column([Button(say.label("Write"), RelayPress(repair.id, ForBoth.WRITE).pack())])

    tell(here.tx, here.setup, side, repair.id, write)
