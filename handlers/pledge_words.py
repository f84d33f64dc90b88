"""How a pledge is spoken of: its kind, when it is due, what became of it, in plain words."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from domain.community import Community
from domain.local_time import instant, local_time
from domain.pledges import Kind, Outcome, Plan, State, times
from domain.recurrence import Rule
from handlers.texts import Html, Speaker, bold, escape, lines, one_line, quote
from services import pledge_plan
from storage import occurrences
from storage.database import Transaction
from storage.occurrences import Occurrence
from storage.pledges import Pledge

NEXT = 3
FAR = timedelta(days=3 * 366)


def kind(say: Speaker, of: Kind) -> str:
    """What sort of promise it is."""
    return {
        Kind.RECURRING: say.label("Again and again"),
        Kind.QUOTA: say.label("A certain number"),
        Kind.ON_CALL: say.label("Whenever I am needed"),
        Kind.ONCE: say.label("Once, by a day"),
    }[of]


def state(say: Speaker, of: State) -> str:
    """Where it stands."""
    return {
        State.WAITING: say.label("The staff look at it"),
        State.ASKED: say.label("The staff ask for a change"),
        State.PUBLISHED: say.label("On the board"),
        State.PAUSED: say.label("Paused"),
        State.ENDED: say.label("Ended"),
    }[of]


def outcome(say: Speaker, of: Outcome) -> str:
    """What became of one time."""
    return {
        Outcome.OPEN: say.label("not said yet"),
        Outcome.KEPT: say.label("kept"),
        Outcome.NOT_KEPT: say.label("not kept"),
        Outcome.NOT_REPORTED: say.label("not reported"),
        Outcome.EXCUSED: say.label("excused"),
    }[of]


def when(say: Speaker, community: Community, plan: Plan, now: datetime) -> Html:
    """When it is due, in plain words: "every week on Saturday and Sunday, 19:00–20:00"."""
    if plan.kind is Kind.ON_CALL:
        return say("whenever somebody needs it")
    if plan.kind is Kind.ONCE:
        assert plan.until is not None
        return say("once, by {day}", day=_day(say, community, plan.until, now))
    if plan.kind is Kind.QUOTA:
        windows = community.named_windows(plan.windows)
        if plan.windows is not None:
            name = say.words(windows.name) if windows else plan.windows
            return say("{count} in each of these: {windows}", count=plan.target, windows=name)
        assert plan.until is not None
        return say("{count} by {day}", count=plan.target, day=_day(say, community, plan.until, now))
    said = say("{days}, {hours}", days=_days(say, plan), hours=hours(say, plan))
    if plan.until is None:
        return said
    return say("{days}, until {day}", days=said, day=_day(say, community, plan.until, now))


def hours(say: Speaker, plan: Plan) -> str:
    """`19:00–20:00`, or that there is no fixed time."""
    if not plan.minutes or plan.start is None:
        return say.label("at no fixed time")
    ends = plan.start + timedelta(minutes=plan.minutes)
    return f"{plan.start:%H:%M}–{ends:%H:%M}"


def _days(say: Speaker, plan: Plan) -> Html:
    rule = Rule.of(plan.rule or "")
    if rule.frequency == "DAILY":
        return say("every day")
    if rule.frequency == "MONTHLY":
        if (rule.month_day or 0) > 28:
            return say("every month on day {day}, or on the last day of a shorter month", day=rule.month_day)
        return say("every month on day {day}", day=rule.month_day)
    days = say.listed(say.weekday(day) for day in sorted(rule.weekdays))
    if rule.interval == 2:
        return say("every other week on {days}", days=days)
    return say("every week on {days}", days=days)


def following(say: Speaker, community: Community, plan: Plan, now: datetime) -> Html | None:
    """The next three times, so that whoever promises sees what they promise."""
    if plan.kind is Kind.ON_CALL:
        return None
    if plan.kind is Kind.RECURRING:
        found = plan.recurrence(community.zone).next(now, NEXT)
        said = [say.moment(at, now) if plan.minutes else say.day(at, now) for at in found]
        if not said:
            return say("By these days it is never due: they are over, or do not exist. Please change when.")
        return lines(say("The next times:"), *said)
    spans = pledge_plan.spans(community, plan)
    coming = times(plan, 0, community.zone, spans, now, now + FAR)[:NEXT]
    if plan.kind is Kind.ONCE or (len(coming) == 1 and plan.windows is None):
        return None  # said already: it is by one day
    said = [
        say("{first} to {last}", first=say.day(time.starts, now), last=say.day(time.ends - timedelta(minutes=1), now))
        for time in coming
    ]
    return lines(say("The next times:"), *said)


def areas(say: Speaker, community: Community, codes: Iterable[str]) -> Html:
    """For which areas it is; none means all."""
    names = [community.place_name(code, say.language) for code in codes if community.area(code)]
    return escape(say.listed(names)) if names else say("the whole community")


def own_words(pledge: Pledge, limit: int = 60) -> str:
    """Its own words on one line."""
    return one_line(pledge.words, limit)


def named(say: Speaker, pledge: Pledge) -> Html:
    """`No. 7: I keep the stairs clean`."""
    return say("No. {number}: {name}", number=pledge.id, name=own_words(pledge))


def short(say: Speaker, pledge: Pledge) -> str:
    """The same for a button."""
    return say.label("No. {number}: {name}", number=pledge.id, name=own_words(pledge, 18))


def time_named(say: Speaker, pledge: Pledge, time: Occurrence, now: datetime) -> str:
    """One time: `Saturday, 5 December, 19:00`, or the last day of a quota's window."""
    if pledge.kind is Kind.RECURRING:
        return say.moment(time.starts_at, now) if pledge.plan.minutes else say.day(time.starts_at, now)
    return say.label("until {day}", day=say.day(time.ends_at - timedelta(minutes=1), now))


def progress(tx: Transaction, say: Speaker, pledge: Pledge) -> Html | None:
    """How it goes: `12 of 80`, or how often it was kept, not kept, not reported, excused."""
    if pledge.kind is Kind.ON_CALL:
        count = occurrences.amount_of(tx, pledge.id)
        return say.plural("Was there {count} time", "Was there {count} times", count)
    parts = []
    if pledge.kind is Kind.QUOTA:
        current = occurrences.last_of(tx, pledge.id, tx.now, 1)
        parts += [say("{done} of {target}", done=each.done, target=each.target) for each in current]
    said = counted(say, occurrences.counts(tx, pledge.id))
    return lines(*parts, said) or None


def counted(say: Speaker, counts: dict[Outcome, int]) -> Html | None:
    """`kept 12 · not kept 1`: all of it alike, and nothing hidden; None while nothing is known."""
    shown = [of for of in Outcome if of is not Outcome.OPEN and counts.get(of)]
    return Html(" · ".join(say("{what} {count}", what=outcome(say, of), count=counts[of]) for of in shown)) or None


def described(say: Speaker, community: Community, words: str, plan: Plan, codes: Iterable[str], now: datetime) -> Html:
    """A pledge read back: its words, when, the next three times, and for which areas."""
    return lines(
        quote(words),
        say("When: {when}", when=bold(when(say, community, plan, now))),
        following(say, community, plan, now),
        say("For: {areas}", areas=areas(say, community, codes)),
    )


def _day(say: Speaker, community: Community, day: date, now: datetime) -> str:
    return say.day(instant(datetime(day.year, day.month, day.day), community.zone), now)


def today(community: Community, now: datetime) -> date:
    """The local day."""
    return local_time(now, community.zone).date()
