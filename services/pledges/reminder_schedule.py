"""When pledges are due and their keepers are reminded: times written down ahead, and the rows of `scheduled_tasks`.

The times of a pledge are written down for two weeks ahead, a few pledges at a time and long before anybody is reminded;
so the list of the week only reads, however many lists are due at once.
"""

from datetime import datetime, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from domain.calendar.local_time import instant, local_time
from domain.community import Community
from domain.core.subjects import split, subject
from domain.events import PledgeTimesDropped, PledgeTimesSet
from domain.pledges.pledges import AHEAD, Kind, Plan, Span, State, Time, times
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.pledges import keepers, occurrences, pledges
from storage.pledges.keepers import Keeper
from storage.pledges.pledges import Pledge

AHEAD_KIND = "pledge_ahead"
WEEK_KIND = "pledge_week"
BEFORE_KIND = "pledge_before"
PACE_KIND = "pledge_pace"
WEEK = timedelta(days=7)
LAST_WEEK = timedelta(days=7)
"""Before the end of a quota's window: by then whoever is behind hears of it."""
_SPREAD = 24 * 60


def begin(tx: Transaction, community: Community, pledge: Pledge) -> None:
    """It is published, or resumed: write its times down from now on, and see that its keeper is reminded."""
    pledges.set_planned_until(tx, pledge.id, None)
    ahead(tx, community, subject("pledge", pledge.id))
    keep_reminding(tx, community, pledge.keeper)


def rest(tx: Transaction, pledge: Pledge) -> None:
    """It is paused or ended, or its plan changes: what is to come and was not spoken of is due no more."""
    about = subject("pledge", pledge.id)
    for each in occurrences.open_of(tx, pledge.id, tx.now, tx.now + AHEAD):
        scheduled_tasks.cancel(tx, subject("occurrence", each.id))
    dropped = occurrences.forget_untouched(tx, pledge.id, tx.now, begun=pledge.kind is not Kind.RECURRING)
    if dropped:
        tx.emit(PledgeTimesDropped(pledge=pledge.id, times=tuple(dropped)))
    scheduled_tasks.cancel(tx, about, AHEAD_KIND)


def ahead(tx: Transaction, community: Community, about: str) -> None:
    """The task: write the times of a pledge down for two weeks ahead, and come again in a week."""
    _, number = split(about)
    pledge = pledges.by_id(tx, number)
    if pledge is None or pledge.state is not State.PUBLISHED:
        return
    extend(tx, community, pledge)
    # Spread over a day, by the number: a hundred thousand pledges are not reckoned in one minute.
    minutes = crc32(about.encode()) % _SPREAD
    scheduled_tasks.plan(tx, AHEAD_KIND, about, tx.now + WEEK - timedelta(minutes=minutes), f"{AHEAD_KIND}:{number}")


def extend(tx: Transaction, community: Community, pledge: Pledge) -> None:
    """Write down what is due from where the times ended until two weeks ahead. Doing it twice changes nothing."""
    written = occurrences.plan(tx, pledge.id, not_written_down(tx, community, pledge))
    if written:
        tx.emit(PledgeTimesSet(pledge=pledge.id, times=tuple((time, to_text(ends)) for time, ends in written)))
    pledges.set_planned_until(tx, pledge.id, tx.now + AHEAD)
    plan_alerts(tx, pledge)


def not_written_down(tx: Transaction, community: Community, pledge: Pledge) -> list[Time]:
    """When it is due from where the times that are written down ended until two weeks ahead. Only reads."""
    begins = pledge.planned_until or tx.now
    return times(
        pledge.plan, pledge.id, pledge.zone, spans(community, pledge.plan), min(begins, tx.now), tx.now + AHEAD
    )


def spans(community: Community, plan: Plan) -> tuple[Span, ...]:
    """The stretches of days a quota, or a promise to be kept once, is about; none of those over for good."""
    if plan.windows is not None:
        windows = community.named_windows(plan.windows)
        return windows.spans if windows else ()
    if plan.kind in (Kind.QUOTA, Kind.ONCE) and plan.start is not None and plan.until is not None:
        return (Span(plan.start.date(), plan.until),)
    return ()


