"""Looking whether anything has to be looked after, once a day by itself and whenever an operator asks."""

from datetime import datetime, timedelta

from domain.calendar.local_time import instant, local_time
from domain.community import Community
from domain.core.subjects import subject
from domain.events import TroubleFound
from domain.operations.troubles import COPY, FREE, INBOX, OUTBOX, REFUSED, WORK, Outside, Trouble, TroubleKind
from domain.people.limits import DAY, Counted
from storage.core import chats, scheduled_tasks, settings
from storage.core.database import Transaction
from storage.operations import watching
from storage.people import counts

KIND = "watch"
AGAIN = timedelta(minutes=10)
ABOUT = subject("database", 1)


def found(tx: Transaction, outside: Outside) -> list[Trouble]:
    """What has to be looked after, the most pressing first; empty when all is well. Only reads."""
    return [each for each in (*_group(tx), *_waiting(tx), *_kept(tx, outside)) if each is not None]


def _group(tx: Transaction) -> list[Trouble | None]:
    staff = settings.staff_chat(tx)
    if staff is None:
        return [Trouble(TroubleKind.NO_GROUP)]
    return [Trouble(TroubleKind.GROUP_AWAY)] if chats.by_id(tx, staff).unreachable is not None else []


def _waiting(tx: Transaction) -> list[Trouble | None]:
    came, going = watching.inbox(tx), watching.outbox(tx)
    overdue = watching.overdue(tx, tx.now - WORK)
    refused = counts.many(tx, Counted.REFUSED, REFUSED, tx.now - DAY)
    return [
        _longer(tx, TroubleKind.INBOX, came, INBOX),
        _longer(tx, TroubleKind.OUTBOX, going, OUTBOX),
        _longer(tx, TroubleKind.WORK, overdue, WORK),
        _any(TroubleKind.FAILED, watching.failed(tx, tx.now - DAY)),
        _any(TroubleKind.QUARANTINE, watching.quarantined(tx)),
        Trouble(TroubleKind.REFUSED, refused) if refused else None,
    ]


def _kept(tx: Transaction, outside: Outside) -> list[Trouble | None]:
    newest = outside.newest_copy
    is_old = (newest or watching.began(tx) or tx.now) < tx.now - COPY
    # A copy needs as much as the file itself, and the file grows meanwhile.
    is_full = outside.free < max(FREE, 2 * outside.size)
    return [
        Trouble(TroubleKind.DISK, outside.free // 1_000_000) if is_full else None,
        Trouble(TroubleKind.COPY, since=newest) if is_old else None,
    ]


def _longer(tx: Transaction, kind: TroubleKind, waiting: watching.Waiting, most: timedelta) -> Trouble | None:
    count, since = waiting
    return Trouble(kind, count, since) if since is not None and tx.now - since > most else None


def _any(kind: TroubleKind, waiting: watching.Waiting) -> Trouble | None:
    count, since = waiting
    return Trouble(kind, count, since) if count else None


def plan(tx: Transaction, community: Community) -> None:
    """See that the next look is planned. One that is due already stays so; one for later than a day was another
    clock's."""
    planned, following = scheduled_tasks.planned(tx, KIND), _next(tx, community)
    if planned is None or planned > following:
        scheduled_tasks.plan(tx, KIND, ABOUT, following, KIND)


def looked(tx: Transaction, community: Community, troubles: list[Trouble]) -> None:
    """A day's look is over: what was found is told, and the next look comes a day later.

    Not what failed for good: admins heard of that when it happened, and there is nothing to look after any more.
    """
    scheduled_tasks.plan(tx, KIND, ABOUT, _next(tx, community), KIND)
    told = tuple((each.kind, each.count) for each in troubles if each.kind is not TroubleKind.FAILED)
    if told:
        tx.emit(TroubleFound(troubles=told))


def _next(tx: Transaction, community: Community) -> datetime:
    """The minute of the day at which the community reads its digest, on any day."""
    day = local_time(tx.now, community.zone).date()
    while True:
        at = instant(datetime(day.year, day.month, day.day) + timedelta(minutes=community.care.digest), community.zone)
        if at > tx.now:
            return at
        day += timedelta(days=1)
