"""Whoever asked for a repair and whoever has taken it write to each other through the bot.

A reply to a message about a repair goes to the other side; so does all that is said while "Write to …" is open.
"""

from dataclasses import dataclass
from typing import Any

from domain.core.parts import PartKind
from domain.core.subjects import number_of, subject
from domain.repairs.repairs import FREE
from handlers.kit import mailer
from handlers.kit.additions import Replies
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.can_be_written_to import is_in_reach
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Wrong
from handlers.kit.keyboards import Button, column
from handlers.kit.mailer import How, Words
from handlers.kit.parts import part_of, words_in
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs, quote, shorten
from handlers.kit.update_context import UpdateContext
from handlers.repairs import feels_unsafe, relay_shown, same_repair
from handlers.repairs.buttons import ForBoth, RelayPress
from handlers.repairs.tell_in_private import RELAY, tell
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


def replied(ctx: UpdateContext, message: Message, later_part: bool = False) -> bool:
    """A reply to something about a repair goes to the other side. False when the message is about none."""
    number = number_of(message.subject, "repair")
    if number is None:
        return False
    said = _pass_on(ctx, number, later_part)
    if not later_part:
        ctx.send(
            said, subject=subject("repair", number), purpose=Purpose.RECEIPT, reply=True, not_before=ctx.album_pause
        )
    return True


def say_more(ctx: UpdateContext, number: int) -> Html:
    """What the message that came says of a repair goes to whoever has it, or waits for whoever takes it."""
    return _pass_on(ctx, number)


def _pass_on(ctx: UpdateContext, number: int, later_part: bool = False) -> Html:
    """Pass the message that came on; returns what to say about it."""
    part = part_of(ctx, Purpose.RELAYED, subject("repair", number))
    if part is None:
        return ctx.say("I cannot pass this on. Words, photos, videos, voice messages and files I can.")
    repair = repairs.by_id(ctx.tx, number)
    try:
        with ctx.tx.savepoint():
            other = service.pass_on(ctx.tx, ctx.setup.community, ctx.who, number, part.text or "", ctx.danger)
            assert repair is not None
            if not is_in_reach(ctx.tx, other):
                raise OutOfReach
            _send(ctx, repair, other, part, later_part)
    except Apart as apart:
        return _apart(ctx, apart.repair, part)
    except OutOfReach:
        return _not_passed_on(ctx)
    except NumbersWithheld:
        return ctx.say(
            "I did not pass this on: it holds a telephone number. Numbers pass when both of you agree: tap "
            "“Exchange numbers”."
        )
    name = public_names.shown(ctx.tx, other) if other == repair.taker else None
    return ctx.say("Passed on to {name}.", name=name) if name else ctx.say("Passed on.")


def _not_passed_on(ctx: UpdateContext) -> Html:
    return ctx.say("I could not pass this on: the other side has blocked me or left Telegram.")


def _no_longer_theirs(ctx: UpdateContext, number: int) -> Html:
    """A volunteer writes about what they have given back, or what was taken from them."""
    return ctx.say(
        "Repair {number} is not yours any more, so I did not pass this on. If it is about something else, "
        "please send it once more.",
        number=number,
    )


def _apart(ctx: UpdateContext, repair: Repair, part: NewPart) -> Html:
    """There is nobody on the other side. What a resident says while somebody is looked for belongs to their repair.

    Words of danger go to staff besides (handlers/reports/resident/danger_anyway.py).
    """
    danger = None
    if ctx.danger is not None:
        danger = ctx.say("Because this sounds dangerous, I am telling the staff now.")
    if repair.asked_by == ctx.who.id and repair.state in FREE:
        repair_service.add(ctx.tx, ctx.who, repair.id, [part])
        return paragraphs(ctx.say("Added to your repair. Whoever takes it reads it."), danger)
    if danger is not None:
        return danger
    return ctx.say(
        "Repair {number} is closed, and nobody reads this. Is something still wrong? Send /repair", number=repair.id
    )