def plan_alerts(tx: Transaction, pledge: Pledge) -> None:
    """Have the keeper told before each time, who asked for that; and of a quota's beginning, middle and last week."""
    keeper = keepers.of(tx, pledge.keeper)
    for time in occurrences.open_of(tx, pledge.id, tx.now, tx.now + AHEAD):
        about = subject("occurrence", time.id)
        if pledge.plan.kind is Kind.RECURRING and pledge.plan.minutes and keeper.before is not None:
            at = time.starts_at - timedelta(minutes=keeper.before)
            if at > tx.now:
                scheduled_tasks.plan(tx, BEFORE_KIND, about, at, f"{BEFORE_KIND}:{time.key}")
        elif time.target is not None:
            for stage, at in stages(time.starts_at, time.ends_at):
                if at > tx.now:
                    scheduled_tasks.plan(tx, PACE_KIND, about, at, f"{PACE_KIND}:{time.key}:{stage}", {"stage": stage})


def stages(starts: datetime, ends: datetime) -> list[tuple[str, datetime]]:
    """When a quota's keeper may be nudged: at the start, half-way and a week before the end."""
    found = [("start", starts), ("half", starts + (ends - starts) / 2)]
    if ends - starts > 2 * LAST_WEEK:
        found.append(("last", ends - LAST_WEEK))
    return found


def keep_reminding(tx: Transaction, community: Community, keeper: int) -> None:
    """See that the keeper's next list of the week is planned."""
    if scheduled_tasks.planned(tx, week_key(keeper)) is None:
        plan_week(tx, community, keepers.of(tx, keeper), tx.now)


def plan_week(tx: Transaction, community: Community, keeper: Keeper, after: datetime) -> None:
    """Plan the keeper's next list of the week after that instant."""
    put_off(tx, keeper.person, next_week(keeper, after, community.zone))


def put_off(tx: Transaction, keeper: int, until: datetime) -> None:
    """The keeper's next list of the week is due then."""
    scheduled_tasks.plan(tx, WEEK_KIND, subject("person", keeper), until, week_key(keeper))


def choose(tx: Transaction, community: Community, keeper: Keeper) -> None:
    """The keeper wants to be reminded like this from now on."""
    keepers.put(tx, keeper)
    if scheduled_tasks.planned(tx, week_key(keeper.person)) is not None:
        plan_week(tx, community, keeper, tx.now)
    for pledge in pledges.kept_by(tx, keeper.person):
        for time in occurrences.open_of(tx, pledge.id, tx.now, tx.now + AHEAD):
            scheduled_tasks.cancel(tx, subject("occurrence", time.id), BEFORE_KIND)
        plan_alerts(tx, pledge)


def next_week(keeper: Keeper, after: datetime, zone: ZoneInfo) -> datetime:
    """The first instant after `after` at which it is the keeper's weekday and minute on the wall."""
    wall = local_time(after, zone)
    day = datetime(wall.year, wall.month, wall.day) + timedelta(days=(keeper.weekday - wall.weekday()) % 7)
    at = instant(day + timedelta(minutes=keeper.minute), zone)
    return at if at > after else instant(day + timedelta(days=7, minutes=keeper.minute), zone)


def list_after(keeper: Keeper, now: datetime, zone: ZoneInfo) -> datetime:
    """When the list after one that is sent now is due: on another day, for what was to come today is in this one."""
    at = next_week(keeper, now, zone)
    return next_week(keeper, at, zone) if local_time(at, zone).date() == local_time(now, zone).date() else at


def is_planned(tx: Transaction, keeper: int) -> bool:
    """Whether a next list of the week is planned for the keeper."""
    return scheduled_tasks.planned(tx, week_key(keeper)) is not None


def week_key(person: int) -> str:
    """The key of a keeper's next list."""
    return f"{WEEK_KIND}:{person}"
