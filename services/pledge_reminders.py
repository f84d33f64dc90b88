"""What keepers are reminded of, and when: at most one message a day, and nothing twice.

Every message has the key `pledges:<person>:<local day>`, which the outbox takes once.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.community import Community
from domain.local_time import local_time
from domain.pledges import BACKFILL, Outcome, State, at_end, due_share
from domain.subjects import split, subject
from services import deciding, pledge_plan
from storage import due, occurrences, outbox, pledge_lists, pledges
from storage.database import Transaction
from storage.keepers import Keeper
from storage.occurrences import Occurrence
from storage.people import Person
from storage.pledge_lists import Addressee, Listed
from storage.pledges import Pledge

LATER_KIND = "pledge_later"
CLOSE_KIND = "pledge_close"
UNREACHED_KIND = "pledge_unreached"
PROGRAM = subject("program", 1)
LATE = timedelta(hours=2)
"""What comes so much later than it should says so."""
GRACE = timedelta(days=2)
"""Who was asked once more has so long to answer, also when the two weeks are over."""
CLOSED_AT_ONCE = 200
TOMORROW = timedelta(days=1)


@dataclass
class WeekList:
    """One message: a person's promises of the week, each with its times, and what was not said of the last ones."""

    to: Addressee
    once: str
    late_since: datetime | None
    promises: list[Listed] = field(default_factory=list)


@dataclass
class Round:
    """What a chunk of due lists comes to: what to write, and when each person's next one is due."""

    lists: list[WeekList]
    next_due: dict[int, datetime]
    """By row of `due`."""


def day_key(person: int, now: datetime, community: Community) -> str:
    """The key of all that a person is told about promises on a local day."""
    return f"pledges:{person}:{local_time(now, community.zone).date().isoformat()}"


def lists_due(tx: Transaction, community: Community, rows: Sequence[Mapping[str, object]]) -> Round:
    """The lists of a chunk of due rows, read set by set: as many statements for two hundred people as for one."""
    allowed = deciding.awake(tx.now, community)
    if allowed > tx.now:
        return Round([], {int(str(row["id"])): allowed for row in rows})
    by_person = {split(str(row["subject"]))[1]: row for row in rows}
    people = {each.person: each for each in pledge_lists.addressees(tx, by_person)}
    _write_down_ahead(tx, community, by_person)
    promises = pledge_lists.promises(tx, by_person, tx.now - BACKFILL, tx.now + pledge_plan.WEEK)
    keys = {person: day_key(person, tx.now, community) for person in by_person}
    written = outbox.known(tx, keys.values())
    found = Round([], {})
    again: dict[tuple[int, int], datetime] = {}
    unreached = False
    for person, row in by_person.items():
        to, number = people[person], int(str(row["id"]))
        if person not in promises:
            continue  # nothing left to be reminded of: the row goes, and comes back with the next promise
        if keys[person] in written:
            found.next_due[number] = tx.now + TOMORROW
            continue
        when = (to.weekday, to.minute)
        if when not in again:
            again[when] = pledge_plan.next_week(Keeper(person, *when), tx.now, community.zone)
        was_due = datetime.fromisoformat(str(row["next_due"]))
        if row["kind"] == pledge_plan.WEEK_KIND:
            found.next_due[number] = again[when]
            # A list put off over the night is late as well, whatever its row says by now.
            was_due = min(was_due, again[when] - pledge_plan.WEEK)
        if to.chat is None or to.unreachable:
            unreached = True
            continue
        late = was_due if tx.now - was_due > LATE else None
        found.lists.append(WeekList(to, keys[person], late, promises[person]))
    if unreached:
        tell_unreached(tx, community)
    return found


def told(tx: Transaction, lists: Sequence[WeekList]) -> None:
    """These lists are in the outbox: note of each time when it was first named, or asked about once more."""
    first, again = [], []
    for each in lists:
        for promise in each.promises:
            for time in promise.times:
                if time.told is None:
                    first.append((each.once, time.id))
                if time.ends_at <= tx.now:
                    again.append(time.id)
    pledge_lists.note_told(tx, first)
    pledge_lists.note_asked(tx, again)


