"""The copies follow: a correction is written into them, a withdrawal deletes them, some hundred people at a time."""

from dataclasses import dataclass
from typing import Any

from domain.broadcasts.broadcasts import RecipientState, State, words_language
from domain.community import Community
from domain.core.parts import PartKind
from domain.events import MessageRefused
from services.broadcasts.broadcasting import get, parts_of, plan_correcting, plan_withdrawing
from services.broadcasts.running import copy_row
from storage.broadcasts import copies, recipients
from storage.core import outbox, unsent_messages
from storage.core.database import Transaction

CHUNK = 100
_REASON = "it was withdrawn"


@dataclass(frozen=True)
class Withdrawn:
    """Something that is to vanish from somebody's screen: the card, what it is about, its kind of part, and what its
    reader speaks."""

    chat: int
    card: int
    about: str
    kind: str
    language: str


def correct_next(tx: Transaction, number: int, data: dict[str, Any]) -> None:
    """The task: the next copies are to read as it reads now.

    Who reads it in another language keeps what they have. Those that wait in the outbox need nothing: they are worded
    when they are sent.
    """
    broadcast, parts = get(tx, number), parts_of(tx, number)
    if broadcast.state is State.WITHDRAWN:
        return
    found = copies.words(tx, number, data["after"], CHUNK)
    theirs = [each for each in found if words_language(parts, each.language) in data["languages"]]
    outbox.add_copies(
        tx,
        [
            copy_row(
                broadcast,
                each.person,
                each.chat,
                each.card,
                each.about if each.about != broadcast.subject else None,
                each.reply_to,  # where the row before it never arrived, this one brings the copy
            )
            for each in theirs
        ],
    )
    if len(found) == CHUNK:
        plan_correcting(tx, number, data["languages"], found[-1].person)


def withdraw_next(tx: Transaction, number: int, data: dict[str, Any]) -> list[Withdrawn]:
    """The task: the next copies are to vanish; returns them. Who waited does not get it any more."""
    waited = recipients.withdraw_waiting(tx, number, CHUNK)
    found = copies.words(tx, number, data["after"], CHUNK)
    recipients.set_state(tx, number, RecipientState.WITHDRAWN, [each.person for each in found])
    kinds = {part.id: part.kind for part in parts_of(tx, number) if part.kind != PartKind.TEXT}
    spoken = {each.chat: each.language for each in found}
    gone = [Withdrawn(each.chat, each.card, each.about, PartKind.TEXT, each.language) for each in found]
    gone += [
        Withdrawn(each.chat, each.card, each.about, kinds[each.part], spoken[each.chat])
        for each in copies.files(tx, number, kinds, spoken)
    ]
    unsent_messages.drop_for_cards(tx, [each.card for each in gone], _REASON)
    if CHUNK in (len(found), waited):
        plan_withdrawing(tx, number, found[-1].person if found else data["after"])
    return gone


def refused(tx: Transaction, community: Community, event: MessageRefused) -> None:
    """Telegram refused a message for good: where it was a file of what is said to many, that is counted."""
    row = outbox.by_id(tx, event.outbox)
    number = recipients.of_role(row["purpose"]) if row is not None and row["action"] in outbox.FILES else None
    if row is not None and number is not None:
        recipients.note_no_file(tx, number, row["chat"])
