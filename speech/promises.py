"""How a promise is spoken of: its kind, when it is due, what became of it, in plain words."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from domain.calendar.local_time import instant
from domain.calendar.recurrence import Rule
from domain.community import Community
from domain.language.phrases import is_unspaced
from domain.pledges.pledges import Kind, Outcome, Plan, State
from speech.speaker import PlainSpeaker


def kind(say: PlainSpeaker, of: Kind) -> str:
    """What sort of promise it is."""
    return {
        Kind.RECURRING: say.label("Again and again"),
        Kind.QUOTA: say.label("A certain number"),
        Kind.ON_CALL: say.label("Whenever I am needed"),
        Kind.ONCE: say.label("Once, by a day"),
    }[of]


def state(say: PlainSpeaker, of: State) -> str:
    """Where it stands."""
    return {
        State.WAITING: say.label("The staff look at it"),
        State.ASKED: say.label("The staff ask for a change"),
        State.PUBLISHED: say.label("On the board"),
        State.PAUSED: say.label("Paused"),
        State.ENDED: say.label("Ended"),
    }[of]


def outcome(say: PlainSpeaker, of: Outcome) -> str:
    """What became of one time."""
    return {
        Outcome.OPEN: say.label("not said yet"),
        Outcome.KEPT: say.label("kept"),
        Outcome.PARTLY: say.label("partly kept"),
        Outcome.NOT_KEPT: say.label("not kept"),
        Outcome.NOT_REPORTED: say.label("not reported"),
        Outcome.EXCUSED: say.label("excused"),
    }[of]


def tally(say: PlainSpeaker, counts: Mapping[Outcome, int]) -> str:
    """`kept 12 · not kept 1`: all of it alike, and nothing hidden; empty while nothing is known."""
    shown = [of for of in Outcome if of is not Outcome.OPEN and counts.get(of)]
    return " · ".join(say.label("{what} {count}", what=outcome(say, of), count=counts[of]) for of in shown)


def when(say: PlainSpeaker, community: Community, plan: Plan, now: datetime) -> str:
    """When it is due, in plain words: "every week on Saturday and Sunday, 19:00–20:00"."""
    if plan.kind is Kind.ON_CALL:
        return say.label("whenever somebody needs it")
    if plan.kind is Kind.ONCE:
        assert plan.until is not None
        return say.label("once, by {day}", day=_day(say, community, plan.until, now))
    if plan.kind is Kind.QUOTA:
        windows = community.named_windows(plan.windows)
        if plan.windows is not None:
            name = say.words(windows.name) if windows else plan.windows
            return say.label("{count} in each of these: {windows}", count=amount(plan.target, plan.unit), windows=name)
        assert plan.until is not None
        return say.label(
            "{count} by {day}", count=amount(plan.target, plan.unit), day=_day(say, community, plan.until, now)
        )
    said = say.label("{days}, {hours}", days=_days(say, plan), hours=hours(say, plan))
    if plan.until is None:
        return said
    return say.label("{days}, until {day}", days=said, day=_day(say, community, plan.until, now))


def hours(say: PlainSpeaker, plan: Plan) -> str:
    """`19:00–20:00`, or that there is no fixed time."""
    if not plan.minutes or plan.start is None:
        return say.label("at no fixed time")
    ends = plan.start + timedelta(minutes=plan.minutes)
    return f"{plan.start:%H:%M}–{ends:%H:%M}"


def amount(number: int | None, unit: str | None) -> str:
    """So many of what was promised: `80 pairs`, `80副`; the number alone where nobody said of what."""
    if not unit or number is None:
        return str(number)
    return f"{number}{unit}" if is_unspaced(unit) else f"{number} {unit}"


def done_of(say: PlainSpeaker, done: int, target: int | None, unit: str | None) -> str:
    """How much of a number is done: `35 of 80 pairs`, 完成 35/80副."""
    return say.label("{done} of {target}", done=done, target=amount(target, unit))


def _days(say: PlainSpeaker, plan: Plan) -> str:
    rule = Rule.of(plan.rule or "")
    if rule.frequency == "DAILY":
        return say.label("every day")
    if rule.frequency == "MONTHLY":
        if (rule.month_day or 0) > 28:
            return say.label("every month on day {day}, or on the last day of a shorter month", day=rule.month_day)
        return say.label("every month on day {day}", day=rule.month_day)
    days = say.listed(say.weekday(day) for day in sorted(rule.weekdays))
    if rule.interval == 2:
        return say.label("every other week on {days}", days=days)
    return say.label("every week on {days}", days=days)


def areas(say: PlainSpeaker, community: Community, codes: Iterable[str]) -> str:
    """For which areas it is; none means all."""
    names = [community.place_name(code, say.language) for code in codes if community.area(code)]
    return say.listed(names) if names else say.label("the whole community")


def _day(say: PlainSpeaker, community: Community, day: date, now: datetime) -> str:
    return say.day(instant(datetime(day.year, day.month, day.day), community.zone), now)
