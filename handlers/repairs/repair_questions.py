"""What whoever asked for a repair is told beside the card, and asked: whether it is done, whether anybody came."""

from collections.abc import Callable, Sequence

from domain.core.subjects import subject
from domain.repairs.repairs import State
from domain.reports.parts import PartKind, RepairPartPurpose
from handlers.kit.here import Setup
from handlers.kit.keyboards import Button, column
from handlers.kit.parts import media_line, send_media, words_of
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs, quote, shorten
from handlers.repairs import repair_status
from handlers.repairs.buttons import Verdict, VerdictPress
from handlers.repairs.repair_messages import lane_of, speaker, tell
from services.people import public_names
from storage.core import chats, messages, outbox
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Lane, Outgoing
from storage.repairs import repairs
from storage.repairs.repairs import Repair, RepairPart

QUOTED = 1000
VERDICT = Purpose.ASKED_REPAIR_DONE
"""Purpose of the question whether it is done."""


def to_asker(
    tx: Transaction, setup: Setup, repair: Repair, write: Callable[[Speaker], Html],
    buttons: Callable[[Speaker], list[Button]] | None = None, purpose: str = Purpose.NOTICE,
) -> None:  # fmt: skip
    """Telegram announces no edits: beside the card, a line that is heard."""
    card = repair_status.card_of(tx, repair)
    tell(tx, setup, repair.asked_by, repair.id, write, buttons, card=card, purpose=purpose, lane=lane_of(repair))


def ask_whether_done(tx: Transaction, setup: Setup, repair: Repair, parts: list[RepairPart]) -> None:
    """The question that closes a repair, with what the volunteer said of it (`parts`)."""
    to_asker(
        tx, setup, repair, _whether_done(tx, repair, parts), lambda say: repair_status.verdict_buttons(say, repair),
        VERDICT,
    )  # fmt: skip


def told_of(tx: Transaction, repair: Repair, ids: Sequence[int]) -> list[RepairPart]:
    """What the volunteer said of what was done: these parts. Their files are sent to whoever asked."""
    parts = [part for part in repairs.parts(tx, repair.id, RepairPartPurpose.DONE) if part.id in ids]
    chat = chats.private_with(tx, repair.asked_by)
    if chat is not None:
        template = Outgoing(
            chat=chat.id, action=outbox.Action.MESSAGE, content={"silent": True}, subject=subject("repair", repair.id),
            reply_to_card=repair_status.card_of(tx, repair),
        )  # fmt: skip
        send_media(tx, parts, template, Lane.INTERACTIVE)
    return parts


def tell_what_was_done(tx: Transaction, setup: Setup, repair: Repair, parts: list[RepairPart]) -> None:
    """The volunteer says what they did after the question was asked: it stands in the question, which comes below."""
    if repair.state is State.DONE:
        ask_no_more(tx, repair)
        ask_whether_done(tx, setup, repair, parts)
        return
    assert repair.taker is not None
    name, words = public_names.shown(tx, repair.taker), words_of(parts)
    to_asker(
        tx, setup, repair,
        lambda say: lines(
            say("Repair {number}: {name} writes what was done.", number=repair.id, name=name),
            quote(shorten(words, QUOTED)) if words else None,
            media_line(say, parts),
        ),
    )  # fmt: skip


def ask_no_more(tx: Transaction, repair: Repair) -> None:
    """The question that was asked is not the one that counts: its buttons go."""
    chat = chats.private_with(tx, repair.asked_by)
    if chat is None:
        return
    about = subject("repair", repair.id)
    outbox.drop_unsent(tx, chat.id, about, VERDICT, "it is asked otherwise now")
    asked = messages.newest_with_purpose(tx, chat.id, about, VERDICT)
    if asked is not None:
        outbox.add(tx, Outgoing(chat=chat.id, action=outbox.Action.UNBUTTON, message=asked.id, lane=Lane.NOTICE))


def _whether_done(tx: Transaction, repair: Repair, parts: list[RepairPart]) -> Callable[[Speaker], Html]:
    assert repair.taker is not None
    name = public_names.shown(tx, repair.taker)
    words = words_of(parts)
    return lambda say: lines(
        say("Repair {number}: {name} says it is done.", number=repair.id, name=name),
        quote(shorten(words, QUOTED)) if words else None,
        media_line(say, parts),
        bold(say("Is it done?")),
    )


def ask_once_more(tx: Transaction, setup: Setup, repair: Repair, lead: Callable[[Speaker], Html], once: str) -> None:
    """Ask below, under `lead`, what was asked before and may have been answered unheard; the old buttons go."""
    chat = chats.private_with(tx, repair.asked_by)
    asked = messages.newest_with_purpose(tx, chat.id, subject("repair", repair.id), VERDICT) if chat else None
    if chat is None or asked is None:
        return
    say = speaker(tx, setup, repair.asked_by)
    words = [part for part in repairs.parts(tx, repair.id, RepairPartPurpose.DONE) if part.kind == PartKind.TEXT]
    again = Outgoing(
        chat=chat.id, action=outbox.Action.MESSAGE, lane=Lane.NOTICE, once=once, purpose=VERDICT,
        content={
            "text": paragraphs(lead(say), _whether_done(tx, repair, words)(say)),
            "markup": column(repair_status.verdict_buttons(say, repair)),
        },
        subject=subject("repair", repair.id), reply_to_card=repair_status.card_of(tx, repair),
    )  # fmt: skip
    if outbox.add(tx, again) is not None:
        outbox.add(tx, Outgoing(chat=chat.id, action=outbox.Action.UNBUTTON, message=asked.id, lane=Lane.NOTICE))


def ask_whether_they_came(tx: Transaction, setup: Setup, repair: Repair) -> None:
    """Nothing is heard from the volunteer: the other side may know."""
    assert repair.taker is not None
    name = public_names.shown(tx, repair.taker)
    to_asker(
        tx, setup, repair,
        lambda say: say("Repair {number}: did {name} come?", number=repair.id, name=name),
        lambda say: [
            Button(say.label("Yes, it is done"), VerdictPress(repair.id, Verdict.YES, repair.round).pack()),
            Button(say.label("Nobody came"), VerdictPress(repair.id, Verdict.NOBODY, repair.round).pack()),
        ],
    )  # fmt: skip
