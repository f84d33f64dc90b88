"""Say something to many: prepare it, send it, stop, go on, correct it, withdraw it.

Who may do that is a rule of what it belongs to (a notice, a project): each use case is given it. Raises what that rule
raises (NotAllowed), WrongState, NotFound or AlreadyDone.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any

from domain.broadcasts.broadcasts import Move, State, after
from domain.core.parts import PartKind
from domain.core.state_machine import WrongState
from domain.core.subjects import subject
from domain.events import (
    BroadcastCorrected,
    BroadcastInterrupted,
    BroadcastStarted,
    BroadcastStopped,
    BroadcastWentOn,
    BroadcastWithdrawn,
)
from services.core.errors import AlreadyDone, NotFound
from storage.broadcasts import broadcasts, recipients
from storage.broadcasts.broadcasts import Broadcast, BroadcastPart, NewPart
from storage.broadcasts.recipients import Counts, Recipient
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports.reports import NewPart as Words

KIND = "broadcast"
"""Sends the next ones, and keeps the message true in which its writer reads how far it is."""
CORRECTING_KIND = "broadcast_correcting"
WITHDRAWING_KIND = "broadcast_withdrawing"
AGAIN = timedelta(seconds=0.5)
"""So long after a step comes the next at the earliest: with the next tick, also where that is a little early."""
MaySteer = Callable[[Transaction, Person, str], None]
"""Raises NotAllowed unless that person may send, stop, correct and withdraw what is said about that subject."""


def prepare(tx: Transaction, actor: Person, about: str, kind: str | None = None, urgent: bool = False) -> Broadcast:
    """Begin something to be said to many that belongs to `about` (`notice:3`); nobody gets it before `start`.

    `kind` is what people mute it by. An urgent one passes mute and quiet hours.
    """
    return get(tx, broadcasts.add(tx, about, actor.id, kind, urgent))


def add_part(tx: Transaction, broadcast: Broadcast, part: NewPart, language: str | None = None) -> None:
    """Words or a file of it, for one language or for all. Raises WrongState once it goes out."""
    after(broadcast.state, Move.START)
    broadcasts.add_part(tx, broadcast.id, part, language)


def start(tx: Transaction, actor: Person, number: int, may_steer: MaySteer, *, by_clock: bool = False) -> None:
    """Send it. `by_clock`: its time has come, and the actor, who planned it, may not be there."""
    broadcast = _moved(tx, actor, number, may_steer, Move.START)
    plan(tx, number)
    tx.emit(BroadcastStarted(actor=None if by_clock else actor.id, broadcast=number, about=broadcast.subject))


def stop(tx: Transaction, actor: Person, number: int, may_steer: MaySteer) -> None:
    """Nobody gets it any more, but for those to whom it is on its way at this moment."""
    _moved(tx, actor, number, may_steer, Move.STOP)
    recipients.take_back_queued(tx, number)
    plan(tx, number)
    tx.emit(BroadcastStopped(actor=actor.id, broadcast=number))


def go_on(tx: Transaction, actor: Person, number: int, may_steer: MaySteer) -> None:
    """Those get it, too, who have not got it before it was stopped."""
    _moved(tx, actor, number, may_steer, Move.GO_ON)
    plan(tx, number)
    tx.emit(BroadcastWentOn(actor=actor.id, broadcast=number))


def correct(tx: Transaction, actor: Person, number: int, language: str | None, text: str, may_steer: MaySteer) -> None:
    """Its words in that language (None: for all that have none of their own) are these; all copies follow.

    Raises AlreadyDone when they are.
    """
    broadcast = _moved(tx, actor, number, may_steer, Move.CORRECT)
    before = [part for part in parts_of(tx, number) if part.kind == PartKind.TEXT and part.language == language]
    if [part.text for part in before] == [text]:
        raise AlreadyDone
    for part in before:
        broadcasts.replace(tx, part.id)
    broadcasts.add_part(tx, number, Words(PartKind.TEXT, text), language)
    version = broadcasts.corrected(tx, number)
    if broadcast.state is not State.PREPARED:
        # It begins again with the first, so that the last correction is the one that counts.
        going_on = scheduled_tasks.noted(tx, f"{CORRECTING_KIND}:{number}")
        plan_correcting(tx, number, [language, *(going_on["languages"] if going_on else ())])
    tx.emit(BroadcastCorrected(actor=actor.id, broadcast=number, language=language, version=version))


def withdraw(tx: Transaction, actor: Person, number: int, may_steer: MaySteer) -> None:
    """Nobody is to have it any more: who waits does not get it, and all copies are deleted."""
    before = _moved(tx, actor, number, may_steer, Move.WITHDRAW)
    recipients.take_back_queued(tx, number)
    about = subject("broadcast", number)
    scheduled_tasks.cancel(tx, about, KIND)
    scheduled_tasks.cancel(tx, about, CORRECTING_KIND)
    if before.state is not State.PREPARED:
        plan_withdrawing(tx, number)
    tx.emit(BroadcastWithdrawn(actor=actor.id, broadcast=number))


def send_also(tx: Transaction, number: int, to: Iterable[Recipient]) -> None:
    """Somebody more gets it, such as who joined after it was sent; who is listed already does not get it again."""
    broadcast = get(tx, number)
    if broadcast.state in (State.PREPARED, State.WITHDRAWN) or not broadcast.is_listed:
        return
    recipients.add(tx, number, to)
    plan(tx, number)


def interrupted(tx: Transaction) -> None:
    """The database was restored: what went out then stands still until somebody says that it goes on.

    Who has got it since the copy was made is not known; sent on without asking, many would get it twice.
    """
    for number in broadcasts.sending(tx):
        broadcasts.set_state(tx, number, after(State.SENDING, Move.STOP))
        recipients.take_back_queued(tx, number)
        plan(tx, number)
        tx.emit(BroadcastInterrupted(broadcast=number))


# -- what others ask


def get(tx: Transaction, number: int) -> Broadcast:
    """The one with that id. Raises NotFound."""
    found = broadcasts.by_id(tx, number)
    if found is None:
        raise NotFound
    return found


def parts_of(tx: Transaction, number: int) -> Sequence[BroadcastPart]:
    """What it says now, in all languages."""
    return broadcasts.parts_of(tx, number)


def counts(tx: Transaction, number: int) -> Counts:
    """How far it is."""
    return recipients.counts(tx, number)


def newest_sent(tx: Transaction, about: str) -> Broadcast | None:
    """What was said last that belongs to `about` and was not withdrawn; None when nothing was."""
    return broadcasts.newest_of(tx, about, (State.SENDING, State.STOPPED, State.DONE))


def plan(tx: Transaction, number: int) -> None:
    """Have the next ones sent, and see what became of those before."""
    scheduled_tasks.plan(tx, KIND, subject("broadcast", number), tx.now, f"{KIND}:{number}")


def plan_correcting(
    tx: Transaction, number: int, languages: Sequence[str | None], after_person: int | None = None
) -> None:
    """Have the copies behind that person corrected whose readers read what is said in one of these languages, or (None)
    for all."""
    data = {"after": after_person or 0, "languages": list(dict.fromkeys(languages))}
    _plan_copies(tx, CORRECTING_KIND, number, data, goes_on=after_person is not None)


def plan_withdrawing(tx: Transaction, number: int, after_person: int | None = None) -> None:
    """Have the copies behind that person deleted; None: all of them."""
    _plan_copies(tx, WITHDRAWING_KIND, number, {"after": after_person or 0}, goes_on=after_person is not None)


def _plan_copies(tx: Transaction, kind: str, number: int, data: dict[str, Any], goes_on: bool) -> None:
    # The next ones with the next tick: planned for now it would end with the task that plans it.
    at = tx.now + AGAIN if goes_on else tx.now
    scheduled_tasks.plan(tx, kind, subject("broadcast", number), at, f"{kind}:{number}", data)


def _moved(tx: Transaction, actor: Person, number: int, may_steer: MaySteer, move: Move) -> Broadcast:
    """Make a move that the actor may make; returns how it stood before.

    Raises WrongState, too, when who got it is not known any more: no copy could follow.
    """
    broadcast = get(tx, number)
    may_steer(tx, actor, broadcast.subject)
    if not broadcast.is_listed:
        raise WrongState(broadcast.state)
    state = after(broadcast.state, move)
    if state is not broadcast.state:
        broadcasts.set_state(tx, number, state)
    return broadcast