def _send(ctx: UpdateContext, repair: Repair, other: int, part: NewPart, later_part: bool) -> None:
    to = mailer.private(ctx.tx, ctx.setup, other)
    assert to is not None, "both sides have pressed Start"
    # A resident's name is known to whoever has it; anybody else sees nothing of this.
    head = bold(to.say("{name} writes (repair {number}):", name=_name(ctx, repair), number=repair.id))
    under, album = column(*_under(to.say, repair)), ctx.message.album
    kept = _kept(ctx, part.text)
    how: How = {"subject": subject("repair", repair.id), "purpose": RELAY, "protected": True, "kept": kept}
    if part.kind == PartKind.TEXT:
        mailer.send(ctx.tx, to.chat.id, lines(head, quote(shorten(part.text or "", SHOWN_WORDS))), under, **how)
        return
    text = lines(head, quote(shorten(part.text, 800)) if part.text else None)
    if album is None:
        kept |= {"text": text, "markup": under}
    elif not later_part:
        # An album has no words of its own: who it is from stands above it.
        mailer.send(ctx.tx, to.chat.id, text, under, **how)
    how["lane"] = Lane.INTERACTIVE
    mailer.send_files(ctx.tx, to.chat.id, [_Passing(part.kind, part.text, part.file_id, album)], **how)


def _under(say: Speaker, repair: Repair) -> list[Button]:
    """What can be done with a message that was passed on."""
    return [
        Button(say.label("Write back"), RelayPress(repair.id, ForBoth.WRITE).pack()),
        relay_shown.button(say, repair.id),
    ]


def _kept(ctx: UpdateContext, words: str | None) -> dict[str, Any]:
    """What the row of the outbox says of a message for as long as it is kept: who wrote it, and the bare words."""
    return {"from": ctx.who.id, "words": shorten(words, SHOWN_WORDS) if words else None}


def _name(ctx: UpdateContext, repair: Repair) -> str:
    """Who writes: a volunteer by the name staff have approved, a resident by their own."""
    return public_names.shown(ctx.tx, ctx.who.id) if ctx.who.id == repair.taker else ctx.who.name


def edited(ctx: UpdateContext, kept: Message, newest: bool) -> bool:
    """A message that was passed on was changed: the other side gets it as it reads now. False when it is of none."""
    number = number_of(kept.subject, "repair")
    if number is None:
        return False
    words = words_in(ctx)
    repair = repairs.by_id(ctx.tx, number)
    part = repairs.part_of_message(ctx.tx, kept.id)
    if not newest or words is None or repair is None or (part is not None and words == part.text):
        ctx.danger = None  # nothing new is said
        return True
    if part is not None:
        _reworded(ctx, part, words)
        return True
    if kept.purpose != Purpose.RELAYED:
        return True
    try:
        with ctx.tx.savepoint():
            other = service.pass_on(ctx.tx, ctx.setup.community, ctx.who, number, words, ctx.danger)
            if not is_in_reach(ctx.tx, other):
                raise OutOfReach
            name = _name(ctx, repair)
            changed = quote(shorten(words, SHOWN_WORDS))
            tell(
                ctx.tx,
                ctx.setup,
                other,
                number,
                lambda say: (
                    lines(bold(say("{name} has changed this (repair {number}):", name=name, number=number)), changed),
                    column(*_under(say, repair)),
                ),
                purpose=RELAY,
                kept=_kept(ctx, words),
            )
    except Apart:
        pass
    except OutOfReach:
        ctx.send(_not_passed_on(ctx))
    except NumbersWithheld:
        ctx.send(ctx.say("I did not pass the change on: it holds a telephone number."))
    return True


def _reworded(ctx: UpdateContext, part: RepairPart, words: str) -> None:
    """What was said of the repair itself was changed: whoever has it, or takes it, reads it as it is now."""
    if repair_service.reword(ctx.tx, ctx.who, part, words):
        said = ctx.say(
            "Changed in your repair {number}. The volunteer who has it, or takes it, reads it so now.",
            number=part.repair,
        )
    else:
        said = ctx.say(
            "I cannot change that in repair {number} any more. Please say it anew: reply to a message "
            "about the repair.",
            number=part.repair,
        )
    ctx.send(said, subject=subject("repair", part.repair), purpose=Purpose.RECEIPT, reply=True)


# -- "Write to …": an open step


