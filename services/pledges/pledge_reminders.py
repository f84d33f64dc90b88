"""What keepers are reminded of, and when: at most one message a day, and nothing twice.

Every message has the key `pledges:<person>:<local day>`, which the outbox takes once.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from domain.calendar.local_time import local_time
from domain.calendar.quiet import QuietHours
from domain.community import Community
from domain.core.subjects import split, subject
from domain.events import PledgeTimeClosed
from domain.pledges.pledges import BACKFILL, Kind, Outcome, State, at_end, due_share
from services.people import quiet
from services.pledges import reminder_schedule
from storage.core import chats, outbox, scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import from_text
from storage.people import people
from storage.people.people import Person
from storage.pledges import occurrences, pledges, weekly_lists
from storage.pledges.keepers import Keeper
from storage.pledges.occurrences import Occurrence
from storage.pledges.pledges import Pledge
from storage.pledges.weekly_lists import Addressee, Listed, ListedTime

LATER_KIND = "pledge_later"
CLOSE_KIND = "pledge_close"
UNREACHED_KIND = "pledge_unreached"
PROGRAM = subject("program", 1)
LATE = timedelta(hours=2)
"""What comes so much later than it should says so."""
GRACE = timedelta(days=2)
"""Who was asked once more has so long to answer, also when the two weeks are over."""
CLOSED_AT_ONCE = 200
CLOSE_EVERY = timedelta(hours=1)
AHEAD_AT_ONCE = 10
TOMORROW = timedelta(days=1)
REACH = reminder_schedule.WEEK + timedelta(hours=2)
"""A list reaches to the next one: a week, or an hour more where the clocks change."""


@dataclass(frozen=True)
class ListDue:
    """A list to be written: whose, into which chat, under which key, and since when it is late (None: it is not)."""

    person: int
    chat: int
    once: str
    late_since: datetime | None


@dataclass(frozen=True)
class WeekList:
    """What a list says: a person's promises, each with its open times of the last two weeks and of the week to come."""

    to: Addressee
    late_since: datetime | None
    promises: list[Listed]


@dataclass
class Round:
    """What a chunk of due lists comes to."""

    lists: list[ListDue] = field(default_factory=list)
    next_due: dict[int, datetime] = field(default_factory=dict)
    """When each row of `scheduled_tasks` is due again."""


def day_key(person: int, now: datetime, community: Community) -> str:
    """The key of all that a person is told about promises on a local day."""
    return _key(person, _day(now, community))


def lists_due(tx: Transaction, community: Community, rows: Sequence[Mapping[str, Any]]) -> Round:
    """The lists of a chunk of due rows: as many statements for two hundred people as for one.

    Nothing is worded here. That is done when a list is sent, which may be an hour later when a hundred thousand are due
    at once; so whoever has checked in meanwhile is not asked any more.
    """
    by_person = {split(row["subject"])[1]: row for row in rows}
    planned = weekly_lists.planned_until(tx, by_person)
    if not planned:
        return Round()  # nobody of them has a promise any more: the rows go
    not_yet = _write_down_ahead(tx, community, planned)
    day = _day(tx.now, community)
    written = outbox.known(tx, [_key(person, day) for person in by_person])
    # Who has nothing left to be reminded of is no addressee: the row goes.
    addressees = weekly_lists.addressees(tx, planned)
    chats = [to.chat for to in addressees if to.chat is not None]
    waiting = outbox.worded_waiting(tx, chats) if chats else frozenset()
    again: dict[tuple[int, int], datetime] = {}
    awake: dict[QuietHours, datetime] = {}
    found, unreached = Round(), False
    for to in addressees:
        row = by_person[to.person]
        if to.person in not_yet:
            found.next_due[row["id"]] = tx.now  # with one of the next chunks
            continue
        quiet_hours = to.quiet or community.care.quiet
        if quiet_hours not in awake:
            awake[quiet_hours] = quiet_hours.over(tx.now, community.zone)
        allowed = awake[quiet_hours]
        if allowed > tx.now:
            found.next_due[row["id"]] = allowed
            continue
        once = _key(to.person, day)
        if once in written:
            found.next_due[row["id"]] = tx.now + TOMORROW
            continue
        when = (to.weekday, to.minute)
        if when not in again:
            again[when] = reminder_schedule.list_after(Keeper(to.person, *when), tx.now, community.zone)
        was_due = from_text(row["next_due"])
        if row["kind"] == reminder_schedule.WEEK_KIND:
            found.next_due[row["id"]] = again[when]
            # A list put off over the night is late as well, whatever its row says by now.
            was_due = min(was_due, again[when] - reminder_schedule.WEEK)
        if to.chat is None or to.unreachable:
            unreached = True
            continue
        if to.chat in waiting:
            continue  # the one before could not be sent yet; it is worded when it is, and so it is about now
        found.lists.append(ListDue(to.person, to.chat, once, was_due if tx.now - was_due > LATE else None))
    if unreached:
        tell_unreached(tx, community)
    return found


