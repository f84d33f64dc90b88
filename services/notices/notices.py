"""Notices: written, confirmed where they are urgent, sent now or when their time comes, corrected and withdrawn.

Who gets what a notice says, and how far it is, is services/broadcasts. Raises NotAllowed, NotFound, WrongState and what
stands below.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.community import Community
from domain.core.parts import PartKind
from domain.core.state_machine import WrongState
from domain.core.subjects import split, subject
from domain.events import (
    BroadcastEvent,
    NoticeAwaits,
    NoticeCorrected,
    NoticeFinished,
    NoticePlanned,
    NoticeRefused,
    NoticeSent,
    NoticeUnconfirmed,
    NoticeWithdrawn,
)
from domain.notices.audience import Audience
from domain.notices.notices import (
    ALONE_AFTER,
    FURTHEST_AHEAD,
    LATE,
    NOTICES,
    WORDS_LENGTH,
    Move,
    NoticeKind,
    NoticeState,
)
from domain.people.rights import Action, may, require
from services.broadcasts import broadcasting
from services.core.errors import NotFound
from services.notices import audiences, residences
from storage.broadcasts.broadcasts import Broadcast, BroadcastPart
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.notices import notices
from storage.notices.notices import Notice
from storage.people import people
from storage.people.people import Person
from storage.reports.reports import NewPart

SEND_KIND, UNCONFIRMED_KIND = "notice_send", "notice_unconfirmed"
REASON_LENGTH = 300
CORRECTABLE = frozenset({NoticeState.PLANNED, NoticeState.SENDING, NoticeState.SENT})


class ReachesNobody(Exception):
    """There is nobody whom it would reach, and nobody who may live where it goes to and can be asked."""


class TimePassed(Exception):
    """The time at which it is to go out is over, or more than a year ahead."""


class TooLong(Exception):
    """Its words do not fit into one message; `limit` letters do."""

    def __init__(self, limit: int) -> None:
        super().__init__(str(limit))
        self.limit = limit


class OwnNotice(Exception):
    """Its writer cannot be the second person who says yes."""


class TooSoon(Exception):
    """Somebody may still say yes: it cannot be sent alone before `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


@dataclass(frozen=True)
class NewNotice:
    """What somebody writes to many: words by language (None: for all who have none of their own), and files for all."""

    kind: NoticeKind
    audience: Audience
    words: Sequence[tuple[str | None, str]]
    files: Sequence[NewPart] = ()
    urgent: bool = False
    send_at: datetime | None = None
    """Empty: now. What is urgent goes out as soon as somebody else has said yes."""


def write(tx: Transaction, community: Community, actor: Person, new: NewNotice) -> int:
    """A notice: sent now, planned, or (urgent) shown to the other staff for a second yes. Returns its number.

    Raises ReachesNobody, TimePassed or TooLong; NotFound when the audience names what there is not.
    """
    require(actor.roles, Action.NOTICE)
    for _, text in new.words:
        check_words(text)
    if new.audience.unknown(community):
        raise NotFound
    if not audiences.reaches_somebody(tx, community, new.audience, new.kind, urgent=new.urgent):
        raise ReachesNobody
    send_at = None if new.urgent else new.send_at
    if send_at is not None and not tx.now < send_at <= tx.now + FURTHEST_AHEAD:
        raise TimePassed
    state = NoticeState.AWAITING if new.urgent else NoticeState.PLANNED
    number = notices.add(tx, actor.id, new.kind, new.urgent, new.audience, state, send_at)
    broadcast = broadcasting.prepare(tx, actor, subject("notice", number), new.kind, new.urgent)
    notices.set_broadcast(tx, number, broadcast.id)
    for language, text in new.words:
        broadcasting.add_part(tx, broadcast, NewPart(PartKind.TEXT, text=text), language)
    for each in new.files:
        broadcasting.add_part(tx, broadcast, NewPart(each.kind, None, each.file_id, each.file_unique_id))
    if new.urgent:
        scheduled_tasks.plan(
            tx, UNCONFIRMED_KIND, subject("notice", number), tx.now + ALONE_AFTER, f"{UNCONFIRMED_KIND}:{number}"
        )
        tx.emit(NoticeAwaits(actor=actor.id, notice=number))
    elif send_at is None:
        _send(tx, actor, get(tx, number))
    else:
        about = subject("notice", number)
        scheduled_tasks.plan(tx, SEND_KIND, about, send_at, f"{SEND_KIND}:{number}")
        tx.emit(NoticePlanned(actor=actor.id, notice=number, at=to_text(send_at)))
    return number


def check_words(text: str) -> None:
    """Raises TooLong for words that do not fit into one message, as Telegram counts letters."""
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > WORDS_LENGTH:
        raise TooLong(WORDS_LENGTH)


def confirm(tx: Transaction, actor: Person, number: int) -> None:
    """Somebody says yes: it goes out now. Raises OwnNotice: of an urgent one a second person has to."""
    require(actor.roles, Action.NOTICE)
    notice = _awaiting(get(tx, number))
    if notice.urgent and notice.by == actor.id:
        raise OwnNotice
    _send(tx, actor, notice, confirmed_by=actor.id)


def refuse(tx: Transaction, actor: Person, number: int) -> None:
    """Somebody says no: it does not go out. Raises OwnNotice: the writer of an urgent one withdraws it."""
    require(actor.roles, Action.NOTICE)
    notice = _awaiting(get(tx, number))
    if notice.urgent and notice.by == actor.id:
        raise OwnNotice
    _move(tx, notice, Move.REFUSE)
    _close(tx, actor, notice)
    tx.emit(NoticeRefused(actor=actor.id, notice=number))


def alone_from(notice: Notice) -> datetime:
    """From when on a lead may send it without a second yes."""
    return notice.changed_at + ALONE_AFTER


def check_alone(tx: Transaction, actor: Person, number: int) -> Notice:
    """The urgent notice, when that person may send it without a second yes now. Raises TooSoon."""
    require(actor.roles, Action.NOTICE)
    require(actor.roles, Action.NOTICE_ALONE)
    notice = _awaiting(get(tx, number))
    if not notice.urgent:
        raise WrongState(notice.state)
    if tx.now < alone_from(notice):
        raise TooSoon(alone_from(notice))
    return notice


def send_alone(tx: Transaction, actor: Person, number: int, reason: str) -> None:
    """A lead sends it without a second yes, and says why. Raises TooSoon or TooLong."""
    notice = check_alone(tx, actor, number)
    if not reason or len(reason) > REASON_LENGTH:
        raise TooLong(REASON_LENGTH)
    _send(tx, actor, notice, alone=True, alone_reason=reason)


def withdraw(tx: Transaction, actor: Person, number: int) -> None:
    """It goes out no further, or not at all; where it was delivered it is deleted."""
    require(actor.roles, Action.NOTICE)
    notice = get(tx, number)
    _move(tx, notice, Move.WITHDRAW)
    _close(tx, actor, notice)
    tx.emit(NoticeWithdrawn(actor=actor.id, notice=number, before=notice.state))


def correct(tx: Transaction, actor: Person, number: int, language: str | None, text: str) -> None:
    """It reads so now, in that language; what was delivered is edited. Raises AlreadyDone or TooLong.

    While it waits for a second yes nobody changes what is to be said yes to: it is withdrawn and written anew.
    """
    require(actor.roles, Action.NOTICE)
    notice = get(tx, number)
    check_words(text)
    if notice.state not in CORRECTABLE:
        raise WrongState(notice.state)
    if language not in {part.language for part in parts(tx, notice) if part.kind == PartKind.TEXT}:
        raise NotFound
    broadcasting.correct(tx, actor, broadcast_of(notice), language, text, may_steer)
    tx.emit(NoticeCorrected(actor=actor.id, notice=number, language=language))


# -- what time and the broadcast do


def send_due(tx: Transaction, community: Community, about: str) -> None:
    """The task: its time has come. Where its writer may not send it any more, or its time passed while the program was
    not there, somebody else has to say yes.
    """
    notice = notices.by_id(tx, split(about)[1])
    if notice is None or notice.state is not NoticeState.PLANNED:
        return
    writer = people.by_id(tx, notice.by)
    late = notice.send_at is not None and tx.now > notice.send_at + LATE
    if late or not may(writer.roles, Action.NOTICE):
        _move(tx, notice, Move.WAIT)
        tx.emit(NoticeAwaits(notice=notice.id, late=late))
    elif not audiences.reaches_somebody(tx, community, notice.audience, notice.kind, urgent=notice.urgent):
        _move(tx, notice, Move.REFUSE)
        tx.emit(NoticeRefused(notice=notice.id))
    else:
        _send(tx, writer, notice, by_clock=True)


def unconfirmed(tx: Transaction, about: str) -> None:
    """The task: for five minutes nobody has said yes."""
    notice = notices.by_id(tx, split(about)[1])
    if notice is not None and notice.state is NoticeState.AWAITING:
        tx.emit(NoticeUnconfirmed(notice=notice.id))


def finished(tx: Transaction, _community: Community, event: BroadcastEvent) -> None:
    """Everybody has it who can have it."""
    notice = _of_broadcast(tx, event.broadcast)
    if notice is not None and notice.state is NoticeState.SENDING:
        _move(tx, notice, Move.FINISH)
        if notice.audience.areas:
            residences.plan_to_ask(tx, notice.id)
        tx.emit(NoticeFinished(notice=notice.id))


def may_steer(tx: Transaction, person: Person, about: str) -> None:
    """Raises NotAllowed: who may not send, stop, correct and withdraw notices."""
    require(person.roles, Action.NOTICE)


# -- what others ask


def get(tx: Transaction, number: int) -> Notice:
    """The notice with that number. Raises NotFound."""
    found = notices.by_id(tx, number)
    if found is None:
        raise NotFound
    return found


def broadcast_of(notice: Notice) -> int:
    """What carries it."""
    assert notice.broadcast is not None
    return notice.broadcast


def parts(tx: Transaction, notice: Notice) -> Sequence[BroadcastPart]:
    """What it says now, in all its languages, then its files; a correction leaves them in their order."""
    found = broadcasting.parts_of(tx, broadcast_of(notice))
    return sorted(found, key=lambda part: (part.kind != PartKind.TEXT, part.language or ""))


def broadcast(tx: Transaction, notice: Notice) -> Broadcast:
    """How it goes out."""
    return broadcasting.get(tx, broadcast_of(notice))


# -- inside


def _send(
    tx: Transaction,
    actor: Person,
    notice: Notice,
    *,
    alone: bool = False,
    by_clock: bool = False,
    confirmed_by: int | None = None,
    alone_reason: str | None = None,
) -> None:
    _move(tx, notice, Move.SEND, confirmed_by=confirmed_by, alone_reason=alone_reason)
    scheduled_tasks.cancel(tx, subject("notice", notice.id))
    broadcasting.start(tx, actor, broadcast_of(notice), may_steer, by_clock=by_clock)
    if notice.audience.areas:
        residences.plan_to_ask(tx, notice.id)
    tx.emit(NoticeSent(actor=None if by_clock else actor.id, notice=notice.id, alone=alone))


def _close(tx: Transaction, actor: Person, notice: Notice) -> None:
    """Nothing more of it is due, and nobody gets it."""
    scheduled_tasks.cancel(tx, subject("notice", notice.id))
    broadcasting.withdraw(tx, actor, broadcast_of(notice), may_steer)


def _move(tx: Transaction, notice: Notice, move: Move, **values: object) -> None:
    state = NOTICES.after(notice.state, move)
    notices.move(tx, notice.id, notice.state, state, **values)


def _awaiting(notice: Notice) -> Notice:
    """Raises WrongState when it does not wait for a second yes."""
    if notice.state is not NoticeState.AWAITING:
        raise WrongState(notice.state)
    return notice


def _of_broadcast(tx: Transaction, broadcast: int) -> Notice | None:
    about = broadcasting.get(tx, broadcast).subject
    kind, number = split(about)
    return notices.by_id(tx, number) if kind == "notice" else None