def later(tx: Transaction, community: Community, actor: Person) -> None:
    """The actor wants to be asked again tomorrow."""
    at = deciding.awake(tx.now + TOMORROW, community)
    due.plan(tx, LATER_KIND, subject("person", actor.id), at, f"{LATER_KIND}:{actor.id}")


def may_tell(tx: Transaction, community: Community, keeper: int) -> bool:
    """Whether a message may go to a keeper today beside the weekly list: not if one went, or the list is to come."""
    today = local_time(tx.now, community.zone).date()
    week = due.planned(tx, f"{pledge_plan.WEEK_KIND}:{keeper}")
    if week is not None and local_time(week, community.zone).date() <= today:
        return False
    return not outbox.known(tx, [day_key(keeper, tx.now, community)])


def before(tx: Transaction, community: Community, about: str) -> tuple[Pledge, Occurrence] | None:
    """The duty before a time: the time to speak of, or None when nothing is to be said (any more)."""
    found = _alive(tx, about)
    if found is None:
        return None
    pledge, time = found
    # At night nobody is written to, and what has begun need not be announced.
    if time.starts_at <= tx.now or deciding.awake(tx.now, community) > tx.now:
        return None
    return found if may_tell(tx, community, pledge.keeper) else None


def pace(tx: Transaction, community: Community, about: str, stage: str) -> tuple[Pledge, Occurrence, int] | None:
    """The duty of a quota: window, and how many should be done by now; None when nothing is to be said.

    At the start everybody hears that it begins; half-way and a week before the end only who is behind.
    """
    found = _alive(tx, about)
    if found is None:
        return None
    pledge, time = found
    share = due_share(time.target or 0, time.starts_at, time.ends_at, tx.now)
    if tx.now >= time.ends_at or (stage != "start" and time.done >= share):
        return None
    allowed = deciding.awake(tx.now, community)
    if allowed > tx.now:
        due.plan(tx, pledge_plan.PACE_KIND, about, allowed, f"{pledge_plan.PACE_KIND}:{time.key}:{stage}",
                 {"stage": stage})  # fmt: skip
        return None
    return (pledge, time, share) if may_tell(tx, community, pledge.keeper) else None


def plan_closing(tx: Transaction) -> None:
    """At a start: see that what nobody spoke of is recorded as such in the end."""
    due.plan_once(tx, CLOSE_KIND, PROGRAM, tx.now, CLOSE_KIND)


def close(tx: Transaction) -> None:
    """The duty: what was over two weeks ago, and asked about in vain, is not reported; quotas are reckoned up."""
    found = occurrences.over(tx, tx.now - BACKFILL, tx.now - GRACE, CLOSED_AT_ONCE)
    silent = []
    for time in found:
        said = time.target is not None and time.done > 0
        outcome = at_end(time.target, time.done, said)
        if outcome is Outcome.NOT_REPORTED:
            silent.append(time.id)
        else:
            occurrences.settle(tx, time.id, outcome)
    occurrences.settle_all(tx, silent, Outcome.NOT_REPORTED)
    soon = timedelta(seconds=1) if len(found) == CLOSED_AT_ONCE else timedelta(hours=1)
    due.plan(tx, CLOSE_KIND, PROGRAM, tx.now + soon, CLOSE_KIND)


def tell_unreached(tx: Transaction, community: Community) -> None:
    """Staff hear, once a day, whom no reminder reaches."""
    day = local_time(tx.now, community.zone).date().isoformat()
    due.plan_once(tx, UNREACHED_KIND, PROGRAM, community.hours.next_open(tx.now), f"{UNREACHED_KIND}:{day}")


def _write_down_ahead(tx: Transaction, community: Community, people: Collection[int]) -> None:
    """Only after the program was stopped for days: else the times are known long before."""
    for number in pledge_lists.not_planned(tx, people, tx.now + pledge_plan.WEEK):
        pledge = pledges.by_id(tx, number)
        if pledge is not None:
            pledge_plan.extend(tx, community, pledge)


def _alive(tx: Transaction, about: str) -> tuple[Pledge, Occurrence] | None:
    _, number = split(about)
    time = occurrences.by_id(tx, number)
    pledge = pledges.by_id(tx, time.pledge) if time is not None else None
    if time is None or pledge is None or pledge.state is not State.PUBLISHED or time.outcome is not Outcome.OPEN:
        return None
    return pledge, time