@dataclass(frozen=True)
class Talk:
    """All that is said goes to the other side, until it is enough."""

    name: str = "talk"
    optional: bool = False

    def question(self, ctx: UpdateContext, draft: Draft) -> Html:
        repair = repairs.by_id(ctx.tx, draft["repair"])
        if repair is None or repair.taker is None:
            return ctx.say("There is nobody to write to at present.")
        if ctx.who.id == repair.taker:
            to = ctx.say("Write to them now (repair {number}).", number=repair.id)
        else:
            name = public_names.shown(ctx.tx, repair.taker)
            to = ctx.say("Write to {name} now (repair {number}).", name=name, number=repair.id)
        said = draft.pop("_said", None)
        if said is not None:
            # How it works they have read above; after each message the shortest word will do.
            return lines(Html(said), ctx.say("Write on, or tap “Enough”."))
        return paragraphs(
            bold(to),
            ctx.say(
                "All you send here is passed on, until you tap “Enough”. Nobody else reads it, unless one of you shows "
                "it to the staff."
            ),
            ctx.say("I also stop when you tap a button of something else, or write nothing for 15 minutes."),
        )

    def choices(self, ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
        return []

    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        try:
            said = _pass_on(ctx, draft["repair"])
            service.other_side(ctx.tx, ctx.who, draft["repair"])
        except NotFound:
            draft["talk"] = _no_longer_theirs(ctx, draft["repair"])
        except Apart:
            # Whatever they say next is about something else, and must not end here.
            draft["talk"] = said
        else:
            draft["_said"], draft["_stay"] = said, True
        return None

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        raise InvalidCallbackData

    def answered(self, draft: Draft) -> bool:
        return bool(draft.get("talk"))

    def back(self, ctx: UpdateContext, draft: Draft) -> bool:
        return False

    def change_label(self, ctx: UpdateContext, draft: Draft) -> str:
        return ""


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    last = conversation.draft.get("talk")
    said = Html(last) if last else ctx.say("All right. To write again, reply to a message about the repair.")
    engine.end(ctx, conversation, said, below=bool(last))


FLOW = Flow(
    name=NAME,
    steps=(Talk(),),
    finish=_finish,
    skippable=frozenset({"talk"}),
    may_lapse=True,
    after_press=same_repair.after_press,
    skip_label=lambda ctx: ctx.say.label("Enough"),
    touched=drafts.let_lapse,
    cancelled=lambda ctx, _conversation: ctx.say("All right. To write again, reply to a message about the repair."),
)


# -- buttons of both sides


def press(ctx: UpdateContext) -> None:
    """What either side can do while somebody has it; what was passed on can be shown to staff afterwards, too."""
    pressed = ctx.callback_data(RelayPress)
    number, what = pressed.repair, pressed.what
    if what is ForBoth.KEEP:
        relay_shown.keep(ctx)
        return
    if what is ForBoth.SHOW:
        if pressed.message is not None:
            relay_shown.show(ctx, number, pressed.message)
        else:
            relay_shown.ask(ctx, number)
        return
    try:
        repair, other = service.other_side(ctx.tx, ctx.who, number)
    except Apart:
        ctx.pop_up(
            ctx.say_to_person.label("There is nobody on the other side of repair {number} now.", number=number),
            alert=True,
        )
        return
    if what is ForBoth.WRITE:
        write(ctx, repair)
    elif what is ForBoth.NUMBERS:
        _numbers(ctx, repair, other)
    else:
        feels_unsafe.press(ctx, repair, sure=what is ForBoth.UNSAFE_SURE)


def write(ctx: UpdateContext, repair: Repair) -> None:
    """Open the step in which all goes to the other side."""
    if ctx.conversation is not None and ctx.conversation.flow == NAME:
        engine.cancel(ctx)
    engine.begin(ctx, NAME, {"repair": repair.id})


def _numbers(ctx: UpdateContext, repair: Repair, other: int) -> None:
    try:
        both = service.agree_to_numbers(ctx.tx, ctx.who, repair.id)
    except BothAgreed:
        _may_write_numbers(ctx, repair, ctx.who.id)
        return
    except AlreadyDone:
        ctx.pop_up(ctx.say_to_person.label("You have agreed already. I wait for the other side."), alert=True)
        return
    if both:
        for side in (other, ctx.who.id):
            _may_write_numbers(ctx, repair, side)
        return
    ctx.pop_up(ctx.say_to_person.label("I ask the other side. Numbers pass when both of you agree."), alert=True)
    name = _name(ctx, repair)

    def ask(say: Speaker) -> Words:
        text = say(
            "{name} would like to exchange telephone numbers (repair {number}). Only if you like.",
            name=name,
            number=repair.id,
        )
        return text, column(Button(say.label("I agree"), RelayPress(repair.id, ForBoth.NUMBERS).pack()))

    tell(ctx.tx, ctx.setup, other, repair.id, ask)


def _may_write_numbers(ctx: UpdateContext, repair: Repair, side: int) -> None:
    """With the button beside it: a number that is only written into the chat would become a report."""

    def write(say: Speaker) -> Words:
        text = say("Both of you agree (repair {number}): you can write each other your numbers now.", number=repair.id)
        return text, column(Button(say.label("Write"), RelayPress(repair.id, ForBoth.WRITE).pack()))

    tell(ctx.tx, ctx.setup, side, repair.id, write)


REPLIES = Replies(replied, lambda ctx, first: replied(ctx, first, later_part=True), edited)
