"""What tests of words to many share: people who get them, a word about to be sent, and Telegram that takes it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from domain.community import Community
from domain.core.parts import PartKind
from domain.people.rights import Action, Role, require
from services.broadcasts import broadcasting, running
from services.broadcasts.running import Gather, Step
from storage.broadcasts.broadcasts import Broadcast
from storage.broadcasts.recipients import Recipient
from storage.core import chats, messages, sends
from storage.core.database import Transaction
from storage.core.outbox import RowState
from storage.people.people import Person
from storage.reports.reports import NewPart
from tests.support import outbox_of, person

ABOUT = "notice:7"
NEXT = timedelta(seconds=1)


def may_steer(tx: Transaction, actor: Person, _about: str) -> None:
    """Staff may."""
    require(actor.roles, Action.ANSWER)


def neighbours(tx: Transaction, count: int, **how: Any) -> list[Person]:
    """So many people who have opened a chat."""
    return [person(tx, f"N{number}", **how) for number in range(count)]


def to(people: Sequence[Person], about: dict[int, str] | None = None) -> Gather:
    """These are whom it is for."""

    def gather(after: int, limit: int) -> list[Recipient]:
        known = sorted(each.id for each in people if each.id > after)
        return [Recipient(each, (about or {}).get(each)) for each in known[:limit]]

    return gather


def prepared(tx: Transaction, text: str = "Water off", **how: Any) -> tuple[Broadcast, Person]:
    """Something to be said to many, and who says it."""
    wei = person(tx, "Wei", Role.STAFF)
    broadcast = broadcasting.prepare(tx, wei, ABOUT, **how)
    broadcasting.add_part(tx, broadcast, NewPart(PartKind.TEXT, text=text))
    return broadcast, wei


def started(tx: Transaction, text: str = "Water off", **how: Any) -> tuple[int, Person]:
    """The same, on its way."""
    broadcast, wei = prepared(tx, text, **how)
    broadcasting.start(tx, wei, broadcast.id, may_steer)
    return broadcast.id, wei


def step(tx: Transaction, community: Community, number: int, gather: Gather) -> Step:
    """One step."""
    return running.step(tx, community, number, gather)


def pending(tx: Transaction) -> list[dict[str, Any]]:
    """What is to be sent."""
    return [row for row in outbox_of(tx) if row["state"] == RowState.PENDING]


def taken(tx: Transaction, rows: Sequence[dict[str, Any]] | None = None) -> int:
    """Telegram takes what is to be sent (or just these rows); returns how many."""
    rows = pending(tx) if rows is None else rows
    for row in rows:
        sends.finish(tx, row["id"], RowState.SENT)
        messages.keep(tx, row["chat"], 10_000 + row["id"], incoming=False, purpose=row["purpose"], card=row["card"])
        if messages.card_place(tx, row["card"])["message_id"] is None:  # type: ignore[index]
            messages.set_card_message(tx, row["card"], 10_000 + row["id"])
    return len(rows)


def all_sent(tx: Transaction, community: Community, number: int, gather: Gather) -> list[int]:
    """Step by step, Telegram taking all, until nothing more is to be sent; returns how many went at each step."""
    went = []
    while True:
        step(tx, community, number, gather)
        if not (count := taken(tx)):
            return went
        went.append(count)
        tx.now += NEXT


def chat_of(tx: Transaction, who: Person) -> int:
    """Our id of somebody's private chat."""
    chat = chats.private_with(tx, who.id)
    assert chat is not None
    return chat.id