def week_list(
    tx: Transaction,
    community: Community,
    person: int,
    written: datetime,
    late_since: datetime | None,
    told_elsewhere: Collection[str] = (),
) -> WeekList | None:
    """What a list written at that instant says now that it is sent; None when nothing is left to remind of.

    It only reads: what it names is told once it is sent (`list_sent`). The times `told_elsewhere` (their keys) are in a
    message that is on its way. While Telegram could not be reached it waited, and is about today all the same.
    """
    addressees = weekly_lists.addressees(tx, [person])
    if not addressees:
        return None
    to = addressees[0]
    since, until = tx.now - BACKFILL, _following(to, tx.now, community)
    found = weekly_lists.promises(tx, [person], since, until).get(person, [])
    if _behind(tx, weekly_lists.planned_until(tx, [person])):
        # It may have waited while the program was stopped for weeks, and be sent before anything else is done.
        found = _with_times_to_be_written(tx, community, person, found, since, until)
    found = [left for each in found if (left := _without(each, told_elsewhere)) is not None]
    if not found:
        return None
    if late_since is None and tx.now - written > LATE:
        late_since = written
    return WeekList(to, late_since, found)


def list_sent(
    tx: Transaction,
    community: Community,
    person: int,
    row: int,
    written: datetime,
    worded: datetime,
    times: Collection[str],
) -> None:
    """A list was sent (`row` of the outbox, written and worded at these instants): it has told of these times.

    `times` are their keys.
    """
    once = day_key(person, worded, community)
    if once != day_key(person, written, community):
        # It has waited, perhaps while the program was stopped for weeks: it was the message of this day, and no other.
        outbox.move_once(tx, row, once)
        addressees = weekly_lists.addressees(tx, [person])
        if addressees and reminder_schedule.is_planned(tx, person):
            reminder_schedule.put_off(tx, person, _following(addressees[0], worded, community))
    if _behind(tx, weekly_lists.planned_until(tx, [person])):
        for pledge in pledges.kept_by(tx, person):
            reminder_schedule.extend(tx, community, pledge)
    weekly_lists.note_told(tx, occurrences.ids(tx, times), once)


def later(tx: Transaction, community: Community, actor: Person) -> None:
    """The actor wants to be asked again tomorrow."""
    at = quiet.allowed_from(tx.now + TOMORROW, community, actor)
    scheduled_tasks.plan(tx, LATER_KIND, subject("person", actor.id), at, f"{LATER_KIND}:{actor.id}")


def may_tell(tx: Transaction, community: Community, keeper: int) -> bool:
    """Whether a message may go to a keeper today beside the weekly list: not if one went, or the list is to come."""
    today = local_time(tx.now, community.zone).date()
    week = scheduled_tasks.planned(tx, reminder_schedule.week_key(keeper))
    if week is not None and local_time(week, community.zone).date() <= today:
        return False
    chat = chats.private_with(tx, keeper)
    if chat is not None and outbox.worded_waiting(tx, [chat.id]):
        return False  # a list that waits comes today
    return not outbox.known(tx, [day_key(keeper, tx.now, community)])


def before(tx: Transaction, community: Community, about: str) -> tuple[Pledge, Occurrence] | None:
    """The task before a time: the time to speak of, or None when nothing is to be said (any more)."""
    found = _alive(tx, about)
    if found is None:
        return None
    pledge, time = found
    # At night nobody is written to, and what has begun need not be announced.
    if time.starts_at <= tx.now or _allowed(tx, community, pledge) > tx.now:
        return None
    return found if may_tell(tx, community, pledge.keeper) else None


def pace(tx: Transaction, community: Community, about: str, stage: str) -> tuple[Pledge, Occurrence] | None:
    """The task of a quota: the window to speak of, or None when nothing is to be said."""
    found = _alive(tx, about)
    if found is None or behind(tx, split(about)[1], stage) is None:
        return None
    pledge, time = found
    allowed = _allowed(tx, community, pledge)
    if allowed > tx.now:
        scheduled_tasks.plan(
            tx,
            reminder_schedule.PACE_KIND,
            about,
            allowed,
            f"{reminder_schedule.PACE_KIND}:{time.key}:{stage}",
            {"stage": stage},
        )
        return None
    return found if may_tell(tx, community, pledge.keeper) else None


def behind(tx: Transaction, time_id: int, stage: str) -> tuple[Pledge, Occurrence, int] | None:
    """A quota's window that is to be spoken of now, and how many should be done; None when there is no need.

    At the start everybody hears that it begins; half-way and a week before the end only who is behind.
    """
    found = _alive(tx, subject("occurrence", time_id))
    if found is None:
        return None
    pledge, time = found
    share = due_share(time.target or 0, time.starts_at, time.ends_at, tx.now)
    if tx.now >= time.ends_at or (stage != "start" and time.done >= share):
        return None
    return pledge, time, share


