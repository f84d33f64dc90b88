"""What whoever asked for a repair is told beside the card, and asked: whether it is done, whether anybody came."""

from collections.abc import Callable, Sequence

from domain.core.parts import PartKind
from domain.core.subjects import subject
from domain.repairs.repairs import State
from domain.reports.part_purposes import RepairPartPurpose
from handlers.kit import mailer
from handlers.kit.keyboards import Button, column
from handlers.kit.mailer import Words
from handlers.kit.parts import media_line, quoted_shortly, words_of
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs, quote, shorten
from handlers.kit.update_context import Setup
from handlers.repairs import asker_card, repair_words
from handlers.repairs.buttons import Verdict, VerdictPress
from handlers.repairs.tell_in_private import lane_of, tell
from services.people import public_names
from storage.core import chats, messages, unsent_messages
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Lane
from storage.repairs import repairs
from storage.repairs.repairs import Repair, RepairPart

QUOTED = 1000
VERDICT = Purpose.ASKED_REPAIR_DONE
"""Purpose of the question whether it is done."""


def to_asker(
    tx: Transaction, setup: Setup, repair: Repair, write: Callable[[Speaker], Words], purpose: str = Purpose.NOTICE
) -> None:
    """Telegram announces no edits: beside the card, a line that is heard."""
    card = asker_card.card_of(tx, repair)
    tell(tx, setup, repair.asked_by, repair.id, write, reply_to_card=card, purpose=purpose, lane=lane_of(repair))


def ask_whether_done(tx: Transaction, setup: Setup, repair: Repair, parts: list[RepairPart]) -> None:
    """The question that closes a repair, with what the volunteer said of it (`parts`)."""
    write = _whether_done(tx, repair, parts)
    to_asker(tx, setup, repair, lambda say: (write(say), column(*asker_card.verdict_buttons(say, repair))), VERDICT)


def told_of(tx: Transaction, repair: Repair, ids: Sequence[int]) -> list[RepairPart]:
    """What the volunteer said of what was done: these parts. Their files are sent to whoever asked."""
    parts = [part for part in repairs.parts(tx, repair.id, RepairPartPurpose.DONE) if part.id in ids]
    chat = chats.private_with(tx, repair.asked_by)
    if chat is not None:
        about, card = subject("repair", repair.id), asker_card.card_of(tx, repair)
        mailer.send_files(tx, chat.id, parts, silent=True, subject=about, reply_to_card=card, lane=Lane.INTERACTIVE)
    return parts


def tell_what_was_done(tx: Transaction, setup: Setup, repair: Repair, parts: list[RepairPart]) -> None:
    """The volunteer says what they did after the question was asked: it stands in the question, which comes below."""
    if repair.state is State.DONE:
        ask_no_more(tx, repair)
        ask_whether_done(tx, setup, repair, parts)
        return
    assert repair.taker is not None
    name, words = public_names.shown(tx, repair.taker), words_of(parts)

    def write(say: Speaker) -> Html:
        return lines(
            say("Repair {number}: {name} writes what was done.", number=repair.id, name=name),
            quote(shorten(words, QUOTED)) if words else None,
            media_line(say, parts),
        )

    to_asker(tx, setup, repair, write)


def ask_no_more(tx: Transaction, repair: Repair) -> None:
    """The question that was asked is not the one that counts: its buttons go."""
    chat = chats.private_with(tx, repair.asked_by)
    if chat is None:
        return
    about = subject("repair", repair.id)
    unsent_messages.drop_unsent(tx, chat.id, about, VERDICT, "it is asked otherwise now")
    mailer.unbutton_newest(tx, chat.id, about, VERDICT)


def _whether_done(tx: Transaction, repair: Repair, parts: list[RepairPart]) -> Callable[[Speaker], Html]:
    assert repair.taker is not None
    taker = repair.taker
    return lambda say: lines(
        say(
            "Repair {number}: {name} says it is done.",
            number=repair.id,
            name=repair_words.volunteer(tx, say, taker),
        ),
        quoted_shortly(parts, QUOTED),
        media_line(say, parts),
        bold(say("Is it done?")),
    )


def ask_once_more(tx: Transaction, setup: Setup, repair: Repair, lead: Callable[[Speaker], Html], once: str) -> None:
    """Ask below, under `lead`, what was asked before and may have been answered unheard; the old buttons go."""
    to, about = mailer.private(tx, setup, repair.asked_by), subject("repair", repair.id)
    asked = messages.newest_with_purpose(tx, to.chat.id, about, VERDICT) if to else None
    if to is None or asked is None:
        return
    words = [part for part in repairs.parts(tx, repair.id, RepairPartPurpose.DONE) if part.kind == PartKind.TEXT]
    again = mailer.send(
        tx,
        to.chat.id,
        paragraphs(lead(to.say), _whether_done(tx, repair, words)(to.say)),
        column(*asker_card.verdict_buttons(to.say, repair)),
        lane=Lane.NOTICE,
        once=once,
        purpose=VERDICT,
        subject=about,
        reply_to_card=asker_card.card_of(tx, repair),
    )
    if again is not None:
        mailer.unbutton(tx, to.chat.id, asked.id)


def ask_whether_they_came(tx: Transaction, setup: Setup, repair: Repair) -> None:
    """Nothing is heard from the volunteer: the other side may know."""
    assert repair.taker is not None
    name = public_names.shown(tx, repair.taker)

    def write(say: Speaker) -> Words:
        return say("Repair {number}: did {name} come?", number=repair.id, name=name), column(
            Button(say.label("Yes, it is done"), VerdictPress(repair.id, Verdict.YES, repair.round).pack()),
            Button(say.label("Nobody came"), VerdictPress(repair.id, Verdict.NOBODY, repair.round).pack()),
        )

    to_asker(tx, setup, repair, write)
