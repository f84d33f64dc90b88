"""How something that is said to many goes out: a little at each tick, and all of a chunk by a handful of statements.

Each recipient waits, is queued (a row of the outbox is written in the same transaction), and is settled by what became
of that row. So whenever the program ends, everybody is still to get it, or has it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from domain.broadcasts.broadcasts import Move, RecipientState, State, after
from domain.calendar.quiet import QuietHours
from domain.community import Community
from domain.core.subjects import subject
from domain.events import BroadcastDone
from services.broadcasts.broadcasting import AGAIN, KIND, get
from storage.broadcasts import broadcasts, copies, recipients
from storage.broadcasts.broadcasts import Broadcast
from storage.broadcasts.recipients import Addressee, Ended, Recipient
from storage.core import outbox, scheduled_tasks
from storage.core.database import Transaction
from storage.core.outbox import Action, Lane, Outgoing

AUTHOR = "broadcast"
"""Who words a copy when it is sent."""
LISTED = 200
"""So many recipients are listed at once."""
CHUNK = 100
"""So many are put into the outbox at once: some 20 ms, in which everybody else waits for the database."""
ROUNDS = 4
"""So many chunks are looked through at once, where most of them cannot get it now."""
AHEAD = 100
"""While so many are in the outbox no more are put there: three seconds of sending, so that Stop has little to take
back."""
URGENT_FIRST = timedelta(hours=1)
"""So long an urgent one goes before all others; one that cannot be sent at all holds them up no longer."""

Gather = Callable[[int, int], Sequence[Recipient]]
"""Recipients behind that person, at most so many, in the order of their ids."""


@dataclass
class Step:
    """What one step came to: who has the words now, and whether nothing more is on its way for the moment."""

    sent: list[Ended] = field(default_factory=list)
    rests: bool = False


def step(
    tx: Transaction, community: Community, number: int, gather: Gather, noted: dict[str, Any] | None = None
) -> Step:
    """See what became of those in the outbox, list further recipients, put the next ones into the outbox, and plan the
    next step, which is given what is `noted`."""
    found = Step(sent=settle(tx, number))
    broadcast = get(tx, number)
    if broadcast.state in (State.SENDING, State.DONE):
        if broadcast.gathered_to is not None:
            list_more(tx, broadcast, gather)
        if broadcast.urgent or not broadcasts.is_urgent_sending(tx, tx.now - URGENT_FIRST):
            _fill(tx, community, broadcast)
    _plan_next(tx, get(tx, number), found, noted)
    return found


def list_more(tx: Transaction, broadcast: Broadcast, gather: Gather) -> None:
    """List the next recipients."""
    assert broadcast.gathered_to is not None
    listed = gather(broadcast.gathered_to, LISTED)
    recipients.add(tx, broadcast.id, listed)
    all_are = len(listed) < LISTED
    broadcasts.set_gathered(tx, broadcast.id, None if all_are else listed[-1].person)


def _fill(tx: Transaction, community: Community, broadcast: Broadcast) -> None:
    """Put some into the outbox where few wait there, also where most of those whose turn it is cannot get it now."""
    for _ in range(ROUNDS):
        if recipients.queued(tx, broadcast.id) >= AHEAD or not put_out(tx, community, broadcast):
            return


def put_out(tx: Transaction, community: Community, broadcast: Broadcast) -> int:
    """Put the next ones into the outbox; returns how many were looked at.

    Who is in their quiet hours waits until these are over.
    """
    candidates = recipients.due(tx, broadcast.id, CHUNK)
    left_out: dict[RecipientState, list[int]] = {RecipientState.UNREACHABLE: [], RecipientState.MUTED: []}
    later: dict[datetime, list[int]] = {}
    chosen: list[Addressee] = []
    awake: dict[QuietHours, datetime] = {}
    for each in candidates:
        quiet = each.quiet or community.care.quiet
        if quiet not in awake:
            awake[quiet] = tx.now if broadcast.urgent else quiet.over(tx.now, community.zone)
        if each.chat is None:
            left_out[RecipientState.UNREACHABLE].append(each.person)
        elif broadcast.kind in each.muted and not broadcast.urgent:
            left_out[RecipientState.MUTED].append(each.person)
        elif awake[quiet] > tx.now:
            later.setdefault(awake[quiet], []).append(each.person)
        else:
            chosen.append(each)
    for state, people in left_out.items():
        recipients.set_state(tx, broadcast.id, state, people)
    for until, people in later.items():
        recipients.postpone(tx, broadcast.id, until, people)
    _queue(tx, broadcast, chosen)
    return len(candidates)


def _queue(tx: Transaction, broadcast: Broadcast, chosen: Sequence[Addressee]) -> None:
    new = [(each.chat, each.about or broadcast.subject) for each in chosen if each.chat and each.card is None]
    cards = copies.make(tx, broadcast.id, new)
    cards |= {each.chat: each.card for each in chosen if each.chat is not None and each.card is not None}
    rows = outbox.add_copies(
        tx,
        [
            copy_row(broadcast, each.person, each.chat, cards[each.chat], each.about, each.reply_to)
            for each in chosen
            if each.chat is not None
        ],
    )
    recipients.queue(
        tx,
        broadcast.id,
        [(each.person, cards[each.chat], rows[cards[each.chat]]) for each in chosen if each.chat is not None],
    )


def copy_row(
    broadcast: Broadcast, person: int, chat: int, card: int, about: str | None, reply_to: int | None = None
) -> Outgoing:
    """The row that brings a copy to the screen, or makes it read as it is to read now: worded when it is sent."""
    return Outgoing(
        chat,
        Action.WORDED,
        {"by": AUTHOR, "broadcast": broadcast.id, "person": person, "about": about},
        lane=Lane.BROADCAST,
        card=card,
        reply_to_card=reply_to,
        subject=about or broadcast.subject,
        purpose=recipients.role(broadcast.id),
    )


def settle(tx: Transaction, number: int) -> list[Ended]:
    """Note what became of those whose row has ended; returns those who have the words now."""
    recipients.follow_newer_rows(tx, number)
    ended = recipients.ended(tx, number)
    by_state: dict[RecipientState, list[int]] = {}
    for each in ended:
        by_state.setdefault(_became(each), []).append(each.person)
    for state, people in by_state.items():
        recipients.set_state(tx, number, state, people)
    return [each for each in ended if each.is_there]


def _became(ended: Ended) -> RecipientState:
    if ended.is_there:
        return RecipientState.SENT
    return RecipientState.UNREACHABLE if ended.is_closed else RecipientState.FAILED


def _plan_next(tx: Transaction, broadcast: Broadcast, found: Step, noted: dict[str, Any] | None) -> None:
    goes_on = broadcast.state in (State.SENDING, State.DONE)
    due = recipients.next_due(tx, broadcast.id) if goes_on else None
    found.rests = not recipients.queued(tx, broadcast.id)
    at = tx.now + AGAIN
    if found.rests and not (goes_on and broadcast.gathered_to is not None):
        if due is None and broadcast.state is State.SENDING:
            broadcasts.set_state(tx, broadcast.id, after(broadcast.state, Move.FINISH))
            tx.emit(BroadcastDone(broadcast=broadcast.id))
        if due is None:
            return
        at = max(at, due)
    scheduled_tasks.plan(tx, KIND, subject("broadcast", broadcast.id), at, f"{KIND}:{broadcast.id}", noted)