def plan_closing(tx: Transaction) -> None:
    """At a start: see that what nobody spoke of is recorded as such in the end."""
    scheduled_tasks.plan_once(tx, CLOSE_KIND, PROGRAM, tx.now + CLOSE_EVERY, CLOSE_KIND)


def close(tx: Transaction) -> None:
    """The task: what was over two weeks ago, and asked about in vain, is not reported; quotas are reckoned up."""
    found = occurrences.over(tx, tx.now - BACKFILL, tx.now - GRACE, CLOSED_AT_ONCE)
    silent = []
    for time in found:
        said = time.target is not None and time.done > 0
        outcome = at_end(time.target, time.done, said)
        if outcome is Outcome.NOT_REPORTED:
            silent.append(time.id)
        else:
            occurrences.settle(tx, time.id, outcome)
        tx.emit(PledgeTimeClosed(pledge=time.pledge, occurrence=time.id, outcome=outcome))
    occurrences.settle_all(tx, silent, Outcome.NOT_REPORTED)
    soon = timedelta(seconds=1) if len(found) == CLOSED_AT_ONCE else CLOSE_EVERY
    scheduled_tasks.plan(tx, CLOSE_KIND, PROGRAM, tx.now + soon, CLOSE_KIND)


def tell_unreached(tx: Transaction, community: Community) -> None:
    """Staff hear, once a day, whom no reminder reaches."""
    day = local_time(tx.now, community.zone).date().isoformat()
    scheduled_tasks.plan_once(tx, UNREACHED_KIND, PROGRAM, community.hours.next_open(tx.now), f"{UNREACHED_KIND}:{day}")


def _write_down_ahead(tx: Transaction, community: Community, planned: Mapping[int, datetime | None]) -> set[int]:
    """Only after the program was stopped for days: else the times are known long before.

    A few in each chunk, so that nobody waits for them; returns whose are still not written down.
    """
    behind = _behind(tx, planned)
    for keeper in behind[:AHEAD_AT_ONCE]:
        for pledge in pledges.kept_by(tx, keeper):
            reminder_schedule.extend(tx, community, pledge)
    return set(behind[AHEAD_AT_ONCE:])


def _behind(tx: Transaction, planned: Mapping[int, datetime | None]) -> list[int]:
    """Whose times are not written down as far as a list of now reaches."""
    return [keeper for keeper, until in planned.items() if until is None or until < tx.now + REACH]


def _with_times_to_be_written(
    tx: Transaction, community: Community, keeper: int, found: Sequence[Listed], since: datetime, until: datetime
) -> list[Listed]:
    """The promises of a list with the times that are not written down yet, as they will be."""
    known = {each.id: each for each in found}
    for pledge in pledges.kept_by(tx, keeper):
        coming = [
            ListedTime(None, time.key, time.starts, time.ends, time.target, 0, None)
            for time in reminder_schedule.not_written_down(tx, community, pledge)
            if time.starts < until and time.ends > since and occurrences.by_key(tx, time.key) is None
        ]
        if pledge.id in known:
            known[pledge.id].times.extend(coming)
        elif coming:
            of = people.by_id(tx, pledge.person).name if pledge.person != keeper else None
            timed = pledge.kind is Kind.RECURRING and bool(pledge.plan.minutes)
            known[pledge.id] = Listed(pledge.id, pledge.kind, pledge.words, timed, pledge.plan.unit, of, coming)
    return [known[number] for number in sorted(known)]


def _without(promise: Listed, times: Collection[str]) -> Listed | None:
    """A promise without some of its times; None when nothing is left to say of it."""
    left = [time for time in promise.times if time.key not in times]
    if len(left) == len(promise.times):
        return promise
    return replace(promise, times=left) if left else None


def _following(to: Addressee, now: datetime, community: Community) -> datetime:
    """When the list after one of now is due.

    Not in seven days: in a week in which the clocks change the next list would name an hour again, or too late.
    """
    return reminder_schedule.list_after(Keeper(to.person, to.weekday, to.minute), now, community.zone)


def _allowed(tx: Transaction, community: Community, pledge: Pledge) -> datetime:
    return quiet.allowed_from(tx.now, community, people.by_id(tx, pledge.keeper))


def _key(person: int, day: str) -> str:
    return f"pledges:{person}:{day}"


def _day(now: datetime, community: Community) -> str:
    return local_time(now, community.zone).date().isoformat()


def _alive(tx: Transaction, about: str) -> tuple[Pledge, Occurrence] | None:
    _, number = split(about)
    time = occurrences.by_id(tx, number)
    pledge = pledges.by_id(tx, time.pledge) if time is not None else None
    if time is None or pledge is None or pledge.state is not State.PUBLISHED or time.outcome is not Outcome.OPEN:
        return None
    if not pledges.is_looked_after(tx, pledge.id):
        return None  # whoever was reminded speaks for them no more
    return pledge, time
